import { join } from 'node:path'
import type { HostRequest } from '../../shared/protocol/host-contract.ts'
import type {
  Printer,
  PrintSubmitAnswer,
  PrintTrouble,
  PrintWatchAnswer,
} from '../../shared/protocol/print-contract.ts'
import type { OpenAppendFile } from './append-file.ts'
import { mayBePrinted, openPrintLedger, type PrintJob, type PrintLedger } from './print-ledger.ts'
import { type LabelPort, paperOf } from './print-prepare.ts'
import { createPrintQueue, type PrintQueue } from './print-queue.ts'
import { createPrintWatchers, type PrintWatchers, stateOf } from './print-watch.ts'
import { makeDriver } from './printers/make-driver.ts'
import type { PrinterBook } from './printers/printer-book.ts'
import type { PrinterDriver, PrinterHealth } from './printers/printer-driver.ts'
import type { SilentPrint } from './printers/windows-printer.ts'
import { errorText, isDiskFull } from './system-error.ts'

export type { LabelPort } from './print-prepare.ts'

/** The print jobs of one space: each is written down before it is sent, and sent once (LBL-4). */
export interface PrintJobs {
  submit(request: Omit<HostRequest<'print.submit'>, 'space'>): Promise<PrintSubmitAnswer>
  resolve(request: Omit<HostRequest<'print.resolve'>, 'space'>): Promise<PrintSubmitAnswer>
  watch(cursor: number, timeoutMs: number): Promise<PrintWatchAnswer>
  /** Ids of the jobs that were printed or may have been and begin with `prefix`, sorted. */
  printed(prefix: string): readonly string[]
  /** How a printer is, and how many jobs it has before it. */
  health(printerId: string): PrinterHealth & { readonly waiting: number }
  probe(printerId: string): Promise<PrinterHealth>
  /** The book says something new of this printer; without it there, what waits for it has failed. */
  printerChanged(printerId: string): void
  endWaiting(): void
  close(): Promise<void>
}

export interface PrintJobsOptions {
  /** Of the space. */
  readonly directory: string
  readonly labels: LabelPort
  readonly book: PrinterBook
  readonly silentPrint?: SilentPrint | null
  readonly openFile?: OpenAppendFile
  readonly now?: () => number
  /** Pauses between tries at a printer that is away. */
  readonly pausesMs?: readonly number[]
  /** How long a label that is being sent may take when the station closes. */
  readonly graceMs?: number
  /** Replaced in tests only. */
  readonly driverOf?: (printer: Printer) => PrinterDriver
  readonly report?: (error: unknown) => void
}

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000]
/** Less than a restart waits for the data directory. */
const GRACE_MS = 1_500

interface State {
  readonly options: PrintJobsOptions
  readonly ledger: PrintLedger
  readonly watchers: PrintWatchers
  readonly queues: Map<string, PrintQueue>
  readonly drivers: Map<string, { readonly printer: Printer; readonly driver: PrinterDriver }>
  /** Jobs that are being written down for the first time. */
  readonly arriving: Map<string, Promise<PrintSubmitAnswer>>
  /** Jobs that are being changed. */
  readonly claimed: Set<string>
  closed: boolean
}

/** Opens the ledger and goes on with what was waiting; what was being sent is asked after, or unknown. */
export async function openPrintJobs(options: PrintJobsOptions): Promise<PrintJobs> {
  const { directory, openFile, now } = options
  const watchers = createPrintWatchers(() => ledger)
  const ledger = await openPrintLedger({
    directory,
    changed: watchers.changed,
    ...(openFile === undefined ? {} : { openFile }),
    ...(now === undefined ? {} : { now }),
  })
  const state: State = {
    options,
    ledger,
    watchers,
    queues: new Map(),
    drivers: new Map(),
    arriving: new Map(),
    claimed: new Set(),
    closed: false,
  }
  await goOn(state)
  return {
    submit: (request) => submit(state, request),
    resolve: (request) => resolve(state, request),
    watch: (cursor, timeoutMs) => watchers.watch(cursor, state.closed ? 0 : timeoutMs),
    printed: (prefix) =>
      [...ledger.jobs()]
        .filter((job) => mayBePrinted(job) && job.jobId.startsWith(prefix))
        .map(({ jobId }) => jobId)
        .sort(),
    health: (printerId) => health(state, printerId),
    probe: (printerId) => queueOf(state, printerId).probe(),
    printerChanged: (printerId) => queueOf(state, printerId).retry(),
    endWaiting: watchers.endWaiting,
    close: async () => {
      if (state.closed) return
      state.closed = true
      watchers.endWaiting()
      await Promise.all([...state.queues.values()].map((queue) => queue.close(options.graceMs ?? GRACE_MS)))
      await ledger.close()
    },
  }
}

/** What a damaged line said is lost: a job that seems to wait may have been sent, so that a person must say. */
async function goOn(state: State): Promise<void> {
  const { ledger } = state
  const open = [...ledger.jobs()].filter((job) => job.state === 'waiting' || job.state === 'sending')
  for (const job of open) {
    if (ledger.damaged > 0 && job.state === 'waiting') {
      await ledger.change(job.jobId, { state: 'unknown', trouble: 'hostStopped', detail: 'damaged ledger' })
    } else queueOf(state, job.printerId).add(job)
  }
}

