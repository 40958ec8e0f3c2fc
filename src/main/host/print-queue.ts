import { join } from 'node:path'
import type { Printer, PrinterCondition, PrintTrouble } from '../../shared/protocol/print-contract.ts'
import { writeFileDurably } from './durable-file.ts'
import type { PrintJob, PrintLedger } from './print-ledger.ts'
import { type LabelPort, type Prepared, prepareJob } from './print-prepare.ts'
import {
  conditionOf,
  type PrinterDriver,
  type PrinterHealth,
  type SendOutcome,
  troubleOf,
} from './printers/printer-driver.ts'
import { errorText, isDiskFull } from './system-error.ts'

/** The jobs of one printer, one after the other. */
export interface PrintQueue {
  add(job: PrintJob): void
  /** Takes out a job whose turn has not come; one that is just being prepared notices by itself. */
  drop(jobId: string): void
  /** Jobs that wait or are being sent. */
  length(): number
  health(): PrinterHealth
  /** Asks the printer; while it prints it is not disturbed. */
  probe(): Promise<PrinterHealth>
  /** The printer was changed, or looks well again: whoever waits tries anew. */
  retry(): void
  /** True when a job for it would be sent now. */
  takesJobs(): Promise<boolean>
  /** Resolves when nothing is under way; no job is begun afterwards. */
  close(graceMs: number): Promise<void>
}

/** What the queues of a space share. */
interface QueueSurroundings {
  /** Of the space. */
  readonly directory: string
  readonly ledger: PrintLedger
  readonly labels: LabelPort
  /** Null when the printer was removed. */
  printer(): Printer | null
  driver(printer: Printer): PrinterDriver
  /** The queue that may take over, null when there is none. */
  spare(printer: Printer): { readonly printer: Printer; readonly queue: PrintQueue } | null
  /** Marks a job as being changed; false when somebody else just does. */
  claim(jobId: string): boolean
  release(jobId: string): void
  /** Pauses between tries at a printer that is away, milliseconds; the last one repeats. */
  readonly pausesMs: readonly number[]
  report(error: unknown): void
}

interface State extends QueueSurroundings {
  readonly waiting: PrintJob[]
  readonly abort: AbortController
  current: PrintJob | null
  /** The next job, made ready while this one is being sent. */
  ahead: { readonly jobId: string; readonly printer: Printer; readonly prepared: Promise<Prepared> } | null
  /** The last end that is being written down. */
  ending: Promise<unknown>
  health: PrinterHealth
  /** Tries in a row that found the printer away, and until when nobody tries again. */
  failures: number
  awayUntil: number
  wake: (() => void) | null
  running: Promise<void> | null
  closing: boolean
}

export function createPrintQueue(surroundings: QueueSurroundings): PrintQueue {
  const state: State = {
    ...surroundings,
    waiting: [],
    abort: new AbortController(),
    current: null,
    ahead: null,
    ending: Promise.resolve(),
    health: { condition: 'notTried', detail: '' },
    failures: 0,
    awayUntil: 0,
    wake: null,
    running: null,
    closing: false,
  }
  return {
    add: (job) => {
      insert(state.waiting, job)
      start(state)
    },
    drop: (jobId) => {
      const at = state.waiting.findIndex((job) => job.jobId === jobId)
      if (at >= 0) state.waiting.splice(at, 1)
    },
    length: () => state.waiting.length + (isOpen(state) ? 1 : 0),
    health: () => state.health,
    probe: () => probe(state),
    retry: () => retry(state),
    takesJobs: () => takesJobs(state),
    close: (graceMs) => close(state, graceMs),
  }
}

/** True while there is a job whose turn has not ended. */
function isOpen({ current, ledger }: State): boolean {
  const job = current === null ? null : ledger.get(current.jobId)
  return job?.state === 'waiting' || job?.state === 'sending'
}

