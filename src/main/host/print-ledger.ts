import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { LabelDocument } from '../../shared/labels/label-document.ts'
import type { LabelLayout } from '../../shared/labels/label-layout.ts'
import {
  PRINTER_LANGUAGES,
  type PrintJobState,
  type PrintState,
  type PrintTrouble,
} from '../../shared/protocol/print-contract.ts'
import { type AppendFile, type OpenAppendFile, openAppendFile } from './append-file.ts'
import { readJsonIfThere, readTextIfThere, writeFileDurably } from './durable-file.ts'
import { createLineWriter, type LineWriter } from './line-writer.ts'

/** One line for each change of a job, oldest first. */
const PRINT_LEDGER_FILE = 'print-ledger.jsonl'
/** What a backup brings along of it: jobs that the PC it comes from had taken over. */
export const PRINT_LEDGER = 'print-jobs.jsonl'

/** A job as the host keeps it. */
export interface PrintJob extends PrintJobState {
  /** Cursor at which it was accepted: jobs are printed in this order. */
  readonly order: number
  /** Null once it is printed: then the label itself is the evidence. */
  readonly document: LabelDocument | null
  readonly layout: LabelLayout | null
  /** How it was being sent, `''` before; `file`, `tcp`, … */
  readonly via: string
  /** What the printer or queue calls it, so that it can be asked after a restart. */
  readonly trace: string
}

type PrintJobChange = Partial<Omit<PrintJob, 'jobId' | 'order' | 'cursor' | 'at'>>

const STATES = ['waiting', 'sending', 'printed', 'failed', 'unknown'] as const satisfies readonly PrintState[]

const LineSchema = z.object({
  n: z.number().int().nonnegative(),
  jobId: z.string(),
  order: z.number().optional(),
  state: z.enum(STATES).optional(),
  printerId: z.string().optional(),
  printerName: z.string().optional(),
  attempts: z.number().optional(),
  trouble: z
    .custom<PrintTrouble>((value) => typeof value === 'string')
    .nullable()
    .optional(),
  detail: z.string().optional(),
  file: z.string().optional(),
  sha256: z.string().optional(),
  missingGlyphs: z.array(z.string()).readonly().optional(),
  at: z.number().optional(),
  document: z
    .custom<LabelDocument>((value) => typeof value === 'object')
    .nullable()
    .optional(),
  layout: z
    .custom<LabelLayout>((value) => typeof value === 'object')
    .nullable()
    .optional(),
  via: z.string().optional(),
  trace: z.string().optional(),
})
type Line = z.infer<typeof LineSchema>

/** `labels/<job id>.json`, beside labels that were printed before there was a ledger. */
const OutcomeSchema = z.object({ sha256: z.string(), missingGlyphs: z.array(z.string()).readonly() })
/** A line of {@link PRINT_LEDGER}; older backups name nothing but printed jobs. */
const BroughtSchema = OutcomeSchema.extend(LineSchema.omit({ n: true }).shape)
  .partial()
  .required({ jobId: true })

/** What became of every job that this PC took over. */
export interface PrintLedger {
  get(jobId: string): PrintJob | null
  /** In the order of their last change. */
  jobs(): Iterable<PrintJob>
  /** The highest cursor given so far; grows for ever, over restarts as well. */
  cursor(): number
  /** Writes a new job down; it is on the disk when this resolves. */
  accept(
    job: Pick<PrintJob, 'jobId' | 'document' | 'layout' | 'printerId' | 'printerName'>,
  ): Promise<PrintJob>
  /** Changes a job; the change is on the disk, and only then to be seen, when this resolves. */
  change(jobId: string, change: PrintJobChange): Promise<PrintJob>
  /** Changes a job in memory alone: what a restart may forget. */
  note(jobId: string, change: PrintJobChange): void
  /** Lines in the middle that could not be read: what they said of their jobs is lost. */
  readonly damaged: number
  close(): Promise<void>
}

interface State {
  readonly jobs: Map<string, PrintJob>
  readonly writer: LineWriter
  readonly now: () => number
  readonly changed: () => void
  /** The highest number that was given, and the highest that can be seen. */
  given: number
  seen: number
}

/** Above this size the ledger is written anew when it is opened, if that makes it much smaller. */
const COMPACT_ABOVE_BYTES = 4 * 1024 * 1024

