import { assert } from '../base/assert.ts'

/** What a scale says of its pan. `moving`: not yet at rest; `overload`, `underload`: no weight can be told. */
export type ScaleState = 'stable' | 'moving' | 'overload' | 'underload'

/** One reading of a scale. `grams` is an integer, negative below zero; 0 where no weight can be told. */
export interface ScaleReading {
  readonly grams: number
  readonly state: ScaleState
}

/** Takes a scale's bytes as they come; the same bytes give the same readings however they are split. */
export interface FrameReader {
  /** The readings completed by these bytes, oldest first. Never throws, whatever the bytes. */
  push(bytes: Uint8Array): readonly ScaleReading[]
}

/** Grams per unit as scales write them; what is not here (pieces, per cent, carat) is no weight of a parcel. */
const GRAMS_PER_UNIT = new Map([
  ['mg', 0.001],
  ['g', 1],
  ['kg', 1000],
  ['t', 1_000_000],
  ['lb', 453.592_37],
  ['oz', 28.349_523_125],
])

/** More than any scale of a packing bench weighs (1,000 t): beyond it is a misread frame. */
const MOST_GRAMS = 1_000_000_000

const MOST_DECIMALS = 12

/**
 * Whole grams of a displayed weight, rounded half up; null for an unknown unit or an impossible amount.
 * @param digits the display without its decimal point, an integer with its sign
 * @param decimals digits after the point; negative: trailing zeros that the scale leaves out
 * @param unit as the scale writes it, in any case
 */
export function gramsOf(digits: number, decimals: number, unit: string): number | null {
  assert(Number.isInteger(decimals), 'decimals are counted')
  const perUnit = GRAMS_PER_UNIT.get(unit.toLowerCase())
  if (perUnit === undefined || !Number.isSafeInteger(digits) || Math.abs(decimals) > MOST_DECIMALS)
    return null
  // Multiplied before it is divided: 6585 × 1000 / 10⁴ is exactly 658.5, where 0.6585 × 1000 is not.
  const scaled = digits * perUnit
  const grams = decimals >= 0 ? scaled / 10 ** decimals : scaled * 10 ** -decimals
  if (Math.abs(grams) > MOST_GRAMS) return null
  return Math.round(grams) + 0
}

/** A pan that is beyond its range. */
export const OVERLOAD: ScaleReading = { grams: 0, state: 'overload' }
/** A pan that is lifted off, or below zero by more than the scale can tell. */
export const UNDERLOAD: ScaleReading = { grams: 0, state: 'underload' }
