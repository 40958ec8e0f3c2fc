import { isFormulaRisk } from './formula-safe.ts'

/** White space of all sorts at both ends, marks that lost their file, no-break blanks inside. */
function plain(raw: string): string {
  const text =
    raw.includes('\u00a0') || raw.includes('\ufeff')
      ? raw.replaceAll('\ufeff', '').replaceAll('\u00a0', ' ')
      : raw
  return text.trim()
}

/**
 * Free text as a person wrote it: trimmed, no-break blanks and byte-order marks gone. A guarding apostrophe goes only
 * when a formula sign stands behind it, so that `'s-Gravenhage` stays whole and `'=1+1` of an own export reads back.
 */
export function cleanText(raw: string): string {
  const text = plain(raw)
  if (text === "'") return ''
  return text.startsWith("'") && isFormulaRisk(text.slice(1)) ? text.slice(1).trim() : text
}

/**
 * An identifier (order number, phone, postcode, barcode): as cleanText, and `="1930…"` and a leading `'` unwrapped, both
 * of which platforms write to keep spreadsheets from turning digits into numbers (formats.md, Taobao).
 */
export function cleanCode(raw: string): string {
  let text = plain(raw)
  if (text.startsWith('="') && text.endsWith('"') && text.length >= 3) text = text.slice(2, -1).trim()
  return text.startsWith("'") ? text.slice(1).trim() : text
}

const SPREADSHEET_NUMBER = /^[+-]?\d(?:[.,]\d+)?E\+\d{2,}$/i

/**
 * True for `7.73E+14`: a spreadsheet's shortening of a long number, whose digits are lost. An identifier such as `2E5`
 * is not meant: spreadsheets always write the sign and two digits.
 */
export function isScientificNumber(cell: string): boolean {
  return SPREADSHEET_NUMBER.test(cell)
}
