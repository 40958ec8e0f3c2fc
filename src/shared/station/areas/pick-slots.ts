import { type PickSettings, pickSetting, readPickSettings } from '../../domain/picking/pick-settings.ts'
import { cartPlace } from '../../ledger/place.ts'
import type { DecideContext } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow, Task } from '../tables.ts'
import type { Piece } from './look-up.ts'

/** How this station picks. */
export async function loadPickSettings(
  tx: ReadTx,
  { stationId }: Pick<DecideContext, 'stationId'>,
): Promise<PickSettings> {
  return readPickSettings((await tx.get('settings', pickSetting(stationId)))?.value)
}

/**
 * The order whose pieces stand in a slot of a put-wall (PIK-1); null for a free slot and for any other code. A slot is
 * free again when its order's cart is empty: the parcel is packed, or the pieces were taken back.
 */
export async function orderAtSlot(tx: ReadTx, code: string): Promise<OrderRow | null> {
  const slot = await tx.get('slots', code)
  if (!slot || (await piecesInCart(tx, slot.orderId)) === 0) return null
  return (await tx.get('orders', slot.orderId)) ?? null
}

/** Pieces that were picked for the order and neither packed nor taken back. */
export async function piecesInCart(tx: ReadTx, orderId: string): Promise<number> {
  const rows = await tx.where('balances', 'place', cartPlace(orderId))
  return rows.reduce((sum, row) => sum + Math.max(0, row.quantity), 0)
}

/** Slots in which somebody's pieces are, or will be by an open or held pick of this station, and whose they are. */
export async function takenSlots(tx: ReadTx): Promise<ReadonlyMap<string, string>> {
  const [slots, tasks] = await Promise.all([tx.range('slots', null, {}), openTasks(tx)])
  const full = await Promise.all(slots.map((slot) => piecesInCart(tx, slot.orderId)))
  const reserved = tasks.flatMap((task) => (task.area === 'pick' ? (task.batch?.slots ?? []) : []))
  return new Map([
    ...slots.filter((_, index) => (full[index] ?? 0) > 0).map((slot) => [slot.code, slot.orderId] as const),
    ...reserved.map((slot) => [slot.code, slot.orderId] as const),
  ])
}

/**
 * The order of one piece for which this piece lies in a heap (PIK-1), the oldest deadline first; null when nobody's does.
 * At packing such an order is opened by its piece.
 */
export async function orderForPiece(tx: ReadTx, { sku, measureMm }: Piece): Promise<OrderRow | null> {
  const rows = await tx.where('balances', 'skuCode', sku.code)
  const inCarts = rows.flatMap((row) => {
    const fits = measureMm === null || row.measureMm === measureMm
    return fits && row.quantity === 1 && row.place.startsWith('cart:') ? [row.place.slice(5)] : []
  })
  const [orders, busy] = await Promise.all([tx.getMany('orders', inCarts), ordersInWork(tx)])
  const single = orders.flatMap((order) =>
    order && isSinglePiece(order) && !busy.has(order.orderId) ? [order] : [],
  )
  return single.sort((a, b) => a.deadlineAt - b.deadlineAt || (a.orderId < b.orderId ? -1 : 1))[0] ?? null
}

function isSinglePiece({ queue, platform }: OrderRow): boolean {
  return queue === 'open' && platform?.lines.length === 1 && platform.lines[0]?.quantity === 1
}

/** Everything that is open at this station, on the desk or put aside. */
export async function openTasks(tx: ReadTx): Promise<Task[]> {
  const [desk, held] = await Promise.all([tx.range('desk', null, {}), tx.range('held', null, {})])
  return [...desk, ...held]
}

/** Orders that this station works on, or has put aside. */
export async function ordersInWork(tx: ReadTx): Promise<Set<string>> {
  const tasks = await openTasks(tx)
  return new Set(tasks.flatMap((task) => ('orderIds' in task ? task.orderIds : [])))
}
