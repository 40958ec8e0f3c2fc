import { addWrite, type DeskWrite, EMPTY_DESK, noteSinceOf, type OrderDesk } from '../domain/orders/desk.ts'
import type { OrderRow } from './tables.ts'

/** One writing of the orders' desk. */
export type DeskChange = {
  [F in HistoryField]: { readonly field: F; readonly write: OrderDesk[F][number] }
}[HistoryField]
type HistoryField = Exclude<keyof OrderDesk, 'releasedAt'>

/** Adds a writing to the history of its field; the order of arrival does not matter. */
export function writeDesk(row: OrderRow, change: DeskChange): OrderRow {
  const desk = row.desk ?? EMPTY_DESK
  const writes = addWrite<unknown>(desk[change.field] as readonly DeskWrite<unknown>[], change.write)
  return { ...row, desk: { ...desk, [change.field]: writes } }
}

/** The latest goods-in that let it ship. */
export function writeRelease(row: OrderRow, at: number): OrderRow {
  const desk = row.desk ?? EMPTY_DESK
  return { ...row, desk: { ...desk, releasedAt: Math.max(desk.releasedAt, at) } }
}

/** Index values of what the desk lists: they stand on open orders alone, so that the lists stay short. */
export function deskIndexes(row: OrderRow): Pick<OrderRow, 'noteSince' | 'releasedAt'> {
  if (row.queue !== 'open') return {}
  const noteSince = noteSinceOf(row)
  const releasedAt = row.desk?.releasedAt ?? 0
  return { ...(noteSince === null ? {} : { noteSince }), ...(releasedAt === 0 ? {} : { releasedAt }) }
}
