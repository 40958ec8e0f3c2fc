import { shortKey } from '../domain/picking/shorts.ts'
import type { Stamp } from '../ledger/stamp.ts'
import type { KnownEvent } from './event-types.ts'
import type { RowChange } from './row-changes.ts'

type PickingEvent = Extract<
  KnownEvent,
  { type: 'OrderPicked' | 'PickShort' | 'ShortLifted' | 'PiecesReturned' }
>

/** What picking changes besides stock: slots of the put-wall (PIK-1), goods that are doubted (PIK-3). */
export function projectPicking(event: PickingEvent, stamp: Stamp): RowChange[] {
  const { at } = event
  switch (event.type) {
    case 'OrderPicked': {
      const { slots = [], batchNo = '' } = event.body
      return slots.map(({ code, orderId }) => ({
        table: 'slots',
        key: code,
        change: { code, orderId, batchNo, at, stamp },
      }))
    }
    case 'PickShort': {
      const { missing, orderIds, ...goods } = event.body
      const change = { set: 'said' as const, ...goods, missing, orderIds, at, stamp }
      return [{ table: 'shorts', key: shortKey(goods), change }]
    }
    case 'ShortLifted': {
      const { why, ...goods } = event.body
      const change = { set: 'lifted' as const, ...goods, why, at, stamp }
      return [{ table: 'shorts', key: shortKey(goods), change }]
    }
    case 'PiecesReturned':
      return []
  }
}
