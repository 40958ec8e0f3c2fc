import { HostError, type HostClient, type Space } from '../../shared/protocol/host-contract.ts'
import type { PrintJobState, PrintSubmitAnswer } from '../../shared/protocol/print-contract.ts'
import { fullJob, heardOf, isFinal } from '../../shared/station/print-job.ts'
import { chosenLayout } from '../../shared/station/print-layout.ts'
import type { ReadTx, StationStore } from '../../shared/station/store.ts'
import type { PrintBatchRow, PrintJobRow } from '../../shared/station/tables.ts'

/** Labels of a batch that may be at the host at once, so that a pause bites (LBL-4). */
export const BATCH_WINDOW = 10
/** Single jobs that one round looks at. */
const ROUND_JOBS = 50
/** News that is written down in one transaction. */
const NEWS_CHUNK = 200

/** What print jobs are handed over with. */
interface PrintDispatchOptions {
  readonly store: StationStore
  readonly host: Pick<HostClient, 'call'>
  readonly space: Space
}

/** Hands print jobs to the host and follows what becomes of them; one of these runs in one window per browser. */
export interface PrintDispatcher {
  /**
   * Hands over what waits: single papers first, then the next labels of running batches. The host answers an id that
   * it knows with its state and prints nothing, so that handing over again after a crash never doubles a label.
   */
  submitRound(): Promise<void>
  /**
   * Waits for news of the host up to `timeoutMs` and writes it down; false when the host is away. After that it begins
   * again with everything, and jobs that the host was believed to have are handed over again.
   */
  watchOnce(timeoutMs: number): Promise<boolean>
}

interface Following {
  cursor: number
  /** The host was heard since the start or since it was away: from now on there is something to wait for. */
  begun: boolean
  /** Until this is done, nobody knows whether the host still has what it took over. */
  resubmit: boolean
  /** Newest news of jobs under way: an answer that was overtaken must not set a job back. */
  readonly heard: Map<string, number>
}

type Handed = 'taken' | 'refused' | 'kept' | 'away'

/** Begins at the host's first word: a reload or a crash goes through everything that is not final once more. */
export function createPrintDispatcher(options: PrintDispatchOptions): PrintDispatcher {
  const following: Following = { cursor: 0, begun: false, resubmit: true, heard: new Map() }
  return {
    submitRound: async () => {
      if (following.resubmit) {
        if (!(await handOver(options, following, await sentJobs(options.store)))) return
        following.resubmit = false
      }
      const { queued, batches } = await waiting(options.store)
      if (!(await handOver(options, following, queued))) return
      for (const batch of batches) if (!(await handOverBatch(options, following, batch))) return
    },
    watchOnce: (timeoutMs) => watchOnce(options, following, timeoutMs),
  }
}

/** False: the host is away, and the rest waits for the next round. */
async function handOver(
  options: PrintDispatchOptions,
  following: Following,
  jobs: readonly PrintJobRow[],
): Promise<boolean> {
  for (const job of jobs) if ((await handOne(options, following, job)) === 'away') return false
  return true
}

const sentJobs = (store: StationStore): Promise<PrintJobRow[]> =>
  store.read(['printJobs'], async (tx) => (await tx.where('printJobs', 'state', 'sent')).map(fullJob))

/** Single papers and running batches in one look: scans wait for each (turns.ts). */
function waiting(store: StationStore): Promise<{ queued: PrintJobRow[]; batches: PrintBatchRow[] }> {
  return store.read(['printBatches', 'printJobs'], async (tx) => {
    const [queued, batches] = await Promise.all([queuedJobs(tx), runningBatches(tx)])
    return { queued, batches }
  })
}

async function queuedJobs(tx: ReadTx): Promise<PrintJobRow[]> {
  const bounds = { from: 'queued', to: 'queued', limit: ROUND_JOBS }
  const rows = await tx.range('printJobs', 'state', bounds)
  return rows.map(fullJob).sort((a, b) => a.createdAt - b.createdAt)
}

/** The oldest running batch of each kind: labels of two batches never come out mixed. */
async function runningBatches(tx: ReadTx): Promise<PrintBatchRow[]> {
  const rows = await tx.where('printBatches', 'state', 'running')
  const oldest = new Map<string, PrintBatchRow>()
  for (const row of rows.sort((a, b) => a.createdAt - b.createdAt)) {
    if (oldest.has(row.what)) continue
    const bounds = { from: [row.batchId, 'batched'], to: [row.batchId, 'batched'], limit: 1 }
    const [next] = await tx.range('printJobs', '[batchId+state]', bounds)
    if (next) oldest.set(row.what, row)
  }
  return [...oldest.values()]
}

/** Fills the window again; the batch is asked before each label, so that a pause holds at once. */
async function handOverBatch(
  options: PrintDispatchOptions,
  following: Following,
  batch: PrintBatchRow,
): Promise<boolean> {
  for (;;) {
    const next = await nextOfBatch(options.store, batch.batchId)
    if (next === null) return true
    const handed = await handOne(options, following, next)
    if (handed !== 'taken') return handed !== 'away'
  }
}

