import type { Notice, Refusal } from './refusal.ts'

/**
 * What came of one row or one group of rows. Interpreters are generators of these, so that a caller can take some
 * thousands, store them, let a scan pass, and go on. `pending` = a row was read and belongs to a group still open.
 */
export type RowOutcome<T> =
  | { readonly tag: 'record'; readonly line: number; readonly record: T; readonly notices: readonly Notice[] }
  | { readonly tag: 'refused'; readonly refusal: Refusal }
  | { readonly tag: 'pending' }

const NO_NOTICES: readonly Notice[] = []

/** A good row. */
export function recordOutcome<T>(
  line: number,
  record: T,
  notices: readonly Notice[] = NO_NOTICES,
): RowOutcome<T> {
  return { tag: 'record', line, record, notices }
}

/** All outcomes at once, for small files and tests. */
export function collectOutcomes<T>(outcomes: Iterable<RowOutcome<T>>): {
  records: T[]
  refusals: Refusal[]
  notices: Notice[]
} {
  const records: T[] = []
  const refusals: Refusal[] = []
  const notices: Notice[] = []
  for (const outcome of outcomes) {
    if (outcome.tag === 'refused') refusals.push(outcome.refusal)
    if (outcome.tag !== 'record') continue
    records.push(outcome.record)
    notices.push(...outcome.notices)
  }
  return { records, refusals, notices }
}
