import { right, stop } from '../../domain/answer.ts'
import { skuTitle } from '../../domain/catalogue/sku.ts'
import { mayAct } from '../../domain/people/person.ts'
import {
  arriveAtBin,
  isPickDone,
  nextPickStep,
  type PickOutcome,
  pickMovements,
  pickPiece,
} from '../../domain/picking/decide-pick.ts'
import type { PickStop, PickTask } from '../../domain/picking/pick-task.ts'
import { binOfPlace } from '../../ledger/place.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { DemandRow, OrderRow } from '../tables.ts'
import type { AreaInput } from './area-input.ts'
import { findAnything } from './look-up.ts'
import { findOrder, gateOrder } from './open-order.ts'

type Input = AreaInput<PickTask>

/** Orders looked through for the next one to pick; those before it are being worked on or already in their carts. */
const SEARCHED_ORDERS = 200

/** Single pick by scanner (interface.md `#/pick`). */
export async function scanPick(tx: ReadTx, input: Input): Promise<Decision | null> {
  const { scan, task, context } = input
  if (scan.scan === 'control') {
    if (scan.word === 'NEXT' || scan.word === 'NEW') return task ? refuseOpen(task) : openNext(tx, context)
    if (scan.word === 'FINISH')
      return task ? finishEarly(task) : { answer: stop('noTask', 'PIK-2', { next: 'scanNext' }) }
    return null
  }
  if (scan.scan === 'measure') return task ? measurePending(tx, task, scan.measureMm) : null
  if (scan.scan !== 'code') return null
  return task ? pick(tx, scan.code, task) : openByNumber(tx, scan.code, context)
}

function refuseOpen(task: PickTask): Decision {
  return { answer: stop('taskOpen', 'PIK-2', { ...nextPickStep(task) }) }
}

async function openByNumber(tx: ReadTx, code: string, context: DecideContext): Promise<Decision> {
  const order = await findOrder(tx, code)
  if (order === 'ambiguous')
    return { answer: stop('ambiguousCode', 'PIK-2', { params: { code }, next: 'openInOrders' }) }
  if (!order) return { answer: stop('unknownCode', 'PIK-2', { params: { code }, next: 'scanNext' }) }
  const gate = await gateOrder(tx, order, context)
  switch (gate.tag) {
    case 'refused':
      return { answer: gate.answer }
    case 'finished':
      return { answer: stop('alreadyFinished', 'PAK-10', { params: { number: code } }) }
    case 'measureWanted':
      return { answer: stop('measureWanted', 'ORD-6', { params: { title: code }, next: 'confirmAtPacking' }) }
    case 'open': {
      const held = (await tx.where('held', 'area', 'pick')).find(
        (task) => 'orderIds' in task && task.orderIds.includes(order.orderId),
      )
      if (held?.area === 'pick')
        return {
          answer: right('resumed', 'PIK-2', { params: { number: code }, ...nextPickStep(held) }),
          resume: held,
        }
      const lines = await tx.where('demand', 'orderId', order.orderId)
      const opened = await openTask(tx, order, lines, context)
      return (
        opened ?? { answer: stop('nothingToPick', 'PIK-2', { params: { number: code }, next: 'packIt' }) }
      )
    }
  }
}

/** The order with the oldest deadline that is ready and still has pieces in bins. */
async function openNext(tx: ReadTx, context: DecideContext): Promise<Decision> {
  const busy = await ordersInWork(tx)
  const queue = await tx.range('orders', '[queue+deadlineAt]', {
    from: ['open', 0],
    to: ['open', Number.MAX_SAFE_INTEGER],
    limit: SEARCHED_ORDERS + busy.size,
  })
  const readiness = await tx.getMany(
    'readiness',
    queue.map((order) => order.orderId),
  )
  for (const [index, order] of queue.entries()) {
    if (busy.has(order.orderId) || readiness[index]?.state !== 'ready') continue
    const lines = await tx.where('demand', 'orderId', order.orderId)
    const opened = await openTask(tx, order, lines, context)
    if (opened) return opened
  }
  return { answer: right('nothingToPick', 'PIK-2', { params: { number: '' }, next: 'queueEmpty' }) }
}

async function ordersInWork(tx: ReadTx): Promise<Set<string>> {
  const [desk, held] = await Promise.all([tx.range('desk', null, {}), tx.range('held', null, {})])
  return new Set([...desk, ...held].flatMap((task) => ('orderIds' in task ? task.orderIds : [])))
}

