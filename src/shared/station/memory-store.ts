import { assert } from '../base/assert.ts'
import type { IndexKey, StationStore, WriteTx } from './store.ts'
import { TABLES, type TableName } from './tables.ts'

type Key = string | number
type AnyRow = Record<string, unknown>
type TableMap = Map<Key, AnyRow>

/** Hooks for the simulation: what a power cut or a full disk would do. */
export interface MemoryStoreFaults {
  /** Called when a transaction is about to become durable; throwing makes it not have happened. */
  readonly beforeCommit?: () => void
}

/**
 * The station store in memory, for tests, simulations and shadow projections. Transactions run one after another;
 * rows are cloned at the border, so that nobody can change what is stored behind its back.
 */
export function createMemoryStore(faults: MemoryStoreFaults = {}): StationStore {
  const tables = new Map<TableName, TableMap>()
  const sequence = { next: 1 }
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work)
    queue = turn.catch(() => undefined)
    return turn
  }
  return {
    read: (names, body) => inTurn(() => body(openTransaction(tables, names, sequence))),
    write: (names, body) =>
      inTurn(async () => {
        const tx = openTransaction(tables, names, { ...sequence })
        const result = await body(tx)
        faults.beforeCommit?.()
        sequence.next = tx.commit()
        return result
      }),
  }
}

interface Transaction extends WriteTx {
  commit(): number
}

function openTransaction(
  tables: Map<TableName, TableMap>,
  names: readonly TableName[],
  sequence: { next: number },
): Transaction {
  const overlay = new Map<TableName, Map<Key, AnyRow | null>>()
  const stored = (table: TableName): TableMap => {
    assert(names.includes(table), `table ${table} is not in the transaction's scope`)
    const map: TableMap = tables.get(table) ?? new Map()
    tables.set(table, map)
    return map
  }
  const current = (table: TableName, key: Key): AnyRow | undefined => {
    const written = overlay.get(table)
    if (written?.has(key)) return written.get(key) ?? undefined
    return stored(table).get(key)
  }
  const rows = (table: TableName): AnyRow[] => {
    const written = overlay.get(table)
    if (!written) return [...stored(table).values()]
    const merged = new Map<Key, AnyRow | null>(stored(table))
    for (const [key, row] of written) merged.set(key, row)
    return [...merged.values()].filter((row): row is AnyRow => row !== null)
  }
  const write = (table: TableName, key: Key, row: AnyRow | null): void => {
    stored(table)
    const written = overlay.get(table) ?? new Map<Key, AnyRow | null>()
    overlay.set(table, written)
    written.set(key, row)
  }
  const put = (table: TableName, row: unknown): void => {
    const spec = TABLES[table]
    const copy = clone(row) as AnyRow
    if (spec.autoIncrement && copy[spec.key] === undefined) copy[spec.key] = sequence.next++
    checkUnique(table, copy, rows)
    write(table, copy[spec.key] as Key, copy)
  }
  return {
    get: async (table, key) => clone(current(table, key)) as never,
    getMany: async (table, keys) => keys.map((key) => clone(current(table, key))) as never,
    where: async (table, index, value) =>
      sorted(
        rows(table).filter((row) => indexValues(index, row).some((v) => compare(v, value) === 0)),
        table,
        null,
      ).map(clone) as never,
    range: async (table, index, bounds) => {
      const inside = rows(table).filter((row) =>
        indexValues(index ?? TABLES[table].key, row).some((v) => within(v, bounds)),
      )
      const ordered = sorted(inside, table, index)
      if (bounds.reverse) ordered.reverse()
      return ordered.slice(0, bounds.limit ?? ordered.length).map(clone) as never
    },
    count: async (table) => rows(table).length,
    put,
    putMany: (table, list) => {
      for (const row of list) put(table, row)
    },
    delete: (table, key) => write(table, key, null),
    commit: () => {
      for (const [table, written] of overlay)
        for (const [key, row] of written) {
          if (row === null) stored(table).delete(key)
          else stored(table).set(key, row)
        }
      return sequence.next
    },
  }
}

function checkUnique(table: TableName, row: AnyRow, rows: (table: TableName) => AnyRow[]): void {
  const key = TABLES[table].key
  for (const index of TABLES[table].indexes) {
    if (!index.startsWith('&')) continue
    const name = index.slice(1)
    const value = row[name]
    if (value === undefined) continue
    assert(
      !rows(table).some((other) => other[name] === value && other[key] !== row[key]),
      `${table}.${name} is unique`,
    )
  }
}

/** The values under which an index holds a row; none when the row lacks the member. */
function indexValues(index: string, row: AnyRow): IndexKey[] {
  const name = index.replace(/^[&*]/, '')
  if (name.startsWith('[')) {
    const parts = name
      .slice(1, -1)
      .split('+')
      .map((part) => row[part])
    return parts.every(isKey) ? [parts as (string | number)[]] : []
  }
  const value = row[name]
  if (Array.isArray(value)) return value.filter(isKey)
  return isKey(value) ? [value] : []
}

const isKey = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

/** IndexedDB's order of keys: numbers before strings before arrays. */
function compare(a: IndexKey, b: IndexKey): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compare(a[i] as string, b[i] as string)
      if (order !== 0) return order
    }
    return a.length - b.length
  }
  const rank = (value: IndexKey): number =>
    typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  return a < b ? -1 : a > b ? 1 : 0
}

function within(value: IndexKey, bounds: { from?: IndexKey; to?: IndexKey }): boolean {
  if (bounds.from !== undefined && compare(value, bounds.from) < 0) return false
  return bounds.to === undefined || compare(value, bounds.to) <= 0
}

function sorted(rows: AnyRow[], table: TableName, index: string | null): AnyRow[] {
  const key = TABLES[table].key
  const first = (row: AnyRow): IndexKey => indexValues(index ?? key, row)[0] ?? ''
  return rows.sort((a, b) => compare(first(a), first(b)) || compare(a[key] as Key, b[key] as Key))
}

/** Rows are plain JSON (with absent members); a deep copy without a platform's structured clone. */
function clone<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(clone) as T
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, clone(member)])) as T
}
