import { type Choice, stop } from '../../domain/answer.ts'
import type { FirstLabel, LabelFault } from '../../domain/shipping/label-first.ts'
import type { Decision } from '../decision.ts'
import { parcelLabel } from '../order-labels.ts'
import type { OrderRow } from '../tables.ts'

/** Question that stands when a label does not fit any more. */
export const LABEL_QUESTION = 'labelOutdated'

const LABEL_CHOICES: readonly Choice[] = [{ tag: 'printAnew' }]
const COLLECTED_CHOICES: readonly Choice[] = [{ tag: 'voidLabel' }]

/** PAK-11: a label that says something else than the parcel stops it, with the way to another one; null: all is well. */
export function refuseLabel(orders: readonly OrderRow[], courier: string): Decision | null {
  const label = parcelLabel(orders, courier)
  return label.tag === 'wrong' ? wrongLabel(label.label, label.fault, orders) : null
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