/** By acceptance, whatever way a job came here. */
function insert(waiting: PrintJob[], job: PrintJob): void {
  let at = waiting.length
  while (at > 0 && (waiting[at - 1]?.order ?? 0) > job.order) at--
  waiting.splice(at, 0, job)
}

function retry(state: State): void {
  state.awayUntil = 0
  state.failures = 0
  state.wake?.()
}

function start(state: State): void {
  if (state.running !== null || state.closing) return
  state.running = run(state)
    .catch(state.report)
    .finally(() => {
      state.current = null
      state.running = null
      // What came while the last turn ended.
      if (state.waiting.length > 0 && !state.closing) start(state)
    })
}

async function run(state: State): Promise<void> {
  while (!state.closing) {
    const job = state.waiting.shift()
    if (job === undefined) return
    state.current = job
    const left = await turn(state, job)
    state.current = null
    if (left === null) continue
    state.waiting.unshift(left)
    if (!state.closing) await pause(state)
  }
}

/** One job's turn: what it answers stays first in the queue, to be tried again after a pause. */
async function turn(state: State, { jobId }: PrintJob): Promise<PrintJob | null> {
  const job = state.ledger.get(jobId)
  const printer = state.printer()
  try {
    if (job?.state === 'sending') return await recover(state, job, printer)
    if (job === null || job.state !== 'waiting') return null
    if (printer === null) return await fail(state, jobId, 'printerRemoved', '')
    if (state.awayUntil > performance.now() && (await handOn(state, job, printer))) return null
    return await attempt(state, job, printer)
  } catch (error) {
    if (error instanceof Withdrawn) return null
    if (!isDiskFull(error)) state.report(error)
    const trouble = isDiskFull(error) ? 'diskFull' : 'other'
    goAway(state, trouble, errorText(error))
    return remain(state, jobId, trouble, errorText(error))
  }
}

async function attempt(state: State, job: PrintJob, printer: Printer): Promise<PrintJob | null> {
  const { ahead } = state
  const known = ahead?.jobId === job.jobId && ahead.printer === printer
  const prepared = await (known ? ahead.prepared : makeReady(state, job, printer))
  if (prepared.tag === 'failed') return fail(state, job.jobId, prepared.trouble, prepared.detail)
  lookAhead(state, printer)
  const driver = state.driver(printer)
  const outcome = await send(state, driver, printer, job, prepared)
  if (outcome.tag !== 'notSent') {
    state.failures = 0
    state.health =
      outcome.tag === 'printed' ? READY : { condition: conditionOf(outcome.trouble), detail: outcome.detail }
    return settle(state, job.jobId, outcome)
  }
  if (outcome.trouble === 'hostStopped') return comeBack(state, job.jobId, null, '')
  goAway(state, outcome.trouble, outcome.detail)
  const back = await comeBack(state, job.jobId, outcome.trouble, outcome.detail)
  return back !== null && (await handOn(state, back, printer)) ? null : back
}

/** Renders a job and keeps what will be sent, as evidence. */
async function makeReady(state: State, job: PrintJob, printer: Printer): Promise<Prepared> {
  const prepared = await prepareJob(state, job, printer)
  if (prepared.tag === 'ready' && !state.driver(printer).keepsFile) {
    await writeFileDurably(join(state.directory, 'labels', prepared.file), prepared.bytes, 0o600)
  }
  return prepared
}

function lookAhead(state: State, printer: Printer): void {
  const next = state.waiting[0]
  state.ahead = null
  if (next?.state !== 'waiting') return
  const prepared = makeReady(state, next, printer)
  // Heard when its turn comes.
  prepared.catch(() => undefined)
  state.ahead = { jobId: next.jobId, printer, prepared }
}

const READY: PrinterHealth = { condition: 'ready', detail: '' }

