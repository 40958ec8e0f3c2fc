/** Keys that move a table's active row. */
export type MoveKey = 'ArrowUp' | 'ArrowDown' | 'PageUp' | 'PageDown' | 'Home' | 'End'

interface Move {
  readonly key: MoveKey
  /** Index of the active row, -1 when there is none yet. */
  readonly active: number
  readonly rowCount: number
  readonly pageRows: number
}

/** Where a key leads: an index inside the table, or -1 in an empty one. */
export function nextActiveRow({ key, active, rowCount, pageRows }: Move): number {
  const last = rowCount - 1
  const steps: Readonly<Record<MoveKey, number>> = {
    ArrowUp: active - 1,
    ArrowDown: active + 1,
    PageUp: active - pageRows,
    PageDown: active + pageRows,
    Home: 0,
    End: last,
  }
  return Math.min(last, Math.max(0, steps[key]))
}
