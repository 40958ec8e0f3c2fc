import { useLiveQuery } from '../../data/use-live-query.ts'
import { useMemo, useState } from 'react'
import type { RowSource } from '../../ui/data-table.tsx'

const STEP = 200

/** What a table shows of a list that is read from its start. */
export interface GrowingRows<Row> {
  readonly source: RowSource<Row>
  readonly rows: readonly Row[]
  readonly loading: boolean
  /** The reading stopped before the end of the list, whatever was scrolled. */
  readonly cut: boolean
}

/** A first part of the list. */
export interface FirstRows<Row> {
  readonly rows: readonly Row[]
  readonly cut?: boolean
}

/**
 * The first rows of an ordered list, more as the table is scrolled down, followed as it changes. `read` answers at most
 * `limit` rows and must stay the same between renders (useCallback): a new one starts at the top.
 */
export function useGrowingRows<Row>(read: (limit: number) => Promise<FirstRows<Row>>): GrowingRows<Row> {
  const [reach, setReach] = useState({ read, limit: STEP })
  const limit = reach.read === read ? reach.limit : STEP
  const answer = useLiveQuery(async () => ({ read, ...(await read(limit + 1)) }), [read, limit])
  // The rows of the question before stay until the new ones are there only when it is the same question.
  const current = answer?.read === read ? answer : undefined
  return useMemo(() => {
    const found = current?.rows ?? []
    const more = found.length > limit
    const rows = more ? found.slice(0, limit) : found
    const source: RowSource<Row> = {
      rowCount: rows.length + (more ? 1 : 0),
      getRow: (index) => {
        // Asked for while drawing; the state may only change afterwards.
        if (index >= rows.length && more) queueMicrotask(() => setReach({ read, limit: limit + STEP }))
        return rows[index]
      },
    }
    return { source, rows, cut: current?.cut ?? false, loading: current === undefined }
  }, [current, limit, read])
}