async function openTask(
  tx: ReadTx,
  order: OrderRow,
  lines: readonly DemandRow[],
  context: DecideContext,
): Promise<Decision | null> {
  if (context.person && !mayAct(context.person, 'picker'))
    return { answer: stop('roleWanted', 'SEC-1', { params: { name: context.person.name } }) }
  const skus = await tx.getMany(
    'skus',
    lines.map((line) => line.skuCode),
  )
  const number = order.platform?.number ?? order.orderId
  const stops = lines.flatMap((line, index): PickStop[] => {
    const sku = skus[index]
    const inBins = line.allocated.flatMap((piece) => {
      const binCode = binOfPlace(piece.place)
      return binCode === null ? [] : [{ binCode, measureMm: piece.measureMm, quantity: piece.quantity }]
    })
    return inBins.map((from) => ({
      orderId: order.orderId,
      orderNumber: number,
      lineNo: line.lineNo,
      skuCode: line.skuCode,
      title: sku ? skuTitle(sku) : line.skuCode,
      size: sku?.size ?? '',
      colour: sku?.colour ?? '',
      picked: 0,
      ...from,
    }))
  })
  if (stops.length === 0) return null
  stops.sort((a, b) => (a.binCode < b.binCode ? -1 : a.binCode > b.binCode ? 1 : 0))
  const task: PickTask = {
    area: 'pick',
    taskId: context.newId(),
    openedAt: context.at,
    openedBy: context.person?.personId ?? null,
    undoHead: null,
    orderIds: [order.orderId],
    stops,
    atBin: null,
    pendingSku: null,
  }
  return { answer: right('pickOpened', 'PIK-2', { params: { number }, ...nextPickStep(task) }), task }
}

async function pick(tx: ReadTx, code: string, task: PickTask): Promise<Decision> {
  const cancelled = await refuseCancelled(tx, task)
  if (cancelled) return cancelled
  const found = await findAnything(tx, code)
  if (found.is === 'bin') return settle(arriveAtBin({ ...task, pendingSku: null }, found.bin.code))
  if (found.is === 'piece') {
    const outcome = pickPiece({ ...task, pendingSku: null }, found.piece.sku, found.piece.measureMm)
    const pendingSku = outcome.answer.reason === 'measureWanted' ? found.piece.sku.code : null
    return settle({ ...outcome, task: { ...outcome.task, pendingSku } })
  }
  if (found.is === 'ambiguous')
    return { answer: stop('ambiguousCode', 'PIK-2', { params: { code }, next: 'scanOther' }) }
  if (found.is === 'order') return refuseOpen(task)
  return { answer: stop('unknownCode', 'PIK-2', { params: { code }, ...nextPickStep(task) }) }
}

async function measurePending(tx: ReadTx, task: PickTask, measureMm: number): Promise<Decision | null> {
  const sku = task.pendingSku === null ? undefined : await tx.get('skus', task.pendingSku)
  if (!sku) return null
  const outcome = pickPiece(task, sku, measureMm)
  const pendingSku = outcome.answer.verdict === 'right' ? null : task.pendingSku
  return settle({ ...outcome, task: { ...outcome.task, pendingSku } })
}

async function refuseCancelled(tx: ReadTx, task: PickTask): Promise<Decision | null> {
  const orders = await tx.getMany('orders', task.orderIds)
  const stopped = orders.find((order) => order && order.queue !== 'open')
  if (!stopped) return null
  const params = { number: stopped.platform?.number ?? '', status: stopped.platform?.statusText ?? '' }
  // What was already picked is posted to the cart by CMD-FINISH; nothing more is taken.
  return { answer: stop('orderCancelled', 'ORD-2', { params, next: 'finishPick' }) }
}

/** A done pick posts itself; no scan is wasted on saying so. */
function settle(outcome: PickOutcome): Decision {
  const { task, answer } = outcome
  if (answer.verdict === 'right' && isPickDone(task)) {
    const params = { ...answer.params, number: task.stops[0]?.orderNumber ?? '' }
    return {
      answer: right('pickDone', 'PIK-2', { params, next: 'packOrNext' }),
      task: null,
      events: [picked(task)],
    }
  }
  return { answer, task, undoable: answer.verdict !== 'stop' }
}

/** `CMD-FINISH` before the end: what is in the cart is posted, the rest stays in the queue. */
function finishEarly(task: PickTask): Decision {
  const any = task.stops.some((stop) => stop.picked > 0)
  const params = { number: task.stops[0]?.orderNumber ?? '' }
  const answer = right('pickDone', 'PIK-2', { params, next: any ? 'restStays' : 'nothingTaken' })
  return any ? { answer, task: null, events: [picked(task)] } : { answer, task: null }
}

function picked(task: PickTask): StationEvent {
  return {
    type: 'OrderPicked',
    movements: pickMovements(task),
    entities: task.orderIds.map((orderId) => `order:${orderId}`),
    body: {
      orderIds: [...task.orderIds],
      stops: task.stops.map(({ orderId, lineNo, skuCode, binCode, measureMm, quantity, picked: count }) => ({
        orderId,
        lineNo,
        skuCode,
        binCode,
        measureMm,
        quantity,
        picked: count,
      })),
    },
  }
}
