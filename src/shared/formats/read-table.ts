import { type CsvShape, countLines, nextLine, type ScannedRow, scanRow } from './csv-rows.ts'

/** Why a row cannot be read as a row of its table; null when it can. */
export type RowFault = 'truncatedRow' | 'tooFewCells' | 'tooManyCells' | 'cellTooLong' | 'damagedText'

/** One row of a table. `line` is where it starts in the file; quoted newlines are counted. */
export interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault: RowFault | null
}

/** A table ready to be read. `rows()` starts over each time it is called and reads lazily. */
export interface Table {
  readonly headers: readonly string[]
  readonly rows: () => Generator<TableRow, void, undefined>
}

export type TableReading =
  | { readonly tag: 'empty' }
  | { readonly tag: 'badHeader' }
  | { readonly tag: 'headerOnly'; readonly headers: readonly string[] }
  | { readonly tag: 'table'; readonly delimiter: Delimiter; readonly table: Table }

/** '' = cells that a workbook reader has already cut. */
export type Delimiter = ',' | ';' | '\t' | ''

const MAX_COLUMNS = 2000
/** After so many broken rows the rest of a broken row is no longer searched for good ones: bounds the work. */
const MAX_SALVAGES = 1000

/** Cuts CSV text into a header and rows; finds the delimiter itself. `headers` are trimmed (formats.md, Taobao). */
export function readTable(text: string): TableReading {
  const body = text.startsWith('\ufeff') ? 1 : 0
  const newline = text.includes('\n') || !text.includes('\r') ? 10 : 13
  const loose: CsvShape = { delimiter: 44, newline, maxCells: MAX_COLUMNS }
  let at = skipBlankLines(text, body, loose)
  if (at >= text.length) return { tag: 'empty' }
  const declared = /^sep=([,;\t])\r?(?:\n|\r|$)/i.exec(text.slice(at, at + 8))
  if (declared) at = nextLine(text, at, loose)
  const delimiter = (declared?.[1] as Delimiter | undefined) ?? likelyDelimiter(text, at, loose)
  const shape = { ...loose, delimiter: delimiter.charCodeAt(0) }
  const header = scanRow(text, at, shape)
  if (header.ending !== 'newline' && header.ending !== 'endOfText') return { tag: 'badHeader' }
  const headers = trimHeaders(header.cells)
  const line = 1 + countLines(text, 0, header.next, shape)
  const rows = () =>
    tableRows(text, header.next, line, { ...shape, maxCells: headers.length * 2 + 16 }, headers.length)
  if (rows().next().done) return { tag: 'headerOnly', headers }
  return { tag: 'table', delimiter, table: { headers, rows } }
}

/** The same for a workbook sheet whose cells were read elsewhere; short rows are normal there and are filled up. */
export function tableFromSheet(sheet: readonly (readonly string[])[]): TableReading {
  const headerIndex = sheet.findIndex((cells) => !isBlank(cells))
  const first = sheet[headerIndex]
  if (!first) return { tag: 'empty' }
  const headers = trimHeaders(first)
  const rows = () => sheetRows(sheet, headerIndex + 1, headers.length)
  if (rows().next().done) return { tag: 'headerOnly', headers }
  return { tag: 'table', delimiter: '', table: { headers, rows } }
}

function* sheetRows(
  sheet: readonly (readonly string[])[],
  from: number,
  width: number,
): Generator<TableRow, void, undefined> {
  for (let i = from; i < sheet.length; i += 1) {
    const cells = sheet[i] ?? []
    if (isBlank(cells)) continue
    const full = cells.length < width ? [...cells, ...Array<string>(width - cells.length).fill('')] : cells
    yield { line: i + 1, cells: full, fault: isBlank(full.slice(width)) ? null : 'tooManyCells' }
  }
}

/**
 * Rows of a CSV text. A broken row that ran over several lines (a quote that never closes, or closes in a later row)
 * is refused where it starts, and reading goes on at its second line, so that it does not swallow the good rows behind
 * it; lines in between that fit no row belong to the broken one and are not reported again.
 */
function* tableRows(
  text: string,
  from: number,
  firstLine: number,
  shape: CsvShape,
  width: number,
): Generator<TableRow, void, undefined> {
  const damaged = text.includes('\ufffd')
  let at = from
  let line = firstLine
  let salvages = 0
  let brokenUntil = -1
  while (at < text.length) {
    const row = scanRow(text, at, shape)
    const fault = faultOf(row, width, damaged)
    if (fault === null || fault === 'damagedText') brokenUntil = -1
    const blank = (row.ending === 'newline' || row.ending === 'endOfText') && isBlank(row.cells)
    if (at >= brokenUntil && !blank) yield { line, cells: row.cells, fault }
    const lines = countLines(text, at, row.next, shape)
    if (fault !== null && fault !== 'damagedText' && lines > 1 && salvages < MAX_SALVAGES) {
      salvages += 1
      brokenUntil = Math.max(brokenUntil, row.next)
      at = nextLine(text, at, shape)
      line += 1
    } else {
      at = row.next
      line += lines
    }
  }
}

function faultOf(row: ScannedRow, width: number, damaged: boolean): RowFault | null {
  if (row.ending === 'unclosedQuote') return 'truncatedRow'
  if (row.ending === 'cellTooLong' || row.ending === 'tooManyCells') return row.ending
  if (row.cells.length < width) return row.ending === 'endOfText' ? 'truncatedRow' : 'tooFewCells'
  // Commas behind the last column are common; only cells with content shift anything.
  if (row.cells.length > width && !isBlank(row.cells.slice(width))) return 'tooManyCells'
  return damaged && row.cells.some((cell) => cell.includes('\ufffd')) ? 'damagedText' : null
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false
  return true
}

function trimHeaders(cells: readonly string[]): string[] {
  const headers = cells.map((cell) => cell.replaceAll('\ufeff', '').trim())
  while (headers.length > 1 && headers.at(-1) === '') headers.pop()
  return headers
}

function skipBlankLines(text: string, from: number, shape: CsvShape): number {
  let at = from
  while (at < text.length) {
    const next = nextLine(text, at, shape)
    // A header is never longer than this; slicing more would copy a huge line for nothing.
    if (text.slice(at, Math.min(next, at + 4000)).trim() !== '') return at
    at = next
  }
  return at
}

/** The character that cuts the header into most cells. */
function likelyDelimiter(text: string, at: number, loose: CsvShape): Delimiter {
  const counts = ([',', ';', '\t'] as const).map((delimiter) => {
    const row = scanRow(text, at, { ...loose, delimiter: delimiter.charCodeAt(0) })
    return { delimiter, cells: row.ending === 'newline' || row.ending === 'endOfText' ? row.cells.length : 0 }
  })
  return counts.reduce((best, next) => (next.cells > best.cells ? next : best)).delimiter
}
