import type { Stamp } from '../ledger/stamp.ts'
import type { KnownEvent } from './event-types.ts'
import type { RowChange } from './row-changes.ts'

/** Events that say how an order goes out. */
export type DispatchEvent = Extract<
  KnownEvent,
  { type: 'OrdersMerged' | 'OrdersParted' | 'CourierChosen' | 'ExtrasSet' }
>

/** What they change; each order by itself, so that stations that merged differently come to the same groups (ORD-4). */
export function projectDispatch(event: DispatchEvent, stamp: Stamp): RowChange[] {
  switch (event.type) {
    case 'OrdersMerged':
      return grouping(event, event.body.groupId, stamp)
    case 'OrdersParted':
      return grouping(event, null, stamp)
    case 'CourierChosen': {
      const { orderId: key, courier, reason } = event.body
      const { personId, at } = event
      return [{ table: 'orders', key, change: { set: 'courier', courier, reason, personId, at, stamp } }]
    }
    case 'ExtrasSet': {
      const { orderId: key, lines } = event.body
      return [{ table: 'orders', key, change: { set: 'extras', lines, stamp } }]
    }
  }
}

/** Field of an order under which its places in groups are kept, with who saw what: two apart are a contradiction. */
export const mergeDetailId = (orderId: string): string => `order:${orderId}:merge`

/** Whether a described field is an order's place in a group. */
export const isMergeDetail = (id: string): boolean => id.startsWith('order:') && id.endsWith(':merge')

function grouping(
  event: Extract<DispatchEvent, { type: 'OrdersMerged' | 'OrdersParted' }>,
  groupId: string | null,
  stamp: Stamp,
): RowChange[] {
  const { eventId, stationId, personId, at, body } = event
  const numbers = body.orders.map(({ orderId }) => orderId.slice(orderId.indexOf('/') + 1)).sort()
  const value = groupId === null ? '' : numbers.join(' + ')
  return body.orders.flatMap(({ orderId, seen }): RowChange[] => [
    { table: 'orders', key: orderId, change: { set: 'merge', groupId, stamp } },
    {
      table: 'details',
      key: mergeDetailId(orderId),
      change: { eventId, stationId, personId, at, value, seen, stamp },
    },
  ])
}
