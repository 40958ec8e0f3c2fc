import { recipientRefOf } from '../../domain/orders/desk.ts'
import { mergeGroupId, mergeKeyOf, MOST_MERGED } from '../../domain/orders/merge-orders.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import { readEvent, type StationEvent } from '../event-types.ts'
import { mergeDetailId } from '../project-dispatch.ts'
import { currentWrite } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow } from '../tables.ts'
import { refuseBusy } from './refuse-busy.ts'
import type { CommandOf } from './command.ts'

/**
 * ORD-4: orders of one buyer to one address go out as one parcel from now on, together with those that they were
 * merged with before. Answers `gone`, `notOpen`, `onDesk`, `elsewhere` (with the order's `number`), `notAlike` or
 * `tooMany` when they may not.
 */
export async function mergeOrders(
  tx: ReadTx,
  command: CommandOf<'MergeOrders'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const named = await tx.getMany('orders', [...new Set(command.orderIds)])
  const known = named.filter((order) => order !== undefined)
  if (known.length < named.length) return { answer: { tag: 'gone' } }
  const orders = await withGroups(tx, known)
  if (orders.length < 2) return { answer: { tag: 'notAlike' } }
  if (orders.length > MOST_MERGED) return { answer: { tag: 'tooMany', params: { most: MOST_MERGED } } }
  const busy = await refuseBusy(tx, orders, context)
  if (busy) return busy
  if (!(await areAlike(tx, orders))) return { answer: { tag: 'notAlike' } }
  const groupId = mergeGroupId(orders.map((order) => order.orderId))
  if (orders.every((order) => order.mergeGroup === groupId)) return { answer: { tag: 'unchanged' } }
  return { answer: { tag: 'done' }, events: [await grouped(tx, 'OrdersMerged', groupId, orders)] }
}

/** ORD-4: undone before packing: every order of the group goes out by itself. */
export async function partOrders(
  tx: ReadTx,
  command: CommandOf<'PartOrders'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const { groupId } = command
  const orders = await tx.where('orders', 'mergeGroup', groupId)
  if (orders.length === 0) return { answer: { tag: 'unchanged' } }
  // One that was taken back or shipped elsewhere is what a group is parted for: only open ones are asked.
  const open = orders.filter((order) => order.queue === 'open')
  const busy = await refuseBusy(tx, open, context)
  if (busy) return busy
  return { answer: { tag: 'done' }, events: [await grouped(tx, 'OrdersParted', groupId, orders)] }
}

/** SYN-2: of two groupings made apart the one of this event shall stand, as far as its orders are still open. */
export async function mergeAsWritten(
  tx: ReadTx,
  command: CommandOf<'MergeAsWritten'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const record = (await tx.where('records', 'eventId', command.eventId))[0]
  const event = record?.kind === 'event' ? readEvent(record.data) : null
  if (event?.type !== 'OrdersMerged' && event?.type !== 'OrdersParted') return { answer: { tag: 'gone' } }
  const { orders: written, groupId } = event.body
  const rows = await tx.getMany(
    'orders',
    written.map(({ orderId }) => orderId),
  )
  const open = rows.filter((row) => row !== undefined).filter((row) => row.queue === 'open')
  const busy = await refuseBusy(tx, open, context)
  if (busy) return busy
  const isMerge = event.type === 'OrdersMerged' && open.length === written.length
  const type = isMerge ? 'OrdersMerged' : 'OrdersParted'
  if (open.length === 0) return { answer: { tag: 'unchanged' } }
  return { answer: { tag: 'done' }, events: [await grouped(tx, type, groupId, open)] }
}

async function withGroups(tx: ReadTx, orders: readonly OrderRow[]): Promise<OrderRow[]> {
  const groups = [...new Set(orders.flatMap((order) => order.mergeGroup ?? []))]
  const grown = await Promise.all(groups.map((group) => tx.where('orders', 'mergeGroup', group)))
  const all = [...orders, ...grown.flat().filter((order) => order.queue === 'open')]
  return [...new Map(all.map((order) => [order.orderId, order])).values()]
}

async function areAlike(tx: ReadTx, orders: readonly OrderRow[]): Promise<boolean> {
  const recipients = await tx.getMany('recipients', orders.map(recipientRefOf))
  const keys = orders.map(({ platform }, index) => {
    const recipient = recipients[index]
    return platform && recipient ? mergeKeyOf(platform, recipient) : null
  })
  return keys[0] !== null && keys.every((key) => key === keys[0])
}

async function grouped(
  tx: ReadTx,
  type: 'OrdersMerged' | 'OrdersParted',
  groupId: string,
  orders: readonly OrderRow[],
): Promise<StationEvent> {
  const orderIds = orders.map((order) => order.orderId).sort()
  const details = await tx.getMany('details', orderIds.map(mergeDetailId))
  const body = {
    groupId,
    orders: orderIds.map((orderId, index) => {
      const detail = details[index]
      return { orderId, seen: detail ? (currentWrite(detail)?.eventId ?? null) : null }
    }),
  }
  return { type, movements: [], entities: orderIds.map((orderId) => `order:${orderId}`), body }
}
