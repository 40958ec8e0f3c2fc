import { setTimeout as sleep } from 'node:timers/promises'
import type { LabelModel } from '../../../shared/labels/label-model.ts'
import type { FoundPrinter, PrinterLanguage, PrintTrouble } from '../../../shared/protocol/print-contract.ts'
import { errorText } from '../system-error.ts'
import {
  type LabelSize,
  type PrintData,
  type PrinterDriver,
  type SendOutcome,
  type SendWatch,
  troubleOf,
} from './printer-driver.ts'
import { loadWinspool, readJobState, readPrinterNames, readPrinterState, type Winspool } from './winspool.ts'

/**
 * Prints pages on a Windows queue through its driver, without a dialog; Electron's entry has one, plain Node has none.
 * It gets the laid-out pages and not the PDF, because Chromium prints a PDF in a hidden window as a blank sheet.
 * Resolves to null once the spooler has taken them, or to why it did not.
 */
export type SilentPrint = (job: {
  readonly queue: string
  readonly title: string
  readonly pages: readonly LabelModel[]
  readonly size: LabelSize
}) => Promise<string | null>

interface WindowsPrinterOptions {
  readonly queue: string
  readonly language: PrinterLanguage
  readonly silentPrint: SilentPrint | null
  /** Replaced in tests only. */
  readonly load?: () => Promise<Winspool | null>
}

const POLL_MS = 300
const GIVE_UP_MS = 600_000
const WRITE_BYTES = 64 * 1024

/**
 * A queue of Windows. ZPL and TSPL go through the spooler unchanged (data type RAW), and the job is asked after until the
 * spooler has printed it; a PDF goes through the queue's driver, which tells no more than that it was taken over.
 */
export function createWindowsPrinter(options: WindowsPrinterOptions): PrinterDriver {
  const load = options.load ?? loadWinspool
  const elsewhere = { tag: 'failed', trouble: 'notSupportedHere', detail: process.platform } as const
  return {
    keepsFile: false,
    probe: async () => {
      const spooler = await load()
      if (spooler === null) return { condition: 'unknown', detail: 'not Windows' }
      return withQueue(spooler, options.queue, { condition: 'away', detail: '' }, async (handle) => {
        const info = await spooler.printer(handle)
        return info === null ? { condition: 'unknown', detail: '' } : readPrinterState(info)
      })
    },
    send: async (data, watch) => {
      const spooler = await load()
      if (spooler === null) return elsewhere
      if (data.language === 'pdf') return sendPdf(options, data, watch)
      const away: SendOutcome = { tag: 'notSent', trouble: 'hostUnknown', detail: options.queue }
      return withQueue(spooler, options.queue, away, (handle) => sendRaw(spooler, handle, data, watch))
    },
    recover: async ({ trace }, watch) => {
      const spooler = await load()
      if (spooler === null || !/^\d+$/.test(trace)) return null
      return withQueue(spooler, options.queue, null, async (handle) =>
        (await spooler.job(handle, Number(trace))) === null
          ? null
          : follow(spooler, handle, Number(trace), watch),
      )
    },
  }
}

async function withQueue<T>(
  spooler: Winspool,
  queue: string,
  missing: T,
  use: (handle: bigint) => Promise<T>,
): Promise<T> {
  const handle = await spooler.openPrinter(queue)
  if (handle === null) return missing
  try {
    return await use(handle)
  } finally {
    await spooler.closePrinter(handle)
  }
}

async function sendPdf(
  { queue, silentPrint }: WindowsPrinterOptions,
  { title, pages, size }: PrintData,
  watch: SendWatch,
): Promise<SendOutcome> {
  if (silentPrint === null || size === null || pages.length === 0) {
    return {
      tag: 'failed',
      trouble: 'notSupportedHere',
      detail: silentPrint === null ? 'only in the desktop app' : 'no pages',
    }
  }
  await watch.commit()
  try {
    const fault = await silentPrint({ queue, title, pages, size })
    if (fault === null) return { tag: 'printed', detail: 'spooler' }
    return { tag: 'unknown', trouble: 'other', detail: fault }
  } catch (error) {
    return { tag: 'unknown', trouble: 'other', detail: errorText(error) }
  }
}

async function sendRaw(
  spooler: Winspool,
  handle: bigint,
  { title, bytes }: PrintData,
  watch: SendWatch,
): Promise<SendOutcome> {
  const info = await spooler.printer(handle)
  const health = info === null ? null : readPrinterState(info)
  // A paused queue would print the job whenever somebody starts it again; one that is merely away is tried.
  if (health?.condition === 'stopped') {
    return { tag: 'notSent', trouble: 'printerStopped', detail: health.detail }
  }
  await watch.commit()
  const jobNumber = await spooler.startDocument(handle, title, 'RAW')
  if (jobNumber === 0) return { tag: 'notSent', trouble: 'printerStopped', detail: 'StartDocPrinter' }
  await watch.handedOver(String(jobNumber))
  for (let at = 0; at < bytes.length; ) {
    const taken = await spooler.write(handle, bytes.subarray(at, at + WRITE_BYTES))
    if (taken <= 0) {
      return { tag: 'unknown', trouble: 'brokenOff', detail: `WritePrinter at ${at} of ${bytes.length}` }
    }
    at += taken
  }
  if (!(await spooler.endDocument(handle))) {
    return { tag: 'unknown', trouble: 'brokenOff', detail: 'EndDocPrinter' }
  }
  return follow(spooler, handle, jobNumber, watch)
}

/** The spooler drops a job when it is printed, unless it is told to keep them. */
async function follow(
  spooler: Winspool,
  handle: bigint,
  jobNumber: number,
  watch: Pick<SendWatch, 'signal' | 'delayed'>,
): Promise<SendOutcome> {
  let trouble: PrintTrouble = 'other'
  let detail = ''
  for (const until = performance.now() + GIVE_UP_MS; performance.now() < until; ) {
    if (watch.signal.aborted) return { tag: 'unknown', trouble: 'hostStopped', detail: '' }
    const info = await spooler.job(handle, jobNumber)
    if (info === null) return { tag: 'printed', detail: '' }
    const state = readJobState(info)
    if (state.tag === 'printed') return { tag: 'printed', detail: '' }
    if (state.tag === 'deleted')
      return { tag: 'unknown', trouble: 'refused', detail: 'taken out of the queue' }
    const why = state.condition === null ? null : troubleOf(state.condition)
    if (why !== null) {
      trouble = why
      detail = state.detail
      watch.delayed(why, state.detail)
    }
    await sleep(POLL_MS, undefined, { signal: watch.signal }).catch(() => undefined)
  }
  return { tag: 'unknown', trouble, detail }
}

/** The queues of Windows; none elsewhere. */
export async function listWindowsQueues(
  load: () => Promise<Winspool | null> = loadWinspool,
): Promise<readonly FoundPrinter[]> {
  const spooler = await load()
  if (spooler === null) return []
  const { bytes, address, count } = await spooler.printers()
  const usual = await spooler.defaultPrinter()
  return readPrinterNames(bytes, address, count).map((name) => ({
    name,
    path: { via: 'windows', queue: name },
    language: /zebra|zdesigner|zpl/i.test(name)
      ? 'zpl'
      : /tsc|tspl|gprinter|佳博/i.test(name)
        ? 'tspl'
        : 'pdf',
    detail: '',
    isDefault: name === usual,
  }))
}
