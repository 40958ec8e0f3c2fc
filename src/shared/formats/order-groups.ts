import type { Table, TableRow } from './read-table.ts'
import { type Refusal, refusal } from './refusal.ts'
import type { RowOutcome } from './row-outcome.ts'

/** A good row of a one-row-per-line file, with its order's comparing form. */
export interface GroupedRow<T> {
  readonly line: number
  readonly orderKey: string
  readonly value: T
}

/** How the rows of such a file are read and put together. */
export interface GroupRules<T, R> {
  /** One row on its own; a refusal when something is wrong with it. `orderKey` is '' when the number is unreadable. */
  readonly readRow: (
    row: TableRow,
    isFirstOfOrder: (orderKey: string) => boolean,
  ) => {
    readonly orderKey: string
    readonly value: T
    readonly refusal: Refusal | null
  }
  /** All rows of one order, in the order of the file. */
  readonly join: (rows: readonly GroupedRow<T>[]) => RowOutcome<R>
}

/**
 * Puts rows together into orders, wherever in the file they stand. An order with one bad row is held back whole: a
 * parcel that lacks a line must not ship; its good rows are named as siblingRefused, so that every row of the file is
 * accounted for (ORD-1).
 */
export function* groupOrders<T, R>(table: Table, rules: GroupRules<T, R>): Generator<RowOutcome<R>> {
  const groups = new Map<string, GroupedRow<T>[]>()
  const tainted = new Set<string>()
  let last = ''
  for (const row of table.rows()) {
    const read = rules.readRow(row, (key) => !groups.has(key))
    const isCut = row.fault === 'truncatedRow' && last.startsWith(read.orderKey)
    const orderKey = isCut ? last : read.orderKey
    if (orderKey !== '') last = orderKey
    if (read.refusal) {
      tainted.add(orderKey)
      yield { tag: 'refused', refusal: read.refusal }
    }
    const group = groups.get(orderKey) ?? []
    if (!read.refusal) group.push({ line: row.line, orderKey, value: read.value })
    if (orderKey !== '') groups.set(orderKey, group)
    if (!read.refusal) yield { tag: 'pending' }
  }
  for (const [key, group] of groups) {
    if (tainted.has(key)) yield* group.map((row) => siblingOutcome<R>(row, key))
    else yield rules.join(group)
  }
}

function siblingOutcome<R>(row: GroupedRow<unknown>, key: string): RowOutcome<R> {
  const reason = 'siblingRefused' as const
  return {
    tag: 'refused',
    refusal: refusal({ line: row.line, field: 'number', reason, value: key, remedy: 'fixSiblingRow' }),
  }
}
