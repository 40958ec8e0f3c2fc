import { assert } from '../base/assert.ts'
import { type AnyRow, createMemoryTable, frozenCopy, type Key, type MemoryTable } from './memory-table.ts'
import type { StationStore, WriteTx } from './store.ts'
import { TABLES, type TableName } from './tables.ts'

/** Hooks for tests: what a power cut or a full disk would do. */
export interface MemoryStoreFaults {
  /** Called when a transaction is about to become durable; throwing makes it not have happened. */
  readonly beforeCommit?: () => void
}

/**
 * The station store in memory, for tests, simulations and shadow projections. Transactions run one after another;
 * rows are copied and frozen on their way in, so that nobody can change what is stored behind its back.
 */
export function createMemoryStore(faults: MemoryStoreFaults = {}): StationStore {
  const tables = new Map<TableName, MemoryTable>()
  const sequence = { next: 1 }
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work)
    queue = turn.catch(() => undefined)
    return turn
  }
  const run = async <T>(names: readonly TableName[], body: (tx: WriteTx) => Promise<T>): Promise<T> => {
    const transaction = openTransaction(tables, names, sequence)
    try {
      const result = await body(transaction.tx)
      if (transaction.hasWritten()) faults.beforeCommit?.()
      transaction.end('commit')
      return result
    } catch (error) {
      transaction.end('abort')
      throw error
    }
  }
  return {
    read: (names, body) => inTurn(() => run(names, body)),
    write: (names, body) => inTurn(() => run(names, body)),
  }
}

interface Transaction {
  readonly tx: WriteTx
  hasWritten(): boolean
  end(how: 'commit' | 'abort'): void
}

interface Undo {
  readonly table: MemoryTable
  readonly key: Key
  readonly row: AnyRow | undefined
}

/** Writes go straight into the tables, with what stood there kept until the end. */
function openTransaction(
  tables: Map<TableName, MemoryTable>,
  names: readonly TableName[],
  sequence: { next: number },
): Transaction {
  const scope = new Set(names)
  const undo: Undo[] = []
  const firstSequence = sequence.next
  let open = true
  const tableOf = (name: TableName): MemoryTable => {
    assert(open, 'the transaction has ended')
    assert(scope.has(name), `table ${name} is not in the transaction's scope`)
    const known = tables.get(name)
    if (known) return known
    const table = createMemoryTable(name)
    tables.set(name, table)
    return table
  }
  const write = (name: TableName, key: Key, row: AnyRow | undefined): void => {
    const table = tableOf(name)
    undo.push({ table, key, row: table.set(key, row) })
  }
  const put = (name: TableName, row: unknown): void => {
    const { key, autoIncrement } = TABLES[name]
    const numbered = autoIncrement && (row as AnyRow)[key] === undefined
    const copy = frozenCopy(numbered ? { ...(row as AnyRow), [key]: sequence.next++ } : (row as AnyRow))
    tableOf(name).checkUnique(copy)
    write(name, copy[key] as Key, copy)
  }
  const tx: WriteTx = {
    get: async (name, key) => tableOf(name).get(key) as never,
    getMany: async (name, keys) => keys.map((key) => tableOf(name).get(key)) as never,
    where: async (name, index, value) => tableOf(name).where(index, value) as never,
    range: async (name, index, bounds) => {
      const found = tableOf(name).range(index, bounds)
      if (bounds.reverse) found.reverse()
      return found.slice(0, bounds.limit ?? found.length) as never
    },
    count: async (name) => tableOf(name).size(),
    put,
    putMany: (name, list) => {
      for (const row of list) put(name, row)
    },
    delete: (name, key) => write(name, key, undefined),
  }
  return {
    tx,
    hasWritten: () => undo.length > 0,
    end: (how) => {
      open = false
      if (how === 'commit') return
      for (const { table, key, row } of undo.reverse()) table.set(key, row)
      sequence.next = firstSequence
    },
  }
}
