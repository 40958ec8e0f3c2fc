import { Dexie, type Table, type Transaction } from 'dexie'
import type { IndexKey, ReadTx, StationStore } from '../../shared/station/store.ts'
import type { Rows, TableName } from '../../shared/station/tables.ts'
import { writeDurably } from './durable-write.ts'
import type { StationDatabase } from './station-database.ts'

/**
 * The station store on IndexedDB. Passes the same contract suite as the memory store. Reads go through Dexie, whose live
 * queries watch them; writes go to IndexedDB itself, because a scan waits for them (docs/decisions/0002).
 */
export function createDexieStore(database: StationDatabase): StationStore {
  return {
    read: (tables, body) =>
      database.transaction('r', [...tables], (transaction) => body(readTx(requestsOf(transaction)))),
    write: (tables, body) => writeDurably(database, tables, body),
  }
}

/** Makes a request to a table in one transaction, wherever it is called from. */
type Requests = <N extends TableName, T>(
  table: N,
  request: (rows: Table<Rows[N], string | number>) => PromiseLike<T>,
) => Promise<T>

/** Dexie's zones: what it knows of a transaction and of who watches its reads. */
interface Zones {
  readonly PSD: object
  usePSD<T>(zone: object, work: () => T): T
}

/**
 * Every request names its transaction and runs in its zone. Dexie finds both by itself only as long as few enough plain
 * promises stand between two requests; beyond that a request would silently run outside the transaction.
 */
function requestsOf(transaction: Transaction): Requests {
  const zones = Dexie.Promise as unknown as Zones
  const zone = zones.PSD
  return (table, request) => zones.usePSD(zone, () => request(transaction.table(table))) as never
}

function readTx(requests: Requests): ReadTx {
  return {
    get: (table, key) => requests(table, (rows) => rows.get(key)),
    getMany: (table, keys) =>
      keys.length === 0 ? Promise.resolve([]) : requests(table, (rows) => rows.bulkGet([...keys])),
    where: (table, index, value) =>
      requests(table, (rows) => rows.where(index).equals(dexieKey(value)).toArray()),
    range: (table, index, bounds) => requests(table, (rows) => rangeOf(rows, index, bounds).toArray()),
    count: (table) => requests(table, (rows) => rows.count()),
  }
}

const dexieKey = (value: IndexKey): string | number | (string | number)[] =>
  typeof value === 'object' ? [...value] : value

function rangeOf<R>(
  rows: Table<R, string | number>,
  index: string | null,
  bounds: Parameters<ReadTx['range']>[2],
) {
  const { from, to, limit, reverse } = bounds
  const name = index ?? ':id'
  const clause = rows.where(name)
  const collection =
    from !== undefined && to !== undefined
      ? clause.between(dexieKey(from), dexieKey(to), true, true)
      : from !== undefined
        ? clause.aboveOrEqual(dexieKey(from))
        : to !== undefined
          ? clause.belowOrEqual(dexieKey(to))
          : rows.orderBy(name)
  const ordered = reverse ? collection.reverse() : collection
  return limit === undefined ? ordered : ordered.limit(limit)
}
