import { assert } from '../base/assert.ts'
import { type ProjectedTable, REDUCERS, type RowChange } from './row-changes.ts'
import type { WriteTx } from './store.ts'
import type { Rows } from './tables.ts'

/** What a set of changes touched, for what is derived from it. */
export interface Touched {
  readonly skuCodes: ReadonlySet<string>
  readonly orderIds: ReadonlySet<string>
}

/** Loads the rows that the changes concern in one round per table, folds, and writes them back. */
export async function applyChanges(tx: WriteTx, changes: readonly RowChange[]): Promise<Touched> {
  const byTable = new Map<ProjectedTable, RowChange[]>()
  for (const change of changes) {
    const known = byTable.get(change.table)
    if (known) known.push(change)
    else byTable.set(change.table, [change])
  }
  await Promise.all([...byTable].map(([table, list]) => foldTable(tx, table, list)))
  return touchedBy(changes)
}

async function foldTable<N extends ProjectedTable>(
  tx: WriteTx,
  table: N,
  changes: readonly RowChange[],
): Promise<void> {
  const keys = [...new Set(changes.map((change) => change.key))]
  const loaded = await tx.getMany(table, keys)
  const rows = new Map<string, Rows[N] | null | undefined>(keys.map((key, index) => [key, loaded[index]]))
  const before = new Map(rows)
  for (const change of changes) {
    assert(change.table === table, 'a change belongs to its table')
    const reduce = REDUCERS[table] as (
      row: Rows[N] | undefined,
      change: unknown,
      key: string,
    ) => Rows[N] | null
    rows.set(change.key, reduce(rows.get(change.key) ?? undefined, change.change, change.key))
  }
  const changed: Rows[N][] = []
  for (const [key, row] of rows) {
    if (row === null) tx.delete(table, key)
    else if (row !== undefined && row !== before.get(key)) changed.push(row)
  }
  tx.putMany(table, changed)
}

function touchedBy(changes: readonly RowChange[]): Touched {
  const skuCodes = new Set<string>()
  const orderIds = new Set<string>()
  for (const change of changes) {
    if (change.table === 'balances') skuCodes.add(change.change.stock.skuCode)
    else if (change.table === 'orders') orderIds.add(change.key)
    else if (change.table === 'skus' && change.change.set === 'record') skuCodes.add(change.key)
  }
  return { skuCodes, orderIds }
}
