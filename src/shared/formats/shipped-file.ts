import type { TextEncoding } from './detect-encoding.ts'
import type { CsvEncoding, ExportCell } from './export-csv.ts'

/** One shipped parcel of one order. */
export interface ShippedRow {
  readonly orderNumber: string
  readonly courier: string
  readonly waybillNumber: string
}

/** `guarded` for files that a person may open in a spreadsheet; `plain` for uploads that want bare digits. */
export type DigitStyle = 'guarded' | 'plain'

/**
 * Rows of the file for bulk "shipped" marking (ORD-9): header, then order number, courier, waybill number.
 *
 * Order numbers have more digits than a spreadsheet keeps (15): opened and saved, 1930000000000744 would become
 * 1930000000000740 and mark another order. Of the usual guards, `="1930…"` is itself a formula (SEC-3) and a leading
 * apostrophe shows in a CSV as part of the number; a trailing tab makes the cell text, is invisible, starts no formula,
 * and is trimmed by importers, ours included. Hence `guarded` appends a tab to long digit strings.
 */
export function shippedRows(parcels: readonly ShippedRow[], digits: DigitStyle = 'guarded'): ExportCell[][] {
  const number = (text: string) => (digits === 'guarded' ? keepDigits(text) : text)
  return [
    ['订单编号', '物流公司', '运单号'],
    ...parcels.map((parcel) => [number(parcel.orderNumber), parcel.courier, number(parcel.waybillNumber)]),
  ]
}

/** From twelve digits on spreadsheets write 1.93E+15. */
export function keepDigits(text: string): string {
  return /^\d{12,}$/.test(text) ? `${text}\t` : text
}

/** The encoding to write in, given the one that the orders came in: GB18030 goes back as GB18030 (formats.md). */
export function answerEncoding(encoding: TextEncoding): CsvEncoding {
  return encoding === 'gb18030' ? 'gb18030' : 'utf-8-bom'
}
