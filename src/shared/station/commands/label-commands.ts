import type { CommandEffect, DecideContext } from '../decision.ts'
import { labelsOfParcel, liveLabelsOf } from '../order-labels.ts'
import type { ReadTx } from '../store.ts'
import { makeLabel, voidLabels } from '../areas/label-first.ts'
import { refuseLeased } from '../areas/order-lease.ts'
import { gateParcel } from '../areas/parcel-orders.ts'
import type { CommandOf } from './command.ts'
import { mayDispatch, refuseBusy } from './refuse-busy.ts'

/**
 * PAK-11 先打单: the number and the label of an order before it is picked. Asked again it answers `unchanged` with the
 * number that is there; `collected`: the buyer comes for it and no label is wanted. A refusal names its reason.
 */
export async function labelOrder(
  tx: ReadTx,
  { orderId }: CommandOf<'LabelOrder'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const order = await tx.get('orders', orderId)
  if (!order) return { answer: { tag: 'gone' } }
  const busy = await refuseBusy(tx, [order], context)
  if (busy) return busy
  const { gate, orders } = await gateParcel(tx, order, context)
  const number = order.platform?.number ?? orderId
  if (gate.tag === 'refused') {
    const { reason, params } = gate.answer
    return { answer: { tag: reason, params: { ...params, number } } }
  }
  if (gate.tag !== 'open') return { answer: { tag: gate.tag, params: { number } } }
  const known = labelsOfParcel(orders)[0]
  if (known) return { answer: { tag: 'unchanged', params: { number, waybill: known.number } } }
  const made = await makeLabel(tx, orders, context)
  if (made.tag === 'collected') return { answer: { tag: 'collected', params: { number } } }
  if (made.tag === 'refused')
    return { answer: { tag: made.answer.reason, params: { ...made.answer.params, number } } }
  return {
    answer: { tag: 'done', params: { number, waybill: made.number } },
    events: made.events,
    prints: [made.print],
  }
}

/**
 * PAK-11: a label that was printed ahead is torn up, with a reason. `packed`: its parcel is voided instead; `elsewhere`:
 * another station has its order on the bench.
 */
export async function voidLabel(
  tx: ReadTx,
  { orderId, reason }: CommandOf<'VoidLabel'>,
  context: DecideContext,
): Promise<CommandEffect> {
  if (context.person && !mayDispatch(context.person)) return { answer: { tag: 'roleWanted' } }
  const order = await tx.get('orders', orderId)
  if (!order) return { answer: { tag: 'gone' } }
  const number = order.platform?.number ?? orderId
  const labels = liveLabelsOf(order)
  if (labels.length === 0) return { answer: { tag: 'unchanged', params: { number } } }
  const [lease, rows] = await Promise.all([
    tx.get('leases', orderId),
    tx.getMany(
      'waybills',
      labels.map(({ waybillKey }) => waybillKey),
    ),
  ])
  const elsewhere = refuseLeased([lease], number, context)
  if (elsewhere) return { answer: { tag: 'elsewhere', params: { ...elsewhere.params, number } } }
  const unused = labels.filter((_, index) => (rows[index]?.usedBy ?? null) === null)
  const [label] = unused
  if (!label) return { answer: { tag: 'packed', params: { number } } }
  if (reason.trim() === '') return { answer: { tag: 'reasonWanted' } }
  const events = await voidLabels(tx, unused, reason.trim(), context)
  return { answer: { tag: 'done', params: { number, waybill: label.number } }, events }
}
