import { err, ok, type Result } from '../base/result.ts'
import { isScientificNumber } from './clean-cell.ts'

export type NumberFault = 'scientificNumber' | 'badNumber' | 'badAmount' | 'wrongUnit' | 'outOfRange'

/** A hundred million yuan: above it an amount is a mistake, and sums stay exact integers. */
const MAX_FEN = 10_000_000_000
const MAX_COUNT = 1_000_000_000

const CURRENCY = /^(?:rmb|cny|usd|eur|gbp|hk\$|us\$|[¥$€£])\s*|\s*(?:元|圆|rmb|cny|usd|eur|gbp|[¥$€£])$/g
/** Nearly every amount; short enough for exact arithmetic, and much faster than the full reading. */
const PLAIN_AMOUNT = /^\d{1,7}(?:\.\d{1,2})?$/
const AMOUNT = /^([+-]?)(\d+)(?:\.(\d+))?$/

/**
 * Money to integer fen (or cents): `51.39`, `0元`, `¥1,234.50`, `36,71`. More than two decimals that are not zeros are
 * refused, as are negative amounts and anything that is not one plain number.
 */
export function parseFen(cell: string): Result<number, NumberFault> {
  if (PLAIN_AMOUNT.test(cell)) return ok(Math.round(Number(cell) * 100))
  const text = cell.normalize('NFKC').trim().toLowerCase().replace(CURRENCY, '').trim()
  if (isScientificNumber(text)) return err('scientificNumber')
  const match = AMOUNT.exec(decimalPoint(text))
  if (!match) return err('badAmount')
  const [, sign, whole = '', decimals = ''] = match
  if (!/^\d{0,2}0*$/.test(decimals)) return err('badAmount')
  const fen = Number(whole) * 100 + Number(decimals.slice(0, 2).padEnd(2, '0'))
  if ((sign === '-' && fen !== 0) || fen > MAX_FEN) return err('outOfRange')
  return ok(fen)
}

/** `1,234.50` and `1.234,50` and `36,71` to a point; a comma before three digits is a thousands mark. */
function decimalPoint(text: string): string {
  if (!text.includes(',')) return text
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return text.replaceAll(',', '')
  if (/^[+-]?\d{1,3}(?:\.\d{3})*,\d{1,2}$/.test(text) || /^[+-]?\d+,\d{1,2}$/.test(text)) {
    return text.replaceAll('.', '').replace(',', '.')
  }
  return text
}

/** A count of pieces: an integer of at least 0 (`2`, `2.00`, `1,200`). Anything with a word behind it is wrongUnit. */
export function parseCount(cell: string): Result<number, NumberFault> {
  if (/^\d{1,8}$/.test(cell)) return ok(Number(cell))
  const text = cell.normalize('NFKC').trim()
  if (isScientificNumber(text)) return err('scientificNumber')
  const digits = /^\d{1,3}(?:,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text
  const match = /^(\d+)(?:\.0+)?$/.exec(digits)
  if (!match)
    return err(
      /^\d[\d.,]*\s*\p{L}/u.test(text) ? 'wrongUnit' : /^-\d+$/.test(text) ? 'outOfRange' : 'badNumber',
    )
  const count = Number(match[1])
  return count > MAX_COUNT ? err('outOfRange') : ok(count)
}

/** The units a column may name, and the least figure that is believable without one. */
export interface MeasureUnit {
  readonly names: readonly string[]
  /** Below this a bare fraction is the neighbouring unit (0.18 in a grams column is kilograms). */
  readonly leastFraction: number
}

export const GRAMS: MeasureUnit = { names: ['g', '克', 'gram', 'grams'], leastFraction: 5 }
export const MILLIMETRES: MeasureUnit = { names: ['mm', '毫米'], leastFraction: 100 }

/**
 * A weight or length in the column's own unit, rounded to an integer; the unit may be written behind it. Another unit
 * (`0.18kg` in a grams column, `77cm` in a millimetre column) is wrongUnit: nothing is converted behind anyone's back
 * (CAT-4).
 */
export function parseMeasure(cell: string, unit: MeasureUnit): Result<number, NumberFault> {
  const text = cell.normalize('NFKC').trim().toLowerCase()
  if (isScientificNumber(text)) return err('scientificNumber')
  const match = /^(\d+(?:\.\d+)?)\s*(\D*)$/.exec(decimalPoint(text))
  if (!match) return err(/^-\d/.test(text) ? 'outOfRange' : 'badNumber')
  const [, digits = '', written = ''] = match
  if (written !== '' && !unit.names.includes(written.trim())) return err('wrongUnit')
  const value = Number(digits)
  if (!Number.isInteger(value) && value < unit.leastFraction) return err('wrongUnit')
  const rounded = Math.round(value)
  return rounded < 1 || rounded > MAX_COUNT ? err('outOfRange') : ok(rounded)
}
