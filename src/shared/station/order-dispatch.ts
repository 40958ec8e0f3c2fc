import type { ExtraLine } from '../domain/orders/extras.ts'
import { buyerKeyOf } from '../domain/orders/merge-orders.ts'
import { isNewer, type Stamp } from '../ledger/stamp.ts'
import type { OrderRow } from './tables.ts'

/** How an order goes out: with others, with extras, with a courier chosen by hand. Every field is the last writer's. */
export interface OrderDispatch {
  /** Null: by itself again (ORD-4). */
  readonly merge?: { readonly groupId: string | null; readonly stamp: Stamp }
  /** Derived, index: the group it goes out with. */
  readonly mergeGroup?: string
  /** Derived, index: whose orders may be merged with it, while it is open. */
  readonly buyerKey?: string
  readonly extras?: { readonly lines: readonly ExtraLine[]; readonly stamp: Stamp }
  /** `courier` is '' when it was given back to the rules (ORD-7). */
  readonly courierChoice?: {
    readonly courier: string
    readonly reason: string
    readonly personId: string | null
    readonly at: number
    readonly stamp: Stamp
  }
}

export type DispatchChange =
  | { readonly set: 'merge'; readonly groupId: string | null; readonly stamp: Stamp }
  | { readonly set: 'extras'; readonly lines: readonly ExtraLine[]; readonly stamp: Stamp }
  | ({ readonly set: 'courier' } & NonNullable<OrderDispatch['courierChoice']>)

/** Folds a change into the order's row; the greater stamp stays. */
export function applyDispatch(base: OrderRow, change: DispatchChange): OrderRow {
  const { stamp } = change
  switch (change.set) {
    case 'merge':
      return isNewer(stamp, base.merge?.stamp) ? { ...base, merge: { groupId: change.groupId, stamp } } : base
    case 'extras':
      return isNewer(stamp, base.extras?.stamp) ? { ...base, extras: { lines: change.lines, stamp } } : base
    case 'courier': {
      const { set: _set, ...courierChoice } = change
      return isNewer(stamp, base.courierChoice?.stamp) ? { ...base, courierChoice } : base
    }
  }
}

/** The index values that follow from the row. */
export function deriveDispatch(row: OrderRow): OrderRow {
  const { mergeGroup: _group, buyerKey: _buyer, ...rest } = row
  const group = row.merge?.groupId ?? null
  const buyer = row.queue === 'open' && row.platform ? buyerKeyOf(row.platform) : null
  return {
    ...rest,
    ...(group === null ? {} : { mergeGroup: group }),
    ...(buyer === null ? {} : { buyerKey: buyer }),
  }
}
