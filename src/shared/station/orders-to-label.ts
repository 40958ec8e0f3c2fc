import { isCollected } from '../domain/shipping/collected.ts'
import { ordersOfParcel } from './areas/parcel-orders.ts'
import { ordersInWork } from './areas/pick-slots.ts'
import { labelsOfParcel } from './order-labels.ts'
import type { ReadTx } from './store.ts'
import type { OrderRow, TableName } from './tables.ts'

/** Tables that {@link ordersToLabel} reads. */
export const TO_LABEL_TABLES: readonly TableName[] = ['readiness', 'orders', 'desk', 'held']

export interface ToLabel {
  /** The most urgent first; of orders that go together one, which stands for the parcel (ORD-4). */
  readonly orders: readonly OrderRow[]
  /** There may be more of them. */
  readonly more: boolean
}

/** How far to look, and what not to look at. */
interface LookFor {
  readonly most: number
  /** No more than so many orders without a label are looked through. */
  readonly lookAt: number
  /** These are not wanted now. */
  readonly but?: ReadonlySet<string>
}

/**
 * PAK-11: the orders that a label is to be printed for now, at most `most`: ready, at rest here, and without one. What the
 * buyer collects wants no label (ORD-3).
 */
export async function ordersToLabel(tx: ReadTx, { most, lookAt, but }: LookFor): Promise<ToLabel> {
  const [ready, busy] = await Promise.all([
    tx.range('readiness', 'bareDeadlineAt', {
      from: Number.MIN_SAFE_INTEGER,
      to: Number.MAX_SAFE_INTEGER,
      limit: lookAt,
    }),
    ordersInWork(tx),
  ])
  const bare = ready.filter(({ orderId }) => !busy.has(orderId) && !but?.has(orderId))
  const found: OrderRow[] = []
  const covered = new Set<string>()
  for (let at = 0; at < bare.length && found.length <= most; at += most) {
    const rows = await tx.getMany(
      'orders',
      bare.slice(at, at + most).map(({ orderId }) => orderId),
    )
    for (const order of rows) {
      if (order?.queue !== 'open' || covered.has(order.orderId)) continue
      const parcel = await ordersOfParcel(tx, order)
      for (const { orderId } of parcel) covered.add(orderId)
      if (!isCollected(parcel) && labelsOfParcel(parcel).length === 0) found.push(order)
    }
  }
  return { orders: found.slice(0, most), more: found.length > most || ready.length === lookAt }
}
