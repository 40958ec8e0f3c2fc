/** Rows of one import transaction: `from` inclusive, `to` exclusive. */
export interface RowRange {
  readonly from: number
  readonly to: number
}

/** What a transaction of bulk work may take, so that waiting scans pass (decision 13). */
export const CHUNK_BUDGET_MS = 15
export const FIRST_CHUNK_ROWS = 50
/** Below this the fixed cost of a durable transaction would eat everything on a slow disk. */
const LEAST_ROWS = 25
const MOST_ROWS = 1000

/** Rows for the next transaction, from how long the last one of `rows` rows took. */
export function nextChunkRows(rows: number, tookMs: number): number {
  const factor = Math.min(2, Math.max(0.25, CHUNK_BUDGET_MS / Math.max(tookMs, 0.5)))
  return Math.round(Math.min(MOST_ROWS, Math.max(LEAST_ROWS, rows * factor)))
}

/** The id of a chunk's command: the file's hash and the range, so that the same file answers from the record (ORD-1). */
export function chunkCommandId(fileHash: string, range: RowRange): string {
  return `${chunkIdPrefix(fileHash)}${range.from}-${range.to - range.from}`
}

export const chunkIdPrefix = (fileHash: string): string => `imp-${fileHash.slice(0, 24)}-`

/** The ranges that earlier imports of this file have recorded, in order, from their command ids. */
export function recordedRanges(fileHash: string, commandIds: readonly string[]): RowRange[] {
  const prefix = chunkIdPrefix(fileHash)
  return commandIds
    .flatMap((id): RowRange[] => {
      const match = id.startsWith(prefix) ? /^(\d+)-(\d+)$/.exec(id.slice(prefix.length)) : null
      if (!match) return []
      const from = Number(match[1])
      return [{ from, to: from + Number(match[2]) }]
    })
    .sort((a, b) => a.from - b.from)
}

/**
 * The next rows to take at `at`: a recorded range exactly as it was, so that its command is known; otherwise at most
 * `rows`, and never into a recorded one.
 */
export function nextRange(
  at: number,
  total: number,
  plan: { readonly rows: number; readonly recorded: readonly RowRange[] },
): RowRange {
  const same = plan.recorded.find((range) => range.from === at && range.to <= total)
  if (same) return same
  const next = plan.recorded.find((range) => range.from > at)
  return { from: at, to: Math.min(at + plan.rows, next?.from ?? total, total) }
}
