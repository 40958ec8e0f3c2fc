import { type Answer, right, stop } from '../../domain/answer.ts'
import type { PackTask } from '../../domain/packing/pack-task.ts'
import { COLLECTED } from '../../domain/shipping/collected.ts'
import { courierName } from '../../domain/shipping/couriers.ts'
import { type FirstLabel, labelledOrder } from '../../domain/shipping/label-first.ts'
import { maskWaybillSetting } from '../../labels/mask-personal.ts'
import { setAsideEvents, writeOffEvents } from '../commands/number-commands.ts'
import { reprintUse } from '../commands/supply-commands.ts'
import type { DecideContext, Decision, NewPrint } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import { labelsOfParcel } from '../order-labels.ts'
import { asideOf } from '../project.ts'
import { holderOf } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow, WaybillRow } from '../tables.ts'
import { unknownRecipient, waybillDocument } from './documents.ts'
import { loadPackTask } from './load-pack-task.ts'
import { gateParcel } from './parcel-orders.ts'
import { freeNumbers, isAside, poolDry, takeNumber } from './parcel-number.ts'
import { waybillJobId } from './waybill-job.ts'

/** A label for a parcel to be, with all that has to be written for it. */
interface NewLabel {
  readonly tag: 'made'
  readonly number: string
  readonly courier: string
  readonly events: readonly StationEvent[]
  readonly print: NewPrint
}

type Unmade = { readonly tag: 'collected' } | { readonly tag: 'refused'; readonly answer: Answer }

/**
 * PAK-11 先打单: gives the parcel of these orders a number and writes its label down to be printed, in one step. The label
 * names no packer and no weight: nobody knows them yet.
 */
export async function makeLabel(
  tx: ReadTx,
  orders: readonly OrderRow[],
  context: DecideContext,
): Promise<NewLabel | Unmade> {
  const task = await loadPackTask(tx, orders, context, 'packing')
  const { courier } = task
  if (courier === COLLECTED) return { tag: 'collected' }
  const [numbers, recipient, masking] = await Promise.all([
    freeNumbers(tx, task, context.stationId),
    tx.get('recipients', task.personRef),
    tx.get('settings', maskWaybillSetting(courier)),
  ])
  const waybill = takeNumber(numbers)
  if (!waybill) return { tag: 'refused', answer: poolDry(courier) }
  const { number, key: waybillKey } = waybill
  const labelJobId = waybillJobId(number)
  const made = orders.map(labelledOrder)
  const masked = masking?.value !== false
  const party = recipient ?? unknownRecipient(task.personRef)
  const document = waybillDocument(
    { task, waybill, recipient: party, packerName: '', copy: 0, masked },
    context,
  )
  const event: StationEvent = {
    type: 'WaybillAssigned',
    movements: [],
    entities: orders.map(({ orderId }) => `order:${orderId}`),
    body: { waybillKey, courier, number, labelJobId, orders: made },
  }
  const print = { jobId: labelJobId, document, personRef: task.personRef, subject: number, reason: '' }
  return { tag: 'made', number, courier, events: [event], print }
}

/**
 * PAK-11: these labels are used for nothing any more. Their numbers are burnt; one that this station fetched
 * from a service is set aside instead, so that it goes back there (LBL-5).
 */
export async function voidLabels(
  tx: ReadTx,
  labels: readonly FirstLabel[],
  reason: string,
  { stationId }: Pick<DecideContext, 'stationId'>,
): Promise<StationEvent[]> {
  const rows = await tx.getMany(
    'waybills',
    labels.map(({ waybillKey }) => waybillKey),
  )
  const events: StationEvent[] = []
  for (const [index, { waybillKey, number, orders: made }] of labels.entries()) {
    const orderIds = made.map(({ orderId }) => orderId)
    events.push({
      type: 'LabelVoided',
      movements: [],
      entities: orderIds.map((orderId) => `order:${orderId}`),
      body: { waybillKey, orderIds, reason },
    })
    events.push(...endOfNumber(rows[index], orderIds, stationId), ...(await reprintUse(tx, number)))
  }
  return events
}

function endOfNumber(
  row: WaybillRow | undefined,
  orderIds: readonly string[],
  stationId: string,
): StationEvent[] {
  if (!row || row.usedBy !== null || row.burnt) return []
  // Two stations that had one pool file gave it to two orders: it is the first one's.
  if (row.assigned && !orderIds.includes(row.assigned.orderId)) return []
  if (!row.fetched || ![stationId, asideOf(stationId)].includes(holderOf(row)))
    return writeOffEvents([row], 'labelVoided')
  return isAside(row) ? [] : setAsideEvents([row])
}

/**
 * PAK-11: the labels that do not fit are voided and the right one is printed, in one step or not at all. What lies on the
 * bench goes with the new label's courier from now on.
 */
export async function renewLabel(
  tx: ReadTx,
  orderId: string,
  { task, context }: { readonly task: PackTask | null; readonly context: DecideContext },
): Promise<Decision> {
  const order = await tx.get('orders', orderId)
  if (!order) return { answer: stop('nothingToDo', 'PAK-11', { next: 'scanOrder' }) }
  const { gate, orders } = await gateParcel(tx, order, context)
  if (gate.tag === 'refused') return { answer: gate.answer }
  if (gate.tag !== 'open') return { answer: stop('nothingToDo', 'PAK-11', { next: 'scanOrder' }) }
  const voided = await voidLabels(tx, labelsOfParcel(orders), 'outdated', context)
  const made = await makeLabel(tx, orders, context)
  const number = order.platform?.number ?? order.orderId
  if (made.tag === 'refused') return { answer: made.answer }
  if (made.tag === 'collected')
    return {
      answer: right('labelVoided', 'PAK-11', { params: { number }, next: 'noLabelWanted' }),
      events: voided,
    }
  const params = { number, waybill: made.number, courier: courierName(made.courier) }
  return {
    answer: right('labelPrinted', 'PAK-11', { params, next: 'changeLabel' }),
    events: [...voided, ...made.events],
    prints: [made.print],
    ...(task?.orderIds.includes(orderId) ? { task: { ...task, courier: made.courier } } : {}),
  }
}