/** Opens the ledger of a space, taking over what an older version or a backup left there. */
export async function openPrintLedger(options: {
  readonly directory: string
  readonly openFile?: OpenAppendFile
  readonly now?: () => number
  readonly changed?: () => void
}): Promise<PrintLedger> {
  const { directory, openFile = openAppendFile, now = Date.now, changed = () => undefined } = options
  const path = join(directory, PRINT_LEDGER_FILE)
  const read = readLines((await readTextIfThere(path)) ?? '')
  const jobs = jobsOf(read.lines)
  if (read.bytes > COMPACT_ABOVE_BYTES && read.lines.length > 2 * jobs.size) {
    await writeFileDurably(path, [...jobs.values()].map(wholeLine).join(''), 0o600)
  }
  const file = await openFile(path)
  const end = await cutTornTail(file, read)
  const highest = read.lines.reduce((most, { n }) => Math.max(most, n), 0)
  const state: State = {
    jobs,
    writer: createLineWriter(file, end),
    now,
    changed,
    given: highest,
    seen: highest,
  }
  await takeOver(state, directory)
  return {
    damaged: read.damaged,
    get: (jobId) => jobs.get(jobId) ?? null,
    jobs: () => jobs.values(),
    cursor: () => state.seen,
    accept: ({ jobId, ...rest }) => accept(state, jobId, rest),
    change: async (jobId, change) => {
      const line = { n: nextCursor(state), at: state.now(), jobId, ...change }
      await state.writer.append(`${JSON.stringify(line)}\n`)
      return apply(state, line)
    },
    note: (jobId, change) => void apply(state, { n: nextCursor(state), at: state.now(), jobId, ...change }),
    close: () => state.writer.close(),
  }
}

/** By the clock, so that numbers that never reached the disk are not given again; never backwards. */
function nextCursor(state: State): number {
  state.given = Math.max(state.given + 1, state.now())
  return state.given
}

async function accept(
  state: State,
  jobId: string,
  job: Pick<PrintJob, 'document' | 'layout' | 'printerId' | 'printerName'>,
): Promise<PrintJob> {
  const n = nextCursor(state)
  const line: Line = { n, order: n, at: state.now(), jobId, state: 'waiting', ...job }
  await state.writer.append(`${JSON.stringify(line)}\n`)
  return apply(state, line)
}

/**
 * The job moves to the end of the map, so that the map is in the order of changes. One that was overtaken on its way to
 * the disk gets a number of its own: whoever has seen the later one must see this one too.
 */
function apply(state: State, line: Line): PrintJob {
  const n = line.n > state.seen ? line.n : nextCursor(state)
  state.seen = n
  const job = merge(state.jobs.get(line.jobId), { ...line, n })
  state.jobs.delete(job.jobId)
  state.jobs.set(job.jobId, job)
  state.changed()
  return job
}

function merge(before: PrintJob | undefined, { n, jobId, ...change }: Line): PrintJob {
  const base: PrintJob = before ?? { ...EMPTY, jobId, order: n }
  const job = { ...base, ...change, jobId, cursor: n }
  return job.state === 'printed' ? { ...job, document: null, layout: null, trace: '' } : job
}

const EMPTY: Omit<PrintJob, 'jobId' | 'order'> = {
  state: 'waiting',
  printerId: '',
  printerName: '',
  attempts: 0,
  trouble: null,
  detail: '',
  file: '',
  sha256: '',
  missingGlyphs: [],
  at: 0,
  cursor: 0,
  document: null,
  layout: null,
  via: '',
  trace: '',
}

interface ReadLedger {
  readonly lines: readonly Line[]
  /** Of the file, and of what is good at its beginning. */
  readonly bytes: number
  readonly goodBytes: number
  readonly damaged: number
}

/** Reads all lines; those behind the last good one are what a power cut left and count for nothing. */
function readLines(text: string): ReadLedger {
  const lines: Line[] = []
  let bytes = 0
  let goodBytes = 0
  let bad = 0
  let damaged = 0
  for (const piece of text.split(/(?<=\n)/)) {
    bytes += Buffer.byteLength(piece)
    const line = piece.endsWith('\n') ? parseLine(piece) : null
    if (line === null) {
      bad++
      continue
    }
    lines.push(line)
    goodBytes = bytes
    damaged += bad
    bad = 0
  }
  return { lines, bytes, goodBytes, damaged }
}

