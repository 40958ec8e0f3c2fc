import type { DecideContext } from '../decision.ts'
import { liveParcelOf } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow } from '../tables.ts'
import { gateOrder, type OrderGate } from './open-order.ts'

/**
 * The orders that go into one parcel with this one, itself among them, the most urgent first (ORD-4): those it was
 * merged with and that are in no parcel yet.
 */
export async function ordersOfParcel(tx: ReadTx, order: OrderRow): Promise<readonly OrderRow[]> {
  if (order.mergeGroup === undefined || liveParcelOf(order) !== null) return [order]
  const group = await tx.where('orders', 'mergeGroup', order.mergeGroup)
  const waiting = group.filter((other) => liveParcelOf(other) === null)
  return waiting.length < 2 ? [order] : [...waiting].sort(byDeadline)
}

const byDeadline = (a: OrderRow, b: OrderRow): number =>
  a.deadlineAt - b.deadlineAt || (a.orderId < b.orderId ? -1 : 1)

/** Whether a parcel of these orders may be packed; `orders` are the ones that go in. */
export interface ParcelGate {
  readonly gate: OrderGate
  readonly orders: readonly OrderRow[]
}

/**
 * Gates every order of the parcel (ORD-2, ORD-4, ORD-6): one that may not ship stops them all and is named, the
 * scanned one first.
 */
export async function gateParcel(tx: ReadTx, order: OrderRow, context: DecideContext): Promise<ParcelGate> {
  const gate = await gateOrder(tx, order, context)
  if (gate.tag === 'finished' || gate.tag === 'refused') return { gate, orders: [order] }
  const orders = await ordersOfParcel(tx, order)
  const others = orders.filter((other) => other.orderId !== order.orderId)
  const gates = await Promise.all(others.map((other) => gateOrder(tx, other, context)))
  const stopped =
    gates.find((other) => other.tag === 'refused') ?? gates.find((other) => other.tag !== 'open')
  return { gate: gate.tag === 'open' ? (stopped ?? gate) : gate, orders }
}
