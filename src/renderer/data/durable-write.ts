import type { IndexKey, ReadTx, WriteTx } from '../../shared/station/store.ts'
import { TABLES, type TableName } from '../../shared/station/tables.ts'
import { afterFrame } from './after-frame.ts'
import { ChangedParts } from './changed-parts.ts'
import type { StationDatabase } from './station-database.ts'

/**
 * One write transaction on IndexedDB itself, with strict durability: when the promise resolves, the bytes are on the
 * disk (PAK-2). Dexie's live queries, here and in other windows and workers, are told what changed through Dexie's own
 * event, exactly as after a transaction of its own.
 */
export async function writeDurably<T>(
  database: StationDatabase,
  tables: readonly TableName[],
  body: (tx: WriteTx) => Promise<T>,
): Promise<T> {
  if (!database.isOpen()) await database.open()
  const transaction = database.backendDB().transaction([...tables], 'readwrite', { durability: 'strict' })
  const changed = new ChangedParts(database.name)
  const committed = commitOf(transaction)
  // Looked at below; a failure before that must not count as unhandled.
  committed.catch(() => undefined)
  let result: T
  try {
    result = await body({ ...readsOf(transaction, changed), ...writesOf(transaction, changed) })
  } catch (error) {
    abort(transaction)
    throw transaction.error ?? error
  }
  await committed
  afterFrame(() => changed.tell())
  return result
}

function commitOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'))
  })
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It had ended by itself, because a request failed.
  }
}

function readsOf(transaction: IDBTransaction, changed: ChangedParts): ReadTx {
  const source = (table: TableName, index: string | null): IDBObjectStore | IDBIndex => {
    const store = transaction.objectStore(table)
    return index === null ? store : store.index(index)
  }
  const get = async <R>(table: TableName, key: string | number): Promise<R> => {
    const row = await answerOf<R>(transaction.objectStore(table).get(key))
    changed.saw(table, key, row)
    return row
  }
  const seen = async <R>(table: TableName, request: Promise<R[]>): Promise<R[]> => {
    const rows = await request
    changed.sawRows(table, rows)
    return rows
  }
  return {
    get,
    getMany: (table, keys) => Promise.all(keys.map((key) => get<never>(table, key))),
    where: (table, index, value) => seen(table, answerOf(source(table, index).getAll(keyOf(value)))),
    range: (table, index, { from, to, limit, reverse }) => {
      const range = keyRange(from, to)
      if (!reverse) return seen(table, answerOf(source(table, index).getAll(range, limit)))
      const most = limit ?? Number.POSITIVE_INFINITY
      return seen(table, walkBackwards(source(table, index), range, most))
    },
    count: (table) => answerOf(transaction.objectStore(table).count()),
  }
}

function answerOf<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

const keyOf = (value: IndexKey): IDBValidKey => (typeof value === 'object' ? [...value] : value)

function keyRange(from: IndexKey | undefined, to: IndexKey | undefined): IDBKeyRange | null {
  if (from !== undefined && to !== undefined) return IDBKeyRange.bound(keyOf(from), keyOf(to))
  if (from !== undefined) return IDBKeyRange.lowerBound(keyOf(from))
  return to === undefined ? null : IDBKeyRange.upperBound(keyOf(to))
}

function walkBackwards<T>(
  source: IDBObjectStore | IDBIndex,
  range: IDBKeyRange | null,
  limit: number,
): Promise<T[]> {
  const request = source.openCursor(range, 'prev')
  const rows: T[] = []
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const cursor = request.result
      if (!cursor || rows.length >= limit) return resolve(rows)
      rows.push(cursor.value)
      cursor.continue()
    }
  })
}

/** Writes are not awaited one by one: IndexedDB keeps their order, and one that fails aborts the transaction. */
function writesOf(
  transaction: IDBTransaction,
  changed: ChangedParts,
): Pick<WriteTx, 'put' | 'putMany' | 'delete'> {
  const put = (table: TableName, row: unknown): void => {
    const store = transaction.objectStore(table)
    const { key, autoIncrement } = TABLES[table]
    // A new log record must never replace another; one that says its number is meant to.
    if (autoIncrement && (row as Record<string, unknown>)[key] === undefined) store.add(row)
    else store.put(row)
    changed.put(table, row as Record<string, unknown>)
  }
  return {
    put,
    putMany: (table, rows) => {
      for (const row of rows) put(table, row)
    },
    delete: (table, key) => {
      transaction.objectStore(table).delete(key)
      changed.delete(table, key)
    },
  }
}
