/**
 * The lowest layer of CSV: one row at a time, by RFC 4180, lenient where real exports are (a lone quote inside a quoted
 * cell stands for itself). Own code because row refusals need the line on which a row starts, and a way to go on after
 * an unclosed quote; the common CSV libraries give neither.
 */

/** `newline` = a whole row; `endOfText` = the text ended after a whole cell; the others are faults. */
export type RowEnding = 'newline' | 'endOfText' | 'unclosedQuote' | 'cellTooLong' | 'tooManyCells'

/** A row as it stands in the text; `next` is the offset at which the following row starts. */
export interface ScannedRow {
  readonly cells: string[]
  readonly ending: RowEnding
  readonly next: number
}

/** How a text is cut. `delimiter` and `newline` are character codes. */
export interface CsvShape {
  readonly delimiter: number
  /** 10, or 13 for files that have no line feed at all. */
  readonly newline: 10 | 13
  /** A row with more cells than this is given up, so that broken quoting cannot cost quadratic time. */
  readonly maxCells: number
}

/** What a spreadsheet cell can hold; a longer one is a lost quote. */
const MAX_CELL_CHARACTERS = 32_767

const QUOTE = 34
const LF = 10
const CR = 13
const SPACE = 32

/** Reads the row that starts at `start`. Never throws, whatever the text. */
export function scanRow(text: string, start: number, shape: CsvShape): ScannedRow {
  const cells: string[] = []
  const length = text.length
  let at = start
  for (;;) {
    if (cells.length > shape.maxCells)
      return { cells, ending: 'tooManyCells', next: nextLine(text, at, shape) }
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at, shape)
      if (close < 0) {
        cells.push(text.slice(at + 1, at + 1 + MAX_CELL_CHARACTERS))
        const ending = close === UNCLOSED ? 'unclosedQuote' : 'cellTooLong'
        const next = close === UNCLOSED ? length : nextLine(text, at + MAX_CELL_CHARACTERS, shape)
        return { cells, ending, next }
      }
      cells.push(unquote(text, at, close))
      at = skipSpaces(text, close + 1)
      if (text.charCodeAt(at) === CR && shape.newline === LF) at += 1
    } else {
      const end = endOfPlainCell(text, at, shape)
      if (end - at > MAX_CELL_CHARACTERS) {
        cells.push(text.slice(at, at + MAX_CELL_CHARACTERS))
        return { cells, ending: 'cellTooLong', next: nextLine(text, end, shape) }
      }
      cells.push(plainCell(text, at, end, shape))
      at = end
    }
    if (at >= length) return { cells, ending: 'endOfText', next: length }
    if (text.charCodeAt(at) !== shape.delimiter) return { cells, ending: 'newline', next: at + 1 }
    at += 1
  }
}

/** The offset after the next line end at or after `from`. */
export function nextLine(text: string, from: number, shape: CsvShape): number {
  const at = text.indexOf(shape.newline === LF ? '\n' : '\r', from)
  return at === -1 ? text.length : at + 1
}

/** How many line ends lie in [from, to). */
export function countLines(text: string, from: number, to: number, shape: CsvShape): number {
  const end = shape.newline === LF ? '\n' : '\r'
  let lines = 0
  for (let at = text.indexOf(end, from); at !== -1 && at < to; at = text.indexOf(end, at + 1)) lines += 1
  return lines
}

function endOfPlainCell(text: string, start: number, shape: CsvShape): number {
  const { delimiter, newline } = shape
  let at = start
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === delimiter || code === newline) break
    at += 1
  }
  return at
}

function plainCell(text: string, start: number, end: number, shape: CsvShape): string {
  const carriageReturn = shape.newline === LF && end > start && text.charCodeAt(end - 1) === CR
  return text.slice(start, carriageReturn && text.charCodeAt(end) !== shape.delimiter ? end - 1 : end)
}

const UNCLOSED = -1
const TOO_LONG = -2

/** Offset of the quote that closes the cell opened at `open`, or UNCLOSED, or TOO_LONG. */
function closingQuote(text: string, open: number, shape: CsvShape): number {
  let from = open + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote === -1) return text.length - open > MAX_CELL_CHARACTERS ? TOO_LONG : UNCLOSED
    if (quote - open > MAX_CELL_CHARACTERS) return TOO_LONG
    if (text.charCodeAt(quote + 1) === QUOTE) from = quote + 2
    else if (endsCell(text, quote + 1, shape)) return quote
    else from = quote + 1
  }
}

function endsCell(text: string, after: number, shape: CsvShape): boolean {
  const at = skipSpaces(text, after)
  if (at >= text.length) return true
  const code = text.charCodeAt(at)
  if (code === shape.delimiter || code === shape.newline) return true
  return code === CR && (at + 1 === text.length || text.charCodeAt(at + 1) === LF)
}

function skipSpaces(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === SPACE) at += 1
  return at
}

function unquote(text: string, open: number, close: number): string {
  const inner = text.slice(open + 1, close)
  return inner.includes('""') ? inner.replaceAll('""', '"') : inner
}