/** The next label that may go: none while the batch stands still, its window is full, or a person is asked first. */
function nextOfBatch(store: StationStore, batchId: string): Promise<PrintJobRow | null> {
  return store.read(['printBatches', 'printJobs'], async (tx) => {
    const of = (state: PrintJobRow['state'], limit: number) =>
      tx.range('printJobs', '[batchId+state]', { from: [batchId, state], to: [batchId, state], limit })
    const [row, sent, unknown, failed, waiting] = await Promise.all([
      tx.get('printBatches', batchId),
      of('sent', BATCH_WINDOW),
      of('unknown', 1),
      of('failed', BATCH_WINDOW),
      of('batched', 1),
    ])
    const stuck = unknown.length > 0 || failed.map(fullJob).some(({ trouble }) => trouble !== 'cannotRender')
    if (row?.state !== 'running' || stuck || sent.length >= BATCH_WINDOW) return null
    return waiting[0] ? fullJob(waiting[0]) : null
  })
}

async function handOne(
  { store, host, space }: PrintDispatchOptions,
  following: Following,
  job: PrintJobRow,
): Promise<Handed> {
  const { jobId, document, printerId } = job
  const layout = await store.read(['settings'], (tx) => chosenLayout(tx, document))
  let answer: PrintSubmitAnswer
  try {
    answer = await host.call('print.submit', { space, jobId, document, layout, printerId })
  } catch (error) {
    const fault = error instanceof HostError ? error.fault : null
    // The document itself is what the host cannot take: the papers behind it must not wait for it for ever.
    if (fault?.tag !== 'badRequest') return fault?.tag === 'internal' ? 'kept' : 'away'
    answer = { tag: 'refused', trouble: 'refused', detail: fault.detail }
  }
  if (answer.tag === 'accepted') {
    await takeNews(store, following, [answer.job])
    return 'taken'
  }
  // A full disk is a matter of time; whatever else was refused needs a person.
  if (answer.trouble === 'diskFull') {
    await noteTrouble(store, jobId, { trouble: 'diskFull', detail: answer.detail })
    return 'away'
  }
  await noteTrouble(store, jobId, { state: 'failed', trouble: answer.trouble, detail: answer.detail })
  return 'refused'
}

function noteTrouble(
  store: StationStore,
  jobId: string,
  change: Partial<Pick<PrintJobRow, 'state' | 'trouble' | 'detail'>>,
): Promise<void> {
  return store.write(['printJobs'], async (tx) => {
    const row = await tx.get('printJobs', jobId)
    const job = row ? fullJob(row) : null
    if (!job || isFinal(job.state)) return
    const next = { ...job, ...change }
    if (next.state !== job.state || next.trouble !== job.trouble) tx.put('printJobs', next)
  })
}

async function watchOnce(
  { store, host, space }: PrintDispatchOptions,
  following: Following,
  timeoutMs: number,
): Promise<boolean> {
  try {
    const { cursor, begun } = following
    const news = await host.call('print.watch', { space, cursor, timeoutMs: begun ? timeoutMs : 0 })
    // A host that counts from the start again was set back, for instance by a backup.
    if (news.cursor < cursor) {
      forget(following)
      return true
    }
    for (let at = 0; at < news.jobs.length; at += NEWS_CHUNK)
      await takeNews(store, following, news.jobs.slice(at, at + NEWS_CHUNK))
    following.cursor = news.cursor
    following.begun = true
    return true
  } catch {
    forget(following)
    return false
  }
}

function forget(following: Following): void {
  following.cursor = 0
  following.begun = false
  following.resubmit = true
  following.heard.clear()
}

/** Writes down what the host says of jobs that this database knows; a job's newest word counts. */
async function takeNews(
  store: StationStore,
  following: Following,
  jobs: readonly PrintJobState[],
): Promise<void> {
  const fresh = jobs.filter((job) => job.cursor > (following.heard.get(job.jobId) ?? -1))
  const ids = fresh.map((job) => job.jobId)
  const changes = (rows: readonly (PrintJobRow | undefined)[]): PrintJobRow[] =>
    fresh.flatMap((news, index) => {
      const row = rows[index]
      const next = row ? heardOf(row, news) : null
      return next ? [next] : []
    })
  // After a start nearly all of it is old: a look is cheaper than a lock on the table.
  const pending = changes(await store.read(['printJobs'], (tx) => tx.getMany('printJobs', ids)))
  if (pending.length > 0)
    await store.write(['printJobs'], async (tx) => {
      tx.putMany('printJobs', changes(await tx.getMany('printJobs', ids)))
    })
  for (const { jobId, state, cursor } of fresh)
    if (state === 'printed') following.heard.delete(jobId)
    else following.heard.set(jobId, cursor)
}
