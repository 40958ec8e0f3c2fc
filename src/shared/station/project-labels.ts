import type { Stamp } from '../ledger/stamp.ts'
import type { KnownEvent } from './event-types.ts'
import type { RowChange } from './row-changes.ts'

type LabelEvent = Extract<KnownEvent, { type: 'WaybillAssigned' | 'LabelVoided' }>

/** PAK-11: a label that is printed before picking binds its number to the order; voided, it is used no more. */
export function projectLabel(event: LabelEvent, stamp: Stamp): RowChange[] {
  const { stationId, personId, at } = event
  if (event.type === 'LabelVoided') {
    const { waybillKey, orderIds, reason } = event.body
    return orderIds.map((key) => ({
      table: 'orders',
      key,
      change: { set: 'labelVoided', waybillKey, reason, at, personId },
    }))
  }
  const { waybillKey, courier, number, orders } = event.body
  const made = { waybillKey, courier, number, stationId, orders, at, personId }
  return [
    {
      table: 'waybills',
      key: waybillKey,
      change: { set: 'assigned', orderId: orders[0]?.orderId ?? '', stationId, stamp },
    },
    ...orders.map(
      ({ orderId }): RowChange => ({ table: 'orders', key: orderId, change: { set: 'labelMade', ...made } }),
    ),
  ]
}
