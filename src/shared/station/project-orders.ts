import type { KnownEvent } from './event-types.ts'
import type { DeskChange } from './order-desk.ts'
import type { RowChange } from './row-changes.ts'
import type { Stamp } from '../ledger/stamp.ts'

/** Events of the orders' desk. */
export type DeskEvent = Extract<
  KnownEvent,
  { type: 'OrderFlagged' | 'OrderHeld' | 'OrderNoted' | 'BankTransferRecorded' | 'AddressConfirmed' }
>

/** What the orders' desk wrote down about one order (ORD-2, ORD-5). */
export function projectDesk(event: DeskEvent, stamp: Stamp): RowChange[] {
  const { eventId, stationId, personId, at } = event
  const by = { eventId, stationId, personId, at, stamp }
  const change = deskChange(event, by)
  return [{ table: 'orders', key: event.body.orderId, change: { set: 'desk', stamp, ...change } }]
}

type By = Pick<DeskEvent, 'eventId' | 'stationId' | 'personId' | 'at'> & { readonly stamp: Stamp }

function deskChange(event: DeskEvent, by: By): DeskChange {
  switch (event.type) {
    case 'OrderFlagged':
      return { field: 'flags', write: { ...by, flag: event.body.flag } }
    case 'OrderHeld':
      return { field: 'holds', write: { ...by, held: event.body.held, reason: event.body.reason } }
    case 'OrderNoted':
      return { field: 'notes', write: { ...by, note: event.body.note } }
    case 'BankTransferRecorded': {
      const { orderId: _order, ...transfer } = event.body
      return { field: 'transfers', write: { ...by, ...transfer } }
    }
    case 'AddressConfirmed': {
      const { what, ofMark, corrected } = event.body
      return { field: 'addresses', write: { ...by, what, ofMark, corrected } }
    }
  }
}

/** The orders that goods put away let ship (ORD-6). */
export const projectReleased = (orderIds: readonly string[], at: number): RowChange[] =>
  orderIds.map((key) => ({ table: 'orders', key, change: { set: 'released', at } }))
