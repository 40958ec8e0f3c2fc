import { type Answer, stop } from '../../domain/answer.ts'
import { isExtraLine } from '../../domain/orders/extras.ts'
import { countsAsPaid } from '../../domain/orders/desk.ts'
import { isCancelled } from '../../domain/orders/order.ts'
import type { Question } from '../../domain/task.ts'
import { liveLabelsOf } from '../order-labels.ts'
import { liveParcelOf } from '../row-changes.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow, ReadinessRow } from '../tables.ts'
import { askAddress } from './confirm-address.ts'
import { refuseHeld } from './order-changed.ts'
import { refuseLeased } from './order-lease.ts'

/** An order that may be worked on, or why not. */
export type OrderGate =
  | { readonly tag: 'open'; readonly order: OrderRow; readonly readiness: ReadinessRow }
  | { readonly tag: 'measureWanted'; readonly order: OrderRow }
  | { readonly tag: 'finished'; readonly order: OrderRow; readonly parcelId: string }
  /** `question` stands with the answer: give both on. */
  | { readonly tag: 'refused'; readonly answer: Answer; readonly question?: Question }

/** What a refused gate says, with its question where it asks one. */
export const refusalOf = ({ answer, question }: Extract<OrderGate, { tag: 'refused' }>): Decision => ({
  answer,
  ...(question ? { question } : {}),
})

/**
 * The order behind a scanned number. Of several shops' orders with one number, the one in the queue is meant; two in
 * the queue are ambiguous.
 */
export async function findOrder(tx: ReadTx, code: string): Promise<OrderRow | 'ambiguous' | null> {
  const orders = await tx.where('orders', 'codeKey', code)
  const open = orders.filter((order) => order.queue === 'open')
  if (open.length > 1 || (open.length === 0 && orders.length > 1)) return 'ambiguous'
  return open[0] ?? orders[0] ?? null
}

/**
 * PAK-1, PAK-11: the order behind the number of a label that was printed before picking, or what is said of a label that
 * is void; null: no such label.
 */
export async function findByLabel(tx: ReadTx, code: string): Promise<OrderRow | Answer | null> {
  const rows = await tx.where('waybills', 'number', code)
  for (const { key, assigned } of rows) {
    const order = assigned ? await tx.get('orders', assigned.orderId) : undefined
    if (!order) continue
    if (liveLabelsOf(order).some(({ waybillKey }) => waybillKey === key)) return order
    const params = { waybill: code, number: order.platform?.number ?? order.orderId }
    return stop('labelVoided', 'PAK-11', { params, next: 'tearUpLabel' })
  }
  return null
}

/** ORD-2, ORD-6, PAK-10: what stops an order, in the order in which a person wants to hear it. */
export async function gateOrder(tx: ReadTx, order: OrderRow, context: DecideContext): Promise<OrderGate> {
  const refuse = (answer: Answer): OrderGate => ({ tag: 'refused', answer })
  const platform = order.platform
  const number = platform?.number ?? order.orderId
  const parcelId = liveParcelOf(order)
  if (parcelId) return { tag: 'finished', order, parcelId }
  if (!platform) return refuse(stop('unknownCode', 'PAK-1', { params: { code: number } }))
  const params = { number, status: platform.statusText }
  if (isCancelled(platform.status)) return refuse(stop('orderCancelled', 'ORD-2', { params }))
  if (platform.status === 'unpaid' && !countsAsPaid(order))
    return refuse(stop('orderNotPaid', 'ORD-2', { params }))
  if (!countsAsPaid(order))
    return refuse(stop('alreadyFinished', 'PAK-10', { params, next: 'shippedElsewhere' }))
  const [readiness, lease] = await Promise.all([
    tx.get('readiness', order.orderId),
    tx.get('leases', order.orderId),
  ])
  const elsewhere = refuseLeased([lease], number, context)
  if (elsewhere) return refuse(elsewhere)
  const held = refuseHeld(order)
  if (held) return refuse(held)
  if (readiness?.state === 'addressWanted') return { tag: 'refused', ...askAddress(order) }
  if (readiness?.state === 'measureWanted') return { tag: 'measureWanted', order }
  if (readiness?.state === 'ready') return { tag: 'open', order, readiness }
  return refuse(await notAllocated(tx, order, number, readiness))
}

/** ORD-6: names what is missing, so that somebody can go and look. */
async function notAllocated(
  tx: ReadTx,
  order: OrderRow,
  number: string,
  readiness: ReadinessRow | undefined,
): Promise<Answer> {
  const lines = await tx.where('demand', 'orderId', order.orderId)
  const short = lines.filter((line) => line.shortQuantity > 0 && !isExtraLine(line.lineNo))
  const missing = short.map((line) => `${line.skuCode} ×${line.shortQuantity}`).join('、')
  const next = readiness?.state === 'unknownSku' ? 'importCatalogue' : 'receiveFirst'
  return stop('notAllocated', 'ORD-6', { params: { number, missing }, next })
}
