import { toSheetRows, writeCsv } from '../../../shared/formats/export-csv.ts'
import type { ExportForm } from './export-protocol.ts'
import type { ExportTable } from './export-rows.ts'
import { encodeGb18030 } from './gb18030.ts'

/** A table as a file's bytes; no cell of it can become a formula (SEC-3). */
export async function exportBytes(table: ExportTable, form: ExportForm): Promise<ArrayBuffer> {
  if (form === 'xlsx') return workbookBytes(table)
  const text = writeCsv(table.rows, { encoding: table.encoding })
  return table.encoding === 'gb18030' ? encodeGb18030(text).buffer : new TextEncoder().encode(text).buffer
}

async function workbookBytes(table: ExportTable): Promise<ArrayBuffer> {
  const exceljs = await import('exceljs')
  const workbook = new exceljs.default.Workbook()
  const sheet = workbook.addWorksheet('Sheet1', { views: [{ state: 'frozen', ySplit: 1 }] })
  for (const row of toSheetRows(table.rows)) {
    // A workbook keeps texts as they are; the tab that guards long numbers in a CSV would only be in the way.
    sheet.addRow(row.map((cell) => (typeof cell === 'string' ? cell.replace(/\t$/, '') : cell)))
  }
  sheet.getRow(1).font = { bold: true }
  for (const [at, header] of (table.rows[0] ?? []).entries())
    sheet.getColumn(at + 1).width = Math.max(14, String(header).length * 2 + 4)
  const bytes = await workbook.xlsx.writeBuffer()
  return bytes as unknown as ArrayBuffer
}
