import { groupBy } from '../base/group-by.ts'
import type { Supply } from '../domain/orders/allocate.ts'
import { binPlace } from '../ledger/place.ts'
import type { ReadTx } from './store.ts'
import type { Task } from './tables.ts'

/** A piece that an open pick or parcel holds for a line; of `quantity` so many are in somebody's hand already. */
export interface Pin extends Supply {
  readonly inHand: number
}

/** Places and measures of an SKU of which nothing may be allocated until somebody has looked (PIK-3). */
export type Doubts = ReadonlyMap<string, ReadonlySet<string>>

const keyOf = ({ place, measureMm }: Pick<Supply, 'place' | 'measureMm'>): string =>
  `${place}|${measureMm ?? ''}`

/** Goods that a picker did not find all of, by SKU; without those of a bin and measure whose doubts are being lifted. */
export async function loadDoubts(
  tx: ReadTx,
  except?: { readonly binCode: string; readonly measureMm: number | null },
): Promise<Doubts> {
  const all = await tx.where('shorts', 'state', 'doubted')
  const rows = all.filter((row) => row.binCode !== except?.binCode || row.measureMm !== except.measureMm)
  const bySku = groupBy(rows, (row) => row.skuCode)
  return new Map(
    [...bySku].map(([skuCode, shorts]) => [
      skuCode,
      new Set(shorts.map(({ binCode, measureMm }) => keyOf({ place: binPlace(binCode), measureMm }))),
    ]),
  )
}

/**
 * Of doubted goods only what is in a hand is there for sure, and it is that hand's: nobody else is given any, however
 * much the ledger says (PIK-3).
 */
export function withoutDoubted(
  doubted: ReadonlySet<string> | undefined,
  supplies: readonly Supply[],
  pins: readonly Pin[],
): readonly Supply[] {
  if (!doubted) return supplies
  return supplies.flatMap((supply) => {
    if (!doubted.has(keyOf(supply))) return [supply]
    const sure = pins.filter((pin) => keyOf(pin) === keyOf(supply))
    const quantity = Math.min(
      supply.quantity,
      sure.reduce((sum, pin) => sum + pin.inHand, 0),
    )
    return quantity > 0 ? [{ ...supply, quantity }] : []
  })
}

/** A pin on doubted goods holds no more than what is in the hand. */
export function surePins(doubted: ReadonlySet<string> | undefined, pins: readonly Pin[]): readonly Supply[] {
  if (!doubted) return pins
  return pins.map((pin) => (doubted.has(keyOf(pin)) ? { ...pin, quantity: pin.inHand } : pin))
}

/** True when a pick's walk holds the same pieces for the same orders as before; other tasks never change theirs. */
export function samePins(before: Task | null, after: Task | null): boolean {
  if (before === after || before?.area !== 'pick' || after?.area !== 'pick') return true
  const held = ({ stops }: typeof before): string =>
    JSON.stringify(
      stops.map(({ orderId, lineNo, binCode, measureMm, quantity }) => [
        orderId,
        lineNo,
        binCode,
        measureMm,
        quantity,
      ]),
    )
  return held(before) === held(after)
}
