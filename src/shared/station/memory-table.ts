import { assert } from '../base/assert.ts'
import type { IndexKey } from './store.ts'
import { TABLES, type TableName } from './tables.ts'

export type Key = string | number
export type AnyRow = Record<string, unknown>

interface Bounds {
  readonly from?: IndexKey
  readonly to?: IndexKey
}

/** An index as its table's specification writes it, read once. */
interface IndexSpec {
  readonly name: string
  readonly members: readonly string[]
  readonly compound: boolean
  readonly multi: boolean
  readonly unique: boolean
}

/** Rows that an index holds under one value. */
interface Bucket {
  readonly value: IndexKey
  readonly rows: Map<Key, AnyRow>
}

/** One table in memory with its indexes; rows in it are frozen. */
export interface MemoryTable {
  get(key: Key): AnyRow | undefined
  /** Replaces the row of a key, or removes it; answers what stood there. */
  set(key: Key, row: AnyRow | undefined): AnyRow | undefined
  /** @throws AssertionError when another row holds the value of a unique index */
  checkUnique(row: AnyRow): void
  /** Rows whose index holds exactly this value, by primary key. */
  where(index: string, value: IndexKey): AnyRow[]
  /** Rows between two bounds, in the order of the index (null: of the primary key) and then of the key. */
  range(index: string | null, bounds: Bounds): AnyRow[]
  size(): number
}

const SPECS = new Map(
  Object.entries(TABLES).map(([table, spec]) => [table, spec.indexes.map(readSpec)] as const),
)

function readSpec(written: string): IndexSpec {
  const name = written.replace(/^[&*]/, '')
  const compound = name.startsWith('[')
  const members = compound ? name.slice(1, -1).split('+') : [name]
  return { name, members, compound, multi: written.startsWith('*'), unique: written.startsWith('&') }
}

/** An empty table. */
export function createMemoryTable(table: TableName): MemoryTable {
  const keyName = TABLES[table].key
  const rows = new Map<Key, AnyRow>()
  const indexes = new Map(
    (SPECS.get(table) ?? []).map((spec) => [spec.name, { spec, buckets: new Map<Key, Bucket>() }] as const),
  )
  const byKey = (a: AnyRow, b: AnyRow): number => compare(a[keyName] as Key, b[keyName] as Key)
  const indexOf = (name: string) => {
    const index = indexes.get(name)
    assert(index, `${table} has an index ${name}`)
    return index
  }
  const bucketRows = (bucket: Bucket): AnyRow[] => [...bucket.rows.values()].sort(byKey)
  return {
    get: (key) => rows.get(key),
    set: (key, row) => {
      const before = rows.get(key)
      for (const { spec, buckets } of indexes.values()) {
        if (before) for (const value of valuesOf(spec, before)) removeFrom(buckets, value, key)
        if (row) for (const value of valuesOf(spec, row)) addTo(buckets, value, key, row)
      }
      if (row) rows.set(key, row)
      else rows.delete(key)
      return before
    },
    checkUnique: (row) => {
      for (const { spec, buckets } of indexes.values()) {
        const value = spec.unique ? row[spec.name] : undefined
        if (!isKey(value)) continue
        const held = [...(buckets.get(value)?.rows.keys() ?? [])]
        assert(
          held.every((key) => key === row[keyName]),
          `${table}.${spec.name} is unique`,
        )
      }
    },
    where: (name, value) => {
      const bucket = indexOf(name).buckets.get(tokenOf(value))
      return bucket ? bucketRows(bucket) : []
    },
    range: (name, bounds) => {
      if (name === null)
        return [...rows.values()].filter((row) => within(row[keyName] as Key, bounds)).sort(byKey)
      const { spec, buckets } = indexOf(name)
      const inside = [...buckets.values()].filter(({ value }) => within(value, bounds))
      inside.sort((a, b) => compare(a.value, b.value))
      const found = inside.flatMap(bucketRows)
      return spec.multi ? [...new Set(found)] : found
    },
    size: () => rows.size,
  }
}

function addTo(buckets: Map<Key, Bucket>, value: IndexKey, key: Key, row: AnyRow): void {
  const token = tokenOf(value)
  const bucket = buckets.get(token)
  if (bucket) bucket.rows.set(key, row)
  else buckets.set(token, { value, rows: new Map([[key, row]]) })
}

function removeFrom(buckets: Map<Key, Bucket>, value: IndexKey, key: Key): void {
  const token = tokenOf(value)
  const bucket = buckets.get(token)
  bucket?.rows.delete(key)
  if (bucket?.rows.size === 0) buckets.delete(token)
}

/** All values of one index are arrays or none is, so that an array's text meets no other text. */
const tokenOf = (value: IndexKey): Key => (typeof value === 'object' ? JSON.stringify(value) : value)

/** The values under which an index holds a row; none when the row lacks the member. */
function valuesOf({ members, compound }: IndexSpec, row: AnyRow): readonly IndexKey[] {
  if (compound) {
    const parts = members.map((part) => row[part])
    return parts.every(isKey) ? [parts as Key[]] : []
  }
  const value = row[members[0] ?? '']
  if (Array.isArray(value)) return value.filter(isKey)
  return isKey(value) ? [value] : []
}

const isKey = (value: unknown): value is Key => typeof value === 'string' || typeof value === 'number'

/** IndexedDB's order of keys: numbers before strings before arrays. */
export function compare(a: IndexKey, b: IndexKey): number {
  if (typeof a === 'object' && typeof b === 'object') {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compare(a[i] as Key, b[i] as Key)
      if (order !== 0) return order
    }
    return a.length - b.length
  }
  const rank = (value: IndexKey): number =>
    typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  return a < b ? -1 : a > b ? 1 : 0
}

function within(value: IndexKey, bounds: Bounds): boolean {
  if (bounds.from !== undefined && compare(value, bounds.from) < 0) return false
  return bounds.to === undefined || compare(value, bounds.to) <= 0
}

/**
 * A deep, frozen copy of plain JSON (with absent members). What is frozen is one of these copies already and is shared:
 * most of a row that is written back is as it was.
 */
export function frozenCopy<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T
  const copy = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, frozenCopy(member)]))
  return Object.freeze(copy) as T
}
