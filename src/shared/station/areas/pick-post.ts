import { right, stop } from '../../domain/answer.ts'
import { type PickOutcome, pickMovements } from '../../domain/picking/decide-pick.ts'
import { onlyOrdersOf } from '../../domain/picking/decide-short.ts'
import { isAllPut, isSorting, leftToSort, nextPickStep } from '../../domain/picking/pick-steps.ts'
import type { PickTask } from '../../domain/picking/pick-task.ts'
import type { Decision } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'

/** A done pick posts itself; no scan is wasted on saying so. */
export function settle({ task, answer }: PickOutcome): Decision {
  if (answer.verdict === 'right' && isAllPut(task)) return postDone(task)
  return { answer, task, undoable: answer.verdict !== 'stop' }
}

/** Everything is taken and put: bin → carts, in one event. */
function postDone(task: PickTask): Decision {
  const number = task.stops[0]?.orderNumber ?? ''
  const events = [picked(task)]
  if (!task.batch || task.batch.slots.length === 0) {
    const params = { number: task.batch?.batchNo ?? number, orders: task.orderIds.length }
    const next = task.batch ? 'packHeap' : 'packOrNext'
    return { answer: right('pickDone', 'PIK-2', { params, next }), task: null, events }
  }
  const { nextParams } = nextPickStep(task)
  const params = { number: task.batch.batchNo, orders: task.orderIds.length }
  const next = task.putting ? 'putLast' : 'packSlots'
  return { answer: right('pickDone', 'PIK-1', { params, next, nextParams }), task: null, events }
}

/**
 * `CMD-FINISH` before the end: the walk ends here. What is on the trolley of a batch is sorted first; what is in carts
 * and slots is posted, the rest stays in the queue.
 */
export function finishEarly(task: PickTask): Decision {
  const taken = task.stops.filter((stop) => stop.picked > 0)
  const params = { number: task.batch?.batchNo ?? task.stops[0]?.orderNumber ?? '' }
  if (taken.length === 0)
    return {
      answer: right('pickDone', 'PIK-2', { params, next: task.batch ? 'batchLaidDown' : 'nothingTaken' }),
      task: null,
    }
  if (leftToSort(task) > 0 && !isSorting(task)) {
    const stops = taken.map((stop) => ({ ...stop, quantity: stop.picked }))
    const ended: PickTask = { ...onlyOrdersOf({ ...task, stops }), atBin: null }
    const { nextParams } = nextPickStep(ended)
    return {
      answer: right('pickDone', 'PIK-1', { params, next: 'sortPieces', nextParams }),
      task: ended,
      undoable: true,
    }
  }
  const unsorted = leftToSort(task)
  const next = unsorted > 0 ? 'sortTheRest' : task.batch ? 'batchRestStays' : 'restStays'
  return { answer: right('pickDone', 'PIK-2', { params, next }), task: null, events: [picked(task)] }
}

/** Another task stands on the desk. */
export function refuseOpen(task: PickTask): Decision {
  return { answer: stop('taskOpen', 'PIK-2', { ...nextPickStep(task) }) }
}

function picked(task: PickTask): StationEvent {
  const stops = task.stops.map(
    ({ orderId, lineNo, skuCode, binCode, measureMm, quantity, picked: count }) => ({
      orderId,
      lineNo,
      skuCode,
      binCode,
      measureMm,
      quantity,
      picked: count,
    }),
  )
  const holding = new Set(stops.filter((stop) => stop.picked > 0).map((stop) => stop.orderId))
  const slots = (task.batch?.slots ?? [])
    .filter(({ orderId }) => holding.has(orderId))
    .map(({ orderId, code }) => ({ orderId, code }))
  return {
    type: 'OrderPicked',
    movements: pickMovements(task),
    entities: task.orderIds.map((orderId) => `order:${orderId}`),
    body: {
      orderIds: [...task.orderIds],
      stops,
      ...(task.batch ? { batchNo: task.batch.batchNo, slots } : {}),
    },
  }
}
