import { groupBy } from '../../base/group-by.ts'
import { right } from '../../domain/answer.ts'
import { destinationOf } from '../../domain/orders/desk.ts'
import { refuseParcel } from '../../domain/packing/decide-pack.ts'
import type { PackTask } from '../../domain/packing/pack-task.ts'
import type { Weighing } from '../../domain/packing/weighing.ts'
import { COLLECTED } from '../../domain/shipping/collected.ts'
import { courierName } from '../../domain/shipping/couriers.ts'
import { maskWaybillSetting } from '../../labels/mask-personal.ts'
import { balanceKey, goodStock, type Movement } from '../../ledger/movement.ts'
import { ADJUSTMENT, PACKED } from '../../ledger/place.ts'
import type { DecideContext, Decision, NewPrint } from '../decision.ts'
import type { BodyOf, StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { RecipientRow } from '../tables.ts'
import { parcelSupplies } from './choose-packing.ts'
import { unknownRecipient, waybillDocument } from './documents.ts'
import { questionBehind } from './pack-questions.ts'
import { ownToken, refuseLeased } from './order-lease.ts'
import { deliveryNote } from './papers.ts'
import { freeNumbers, numberForParcel, type ParcelNumber } from './parcel-number.ts'
import { waybillJobId } from './waybill-job.ts'

/**
 * PAK-10: the parcel is finished once: its pieces leave the stock, it takes its number, and its label is written down to
 * be printed unless that was done before picking (PAK-11), all in one step.
 */
export async function finishParcel(tx: ReadTx, task: PackTask, context: DecideContext): Promise<Decision> {
  const refusal = refuseParcel(task)
  if (refusal) {
    const question = questionBehind(refusal)
    return { answer: refusal, ...(question ? { question } : {}) }
  }
  const [numbers, recipient, rows, leases, masking, stocked] = await Promise.all([
    freeNumbers(tx, task, context.stationId),
    tx.get('recipients', task.personRef),
    tx.getMany('orders', task.orderIds),
    tx.getMany('leases', task.orderIds),
    tx.get('settings', maskWaybillSetting(task.courier)),
    tx.range('supplies', null, {}),
  ])
  const elsewhere = refuseLeased(leases, task.orderNumbers.join(' '), context)
  if (elsewhere) return { answer: elsewhere }
  const orders = rows.flatMap((order) => order ?? [])
  const found = await numberForParcel(tx, task, { ...numbers, orders, leases }, context)
  if (found.tag === 'refused') return found.decision
  const waybill = found.number
  const courier = courierName(task.courier)
  const platform = orders[0]?.platform
  const movements = parcelMovements(task)
  const surprises = await foundMovements(tx, movements)
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
    labelJobId: labelJobOf(waybill),
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
    ...(task.volumetricGrams === undefined ? {} : { volumetricGrams: task.volumetricGrams }),
    ...(task.rules ? { rules: task.rules.map(({ of, lines }) => ({ of, lines: [...lines] })) } : {}),
  }
  const event: StationEvent = {
    type: 'ParcelFinished',
    movements: [...surprises, ...movements],
    entities: [`parcel:${parcelId}`, ...task.orderIds.map((orderId) => `order:${orderId}`)],
    body,
  }
  const params = { waybill: waybill.number, courier, number: task.orderNumbers.join(' '), left: waybill.left }
  const print = paperOfParcel({ task, waybill, body, recipient, masked: masking?.value !== false }, context)
  return {
    answer: right('finished', 'PAK-10', {
      params,
      next: nextAfter(waybill),
      nextParams: { left: waybill.left, waybill: waybill.number },
    }),
    task: null,
    events: [event, ...countsWanted(surprises, parcelId)],
    prints: print ? [print] : [],
    remember: { lastParcel: parcelId },
    counters: waybill.counters,
  }
}

/** What there is to do with the finished parcel. */
function nextAfter({ from, low }: ParcelNumber): string {
  if (from === 'label') return 'stickLabel'
  if (from === 'collected') return 'setAsideForBuyer'
  return low ? 'poolLow' : 'nextOrder'
}

/** Print job of the paper that goes with the parcel. */
const labelJobOf = ({ from, number }: ParcelNumber): string =>
  from === 'collected' ? `delivery-${number}` : waybillJobId(number)

interface PaperInput {
  readonly task: PackTask
  readonly waybill: ParcelNumber
  readonly body: BodyOf<'ParcelFinished'>
  readonly recipient: RecipientRow | undefined
  readonly masked: boolean
}

/** The waybill; the slip that the buyer signs who comes for it (ORD-3); nothing where the label is there (PAK-11). */
function paperOfParcel(
  { task, waybill, body, recipient, masked }: PaperInput,
  context: DecideContext,
): NewPrint | null {
  if (waybill.from === 'label') return null
  const { personRef } = task
  const job = { jobId: body.labelJobId, personRef, subject: waybill.number, reason: '' }
  if (task.courier === COLLECTED)
    return { ...job, document: deliveryNote({ finish: body, recipient: recipient ?? null }, context) }
  const party = recipient ?? unknownRecipient(personRef)
  const { packerName } = body
  return {
    ...job,
    document: waybillDocument({ task, waybill, recipient: party, packerName, copy: 0, masked }, context),
  }
}

const weighingBody = (weighing: Weighing): NonNullable<BodyOf<'ParcelFinished'>['weighing']> => ({
  ...weighing,
  suspects: [...weighing.suspects],
  trace: weighing.trace.map(([atMs, grams]) => [atMs, grams]),
})

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
