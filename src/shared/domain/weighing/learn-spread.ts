import type { Reading } from './robust.ts'

/** The usual spread counts as so many parcels. */
const SPREAD_PARCELS = 6

/** A reading of some pieces, or of a packing. */
export interface OwnReading extends Reading {
  /** The part of its variance that other things bring in. */
  readonly own: number
  readonly quantity: number
}

/** What is left of the scatter when everything else is taken off, held near the usual while there is little to go by. */
export function learnSpread(readings: readonly OwnReading[], mean: number, usual: number): number {
  let sum = SPREAD_PARCELS * usual
  let weight = SPREAD_PARCELS
  for (const { value, variance, own, quantity } of readings) {
    // One that lies far off says something went wrong with it, not that the goods vary.
    const square = Math.min((value - mean) ** 2, 9 * variance)
    // A reading in which the others' scatter drowns its own says little about its own.
    const share = (usual / quantity / (usual / quantity + own)) ** 2
    sum += share * (square - own) * quantity
    weight += share
  }
  return Math.max(usual * 0.1, sum / weight)
}
