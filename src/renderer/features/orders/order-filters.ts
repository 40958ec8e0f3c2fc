import type { Collection } from 'dexie'
import { noteRulesOf } from '../../../shared/domain/orders/notes.ts'
import { ORDER_SETTINGS } from '../../../shared/domain/orders/order-settings.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/** What people look for among the open orders (ORD-2, ORD-5, ORD-6). */
export const ORDER_FILTERS = [
  'noteDue',
  'toConfirm',
  'released',
  'byHand',
  'red',
  'green',
  'yellow',
  'blue',
  'purple',
] as const
export type OrderFilter = (typeof ORDER_FILTERS)[number]

export const isFilter = (name: string): name is OrderFilter =>
  (ORDER_FILTERS as readonly string[]).includes(name)

/** What goods-in released is news so long. */
export const RELEASED_MS = 24 * 3_600_000
/** Found rows are put in order of their deadline in memory; nobody works through more. */
const MOST_FOUND = 2000

/** The open orders of a filter, by deadline; what was released, the newest first. */
export async function readFilter(
  database: StationDatabase,
  filter: OrderFilter,
  limit: number,
): Promise<OrderRow[]> {
  if (filter === 'released') return released(database).reverse().limit(limit).toArray()
  const rows =
    filter === 'noteDue'
      ? await overdueNotes(database, MOST_FOUND)
      : await byIds(database, await byReadiness(database, filter).limit(MOST_FOUND).primaryKeys())
  return rows.sort(byDeadline).slice(0, limit)
}

/** Counted no further: a scan waits while the table is read. */
export const MOST_COUNTED = 1000

const upTo = async (found: Collection): Promise<number> =>
  (await found.limit(MOST_COUNTED).primaryKeys()).length

/** How many orders each filter finds, {@link MOST_COUNTED} at most; notes and releases as of now. */
export async function countFilters(
  database: StationDatabase,
): Promise<Readonly<Record<OrderFilter, number>>> {
  const count = (filter: OrderFilter): Promise<number> => {
    if (filter === 'released') return upTo(released(database))
    if (filter === 'noteDue') return overdueNotes(database, MOST_COUNTED).then((rows) => rows.length)
    return upTo(byReadiness(database, filter))
  }
  const counts = await Promise.all(
    ORDER_FILTERS.map(async (filter) => [filter, await count(filter)] as const),
  )
  return Object.fromEntries(counts) as Record<OrderFilter, number>
}

const released = (database: StationDatabase) =>
  database.orders.where('releasedAt').above(Date.now() - RELEASED_MS)

function byReadiness(database: StationDatabase, filter: OrderFilter) {
  switch (filter) {
    case 'toConfirm':
      return database.readiness.where('state').equals('addressWanted')
    case 'byHand':
      return database.readiness.where('state').equals('held')
    default:
      return database.readiness.where('flagged').equals(filter)
  }
}

/** ORD-2: orders that want a note and have had none for longer than the shop allows. */
async function overdueNotes(database: StationDatabase, most: number): Promise<OrderRow[]> {
  const { wish, minutes } = await readNoteRules(database)
  if (wish === 'none') return []
  return database.orders
    .where('noteSince')
    .below(Date.now() - minutes * 60_000)
    .filter(({ platform }) => wish !== 'message' || platform?.message.trim() !== '')
    .limit(most)
    .toArray()
}

/** The shop's rules about notes. */
export async function readNoteRules(database: StationDatabase): Promise<ReturnType<typeof noteRulesOf>> {
  const saved = (await database.settings.get(ORDER_SETTINGS.noteRules))?.value
  return noteRulesOf((saved ?? {}) as { wish: unknown; minutes: unknown })
}

async function byIds(database: StationDatabase, orderIds: (string | number)[]): Promise<OrderRow[]> {
  const rows = await database.orders.bulkGet(orderIds)
  return rows.filter((row): row is OrderRow => row !== undefined)
}

const byDeadline = (a: OrderRow, b: OrderRow): number =>
  a.deadlineAt - b.deadlineAt || (a.orderId < b.orderId ? -1 : 1)
