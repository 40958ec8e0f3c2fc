import { Dexie, type Table, type Transaction } from 'dexie'
import type { IndexKey, ReadTx, StationStore, WriteTx } from '../../shared/station/store.ts'
import { type Rows, TABLES, type TableName } from '../../shared/station/tables.ts'
import type { StationDatabase } from './station-database.ts'

/**
 * The station store on IndexedDB. Passes the same contract suite as the memory store.
 *
 * Every request names its transaction and runs in its zone. Dexie finds both by itself only as long as few enough plain
 * promises stand between two requests; beyond that a request would silently run outside the transaction.
 */
export function createDexieStore(database: StationDatabase): StationStore {
  return {
    read: (tables, body) =>
      database.transaction('r', [...tables], (transaction) => body(readTx(requestsOf(transaction)))),
    write: (tables, body) =>
      database.transaction('rw', [...tables], async (transaction) => {
        const pending: PromiseLike<unknown>[] = []
        const requests = requestsOf(transaction)
        const result = await body({ ...readTx(requests), ...writeOperations(requests, pending) })
        // A failed request aborts the transaction only when its promise is looked at.
        await Promise.all(pending)
        return result
      }),
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

/** Writes are requests in the transaction and are not awaited one by one: IndexedDB keeps their order. */
function writeOperations(
  requests: Requests,
  pending: PromiseLike<unknown>[],
): Pick<WriteTx, 'put' | 'putMany' | 'delete'> {
  return {
    put: (table, row) => {
      pending.push(
        requests(table, (rows) => (TABLES[table].autoIncrement ? rows.add(row as never) : rows.put(row))),
      )
    },
    putMany: (table, list) => {
      if (list.length === 0) return
      pending.push(
        requests(table, (rows) =>
          TABLES[table].autoIncrement ? rows.bulkAdd([...list] as never) : rows.bulkPut([...list]),
        ),
      )
    },
    delete: (table, key) => {
      pending.push(requests(table, (rows) => rows.delete(key)))
    },
  }
}
