import { useLiveQuery } from '../../data/use-live-query.ts'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { RowSource } from '../../ui/data-table.tsx'

/** Rows are read in pages of this many. */
export const PAGE_ROWS = 60
/** Pages kept in memory: those in sight and around. */
const PAGES_KEPT = 6
/** A browser cannot draw a taller table; who wants what is behind it searches. */
export const MOST_TABLE_ROWS = 500_000

/** How one ordered list is read: by the key that the page before ended with. */
export interface KeysetReader<Row> {
  readonly count: () => Promise<number>
  /** `skip` rows after the key `after` (null: from the start), then at most `limit` rows. */
  readonly read: (after: string | null, skip: number, limit: number) => Promise<readonly Row[]>
  readonly keyOf: (row: Row) => string
}

/** What a table shows of such a list. */
export interface KeysetRows<Row> {
  readonly source: RowSource<Row>
  readonly loading: boolean
}

/**
 * A list of any length for a table, a few pages of it in memory at a time, followed as it changes. Scrolling goes by
 * keyset; a jump skips from the nearest page whose first key is known. Give a reader that stays the same between
 * renders (useMemo): a new one starts at the top.
 */
export function useKeysetRows<Row>(reader: KeysetReader<Row>): KeysetRows<Row> {
  const anchors = useRef(new Map<number, string | null>())
  const owner = useRef(reader)
  const [wanted, setWanted] = useState<readonly number[]>([0])
  if (owner.current !== reader) {
    owner.current = reader
    anchors.current = new Map()
  }
  const total = useLiveQuery(() => reader.count(), [reader])
  const pages = useLiveQuery(async () => {
    const entries = new Map<number, readonly Row[]>()
    for (const page of wanted) entries.set(page, await readPage(reader, anchors.current, page))
    return { reader, entries }
  }, [reader, wanted])

  const want = useCallback((page: number) => {
    setWanted((before) => (before.includes(page) ? before : [...before, page].slice(-PAGES_KEPT)))
  }, [])
  const source = useMemo<RowSource<Row>>(() => {
    const known = pages?.reader === reader ? pages.entries : new Map<number, readonly Row[]>()
    return {
      rowCount: Math.min(total ?? 0, MOST_TABLE_ROWS),
      getRow: (index) => {
        const page = Math.floor(index / PAGE_ROWS)
        const rows = known.get(page)
        // Asked for while drawing; the state may only change afterwards.
        if (!rows) queueMicrotask(() => want(page))
        return rows?.[index % PAGE_ROWS]
      },
    }
  }, [pages, reader, total, want])
  return { source, loading: total === undefined || pages === undefined }
}

async function readPage<Row>(
  reader: KeysetReader<Row>,
  anchors: Map<number, string | null>,
  page: number,
): Promise<readonly Row[]> {
  let near = page
  while (near > 0 && !anchors.has(near)) near -= 1
  const rows = await reader.read(anchors.get(near) ?? null, (page - near) * PAGE_ROWS, PAGE_ROWS)
  const last = rows.at(-1)
  if (last !== undefined && rows.length === PAGE_ROWS) anchors.set(page + 1, reader.keyOf(last))
  return rows
}
