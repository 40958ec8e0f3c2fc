import { right, stop } from '../../domain/answer.ts'
import { mayAct } from '../../domain/people/person.ts'
import type { PickSettings } from '../../domain/picking/pick-settings.ts'
import { nextPickStep } from '../../domain/picking/pick-steps.ts'
import type { PickBatch, PickTask, Sorting } from '../../domain/picking/pick-task.ts'
import { freeSlots } from '../../domain/picking/slots.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow } from '../tables.ts'
import { takenSlots } from './pick-slots.ts'
import { numberOf, stopsOf } from './pick-stops.ts'

/** Name of the counter of batches at this station. */
const BATCH_COUNTER = 'pickBatch'

/** Numbers for new batches of this station, and the counter that was taken for them. */
export async function newBatchNumbers(
  tx: ReadTx,
  count: number,
  { stationCode }: Pick<DecideContext, 'stationCode'>,
): Promise<{ readonly numbers: readonly string[]; readonly counters: Readonly<Record<string, number>> }> {
  const last = Number((await tx.get('meta', BATCH_COUNTER))?.value ?? 0)
  const numbers = Array.from({ length: count }, (_, index) => `${stationCode}B${last + index + 1}`)
  return { numbers, counters: { [BATCH_COUNTER]: last + count } }
}

/** Orders that shall go on one walk. */
interface PickPlan {
  readonly orders: readonly OrderRow[]
  readonly sorting: Sorting
  /** Null: a new one, should it be needed. */
  readonly batchNo: string | null
}

/** A walk, or why there is none; null when nothing of the orders is in bins. */
type Prepared =
  | { readonly tag: 'ready'; readonly task: PickTask; readonly counters: Readonly<Record<string, number>> }
  | { readonly tag: 'refused'; readonly decision: Decision }
  | null

/** The walk over these orders; each gets a slot where there are several. Null: nothing of them is in bins. */
export async function prepare(
  tx: ReadTx,
  { orders, sorting, batchNo }: PickPlan,
  settings: PickSettings,
  context: DecideContext,
): Promise<Prepared> {
  if (context.person && !mayAct(context.person, 'picker')) {
    const answer = stop('roleWanted', 'SEC-1', { params: { name: context.person.name } })
    return { tag: 'refused', decision: { answer } }
  }
  const batched = await batchOf(tx, { orders, sorting, batchNo }, settings, context)
  if (batched === 'wallFull') {
    const answer = stop('wallFull', 'PIK-1', { params: { slots: settings.slots }, next: 'packSlotsFirst' })
    return { tag: 'refused', decision: { answer } }
  }
  const { batch, counters } = batched
  const slotted = new Set(batch?.slots.map((slot) => slot.orderId))
  const walked = slotted.size > 0 ? orders.filter((order) => slotted.has(order.orderId)) : orders
  const stops = await stopsOf(tx, walked, settings.serpentineZones)
  if (stops.length === 0) return null
  const task: PickTask = {
    area: 'pick',
    taskId: context.newId(),
    openedAt: context.at,
    openedBy: context.person?.personId ?? null,
    undoHead: null,
    orderIds: walked.map((order) => order.orderId),
    stops,
    atBin: null,
    pendingSku: null,
    ...(batch ? { batch, putting: null } : {}),
  }
  return { tag: 'ready', task, counters }
}

/** Slots for several orders, or for one whose first pieces stand in one already; as many orders as there are slots. */
async function batchOf(
  tx: ReadTx,
  { orders, sorting, batchNo }: PickPlan,
  settings: PickSettings,
  context: DecideContext,
): Promise<{ batch: PickBatch | null; counters: Readonly<Record<string, number>> } | 'wallFull'> {
  const taken = await takenSlots(tx)
  const own = new Map([...taken].map(([code, orderId]) => [orderId, code]))
  const isSingle = countParcels(orders) < 2 && !orders.some((order) => own.has(order.orderId))
  if (isSingle && sorting !== 'none') return { batch: null, counters: {} }
  const given =
    batchNo === null ? await newBatchNumbers(tx, 1, context) : { numbers: [batchNo], counters: {} }
  const free = freeSlots(settings, new Set(taken.keys()))
  const slots = giveSlots(orders, own, free)
  if (sorting !== 'none' && slots.length === 0) return 'wallFull'
  const batch: PickBatch = {
    batchNo: given.numbers[0] ?? '',
    sorting,
    confirmPuts: sorting !== 'none' && settings.confirmPuts,
    slots: sorting === 'none' ? [] : slots,
  }
  return { batch, counters: given.counters }
}

/** Merged orders are one parcel: their pieces need not be told apart (ORD-4). */
const countParcels = (orders: readonly OrderRow[]): number =>
  new Set(orders.map((order) => order.mergeGroup ?? order.orderId)).size

/** The slot in which an order's first pieces stand, or a free one; orders of one parcel share theirs (ORD-4). */
function giveSlots(
  orders: readonly OrderRow[],
  own: ReadonlyMap<string, string>,
  free: readonly string[],
): PickBatch['slots'] {
  const left = [...free]
  const byParcel = new Map<string, string>()
  return orders.flatMap((order) => {
    const parcel = order.mergeGroup ?? order.orderId
    const code = own.get(order.orderId) ?? byParcel.get(parcel) ?? left.shift()
    if (code === undefined) return []
    byParcel.set(parcel, code)
    return [{ orderId: order.orderId, orderNumber: numberOf(order), code }]
  })
}

/** The decision that puts a prepared walk on the desk. */
export function opened(prepared: Prepared): Decision | null {
  if (prepared === null) return null
  if (prepared.tag === 'refused') return prepared.decision
  return { answer: openedAnswer(prepared.task), task: prepared.task, counters: prepared.counters }
}

/** What is said when a walk begins. */
export function openedAnswer(task: PickTask) {
  const number = task.batch?.batchNo ?? task.stops[0]?.orderNumber ?? ''
  const { next, nextParams } = nextPickStep(task)
  if (task.orderIds.length === 1 || !task.batch)
    return right('pickOpened', 'PIK-2', {
      params: { number: task.stops[0]?.orderNumber ?? '' },
      next,
      nextParams,
    })
  const params = { number, orders: task.orderIds.length }
  return right('batchOpened', 'PIK-1', { params, next, nextParams })
}
