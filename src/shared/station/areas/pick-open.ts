import { right, stop } from '../../domain/answer.ts'
import { nextPickStep } from '../../domain/picking/pick-steps.ts'
import { isWaiting, type PickTask, type Sorting } from '../../domain/picking/pick-task.ts'
import type { DecideContext, Decision } from '../decision.ts'
import { readyOrders } from '../ready-orders.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow } from '../tables.ts'
import { findByLabel, findOrder, gateOrder, refusalOf } from './open-order.ts'
import { refuseLeased } from './order-lease.ts'
import { gateParcel, ordersOfParcel } from './parcel-orders.ts'
import { opened, openedAnswer, prepare } from './pick-prepare.ts'
import { offerReturn } from './pick-return.ts'
import { loadPickSettings, orderAtSlot, ordersInWork, piecesInCart } from './pick-slots.ts'
import { numberOf, stopsOf } from './pick-stops.ts'

/** Orders looked through for the next ones to pick; those before are being worked on or already in their carts. */
const SEARCHED_ORDERS = 200

/** Opens what a code at an empty pick screen means: an order, a batch by its slip, what stands in a slot. */
export async function openByCode(tx: ReadTx, code: string, context: DecideContext): Promise<Decision> {
  const order = await findOrder(tx, code)
  if (order === 'ambiguous')
    return { answer: stop('ambiguousCode', 'PIK-2', { params: { code }, next: 'openInOrders' }) }
  if (order) return openOrder(tx, order, context)
  const held = await heldPicks(tx)
  const batch = held.find((task) => task.batch?.batchNo === code)
  if (batch) return resume(tx, batch, context)
  const standing = await orderAtSlot(tx, code)
  if (standing) return offerReturn(standing, null)
  const labelled = await findByLabel(tx, code)
  if (labelled) return 'verdict' in labelled ? { answer: labelled } : openOrder(tx, labelled, context)
  return { answer: stop('unknownCode', 'PIK-2', { params: { code }, next: 'scanNext' }) }
}

async function heldPicks(tx: ReadTx): Promise<PickTask[]> {
  const held = await tx.where('held', 'area', 'pick')
  return held
    .flatMap((task) => (task.area === 'pick' ? [task] : []))
    .sort((a, b) => a.openedAt - b.openedAt || (a.taskId < b.taskId ? -1 : 1))
}

/** Goes on with a pick that was put aside, or begins a batch of a wave. */
async function resume(tx: ReadTx, task: PickTask, context: DecideContext): Promise<Decision> {
  if (isWaiting(task)) return (await takeBatch(tx, task, context)) ?? nothingToPick(task.batch?.batchNo ?? '')
  const number = task.batch?.batchNo ?? task.stops[0]?.orderNumber ?? ''
  return { answer: right('resumed', 'PIK-2', { params: { number }, ...nextPickStep(task) }), resume: task }
}

const nothingToPick = (number: string): Decision => ({
  answer: stop('nothingToPick', 'PIK-2', { params: { number }, next: 'packIt' }),
})

async function openOrder(tx: ReadTx, order: OrderRow, context: DecideContext): Promise<Decision> {
  const number = numberOf(order)
  const { gate, orders } = await gateParcel(tx, order, context)
  switch (gate.tag) {
    case 'refused':
      // Goods of an order that cannot go on stand in its cart: they may be wanted elsewhere.
      return !gate.question &&
        orders.length === 1 &&
        gate.answer.reason !== 'packingElsewhere' &&
        (await piecesInCart(tx, order.orderId)) > 0
        ? offerReturn(order, gate.answer)
        : refusalOf(gate)
    case 'finished':
      return { answer: stop('alreadyFinished', 'PAK-10', { params: { number } }) }
    case 'measureWanted':
      return {
        answer: stop('measureWanted', 'ORD-6', { params: { title: number }, next: 'confirmAtPacking' }),
      }
    case 'open': {
      const held = (await heldPicks(tx)).find((task) => task.orderIds.includes(order.orderId))
      if (held) return resume(tx, held, context)
      const settings = await loadPickSettings(tx, context)
      const plan = { orders, sorting: settings.sorting, batchNo: null }
      return opened(await prepare(tx, plan, settings, context)) ?? nothingToPick(number)
    }
  }
}

/**
 * `CMD-NEXT`: the oldest batch of a wave that waits, else the ready orders with the oldest deadlines that still have
 * pieces in bins, as many as the station takes at once.
 */
export async function openNext(tx: ReadTx, context: DecideContext): Promise<Decision> {
  for (const task of (await heldPicks(tx)).filter(isWaiting)) {
    const taken = await takeBatch(tx, task, context)
    if (taken) return taken
  }
  const settings = await loadPickSettings(tx, context)
  const found = await nextOrders(tx, settings.batchSize, context)
  const orders = await withMerged(tx, found, context)
  const plan = { orders, sorting: settings.sorting, batchNo: null }
  return (
    opened(await prepare(tx, plan, settings, context)) ?? {
      answer: right('nothingToPick', 'PIK-2', { params: { number: '' }, next: 'queueEmpty' }),
    }
  )
}

