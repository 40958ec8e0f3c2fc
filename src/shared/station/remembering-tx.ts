import type { WriteTx } from './store.ts'
import { type Rows, TABLES, type TableName } from './tables.ts'

/** A transaction that remembers what it has read and holds back what it is to write. */
export interface RememberingTx extends WriteTx {
  /** Writes what was held back; nothing may be put afterwards. */
  flush(): void
}

type Key = string | number

interface Memory {
  /** Rows by key as they are now; undefined for those that are not there. */
  readonly rows: Map<Key, unknown>
  /** Keys that the store has and whose row here is another. */
  readonly held: Set<Key>
  /** Keys that the store was seen not to have. */
  readonly absent: Set<Key>
}

/**
 * Wraps a transaction for work that comes back to the same rows again and again: each is read once and written once,
 * however many events of a piece concern it. Questions to an index are answered by the store, which is given what was
 * held back of that table first. Log records go straight through: nobody reads them again.
 */
export function rememberingTx(tx: WriteTx): RememberingTx {
  const memories = new Map<TableName, Memory>()
  const memoryOf = (table: TableName): Memory => {
    const known = memories.get(table)
    if (known) return known
    const fresh = { rows: new Map(), held: new Set<Key>(), absent: new Set<Key>() }
    memories.set(table, fresh)
    return fresh
  }
  const flushTable = (table: TableName): void => {
    const memory = memories.get(table)
    if (memory) writeHeld(tx, table, memory)
  }
  const getMany = async <N extends TableName>(
    table: N,
    keys: readonly Key[],
  ): Promise<(Rows[N] | undefined)[]> => {
    if (TABLES[table].autoIncrement) return tx.getMany(table, keys)
    const memory = memoryOf(table)
    const missing = [...new Set(keys)].filter((key) => !memory.rows.has(key))
    const found = missing.length > 0 ? await tx.getMany(table, missing) : []
    for (const [index, key] of missing.entries()) {
      // What was put while the store was being asked is newer than its answer.
      if (memory.rows.has(key)) continue
      memory.rows.set(key, found[index])
      if (found[index] === undefined) memory.absent.add(key)
    }
    return keys.map((key) => memory.rows.get(key) as Rows[N] | undefined)
  }
  const put = <N extends TableName>(table: N, row: Rows[N]): void => {
    const { key: name, autoIncrement } = TABLES[table]
    if (autoIncrement) {
      tx.put(table, row)
      return
    }
    const key = (row as unknown as Record<string, Key>)[name] as Key
    const memory = memoryOf(table)
    memory.rows.set(key, row)
    memory.held.add(key)
  }
  return {
    get: async (table, key) => (await getMany(table, [key]))[0],
    getMany,
    where: (table, index, value) => {
      flushTable(table)
      return tx.where(table, index, value)
    },
    range: (table, index, bounds) => {
      flushTable(table)
      return tx.range(table, index, bounds)
    },
    count: (table) => {
      flushTable(table)
      return tx.count(table)
    },
    put,
    putMany: (table, rows) => {
      for (const row of rows) put(table, row)
    },
    delete: (table, key) => {
      if (TABLES[table].autoIncrement) {
        tx.delete(table, key)
        return
      }
      const memory = memoryOf(table)
      memory.rows.set(key, undefined)
      memory.held.add(key)
    },
    flush: () => {
      for (const table of memories.keys()) flushTable(table)
    },
  }
}

function writeHeld(tx: WriteTx, table: TableName, { rows, held, absent }: Memory): void {
  for (const key of held) {
    const row = rows.get(key)
    if (row !== undefined) {
      tx.put(table, row as never)
      absent.delete(key)
    } else if (!absent.has(key)) {
      tx.delete(table, key)
      absent.add(key)
    }
  }
  held.clear()
}
