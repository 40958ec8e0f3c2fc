import { mayAct, type Person } from '../../domain/people/person.ts'
import { refuseLeased } from '../areas/order-lease.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow } from '../tables.ts'

/** Who may say how an order goes out (SEC-1): those who talk with the buyer and those who pack. */
const DISPATCHERS = ['packer', 'customerService', 'supervisor'] as const

/** Whether this person may. */
export const mayDispatch = (person: Person): boolean => DISPATCHERS.some((role) => mayAct(person, role))

/**
 * How an order goes out is changed only while it waits: not once it is packed or closed (`notOpen`), lies on this
 * station's bench or shelf (`onDesk`), or on another station's (`elsewhere`); and only by those who may (`roleWanted`). The answer names it; null: all wait.
 */
export async function refuseBusy(
  tx: ReadTx,
  orders: readonly OrderRow[],
  context: DecideContext,
): Promise<CommandEffect | null> {
  if (context.person && !mayDispatch(context.person)) return { answer: { tag: 'roleWanted' } }
  const [desk, held, leases] = await Promise.all([
    tx.range('desk', null, {}),
    tx.range('held', null, {}),
    tx.getMany(
      'leases',
      orders.map((order) => order.orderId),
    ),
  ])
  const onDesk = new Set([...desk, ...held].flatMap((task) => ('orderIds' in task ? task.orderIds : [])))
  for (const [index, order] of orders.entries()) {
    const number = order.platform?.number ?? order.orderId
    if (order.queue !== 'open') return { answer: { tag: 'notOpen', params: { number } } }
    if (onDesk.has(order.orderId)) return { answer: { tag: 'onDesk', params: { number } } }
    const elsewhere = refuseLeased([leases[index]], number, context)
    if (elsewhere) return { answer: { tag: 'elsewhere', params: { ...elsewhere.params, number } } }
  }
  return null
}