/** ORD-4: an order on its own brings those along that go into its parcel. */
async function withMerged(
  tx: ReadTx,
  found: readonly OrderRow[],
  context: DecideContext,
): Promise<readonly OrderRow[]> {
  const [only, ...others] = found
  if (!only || others.length > 0) return found
  const busy = await ordersInWork(tx)
  const companions = (await ordersOfParcel(tx, only)).filter(
    ({ orderId }) => orderId !== only.orderId && !busy.has(orderId),
  )
  return [only, ...(await pickable(tx, companions, context))]
}

async function nextOrders(tx: ReadTx, atMost: number, context: DecideContext): Promise<OrderRow[]> {
  const busy = await ordersInWork(tx)
  const queue = await readyOrders(tx, SEARCHED_ORDERS + busy.size)
  const found: OrderRow[] = []
  for (const order of await pickable(
    tx,
    queue.filter(({ orderId }) => !busy.has(orderId)),
    context,
  )) {
    if (found.length === atMost) break
    if ((await stopsOf(tx, [order])).length > 0) found.push(order)
  }
  return found
}

/** Of these orders, those that are ready and on nobody else's desk. */
async function pickable(
  tx: ReadTx,
  orders: readonly OrderRow[],
  context: DecideContext,
): Promise<OrderRow[]> {
  const ids = orders.map((order) => order.orderId)
  const [readiness, leases] = await Promise.all([tx.getMany('readiness', ids), tx.getMany('leases', ids)])
  return orders.filter(
    (order, index) =>
      order.queue === 'open' &&
      readiness[index]?.state === 'ready' &&
      refuseLeased([leases[index]], '', context) === null,
  )
}

/** A batch of a wave, as far as its orders can be picked by now; null when none can. */
async function takeBatch(tx: ReadTx, task: PickTask, context: DecideContext): Promise<Decision | null> {
  const rows = await tx.getMany('orders', task.orderIds)
  const known = rows.flatMap((order) => order ?? [])
  const orders = await pickable(tx, known, context)
  const settings = await loadPickSettings(tx, context)
  const sorting: Sorting = task.batch?.sorting === 'none' ? 'none' : settings.sorting
  const plan = { orders, sorting, batchNo: task.batch?.batchNo ?? null }
  const prepared = await prepare(tx, plan, settings, context)
  if (prepared === null || prepared.tag !== 'ready') return opened(prepared)
  const begun: PickTask = { ...prepared.task, taskId: task.taskId }
  return { answer: openedAnswer(begun), resume: begun, counters: prepared.counters }
}

/** PIK-1: another order's number before the first piece: it goes along on this walk. */
export async function addOrder(
  tx: ReadTx,
  task: PickTask,
  order: OrderRow,
  context: DecideContext,
): Promise<Decision> {
  const number = numberOf(order)
  if (task.orderIds.includes(order.orderId)) return { answer: openedAnswer(task) }
  const begun = task.stops.some((stop) => stop.picked > 0)
  if (begun || (await ordersInWork(tx)).has(order.orderId) || task.batch?.sorting === 'none')
    return { answer: stop('taskOpen', 'PIK-2', { ...nextPickStep(task) }) }
  const gate = await gateOrder(tx, order, context)
  if (gate.tag === 'refused') return refusalOf(gate)
  if (gate.tag === 'finished') return { answer: stop('alreadyFinished', 'PAK-10', { params: { number } }) }
  if (gate.tag === 'measureWanted')
    return { answer: stop('measureWanted', 'ORD-6', { params: { title: number }, next: 'confirmAtPacking' }) }
  if ((await stopsOf(tx, [order])).length === 0) return nothingToPick(number)
  const rows = await tx.getMany('orders', task.orderIds)
  const orders = [...rows.flatMap((row) => row ?? []), order]
  const settings = await loadPickSettings(tx, context)
  const batchNo = task.batch?.batchNo ?? null
  const prepared = await prepare(tx, { orders, sorting: settings.sorting, batchNo }, settings, context)
  if (prepared?.tag !== 'ready') return opened(prepared) ?? nothingToPick(number)
  const { taskId, openedAt, openedBy, undoHead } = task
  const next: PickTask = { ...prepared.task, taskId, openedAt, openedBy, undoHead }
  if (!next.orderIds.includes(order.orderId))
    return {
      answer: stop('wallFull', 'PIK-1', { params: { slots: settings.slots }, next: 'packSlotsFirst' }),
    }
  const params = { number, orders: next.orderIds.length }
  return {
    answer: right('orderAdded', 'PIK-1', { params, ...nextPickStep(next) }),
    task: next,
    undoable: true,
    counters: prepared.counters,
  }
}
