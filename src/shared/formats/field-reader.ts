import { cleanCode, cleanText, isScientificNumber } from './clean-cell.ts'
import type { ColumnIndexes } from './columns.ts'
import { type MeasureUnit, type NumberFault, parseCount, parseFen, parseMeasure } from './parse-number.ts'
import { parseTime } from './parse-time.ts'
import type { TableRow } from './read-table.ts'
import { type Refusal, type RefusalReason, type RefusalRemedy, refusal } from './refusal.ts'

/**
 * Reads the cells of one row after another into typed values. The first thing wrong with a row is kept as its refusal;
 * later reads of the same row still answer, with neutral values, so that an interpreter reads straight down.
 */
export interface FieldReader<F extends string> {
  /** Begins a row; a row that is broken as text is refused at once. */
  start(row: TableRow): void
  /** What is wrong with the row so far, or null. */
  refused(): Refusal | null
  refuse(field: string, reason: RefusalReason, value: string, remedy?: RefusalRemedy): void
  has(field: F): boolean
  /** Free text, cleaned. */
  text(field: F): string
  /** Free text that must not be empty. */
  wantedText(field: F): string
  /** An identifier, '' when empty; refused when a spreadsheet has shortened it. */
  code(field: F): string
  wantedCode(field: F): string
  /** Fen, null when empty. */
  fen(field: F): number | null
  /** Pieces, null when empty. */
  count(field: F): number | null
  /** In the column's unit, null when empty. */
  measure(field: F, unit: MeasureUnit): number | null
  /** Epoch milliseconds, null when empty. */
  time(field: F): number | null
}

/** Makes a reader for one table; `offsetMinutes` is the shop's zone. */
export function createFieldReader<F extends string>(
  columns: ColumnIndexes<F>,
  offsetMinutes: number,
): FieldReader<F> {
  let row: TableRow = { line: 0, cells: [], fault: null }
  let first: Refusal | null = null

  const refuse = (field: string, reason: RefusalReason, value: string, remedy?: RefusalRemedy): void => {
    first ??= refusal({ line: row.line, field, reason, value, ...(remedy === undefined ? {} : { remedy }) })
  }
  const raw = (field: F): string => row.cells[columns[field]] ?? ''
  const text = (field: F): string => {
    const cell = raw(field)
    return cell === '' ? '' : cleanText(cell)
  }
  const code = (field: F): string => {
    const cell = raw(field)
    if (cell === '') return ''
    const value = cleanCode(cell)
    if (isScientificNumber(value)) refuse(field, 'scientificNumber', value, 'formatColumnAsText')
    return value
  }
  const wanted = (field: F, value: string): string => {
    if (value === '') refuse(field, 'missingField', '')
    return value
  }
  const number = (field: F, parse: (cell: string) => ReturnType<typeof parseCount>, unit?: MeasureUnit) => {
    const cell = code(field)
    if (cell === '') return null
    const result = parse(cell)
    if (result.ok) return result.value
    refuse(field, result.error, cell, remedyFor(result.error, unit))
    return null
  }

  return {
    start(next) {
      row = next
      first = null
      if (next.fault !== null) refuse('', next.fault, next.cells.join(','), 'exportAgain')
    },
    refused: () => first,
    refuse,
    has: (field) => columns[field] >= 0,
    text,
    wantedText: (field) => wanted(field, text(field)),
    code,
    wantedCode: (field) => wanted(field, code(field)),
    fen: (field) => number(field, parseFen),
    count: (field) => number(field, parseCount),
    measure: (field, unit) => number(field, (cell) => parseMeasure(cell, unit), unit),
    time(field) {
      const cell = code(field)
      if (cell === '') return null
      const time = parseTime(cell, offsetMinutes)
      if (time === null) refuse(field, 'badTime', cell)
      return time
    },
  }
}

function remedyFor(fault: NumberFault, unit: MeasureUnit | undefined): RefusalRemedy | undefined {
  if (fault === 'scientificNumber') return 'formatColumnAsText'
  if (fault !== 'wrongUnit') return undefined
  if (!unit) return 'numberOnly'
  return unit.names.includes('g') ? 'useGrams' : 'useMillimetres'
}

/** One refusal per required column that the file does not have, at its header line. */
export function missingColumnRefusals<F extends string>(
  columns: ColumnIndexes<F>,
  wanted: readonly F[],
): Refusal[] {
  return wanted
    .filter((field) => columns[field] < 0)
    .map((field) => refusal({ line: 1, field, reason: 'missingColumn', value: '' }))
}
