import { groupBy } from '../../base/group-by.ts'
import { right, stop } from '../../domain/answer.ts'
import { destinationOf } from '../../domain/orders/desk.ts'
import { refuseParcel } from '../../domain/packing/decide-pack.ts'
import type { PackTask } from '../../domain/packing/pack-task.ts'
import type { Weighing } from '../../domain/packing/weighing.ts'
import { courierName } from '../../domain/shipping/couriers.ts'
import { maskWaybillSetting } from '../../labels/mask-personal.ts'
import { balanceKey, goodStock, type Movement } from '../../ledger/movement.ts'
import { ADJUSTMENT, PACKED } from '../../ledger/place.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { BodyOf, StationEvent } from '../event-types.ts'
import { boundTo, freeForKey, holderOf } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import type { WaybillRow } from '../tables.ts'
import { parcelSupplies } from './choose-packing.ts'
import { waybillDocument } from './documents.ts'
import { questionBehind } from './pack-questions.ts'
import { ownToken, refuseLeased } from './order-lease.ts'

/** The packer is warned when fewer numbers than this are left (LBL-5). */
const LOW_POOL = 20

/** Id of a waybill's first print job; the host keeps it, so that a rebuilt station knows what was printed (LBL-4). */
export function waybillJobId(waybillNumber: string): string {
  return `${WAYBILL_JOBS}${waybillNumber.replace(/[^A-Za-z0-9._-]/g, '_')}`
}

/** How the ids of waybill jobs begin. */
export const WAYBILL_JOBS = 'waybill-'

/**
 * PAK-10: the parcel is finished once: its pieces leave the stock, it takes the next waybill number, and its label is
 * written down to be printed, all in one step.
 */
export async function finishParcel(tx: ReadTx, task: PackTask, context: DecideContext): Promise<Decision> {
  const refusal = refuseParcel(task)
  if (refusal) {
    const question = questionBehind(refusal)
    return { answer: refusal, ...(question ? { question } : {}) }
  }
  const [fetched, free, recipient, orders, leases, masking, stocked] = await Promise.all([
    fetchedWaybill(tx, task, context.stationId),
    freeWaybills(tx, task.courier, context.stationId),
    tx.get('recipients', task.personRef),
    tx.getMany('orders', task.orderIds),
    tx.getMany('leases', task.orderIds),
    tx.get('settings', maskWaybillSetting(task.courier)),
    tx.range('supplies', null, {}),
  ])
  const elsewhere = refuseLeased(leases, task.orderNumbers.join(' '), context)
  if (elsewhere) return { answer: elsewhere }
  // What a service gave for this order can be used for nothing else: it goes first.
  const waybill = fetched ?? free[0]
  const courier = courierName(task.courier)
  if (!waybill) return { answer: stop('poolDry', 'LBL-5', { params: { courier }, next: 'loadPool' }) }
  const platform = orders[0]?.platform
  const movements = parcelMovements(task)
  const found = await foundMovements(tx, movements)
  const labelJobId = waybillJobId(waybill.number)
  // Not before now: the same task may come back from an older journal and be finished a second time.
  const parcelId = context.newId()
  const supplies = parcelSupplies(stocked, task.packing)
  const body: BodyOf<'ParcelFinished'> = {
    parcelId,
    orderIds: [...task.orderIds],
    orderNumbers: [...task.orderNumbers],
    source: platform?.source ?? 'generic',
    personRef: task.personRef,
    courier: task.courier,
    waybillNumber: waybill.number,
    waybillKey: waybill.key,
    weightGrams: task.weightGrams,
    weightSource: task.weightSource,
    packerId: task.signature?.personId ?? '',
    packerName: task.signature?.name ?? '',
    destination: orders[0] ? destinationOf(orders[0]) : '',
    labelJobId,
    leaseToken: ownToken(leases, context),
    at: context.at,
    lines: task.lines.map((line) => ({ ...line, sources: [...line.sources], pieces: [...line.pieces] })),
    trail: [...task.trail],
    ...(supplies.length > 0 ? { supplies } : {}),
    taskId: task.taskId,
    ...(task.addressMarks ? { addressMarks: { ...task.addressMarks } } : {}),
    ...(task.weighing ? { weighing: weighingBody(task.weighing) } : {}),
    ...(task.packing === undefined ? {} : { packing: task.packing }),
    ...(task.sizeMm ? { sizeMm: [...task.sizeMm] } : {}),
  }
  const event: StationEvent = {
    type: 'ParcelFinished',
    movements: [...found, ...movements],
    entities: [`parcel:${parcelId}`, ...task.orderIds.map((orderId) => `order:${orderId}`)],
    body,
  }
  const document = waybillDocument(
    {
      task,
      waybill,
      recipient: recipient ?? unknownRecipient(task.personRef),
      packerName: body.packerName,
      copy: 0,
      masked: masking?.value !== false,
    },
    context,
  )
  const poolLow = fetched === null && free.length <= LOW_POOL
  const left = free.length - (fetched === null ? 1 : 0)
  const params = {
    waybill: waybill.number,
    courier,
    number: task.orderNumbers.join(' '),
    left,
  }
  return {
    answer: right('finished', 'PAK-10', {
      params,
      next: poolLow ? 'poolLow' : 'nextOrder',
      nextParams: { left },
    }),
    task: null,
    events: [event, ...countsWanted(found, parcelId)],
    prints: [{ jobId: labelJobId, document, personRef: task.personRef, subject: waybill.number, reason: '' }],
    remember: { lastParcel: parcelId },
  }
}

