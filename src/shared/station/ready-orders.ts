import type { ReadTx } from './store.ts'
import type { OrderRow } from './tables.ts'

/**
 * The orders that may be picked and packed, oldest deadline first (ORD-3, ORD-6), at most `limit`; those that wait for
 * stock or an answer are not looked at, however many there are.
 */
export async function readyOrders(tx: ReadTx, limit: number): Promise<OrderRow[]> {
  const ready = await tx.range('readiness', '[state+deadlineAt]', {
    from: ['ready', Number.MIN_SAFE_INTEGER],
    to: ['ready', Number.MAX_SAFE_INTEGER],
    limit,
  })
  const orders = await tx.getMany(
    'orders',
    ready.map(({ orderId }) => orderId),
  )
  return orders.filter((order): order is OrderRow => order?.queue === 'open')
}
