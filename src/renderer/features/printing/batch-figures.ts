import { useLiveQuery } from '../../data/use-live-query.ts'
import { fullJob } from '../../../shared/station/print-job.ts'
import type { PrintBatchRow, PrintJobRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/** A batch with how far it is. */
export interface BatchFigures {
  readonly batch: PrintBatchRow
  readonly counts: Readonly<Record<PrintJobRow['state'], number>>
  /** Labels that came out, and all that shall, copies after a jam included. */
  readonly done: number
  readonly total: number
  /** Labels of the batch that came out at least once: where a new beginning may start. */
  readonly firstPrints: number
  /** `held`: a person is asked first; the others as the batch stands. */
  readonly view: 'unfinished' | 'running' | 'held' | 'paused' | 'cancelled' | 'finished'
}

const STATES = ['batched', 'queued', 'sent', 'printed', 'failed', 'unknown', 'cancelled'] as const

/** Counts of one batch, each by its index. */
async function figuresOf(database: StationDatabase, batch: PrintBatchRow): Promise<BatchFigures> {
  const of = (state: PrintJobRow['state']) =>
    database.printJobs.where('[batchId+state]').equals([batch.batchId, state])
  const numbers = await Promise.all(STATES.map((state) => of(state).count()))
  const counts = Object.fromEntries(STATES.map((state, index) => [state, numbers[index] ?? 0])) as Record<
    PrintJobRow['state'],
    number
  >
  const failed = counts.failed === 0 ? [] : await of('failed').limit(50).toArray()
  const stuck = counts.unknown > 0 || failed.map(fullJob).some(({ trouble }) => trouble !== 'cannotRender')
  const total = numbers.reduce((sum, count) => sum + count, 0) - counts.cancelled
  const open = counts.batched + counts.queued + counts.sent
  return {
    batch,
    counts,
    done: counts.printed,
    total: batch.state === 'cancelled' ? total - counts.batched : Math.max(total, batch.size),
    firstPrints: Math.min(batch.written, counts.printed),
    view: viewOf(batch, { open, stuck }),
  }
}

function viewOf(
  { state }: PrintBatchRow,
  { open, stuck }: { readonly open: number; readonly stuck: boolean },
): BatchFigures['view'] {
  if (state === 'writing') return 'unfinished'
  if (state === 'cancelled') return 'cancelled'
  if (stuck) return 'held'
  if (open === 0) return 'finished'
  return state
}

/** Batches that are not through, and the last ones that are. */
const SHOWN_BATCHES = 6

/** The latest batches with their counts, followed as they print. */
export function useBatches(): readonly BatchFigures[] {
  const { database } = useStation()
  return useLiveQuery(
    async () => {
      const rows = await database.printBatches.orderBy('createdAt').reverse().limit(SHOWN_BATCHES).toArray()
      return Promise.all(rows.map((row) => figuresOf(database, row)))
    },
    [database],
    [],
  )
}

/** One batch with its counts. */
export function useBatch(batchId: string | null): BatchFigures | null {
  const { database } = useStation()
  return useLiveQuery(
    async () => {
      const row = batchId === null ? undefined : await database.printBatches.get(batchId)
      return row ? figuresOf(database, row) : null
    },
    [database, batchId],
    null,
  )
}

/** The batch that a person would want to know of: running or waiting for them. */
export function useOpenBatch(): BatchFigures | null {
  const { database } = useStation()
  return useLiveQuery(
    async () => {
      const rows = await database.printBatches.where('state').equals('running').reverse().limit(20).toArray()
      const figures = await Promise.all(rows.map((row) => figuresOf(database, row)))
      return figures.find(({ view }) => view === 'running' || view === 'held') ?? null
    },
    [database],
    null,
  )
}
