import { Dexie, RangeSet } from 'dexie'
import type { IndexKey, ReadTx, WriteTx } from '../../shared/station/store.ts'
import { TABLES, type TableName } from '../../shared/station/tables.ts'
import { afterFrame } from './after-frame.ts'
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
    result = await body({ ...readsOf(transaction), ...writesOf(transaction, changed) })
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

function readsOf(transaction: IDBTransaction): ReadTx {
  const source = (table: TableName, index: string | null): IDBObjectStore | IDBIndex => {
    const store = transaction.objectStore(table)
    return index === null ? store : store.index(index)
  }
  return {
    get: (table, key) => answerOf(transaction.objectStore(table).get(key)),
    getMany: (table, keys) => {
      const store = transaction.objectStore(table)
      return Promise.all(keys.map((key) => answerOf<never>(store.get(key))))
    },
    where: (table, index, value) => answerOf(source(table, index).getAll(keyOf(value))),
    range: (table, index, { from, to, limit, reverse }) => {
      const range = keyRange(from, to)
      if (!reverse) return answerOf(source(table, index).getAll(range, limit))
      return walkBackwards(source(table, index), range, limit ?? Number.POSITIVE_INFINITY)
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

/** The key that Dexie takes for "everything" in an index. */
const EVERYTHING = { from: Number.NEGATIVE_INFINITY, to: [[]] } as const

/** What a transaction changed, in the form in which Dexie tells its live queries: rows by key, indexes as a whole. */
class ChangedParts {
  readonly #parts: Record<string, RangeSet> = {}
  readonly #database: string
  readonly #indexed = new Set<TableName>()

  constructor(database: string) {
    this.#database = database
  }

  put(table: TableName, row: Record<string, unknown>): void {
    const key = row[TABLES[table].key]
    // The key of a new log record is only known to the store; whoever watches the log watches its end.
    if (key === undefined) this.#all(table, '')
    else this.#part(table, '').addKey(key as never)
    this.#indexes(table)
  }

  delete(table: TableName, key: string | number): void {
    this.#part(table, '').addKey(key as never)
    this.#part(table, ':dels').addKey(key as never)
    this.#indexes(table)
  }

  #indexes(table: TableName): void {
    if (this.#indexed.has(table)) return
    this.#indexed.add(table)
    for (const index of TABLES[table].indexes) this.#all(table, index.replace(/^[&*]/, ''))
    // A row that is replaced may leave or enter what was counted or listed by another key.
    this.#all(table, ':dels')
  }

  #all(table: TableName, index: string): void {
    this.#part(table, index).add(EVERYTHING as never)
  }

  #part(table: TableName, index: string): RangeSet {
    const name = `idb://${this.#database}/${table}/${index}`
    const known = this.#parts[name]
    if (known) return known
    const fresh = new RangeSet()
    this.#parts[name] = fresh
    return fresh
  }

  tell(): void {
    if (Object.keys(this.#parts).length > 0) Dexie.on.storagemutated.fire(this.#parts)
  }
}
