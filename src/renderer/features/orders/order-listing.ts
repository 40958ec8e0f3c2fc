import { Dexie } from 'dexie'
import { normaliseCode } from '../../../shared/base/text.ts'
import type { Flag } from '../../../shared/domain/orders/order.ts'
import { countsAsPaid, ownFlagOf, recipientRefOf } from '../../../shared/domain/orders/desk.ts'
import { isCancelled } from '../../../shared/domain/orders/order.ts'
import { liveParcelOf } from '../../../shared/station/row-changes.ts'
import type { OrderRow, ReadinessRow, RecipientRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { isFilter, type OrderFilter, readFilter } from './order-filters.ts'

/** The tabs of the orders screen. */
export const ORDER_TABS = ['toShip', 'held', 'finished', 'all'] as const
/** What an orders list shows: a tab, or what a filter picks out of the open orders. */
export type OrderTab = (typeof ORDER_TABS)[number] | OrderFilter

/** An order with what a list shows of it. */
export interface OrderListing {
  readonly order: OrderRow
  readonly readiness: ReadinessRow | null
  readonly recipient: RecipientRow | null
}

/** Where an order stands, in one word. */
export type OrderState =
  | ReadinessRow['state']
  | 'unpaid'
  | 'cancelled'
  | 'packed'
  | 'handedOver'
  | 'shippedElsewhere'
  | 'partial'

/** The states that show the yellow flag (ORD-6). */
export const HELD_STATES = ['held', 'addressWanted', 'short', 'measureWanted', 'unknownSku'] as const
/** Held orders are put in order of their deadline in memory; nobody works through more. */
const MOST_HELD = 2000
/** How far back through open orders a search by recipient looks. */
const MOST_WALKED = 3000

/** One word for the order: what stops it first, then how far it has come. */
export function orderState(order: OrderRow, readiness: ReadinessRow | null): OrderState {
  const parcelId = liveParcelOf(order)
  const parcel = parcelId === null ? undefined : order.parcels[parcelId]
  if (parcel?.handedOver) return 'handedOver'
  if (!order.platform) return 'partial'
  if (isCancelled(order.platform.status)) return 'cancelled'
  if (parcel) return 'packed'
  if (!countsAsPaid(order)) return order.platform.status === 'unpaid' ? 'unpaid' : 'shippedElsewhere'
  return readiness?.state ?? 'ready'
}

/** The flag on screen: yellow while it cannot ship, else the order's own (ORD-2). */
export function orderFlag({ order, readiness }: OrderListing): Flag {
  return readiness?.flag ?? ownFlagOf(order)
}

/** Reads at most `limit` orders of a tab, in the order in which they are worked on. */
export async function loadOrders(
  database: StationDatabase,
  tab: OrderTab,
  limit: number,
): Promise<readonly OrderListing[]> {
  return withDetails(database, await readTab(database, tab, limit))
}

function readTab(database: StationDatabase, tab: OrderTab, limit: number): Promise<OrderRow[]> {
  if (isFilter(tab)) return readFilter(database, tab, limit)
  const queue = (name: OrderRow['queue']) =>
    database.orders.where('[queue+deadlineAt]').between([name, Dexie.minKey], [name, Dexie.maxKey])
  switch (tab) {
    case 'toShip':
      return queue('open').limit(limit).toArray()
    case 'held':
      return readHeld(database, limit)
    case 'finished':
      return queue('closed').reverse().filter(isFinished).limit(limit).toArray()
    case 'all':
      return database.orders.orderBy('deadlineAt').reverse().limit(limit).toArray()
  }
}

async function readHeld(database: StationDatabase, limit: number): Promise<OrderRow[]> {
  const held = await database.readiness
    .where('state')
    .anyOf([...HELD_STATES])
    .limit(MOST_HELD)
    .primaryKeys()
  const orders = await database.orders.bulkGet(held)
  return known(orders).sort(byDeadline).slice(0, limit)
}

function isFinished(order: OrderRow): boolean {
  const status = order.platform?.status
  return liveParcelOf(order) !== null || status === 'shipped' || status === 'done'
}

const known = <T>(rows: readonly (T | undefined)[]): T[] => rows.filter((row): row is T => row !== undefined)

const byDeadline = (a: OrderRow, b: OrderRow): number =>
  a.deadlineAt - b.deadlineAt || (a.orderId < b.orderId ? -1 : 1)

async function withDetails(database: StationDatabase, orders: readonly OrderRow[]): Promise<OrderListing[]> {
  const [readiness, recipients] = await Promise.all([
    database.readiness.bulkGet(orders.map((order) => order.orderId)),
    database.recipients.bulkGet(orders.map(recipientRefOf)),
  ])
  return orders.map((order, index) => ({
    order,
    readiness: readiness[index] ?? null,
    recipient: recipients[index] ?? null,
  }))
}

/**
 * Orders that a text finds, whatever tab they stand in: by the start of their number, by a SKU code that open lines
 * want, by the recipient's name or the last four digits of the phone.
 */
export async function searchOrders(
  database: StationDatabase,
  text: string,
  limit: number,
): Promise<readonly OrderListing[]> {
  const code = normaliseCode(text)
  if (code === '') return []
  const [byNumber, byGoods, byPerson] = await Promise.all([
    database.orders.where('codeKey').startsWith(code).limit(limit).toArray(),
    ordersOfGoods(database, code, limit),
    ordersOfPerson(database, text.trim(), limit),
  ])
  const found = new Map([...byNumber, ...byGoods, ...byPerson].map((order) => [order.orderId, order]))
  return withDetails(database, [...found.values()].sort(byDeadline).slice(0, limit))
}

async function ordersOfGoods(database: StationDatabase, code: string, limit: number): Promise<OrderRow[]> {
  const skuCodes = await database.skus.where('codes').equals(code).primaryKeys()
  const lines = await database.demand.where('skuCode').anyOf(skuCodes).limit(limit).toArray()
  return known(await database.orders.bulkGet([...new Set(lines.map((line) => line.orderId))]))
}

/** Orders have no index of their people; parcels have, and the queue of open orders is short enough to walk. */
async function ordersOfPerson(database: StationDatabase, text: string, limit: number): Promise<OrderRow[]> {
  const people = /^\d{4}$/.test(text)
    ? database.recipients.where('phoneTail').equals(text)
    : database.recipients.where('name').startsWith(text)
  const refs = new Set(await people.limit(limit).primaryKeys())
  if (refs.size === 0) return []
  const [parcels, open] = await Promise.all([
    database.parcels
      .where('personRef')
      .anyOf([...refs])
      .limit(limit)
      .toArray(),
    database.orders
      .where('[queue+deadlineAt]')
      .between(['open', Dexie.minKey], ['open', Dexie.maxKey])
      .limit(MOST_WALKED)
      .filter((order) => refs.has(recipientRefOf(order)))
      .toArray(),
  ])
  const packed = await database.orders.bulkGet(parcels.flatMap((parcel) => [...parcel.orderIds]))
  return [...open, ...known(packed)]
}
