import { assert } from '../base/assert.ts'
import { groupBy } from '../base/group-by.ts'
import { type ProjectedTable, REDUCERS, type RowChange } from './row-changes.ts'
import type { StockMove } from './set-aside.ts'
import type { WriteTx } from './store.ts'
import type { Rows } from './tables.ts'

/** What a set of changes touched, for what is derived from it. */
export interface Touched {
  readonly skuCodes: ReadonlySet<string>
  readonly orderIds: ReadonlySet<string>
  /** Bins that were known and may have become saleable, or ceased to be. */
  readonly binCodes: ReadonlySet<string>
  /** How the stock moved of those SKUs of which nothing else has changed. */
  readonly moves?: ReadonlyMap<string, readonly StockMove[]>
  /** Orders whose pieces open work has begun to hold, or has let go, without an event. */
  readonly pinned?: ReadonlySet<string>
}

/** Loads the rows that the changes concern in one round per table, folds, and writes them back. */
export async function applyChanges(tx: WriteTx, changes: readonly RowChange[]): Promise<Touched> {
  const byTable = new Map<ProjectedTable, RowChange[]>()
  for (const change of changes) {
    const known = byTable.get(change.table)
    if (known) known.push(change)
    else byTable.set(change.table, [change])
  }
  const folded = await Promise.all(
    [...byTable].map(async ([table, list]) => [table, await foldTable(tx, table, list)] as const),
  )
  return { ...touchedBy(changes), binCodes: new Set(new Map(folded).get('bins')) }
}

/** Answers the keys of rows that were known before and are different now. */
async function foldTable<N extends ProjectedTable>(
  tx: WriteTx,
  table: N,
  changes: readonly RowChange[],
): Promise<string[]> {
  const keys = [...new Set(changes.map((change) => change.key))]
  // A movement's row says it all by itself: what stood there does not matter.
  const loaded = table === 'movements' ? [] : await tx.getMany(table, keys)
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
  return keys.filter((key) => before.get(key) !== undefined && rows.get(key) !== before.get(key))
}

function touchedBy(changes: readonly RowChange[]): Omit<Touched, 'binCodes'> {
  const otherwise = new Set<string>()
  const orderIds = new Set<string>()
  const moved: StockMove[] = []
  for (const change of changes) {
    if (change.table === 'balances') moved.push(change.change)
    else if (change.table === 'orders') orderIds.add(change.key)
    else if (change.table === 'skus' && change.change.set === 'record') otherwise.add(change.key)
    else if (change.table === 'shorts') otherwise.add(change.change.skuCode)
  }
  const moves = groupBy(moved, ({ stock }) => stock.skuCode)
  const skuCodes = new Set([...otherwise, ...moves.keys()])
  for (const skuCode of otherwise) moves.delete(skuCode)
  return { skuCodes, orderIds, moves }
}
