import type { Table } from 'dexie'
import type { IndexKey, ReadTx, StationStore, WriteTx } from '../../shared/station/store.ts'
import { type Rows, TABLES, type TableName } from '../../shared/station/tables.ts'
import type { StationDatabase } from './station-database.ts'

type AnyTable<N extends TableName> = Table<Rows[N], string | number>

/** The station store on IndexedDB. Passes the same contract suite as the memory store. */
export function createDexieStore(database: StationDatabase): StationStore {
  const reader = readTx(database)
  const writer: WriteTx = { ...reader, ...writeOperations(database) }
  return {
    read: (tables, body) => database.transaction('r', [...tables], () => body(reader)),
    write: (tables, body) => database.transaction('rw', [...tables], () => body(writer)),
  }
}

const tableOf = <N extends TableName>(database: StationDatabase, table: N): AnyTable<N> =>
  database.table(table) as AnyTable<N>

function readTx(database: StationDatabase): ReadTx {
  return {
    get: (table, key) => tableOf(database, table).get(key),
    getMany: (table, keys) =>
      keys.length === 0 ? Promise.resolve([]) : tableOf(database, table).bulkGet([...keys]),
    where: (table, index, value) => tableOf(database, table).where(index).equals(dexieKey(value)).toArray(),
    range: (table, index, bounds) => {
      const rows = tableOf(database, table)
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
      return (limit === undefined ? ordered : ordered.limit(limit)).toArray()
    },
    count: (table) => tableOf(database, table).count(),
  }
}

const dexieKey = (value: IndexKey): string | number | (string | number)[] =>
  typeof value === 'object' ? [...value] : value

/**
 * Writes are requests in the transaction and are not awaited one by one: IndexedDB keeps their order, and a request
 * that fails aborts the transaction, which then rejects.
 */
function writeOperations(database: StationDatabase): Pick<WriteTx, 'put' | 'putMany' | 'delete'> {
  return {
    put: (table, row) => {
      const rows = tableOf(database, table)
      void (TABLES[table].autoIncrement ? rows.add(row as never) : rows.put(row))
    },
    putMany: (table, list) => {
      if (list.length === 0) return
      const rows = tableOf(database, table)
      void (TABLES[table].autoIncrement ? rows.bulkAdd([...list] as never) : rows.bulkPut([...list]))
    },
    delete: (table, key) => {
      void tableOf(database, table).delete(key)
    },
  }
}
