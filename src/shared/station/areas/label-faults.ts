import { type Choice, stop } from '../../domain/answer.ts'
import type { FirstLabel, LabelFault } from '../../domain/shipping/label-first.ts'
import type { Decision } from '../decision.ts'
import { labelsOfParcel, parcelLabel } from '../order-labels.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow, TableName } from '../tables.ts'
import { COURIER_TABLES, courierFor } from './courier-for.ts'
import { ordersOfParcel } from './parcel-orders.ts'

/** Question that stands when a label does not fit any more. */
export const LABEL_QUESTION = 'labelOutdated'

const LABEL_CHOICES: readonly Choice[] = [{ tag: 'printAnew' }]
const COLLECTED_CHOICES: readonly Choice[] = [{ tag: 'voidLabel' }]

/** PAK-11: a label that says something else than the parcel stops it, with the way to another one; null: all is well. */
export function refuseLabel(orders: readonly OrderRow[], courier: string): Decision | null {
  const label = parcelLabel(orders, courier)
  return label.tag === 'wrong' ? wrongLabel(label.label, label.fault, orders) : null
}

/** Tables that {@link labelFaultOf} reads. */
export const LABEL_TABLES: readonly TableName[] = ['orders', ...COURIER_TABLES]

/** What is wrong with the label printed ahead for this order, as the bench would find it; null: all is well, or none. */
export async function labelFaultOf(tx: ReadTx, order: OrderRow): Promise<LabelFault | null> {
  const orders = await ordersOfParcel(tx, order)
  if (labelsOfParcel(orders).length === 0) return null
  const { courier } = await courierFor(tx, orders)
  const label = parcelLabel(orders, courier)
  return label.tag === 'wrong' ? label.fault : null
}

/** Says what is wrong with the label. */
export function wrongLabel(label: FirstLabel, fault: LabelFault, [first]: readonly OrderRow[]): Decision {
  const choices = fault === 'collected' ? COLLECTED_CHOICES : LABEL_CHOICES
  const params = { waybill: label.number, number: first?.platform?.number ?? first?.orderId ?? '' }
  return {
    answer: stop('labelOutdated', 'PAK-11', { params, choices, next: NEXT[fault] }),
    question: { about: LABEL_QUESTION, choices, params: { orderId: first?.orderId ?? '' } },
  }
}

/** Tags of the words, by what is wrong. */
const NEXT: Readonly<Record<LabelFault, string>> = {
  twice: 'labelTwice',
  courier: 'labelCourier',
  collected: 'labelCollected',
  orders: 'labelOrders',
  goods: 'labelGoods',
  address: 'labelAddress',
  void: 'labelVoid',
}
