import type { PlatformStatus } from '../../domain/orders/order.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import { asideOf } from '../project.ts'
import { holderOf, liveParcelOf } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow, WaybillRow } from '../tables.ts'
import type { CommandOf } from './command.ts'
import { setAsideEvents, writeOffEvents } from './number-commands.ts'

/** Numbers that e-waybill services give for one order each (LBL-5). */

/**
 * A number that a service gave. One that is known from elsewhere is used for nothing: in a pool it is taken out of use,
 * because the service has another parcel in mind.
 */
export async function recordFetched(
  tx: ReadTx,
  command: CommandOf<'RecordFetchedWaybill'>,
): Promise<CommandEffect> {
  const { parcelKey, orderId, courier, number, sortCode, accountId, labelData } = command
  const row = await tx.get('waybills', `${courier}/${number}`)
  if (row?.fetched?.parcelKey === parcelKey) return { answer: { tag: 'unchanged' } }
  if (row?.fetched) return { answer: { tag: 'foreignNumber' } }
  const event: StationEvent = {
    type: 'WaybillFetched',
    movements: [],
    entities: [`order:${orderId}`],
    body: { parcelKey, orderId, courier, number, sortCode, accountId, labelData: { ...labelData } },
  }
  if (!row) return { answer: { tag: 'done' }, events: [event] }
  const burnt = row.burnt ? [] : writeOffEvents([row], 'knownFromElsewhere')
  return { answer: { tag: 'foreignNumber' }, events: [event, ...burnt] }
}

/** Statuses after which nobody here packs the order; `refunding` may be taken back by the buyer. */
const OVER: ReadonlySet<PlatformStatus> = new Set(['refunded', 'shipped', 'done', 'closed'])

/** True when no parcel of this order will need a number any more, as far as this station knows. */
export function isOrderOver(order: OrderRow | undefined): boolean {
  if (!order?.platform) return false
  return liveParcelOf(order) !== null || OVER.has(order.platform.status)
}

/** Before a number is given back it is made sure, in one step with the look at the order, that nobody takes it here. */
export async function setFetchedAside(
  tx: ReadTx,
  command: CommandOf<'SetFetchedAside'>,
  { stationId }: DecideContext,
): Promise<CommandEffect> {
  const row = await tx.get('waybills', command.waybillKey)
  if (!isFreeAt(row, stationId)) return { answer: { tag: 'unchanged' } }
  const order = await tx.get('orders', row.fetched?.orderId ?? '')
  return isOrderOver(order)
    ? { answer: { tag: 'done' }, events: setAsideEvents([row]) }
    : { answer: { tag: 'unchanged' } }
}

/**
 * The courier was told another address for these orders: what was fetched for them is used no more, and a new number is
 * asked for (ORD-2, LBL-5). Numbers that another station holds are that station's to give back.
 */
export async function setStaleAside(
  tx: ReadTx,
  orderIds: readonly string[],
  stationId: string,
): Promise<StationEvent[]> {
  const rows = await Promise.all(orderIds.map((orderId) => tx.where('waybills', 'fetchedFor', orderId)))
  const stale = rows.flat().filter((row) => isFreeAt(row, stationId))
  return stale.length === 0 ? [] : setAsideEvents(stale)
}

/** The end of a fetched number that was set aside. */
export async function writeOffFetched(
  tx: ReadTx,
  command: CommandOf<'WriteOffFetched'>,
  { stationId }: DecideContext,
): Promise<CommandEffect> {
  const row = await tx.get('waybills', command.waybillKey)
  if (!isFreeAt(row, asideOf(stationId))) return { answer: { tag: 'unchanged' } }
  return { answer: { tag: 'done' }, events: writeOffEvents([row], command.reason) }
}

const isFreeAt = (row: WaybillRow | undefined, holder: string): row is WaybillRow =>
  row?.fetched !== undefined && row.usedBy === null && !row.burnt && holderOf(row) === holder
