import { err, ok, type Result } from '../base/result.ts'
import { isPrintableCode } from '../base/text.ts'

/** What is wrong with a pattern; `at` is the character at which it is. */
export type BinPatternError =
  | { readonly tag: 'empty' }
  | { readonly tag: 'unclosedBrace'; readonly at: number }
  | { readonly tag: 'badRange'; readonly at: number; readonly range: string }
  | { readonly tag: 'notPrintable' }
  | { readonly tag: 'tooMany'; readonly count: number; readonly most: number }

/** More bins than this in one go is a slip of the finger. */
export const MOST_BINS = 100_000

/**
 * Bin codes of a pattern, in walking order (PUT-1): `A-{01..04}-{1..4}-{01..05}` gives 80 codes. A range runs over
 * numbers, padded to the width of its first one, or over single letters (`{A..E}`).
 */
export function expandBinPattern(pattern: string): Result<string[], BinPatternError> {
  if (pattern.trim() === '') return err({ tag: 'empty' })
  const parts = splitPattern(pattern.trim())
  if (!parts.ok) return parts
  const count = parts.value.reduce((product, choices) => product * choices.length, 1)
  if (count > MOST_BINS) return err({ tag: 'tooMany', count, most: MOST_BINS })
  let codes = ['']
  for (const choices of parts.value) codes = codes.flatMap((head) => choices.map((choice) => head + choice))
  return codes.every(isPrintableCode) ? ok(codes) : err({ tag: 'notPrintable' })
}

function splitPattern(pattern: string): Result<string[][], BinPatternError> {
  const parts: string[][] = []
  let at = 0
  while (at < pattern.length) {
    const open = pattern.indexOf('{', at)
    const literal = open === -1 ? pattern.slice(at) : pattern.slice(at, open)
    const stray = literal.indexOf('}')
    if (stray >= 0) return err({ tag: 'unclosedBrace', at: at + stray })
    if (literal !== '') parts.push([literal])
    if (open === -1) break
    const close = pattern.indexOf('}', open)
    if (close === -1) return err({ tag: 'unclosedBrace', at: open })
    const range = pattern.slice(open + 1, close)
    const choices = expandRange(range)
    if (typeof choices === 'number') return err({ tag: 'tooMany', count: choices, most: MOST_BINS })
    if (choices === null) return err({ tag: 'badRange', at: open, range })
    parts.push(choices)
    at = close + 1
  }
  return ok(parts)
}

/** The range's choices; null when it is none; its length when it is too long to write out. */
function expandRange(range: string): string[] | number | null {
  const numbers = /^(\d{1,9})\.\.(\d{1,9})$/.exec(range)
  if (numbers) {
    const [, from = '', to = ''] = numbers
    const count = Number(to) - Number(from) + 1
    if (count < 1) return null
    if (count > MOST_BINS) return count
    return Array.from({ length: count }, (_, i) => String(Number(from) + i).padStart(from.length, '0'))
  }
  const letters = /^([A-Z])\.\.([A-Z])$|^([a-z])\.\.([a-z])$/.exec(range)
  if (!letters) return null
  const from = (letters[1] ?? letters[3] ?? '').charCodeAt(0)
  const count = (letters[2] ?? letters[4] ?? '').charCodeAt(0) - from + 1
  return count < 1 ? null : Array.from({ length: count }, (_, i) => String.fromCharCode(from + i))
}
