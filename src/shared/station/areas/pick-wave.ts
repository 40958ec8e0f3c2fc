import type { WaveOrder } from '../../domain/picking/batches.ts'
import type { PickStop } from '../../domain/picking/pick-task.ts'
import { binOfPlace } from '../../ledger/place.ts'
import type { ReadTx } from '../store.ts'
import type { DemandRow, OrderRow, TableName } from '../tables.ts'
import { couriersFor, COURIER_TABLES } from './courier-for.ts'
import { refuseLeased } from './order-lease.ts'
import { readyOrders } from '../ready-orders.ts'
import { ordersInWork } from './pick-slots.ts'
import { numberOf, stopsOf } from './pick-stops.ts'

/** Tables that {@link waveOrders} and {@link batchStops} read. */
export const WAVE_TABLES: readonly TableName[] = [
  ...new Set<TableName>([
    ...COURIER_TABLES,
    'orders',
    'readiness',
    'demand',
    'leases',
    'desk',
    'held',
    'skus',
  ]),
]

/** Orders that a wave is chosen from: these many with the oldest deadlines. */
export const MOST_WAVE_ORDERS = 600

/** The orders that could be picked now, with what a wave chooses them by (PIK-1). */
export async function waveOrders(
  tx: ReadTx,
  { at, accounts }: { readonly at: number; readonly accounts: readonly string[] },
): Promise<WaveOrder[]> {
  const busy = await ordersInWork(tx)
  const queue = await readyOrders(tx, MOST_WAVE_ORDERS + busy.size)
  const leases = await tx.getMany(
    'leases',
    queue.map((order) => order.orderId),
  )
  const ready = queue.filter(
    (order, index) => !busy.has(order.orderId) && refuseLeased([leases[index]], '', { at }) === null,
  )
  const [lines, couriers] = await Promise.all([
    Promise.all(ready.map((order) => tx.where('demand', 'orderId', order.orderId))),
    couriersFor(
      tx,
      ready.map((order) => [order]),
      { accounts },
    ),
  ])
  return ready.flatMap((order, index) => {
    const found = waveOrder(order, lines[index] ?? [], couriers[index]?.courier ?? '')
    return found.zones.length === 0 ? [] : [found]
  })
}

function waveOrder(order: OrderRow, lines: readonly DemandRow[], courier: string): WaveOrder {
  const bins = lines.flatMap((line) => line.allocated.flatMap(({ place }) => binOfPlace(place) ?? []))
  return {
    orderId: order.orderId,
    number: numberOf(order),
    deadlineAt: order.deadlineAt,
    courier,
    zones: [...new Set(bins.map((bin) => bin.split('-')[0] ?? ''))].sort(),
    pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
  }
}

/** What a batch on the shelf would take now, in walking order: for its slip. */
export async function batchStops(
  tx: ReadTx,
  orderIds: readonly string[],
  serpentineZones: readonly string[],
): Promise<PickStop[]> {
  const orders = (await tx.getMany('orders', orderIds)).flatMap((order) => order ?? [])
  return stopsOf(tx, orders, serpentineZones)
}
