import { safeCell } from './formula-safe.ts'

/** What a cell may hold before it is written. */
export type ExportCell = string | number | null

/** Encodings of exported CSV; the caller turns the text into bytes. `utf-8-bom` so that spreadsheets see it is UTF-8. */
export type CsvEncoding = 'utf-8-bom' | 'gb18030'

/**
 * CSV text of rows (header first): CRLF ends every row, cells are quoted where they must be, none can become a formula
 * (SEC-3, CAT-6). For `utf-8-bom` the text starts with U+FEFF.
 */
export function writeCsv(rows: Iterable<readonly ExportCell[]>, options: { encoding: CsvEncoding }): string {
  const lines: string[] = []
  for (const row of rows) lines.push(row.map(csvCell).join(','))
  const body = lines.map((line) => `${line}\r\n`).join('')
  return options.encoding === 'utf-8-bom' ? `\ufeff${body}` : body
}

/** Rows for a workbook writer: the same guarded texts, numbers as numbers. */
export function toSheetRows(rows: readonly (readonly ExportCell[])[]): (string | number)[][] {
  return rows.map((row) => row.map(safeCell))
}

const NEEDS_QUOTES = /[",;\t\r\n']|^\s|\s$/

function csvCell(value: ExportCell): string {
  const cell = String(safeCell(value))
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