const weighingBody = (weighing: Weighing): NonNullable<BodyOf<'ParcelFinished'>['weighing']> => ({
  ...weighing,
  suspects: [...weighing.suspects],
  trace: weighing.trace.map(([atMs, grams]) => [atMs, grams]),
})

/** A number that this station fetched for one of the parcel's orders and still holds (LBL-5); null without one. */
async function fetchedWaybill(
  tx: ReadTx,
  { orderIds, courier }: PackTask,
  stationId: string,
): Promise<WaybillRow | null> {
  const found = await Promise.all(
    orderIds.map((orderId) => {
      const key = freeForKey(boundTo(orderId), courier)
      return tx.range('waybills', '[freeFor+position]', { from: [key, 0], to: [key, 0] })
    }),
  )
  return found.flat().find((row) => holderOf(row) === stationId) ?? null
}

function freeWaybills(tx: ReadTx, courier: string, stationId: string): Promise<WaybillRow[]> {
  const own = freeForKey(stationId, courier)
  const from = [own, 0]
  const to = [own, Number.MAX_SAFE_INTEGER]
  return tx.range('waybills', '[freeFor+position]', { from, to, limit: LOW_POOL + 1 })
}

/** Every piece from where it stood into the packed place; pieces from one place go in one movement. */
function parcelMovements(task: PackTask): Movement[] {
  const pieces = task.lines.flatMap((line) =>
    line.pieces.map((piece) => ({ skuCode: line.skuCode, ...piece })),
  )
  const groups = groupBy(pieces, (piece) => `${piece.from}|${piece.skuCode}|${piece.stockMm ?? ''}`)
  return [...groups.values()].flatMap((same) => {
    const first = same[0]
    if (!first) return []
    return [
      { ...goodStock(first.skuCode, first.stockMm), from: first.from, to: PACKED, quantity: same.length },
    ]
  })
}

/** A piece in the hand that the ledger lacks is posted as found, with a count task (decision 4, STK-4). */
async function foundMovements(tx: ReadTx, movements: readonly Movement[]): Promise<Movement[]> {
  const balances = await tx.getMany(
    'balances',
    movements.map((movement) => balanceKey(movement.from, movement)),
  )
  return movements.flatMap((movement, index) => {
    const missing = movement.quantity - Math.max(0, balances[index]?.quantity ?? 0)
    if (missing <= 0 || movement.from === ADJUSTMENT) return []
    return [{ ...movement, from: ADJUSTMENT, to: movement.from, quantity: missing }]
  })
}

function countsWanted(found: readonly Movement[], parcelId: string): StationEvent[] {
  return found.map((movement) => ({
    type: 'CountWanted',
    movements: [],
    entities: [`sku:${movement.skuCode}`],
    body: {
      todoId: `count-${parcelId}-${movement.skuCode}-${movement.measureMm ?? ''}`,
      kind: 'countSku',
      subject: movement.skuCode,
      reason: 'foundAtPacking',
    },
  }))
}

const unknownRecipient = (personRef: string) => ({
  personRef,
  name: '',
  company: '',
  phone: '',
  province: '',
  city: '',
  district: '',
  street: '',
  postcode: '',
  country: '',
})