async function send(
  state: State,
  driver: PrinterDriver,
  printer: Printer,
  job: PrintJob,
  prepared: Prepared & { readonly tag: 'ready' },
): Promise<SendOutcome> {
  const { jobId } = job
  const { file, sha256, missingGlyphs, bytes, pages, size } = prepared
  const attempts = job.attempts + 1
  let committed = false
  const data = { jobId, title: titleOf(jobId, attempts), bytes, pages, language: printer.language, size }
  try {
    return await driver.send(data, {
      signal: state.abort.signal,
      commit: async () => {
        await changeClaimed(state, jobId, 'waiting', {
          state: 'sending',
          attempts,
          printerId: printer.printerId,
          printerName: printer.name,
          via: printer.path.via,
          file,
          sha256,
          missingGlyphs,
          trace: '',
          trouble: null,
          detail: '',
        })
        committed = true
      },
      handedOver: async (trace) => {
        // A full disk here costs no more than the answer after a crash.
        await state.ledger.change(jobId, { trace }).catch(state.report)
      },
      delayed: (trouble, detail) => delayed(state, jobId, trouble, detail),
    })
  } catch (error) {
    if (!committed) throw error
    state.report(error)
    return { tag: 'unknown', trouble: 'brokenOff', detail: errorText(error) }
  }
}

/** Names one try of a job at the printer. */
function titleOf(jobId: string, attempts: number): string {
  return `${jobId}#${attempts}`
}

function delayed(state: State, jobId: string, trouble: PrintTrouble, detail: string): void {
  state.health = { condition: conditionOf(trouble), detail }
  if (state.ledger.get(jobId)?.trouble !== trouble) state.ledger.note(jobId, { trouble, detail })
}

/** Somebody else has changed the job since. */
class Withdrawn extends Error {}

async function changeClaimed(
  state: State,
  jobId: string,
  from: PrintJob['state'],
  change: Parameters<PrintLedger['change']>[1],
): Promise<PrintJob> {
  if (state.ledger.get(jobId)?.state !== from || !state.claim(jobId)) throw new Withdrawn()
  try {
    return await state.ledger.change(jobId, change)
  } finally {
    state.release(jobId)
  }
}

/** The end of a job. */
function settle(state: State, jobId: string, outcome: Exclude<SendOutcome, { tag: 'notSent' }>): null {
  // It goes on without this program, and the printer or queue will know.
  const goesOn = outcome.tag === 'unknown' && state.abort.signal.aborted
  if (goesOn && (state.ledger.get(jobId)?.trace ?? '') !== '') return null
  const trouble = outcome.tag === 'printed' ? null : outcome.trouble
  // Not waited for: the next job's `sending` comes behind it in the same file.
  const written = changeAnyway(state, jobId, {
    state: outcome.tag,
    trouble,
    detail: outcome.detail.slice(0, 300),
  })
  state.ending = written.catch(state.report)
  return null
}

async function fail(state: State, jobId: string, trouble: PrintTrouble, detail: string): Promise<null> {
  await changeClaimed(state, jobId, 'waiting', { state: 'failed', trouble, detail })
  return null
}

/** Nothing came out: the job waits again, and the try does not count. */
async function comeBack(
  state: State,
  jobId: string,
  trouble: PrintTrouble | null,
  detail: string,
): Promise<PrintJob | null> {
  const job = state.ledger.get(jobId)
  if (job?.state === 'waiting') return remain(state, jobId, trouble, detail)
  if (job?.state !== 'sending') return null
  await changeAnyway(state, jobId, { state: 'waiting', attempts: job.attempts - 1, trouble, detail })
  return state.ledger.get(jobId)
}

/** What has happened is told, also when the disk is full: a restart then knows less and says `unknown` or asks again. */
async function changeAnyway(
  { ledger }: State,
  jobId: string,
  change: Parameters<PrintLedger['change']>[1],
): Promise<void> {
  try {
    await ledger.change(jobId, change)
  } catch (error) {
    if (!isDiskFull(error)) throw error
    ledger.note(jobId, change)
  }
}

/** Only what is news is told, and none of it needs the disk. */
function remain(state: State, jobId: string, trouble: PrintTrouble | null, detail: string): PrintJob | null {
  const job = state.ledger.get(jobId)
  if (job?.state !== 'waiting') return null
  if (trouble !== null && job.trouble !== trouble)
    state.ledger.note(jobId, { trouble, detail: detail.slice(0, 300) })
  return state.ledger.get(jobId)
}

