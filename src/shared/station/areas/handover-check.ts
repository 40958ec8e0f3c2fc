import { type Answer, type Choice, right, stop } from '../../domain/answer.ts'
import { linesInSigns, orderChanges } from '../../domain/orders/order-changes.ts'
import { isCancelled } from '../../domain/orders/order.ts'
import type { HandoverTask } from '../../domain/shipping/handover-task.ts'
import type { Question } from '../../domain/task.ts'
import type { Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow, ParcelFinish } from '../tables.ts'
import { refuseHeld } from './order-changed.ts'

/** ORD-2: an order that the platform took back or changed after it was packed does not leave the house. */
export async function refuseStopped(tx: ReadTx, finish: ParcelFinish): Promise<Answer | null> {
  const orders = await tx.getMany('orders', finish.orderIds)
  for (const order of orders) {
    const refusal = order ? stopOf(order, finish) : null
    if (refusal) return refusal
  }
  return null
}

function stopOf(order: OrderRow, finish: ParcelFinish): Answer | null {
  const { platform } = order
  if (!platform) return null
  const { number, statusText: status } = platform
  if (isCancelled(platform.status))
    return stop('orderCancelled', 'ORD-2', { params: { number, status }, next: 'takeOut' })
  const held = refuseHeld(order)
  if (held) return { ...held, next: 'takeOut' }
  const changes = orderChanges(finish.lines, order, finish.addressMarks?.[order.orderId])
  if (changes.length === 0) return null
  return stop('orderChanged', 'ORD-2', {
    params: { number, changes: linesInSigns(changes) },
    next: 'takeOut',
  })
}

/** Looks at every parcel of the list once more before the courier signs: an import may have come in between. */
export async function refuseList(tx: ReadTx, task: HandoverTask): Promise<Decision | null> {
  const parcels = await tx.getMany(
    'parcels',
    task.parcels.map(({ parcelId }) => parcelId),
  )
  for (const parcel of parcels) {
    const answer = parcel?.finish ? await refuseStopped(tx, parcel.finish) : null
    if (!parcel || !answer) continue
    const choices: readonly Choice[] = [{ tag: 'takeOutParcel' }]
    const question: Question = { about: 'takeOut', choices, params: { parcelId: parcel.parcelId } }
    const params = { ...answer.params, waybill: parcel.waybillNumber }
    return { answer: { ...answer, params, choices }, question }
  }
  return null
}

/** The parcel is laid aside; the list goes on without it. */
export function takeOut(task: HandoverTask, parcelId: string): Decision {
  const parcels = task.parcels.filter((parcel) => parcel.parcelId !== parcelId)
  return {
    answer: right('answered', 'SHP-1', { next: 'scanParcels' }),
    task: { ...task, state: 'scanning', parcels },
    undoable: true,
  }
}
