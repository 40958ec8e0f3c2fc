import { Dexie, type Table, type Transaction } from 'dexie'
import { bareOf } from '../../shared/station/derive-allocation.ts'
import {
  type OrderRow,
  type ReadinessRow,
  type Rows,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from '../../shared/station/tables.ts'

/** The tables of one station in IndexedDB, typed by the shared table definitions. */
export type StationDatabase = Dexie & { readonly [N in TableName]: Table<Rows[N], string | number> }

/** Raised with every change of tables or indexes; a large table gets a new store and background filling instead. */
const SCHEMA_VERSION = 6

/** The database's name contains station and space, so that no station ever opens another's data (decision 11). */
export const databaseName = (stationId: string, space: string): string => `packbench-${space}-${stationId}`

/**
 * Opens the database. Durability is strict: Chromium's default answers before the bytes are on the disk, and a sound
 * must not come before that (PAK-2).
 */
export function openStationDatabase(name: string): StationDatabase {
  const database = new Dexie(name, {
    chromeTransactionDurability: 'strict',
    cache: 'disabled',
  }) as StationDatabase
  const stores = TABLE_NAMES.map((table) => [table, [keyOf(table), ...TABLES[table].indexes].join(',')])
  database.version(SCHEMA_VERSION).stores(Object.fromEntries(stores)).upgrade(indexReadiness)
  // Another window wants a newer schema: let go at once and come back with the new code. A worker just ends.
  database.on('versionchange', () => {
    database.close()
    globalThis.location?.reload?.()
  })
  return database
}

/** Versions up to 5 did not keep the index values of {@link bareOf}, and up to 4 no deadline, with an open order's readiness. */
async function indexReadiness(transaction: Transaction): Promise<void> {
  const [readiness, orders] = [
    transaction.table<ReadinessRow>('readiness'),
    transaction.table<OrderRow>('orders'),
  ]
  const rows = await readiness.toArray()
  const dated = await orders.bulkGet(rows.map(({ orderId }) => orderId))
  await readiness.bulkPut(
    rows.map((row, index) => {
      const next = { ...row, deadlineAt: dated[index]?.deadlineAt ?? 0 }
      return { ...next, ...bareOf(next) }
    }),
  )
}

const keyOf = (table: TableName): string =>
  TABLES[table].autoIncrement ? `++${TABLES[table].key}` : TABLES[table].key