function goAway(state: State, trouble: PrintTrouble, detail: string): void {
  state.health = { condition: conditionOf(trouble), detail }
  const { pausesMs } = state
  const pauseMs = pausesMs[Math.min(state.failures, pausesMs.length - 1)] ?? 1_000
  state.failures++
  state.awayUntil = performance.now() + pauseMs
}

/** Gives the job to the spare printer, if there is one that would print it. */
async function handOn(state: State, job: PrintJob, printer: Printer): Promise<boolean> {
  const spare = state.spare(printer)
  if (spare === null || !(await spare.queue.takesJobs())) return false
  if ((await prepareJob(state, job, spare.printer)).tag === 'failed') return false
  const { printerId, name } = spare.printer
  const moved = await changeClaimed(state, job.jobId, 'waiting', {
    printerId,
    printerName: name,
    trouble: null,
    detail: '',
  })
  spare.queue.add(moved)
  return true
}

async function takesJobs(state: State): Promise<boolean> {
  if (state.closing || state.awayUntil > performance.now()) return false
  return troubleOf((await probe(state)).condition) === null
}

async function probe(state: State): Promise<PrinterHealth> {
  const printer = state.printer()
  if (printer === null) return { condition: 'away', detail: '' }
  if (state.current !== null && state.awayUntil <= performance.now()) {
    const busy: PrinterCondition =
      troubleOf(state.health.condition) === null ? 'busy' : state.health.condition
    return { condition: busy, detail: state.health.detail }
  }
  try {
    state.health = await state.driver(printer).probe(state.abort.signal)
  } catch (error) {
    state.health = { condition: 'unknown', detail: errorText(error) }
  }
  if (troubleOf(state.health.condition) === null && state.awayUntil > 0) retry(state)
  return state.health
}

/** After a restart, a job that was being sent: some paths can tell what became of it, for the others a person must. */
async function recover(state: State, job: PrintJob, printer: Printer | null): Promise<PrintJob | null> {
  const { jobId, trace } = job
  const same = printer !== null && printer.path.via === job.via
  const outcome = same
    ? await state
        .driver(printer)
        .recover(
          { jobId, trace, title: titleOf(jobId, job.attempts), language: languageOf(job, printer) },
          {
            signal: state.abort.signal,
            delayed: (trouble, detail) => delayed(state, jobId, trouble, detail),
          },
        )
        .catch(() => null)
    : null
  if (outcome === null) return settle(state, jobId, { tag: 'unknown', trouble: 'hostStopped', detail: '' })
  if (outcome.tag !== 'notSent') return settle(state, jobId, outcome)
  const back = await comeBack(state, jobId, null, '')
  if (back !== null) insert(state.waiting, back)
  return null
}

/** What was sent then; the printer may have been set to another language since. */
function languageOf({ file }: PrintJob, { language }: Printer): Printer['language'] {
  const ending = file.split('.').at(-1)
  return ending === 'pdf' || ending === 'zpl' || ending === 'tspl' ? ending : language
}

function pause(state: State): Promise<void> {
  const leftMs = Math.max(state.awayUntil - performance.now(), state.awayUntil === 0 ? 0 : 10)
  // A turn that failed for another reason (a full disk) waits as long as a first try.
  const waitMs = leftMs > 0 ? leftMs : (state.pausesMs[0] ?? 1_000)
  return new Promise((resolve) => {
    const timer = setTimeout(() => state.wake?.(), waitMs)
    state.wake = () => {
      clearTimeout(timer)
      state.wake = null
      resolve()
    }
  })
}

async function close(state: State, graceMs: number): Promise<void> {
  state.closing = true
  state.wake?.()
  const timer = setTimeout(() => state.abort.abort(), graceMs)
  await state.running
  await state.ending
  clearTimeout(timer)
}
