import { type Answer, type Choice, right, stop } from '../../domain/answer.ts'
import { addressMarkOf, holdOf, recipientRefOf } from '../../domain/orders/desk.ts'
import { linesInSigns, type OrderChange, orderChanges } from '../../domain/orders/order-changes.ts'
import { nextPackStep } from '../../domain/packing/pack-steps.ts'
import type { PackTask } from '../../domain/packing/pack-task.ts'
import type { Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow } from '../tables.ts'
import { ADDRESS_DOUBTED } from './confirm-address.ts'
import { courierFor } from './courier-for.ts'

/** Whether a change can be taken over with the parcel on the bench: the address goes on the label, no piece is touched. */
const isAddressOnly = (changes: readonly OrderChange[]): boolean =>
  changes.every(({ tag }) => tag === 'address')

/** ORD-2: somebody holds the order back; the reason is said where it is in words. */
export function refuseHeld(order: OrderRow): Answer | null {
  const reason = holdOf(order)
  if (reason === null) return null
  const number = order.platform?.number ?? order.orderId
  return stop('orderHeld', 'ORD-2', { params: { number, reason: reason === ADDRESS_DOUBTED ? '' : reason } })
}

/** ORD-2: an order that a later import or the orders' desk changed while it is being packed stops, and says what. */
export function refuseChanged(task: PackTask, orders: readonly (OrderRow | undefined)[]): Decision | null {
  if (task.state !== 'packing') return null
  for (const order of orders) {
    if (!order?.platform) continue
    const held = refuseHeld(order)
    if (held) return { answer: held }
    const changes = orderChanges(task.lines, order, task.addressMarks?.[order.orderId])
    if (changes.length === 0) continue
    const params = { number: order.platform.number, changes: linesInSigns(changes) }
    const address = isAddressOnly(changes)
    const choices: Choice[] = [{ tag: address ? 'takeNewAddress' : 'closeParcel' }]
    return {
      answer: stop('orderChanged', 'ORD-2', { params, choices, next: address ? 'newAddress' : 'packAnew' }),
      question: { about: address ? 'newAddress' : 'orderChanged', choices, params: {} },
    }
  }
  return null
}

/** The packer has seen that it goes elsewhere now: the label will say so, and its courier be one that goes there. */
export async function takeNewAddress(tx: ReadTx, task: PackTask): Promise<Decision> {
  const orders = (await tx.getMany('orders', task.orderIds)).flatMap((order) => order ?? [])
  const [first] = orders
  const taken: PackTask = {
    ...task,
    courier: (await courierFor(tx, orders)).courier,
    personRef: first ? recipientRefOf(first) : task.personRef,
    addressMarks: Object.fromEntries(orders.map((order) => [order.orderId, addressMarkOf(order)])),
  }
  return { answer: right('answered', 'ORD-2', nextPackStep(taken)), task: taken }
}

/** Nothing was posted: the pieces go back and the order is opened again as it is now. */
export const closeChanged = (): Decision => ({
  answer: right('answered', 'ORD-2', { next: 'packAnew' }),
  task: null,
})