function parseLine(text: string): Line | null {
  try {
    const parsed = LineSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

async function cutTornTail(file: AppendFile, { bytes, goodBytes }: ReadLedger): Promise<number> {
  const size = await file.size()
  // Written anew just now: all of it is good.
  if (size !== bytes) return size
  if (goodBytes === size) return size
  await file.truncate(goodBytes)
  await file.sync()
  return goodBytes
}

function jobsOf(lines: readonly Line[]): Map<string, PrintJob> {
  const jobs = new Map<string, PrintJob>()
  for (const line of lines) {
    const job = merge(jobs.get(line.jobId), line)
    jobs.delete(line.jobId)
    jobs.set(line.jobId, job)
  }
  return jobs
}

function wholeLine({ cursor, ...job }: PrintJob): string {
  const told = Object.entries(job).filter(([key, value]) => {
    const usual = EMPTY[key as keyof typeof EMPTY]
    return key === 'state' || (Array.isArray(value) ? value.length > 0 : value !== usual)
  })
  return `${JSON.stringify({ n: cursor, ...Object.fromEntries(told) })}\n`
}

/** Jobs that a restored backup names, and labels from before there was a ledger, become lines of the ledger. */
async function takeOver(state: State, directory: string): Promise<void> {
  const found = await foundElsewhere(directory, (jobId) => state.jobs.has(jobId))
  if (found.length === 0) return
  const lines = found.map((line) => {
    const n = nextCursor(state)
    return { order: n, at: state.now(), ...line, n }
  })
  await state.writer.append(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  for (const line of lines) apply(state, line)
}

async function foundElsewhere(
  directory: string,
  known: (jobId: string) => boolean,
): Promise<Omit<Line, 'n'>[]> {
  const found = new Map<string, Omit<Line, 'n'>>()
  for (const text of ((await readTextIfThere(join(directory, PRINT_LEDGER))) ?? '').split('\n')) {
    if (text === '') continue
    const job = BroughtSchema.parse(JSON.parse(text))
    if (!known(job.jobId)) found.set(job.jobId, { state: 'printed', ...job })
  }
  for (const file of await readdir(join(directory, 'labels')).catch(() => [])) {
    const jobId = jobOfLabel(file)
    if (jobId === null || known(jobId) || found.has(jobId)) continue
    const outcome = OutcomeSchema.safeParse(await readJsonIfThere(join(directory, 'labels', `${jobId}.json`)))
    found.set(jobId, { jobId, state: 'printed', file, ...(outcome.success ? outcome.data : {}) })
  }
  return [...found.values()]
}

const LABEL_NAME = new RegExp(`^(.+)\\.(${PRINTER_LANGUAGES.join('|')})$`)

/** The job whose label a file in `labels/` is, or null. */
function jobOfLabel(file: string): string | null {
  return LABEL_NAME.exec(file)?.[1] ?? null
}

/** True for a job of which something is on paper, or may be. */
export function mayBePrinted({ state }: Pick<PrintJob, 'state'>): boolean {
  return state === 'printed' || state === 'unknown' || state === 'sending'
}

/**
 * The jobs of a space for another PC, as a backup brings them along. What was waiting or being sent is unknown there: the
 * PC that it comes from may have printed it since.
 */
export async function printLedger(directory: string): Promise<string> {
  const jobs = jobsOf(readLines((await readTextIfThere(join(directory, PRINT_LEDGER_FILE))) ?? '').lines)
  const others = await foundElsewhere(directory, (jobId) => jobs.has(jobId))
  const known = [...jobs.values()].map(({ cursor: _, order: __, via: ___, trace: ____, ...job }) => {
    if (job.state === 'printed') {
      const { jobId, state, file, sha256, missingGlyphs, at } = job
      return { jobId, state, file, sha256, missingGlyphs, at }
    }
    return job.state === 'failed' ? job : { ...job, state: 'unknown', trouble: 'hostStopped' }
  })
  return [...known, ...others]
    .map((job) => `${JSON.stringify({ sha256: '', missingGlyphs: [], ...job })}\n`)
    .join('')
}
