import { Dexie, RangeSet } from 'dexie'
import { TABLES, type TableName } from '../../shared/station/tables.ts'

type Key = string | number
type Row = Record<string, unknown>

/** The keys that Dexie takes for "everything" in an index. */
const EVERYTHING = { from: Number.NEGATIVE_INFINITY, to: [[]] } as const

/** From so many changes of one table on, all of it counts as changed: an import concerns every list anyway. */
const MANY_CHANGES = 50

/** An index as TABLES spells it: `&unique`, `*oneKeyPerMember`, `[compound+key]`. */
interface Index {
  readonly name: string
  readonly paths: readonly string[]
  readonly multiple: boolean
}

const INDEXES = Object.fromEntries(
  Object.entries(TABLES).map(([table, { indexes }]) => [table, indexes.map(parseIndex)]),
) as unknown as Record<TableName, readonly Index[]>

function parseIndex(spelled: string): Index {
  const name = spelled.replace(/^[&*]/, '')
  const paths = name.startsWith('[') ? name.slice(1, -1).split('+') : [name]
  return { name, paths, multiple: spelled.startsWith('*') }
}

/**
 * What a transaction changed, in the form in which Dexie tells its live queries: the rows by their key, and in each
 * index the keys that a row left or came to, so that a list which the change does not concern is not read again. A row
 * whose former self was not read in the transaction may have left any key.
 */
export class ChangedParts {
  readonly #parts: Record<string, RangeSet> = {}
  readonly #database: string
  readonly #rows = new Map<TableName, Map<Key, Row | undefined>>()
  readonly #changes = new Map<TableName, number>()

  constructor(database: string) {
    this.#database = database
  }

  /** A row as the transaction found it; undefined for a key that had none. The first look counts. */
  saw(table: TableName, key: Key, row: unknown): void {
    const rows = this.#known(table)
    if (!rows.has(key)) rows.set(key, row as Row | undefined)
  }

  sawRows(table: TableName, rows: readonly unknown[]): void {
    const { key } = TABLES[table]
    for (const row of rows as readonly Row[]) this.saw(table, row[key] as Key, row)
  }

  put(table: TableName, row: Row): void {
    const key = row[TABLES[table].key] as Key | undefined
    // The key of a new log record is only known to the store; whoever watches the log watches its end.
    if (key === undefined) this.#part(table, '').add(EVERYTHING as never)
    else this.#part(table, '').addKey(key)
    this.#change(table, key, row)
  }

  delete(table: TableName, key: Key): void {
    this.#part(table, '').addKey(key)
    this.#part(table, ':dels').addKey(key)
    this.#change(table, key, undefined)
  }

  tell(): void {
    if (Object.keys(this.#parts).length > 0) Dexie.on.storagemutated.fire(this.#parts)
  }

  #change(table: TableName, key: Key | undefined, after: Row | undefined): void {
    const changes = (this.#changes.get(table) ?? 0) + 1
    this.#changes.set(table, changes)
    if (changes > MANY_CHANGES) {
      if (changes === MANY_CHANGES + 1)
        for (const index of ['', ':dels', ...INDEXES[table].map(({ name }) => name)])
          this.#part(table, index).add(EVERYTHING as never)
      return
    }
    const rows = this.#known(table)
    if (key !== undefined && !rows.has(key)) this.#leftAnywhere(table, key)
    else this.#moved(table, key === undefined ? undefined : rows.get(key), after)
    if (key !== undefined) rows.set(key, after)
  }

  #leftAnywhere(table: TableName, key: Key): void {
    this.#part(table, ':dels').addKey(key)
    for (const { name } of INDEXES[table]) this.#part(table, name).add(EVERYTHING as never)
  }

  #moved(table: TableName, before: Row | undefined, after: Row | undefined): void {
    for (const index of INDEXES[table]) {
      const [left, came] = [keysOf(index, before), keysOf(index, after)]
      if (JSON.stringify(left) === JSON.stringify(came)) continue
      const part = this.#part(table, index.name)
      for (const key of [...left, ...came]) part.addKey(key as never)
    }
  }

  #known(table: TableName): Map<Key, Row | undefined> {
    const known = this.#rows.get(table)
    if (known) return known
    const fresh = new Map<Key, Row | undefined>()
    this.#rows.set(table, fresh)
    return fresh
  }

  #part(table: TableName, index: string): RangeSet {
    const name = `idb://${this.#database}/${table}/${index}`
    const known = this.#parts[name]
    if (known) return known
    const fresh = new RangeSet()
    this.#parts[name] = fresh
    return fresh
  }
}

/** The keys under which a row stands in an index; none when a part of the key is missing or can be no key. */
function keysOf({ paths, multiple }: Index, row: Row | undefined): readonly unknown[] {
  if (!row) return []
  const parts = paths.map((path) => row[path])
  if (multiple) return Array.isArray(parts[0]) ? parts[0].filter(canBeKey) : []
  if (!parts.every(canBeKey)) return []
  return [paths.length === 1 ? parts[0] : parts]
}

const canBeKey = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'
