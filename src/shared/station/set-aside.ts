import type { Supply } from '../domain/orders/allocate.ts'
import type { StockKey } from '../ledger/movement.ts'
import { isSupplyPlace, type Place } from '../ledger/place.ts'
import type { DemandRow } from './tables.ts'

/**
 * Two changes leave everybody else's allocation as it is, and with thousands of open orders for one SKU a scan could
 * not wait until that had been worked out anew. Both rest on the allocation being greedy: whoever comes first takes
 * first, and no line's share depends on what a later one got.
 */

/** Pieces that the stock of one SKU gained or lost at one place. */
export interface StockMove {
  readonly place: Place
  readonly stock: StockKey
  readonly add: number
}

/** True when the stock of one SKU lost exactly what was allocated to lines that are wanted no more: a parcel went out. */
export function isTakenAsAllocated(moves: readonly StockMove[], struck: readonly DemandRow[]): boolean {
  const left = new Map<string, number>()
  const add = (place: string, measureMm: number | null, quantity: number): void => {
    const key = `${place}|${measureMm ?? ''}`
    left.set(key, (left.get(key) ?? 0) + quantity)
  }
  for (const { place, stock, add: quantity } of moves) {
    if (!isSupplyPlace(place)) continue
    // Of two batches in one bin the allocation does not say which.
    if (stock.condition !== 'good' || stock.batch !== null || stock.expiresOn !== null) return false
    add(place, stock.measureMm, quantity)
  }
  for (const { allocated } of struck)
    for (const piece of allocated) add(piece.place, piece.measureMm, piece.quantity)
  return [...left.values()].every((quantity) => quantity === 0)
}

/** True when open work holds for a line what is allocated to it anyway. */
export function isHeldAsAllocated(row: DemandRow, pins: readonly Supply[]): boolean {
  const counted = (pieces: readonly Supply[]): string => {
    const byPlace = new Map<string, number>()
    for (const { place, measureMm, quantity } of pieces) {
      const key = `${place}|${measureMm ?? ''}`
      byPlace.set(key, (byPlace.get(key) ?? 0) + quantity)
    }
    return JSON.stringify([...byPlace].filter(([, quantity]) => quantity !== 0).sort())
  }
  return counted(row.allocated) === counted(pins)
}
