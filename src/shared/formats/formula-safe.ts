/**
 * Signs that start a formula or a command in a spreadsheet, at the start of a cell, also full-width and also behind
 * blanks, control characters and quotes, which spreadsheets drop (SEC-3; OWASP, CSV injection).
 */
const RISKY = /^(?:[\t\r]|[\s\p{Cc}\p{Cf}"'“”‘’＂＇]*[=+\-@＝＋－＠﹣﹢﹦﹫−])/u

/** True for a text that a spreadsheet could run. */
export function isFormulaRisk(text: string): boolean {
  return RISKY.test(text)
}

/**
 * A value as it may stand in an exported cell: a risky text gets an apostrophe in front, which keeps it text; numbers
 * stay numbers (so a negative amount must come as a number, not as text); null is the empty cell.
 */
export function safeCell(value: string | number | null): string | number {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? value : ''
  return isFormulaRisk(value) ? `'${value}` : value
}