function submit(
  state: State,
  request: Omit<HostRequest<'print.submit'>, 'space'>,
): Promise<PrintSubmitAnswer> {
  const { jobId } = request
  const known = state.ledger.get(jobId)
  if (known !== null) return Promise.resolve(accepted(known))
  const arriving = state.arriving.get(jobId)
  if (arriving !== undefined) return arriving
  const answer = takeOver(state, request).finally(() => state.arriving.delete(jobId))
  state.arriving.set(jobId, answer)
  return answer
}

async function takeOver(
  state: State,
  { jobId, document, layout, printerId }: Omit<HostRequest<'print.submit'>, 'space'>,
): Promise<PrintSubmitAnswer> {
  const { book } = state.options
  const paper = paperOf(document)
  if (paper === null) return refused('cannotRender', 'no such document')
  const printer = book.find(printerId ?? book.assigned()[paper])
  if (printer === null) return refused('printerRemoved', printerId ?? '')
  try {
    const job = await state.ledger.accept({
      jobId,
      document,
      layout,
      printerId: printer.printerId,
      printerName: printer.name,
    })
    queueOf(state, printer.printerId).add(job)
    return accepted(job)
  } catch (error) {
    if (isDiskFull(error)) return refused('diskFull', errorText(error))
    throw error
  }
}

async function resolve(
  state: State,
  { jobId, outcome, printerId }: Omit<HostRequest<'print.resolve'>, 'space'>,
): Promise<PrintSubmitAnswer> {
  const job = state.ledger.get(jobId)
  if (job === null) return refused('other', 'no such job')
  const to = printerId ?? job.printerId
  const printer = state.options.book.find(to)
  if (outcome === 'notPrinted' && printer === null) return refused('printerRemoved', to)
  const change = resolved(job, outcome, printer)
  if (change === null) return accepted(job)
  if (state.claimed.has(jobId)) return refused('other', 'busy')
  state.claimed.add(jobId)
  try {
    const next = await state.ledger.change(jobId, change)
    state.queues.get(job.printerId)?.drop(jobId)
    if (next.state === 'waiting') queueOf(state, next.printerId).add(next)
    return accepted(next)
  } catch (error) {
    if (isDiskFull(error)) return refused('diskFull', errorText(error))
    throw error
  } finally {
    state.claimed.delete(jobId)
  }
}

/** What a person's word changes; null: nothing, as for a second click. */
function resolved(
  { state, printerId }: PrintJob,
  outcome: HostRequest<'print.resolve'>['outcome'],
  printer: Printer | null,
): Parameters<PrintLedger['change']>[1] | null {
  const open = state === 'unknown' || state === 'failed'
  switch (outcome) {
    case 'printed':
      return state === 'unknown' ? { state: 'printed', trouble: null, detail: '' } : null
    case 'giveUp':
      return state === 'unknown' || state === 'waiting' ? { state: 'failed' } : null
    case 'notPrinted': {
      if (printer === null) return null
      const elsewhere = state === 'waiting' && printer.printerId !== printerId
      if (!open && !elsewhere) return null
      return {
        state: 'waiting',
        printerId: printer.printerId,
        printerName: printer.name,
        trouble: null,
        detail: '',
        trace: '',
      }
    }
  }
}

function accepted(job: PrintJob): PrintSubmitAnswer {
  return { tag: 'accepted', job: stateOf(job) }
}

function refused(trouble: PrintTrouble, detail: string): PrintSubmitAnswer {
  return { tag: 'refused', trouble, detail }
}

function health(state: State, printerId: string): PrinterHealth & { readonly waiting: number } {
  const queue = state.queues.get(printerId)
  const { book } = state.options
  // Nothing can keep a file from being written but the disk.
  const untried = book.find(printerId)?.path.via === 'file' ? 'ready' : 'notTried'
  const now = queue?.health() ?? { condition: 'notTried', detail: '' }
  return {
    condition: now.condition === 'notTried' ? untried : now.condition,
    detail: now.detail,
    waiting: queue?.length() ?? 0,
  }
}

function queueOf(state: State, printerId: string): PrintQueue {
  const known = state.queues.get(printerId)
  if (known !== undefined) return known
  const { directory, labels, book, pausesMs = PAUSES_MS, report = console.error } = state.options
  const queue = createPrintQueue({
    directory,
    labels,
    ledger: state.ledger,
    pausesMs,
    report,
    printer: () => book.find(printerId),
    driver: (printer) => driverOf(state, printer),
    spare: ({ sparePrinterId }) => {
      const printer = sparePrinterId === null ? null : book.find(sparePrinterId)
      return printer === null ? null : { printer, queue: queueOf(state, printer.printerId) }
    },
    claim: (jobId) => {
      if (state.claimed.has(jobId)) return false
      state.claimed.add(jobId)
      return true
    },
    release: (jobId) => state.claimed.delete(jobId),
  })
  state.queues.set(printerId, queue)
  return queue
}

/** Kept as long as the printer stays the same: a driver learns whether its printer answers questions. */
function driverOf(state: State, printer: Printer): PrinterDriver {
  const known = state.drivers.get(printer.printerId)
  if (known?.printer === printer) return known.driver
  const { directory, silentPrint = null, driverOf: make } = state.options
  const driver =
    make === undefined
      ? makeDriver(printer, { labels: join(directory, 'labels'), silentPrint })
      : make(printer)
  state.drivers.set(printer.printerId, { printer, driver })
  return driver
}
