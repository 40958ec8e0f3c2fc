import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HostRequest } from '../../shared/protocol/host-contract.ts'
import type { Printer, PrintJobState, PrintSubmitAnswer } from '../../shared/protocol/print-contract.ts'
import { openPrintJobs, type LabelPort, type PrintJobs, type PrintJobsOptions } from './print-jobs.ts'
import { openPrinterBook, type PrinterBook } from './printers/printer-book.ts'
import { zplLabel } from './printers/label-printer.test-support.ts'

/** The jobs of a space on a directory of its own, opened again as often as wanted. */
export interface PrintBench {
  readonly directory: string
  readonly book: PrinterBook
  readonly jobs: PrintJobs
  /** What the renderer was asked for. */
  readonly rendered: string[]
  submit(jobId: string, more?: Partial<HostRequest<'print.submit'>>): Promise<PrintSubmitAnswer>
  state(jobId: string): Promise<PrintJobState | undefined>
  /** Waits until `done` holds of the job. */
  until(jobId: string, done: (job: PrintJobState) => boolean): Promise<PrintJobState>
  /** Waits for the end of the job. */
  settled(jobId: string): Promise<PrintJobState>
  reopen(options?: Partial<PrintJobsOptions>): Promise<void>
  remove(): Promise<void>
}

export const PRINTER: Printer = {
  printerId: 'bench',
  name: '打包台',
  path: { via: 'tcp', host: '127.0.0.1', port: 9 },
  language: 'zpl',
  dpi: 203,
  paper: null,
  gapUm: 2000,
  darkness: null,
  sparePrinterId: null,
}

/** A renderer whose label of a bin is ZPL that `startLabelPrinter` counts by the bin's code; `BIG…` is megabytes long. */
function plainLabels(rendered: string[]): LabelPort {
  return {
    layout: () => [{ widthUm: 100_000, heightUm: 50_000, items: [], missingGlyphs: [] }] as never,
    render: async (document) => {
      const code = document.kind === 'bin' ? document.code : ''
      if (!code) throw new Error('nothing to print')
      rendered.push(code)
      return {
        bytes: Buffer.from(zplLabel(code, code.startsWith('BIG') ? 2_000_000 : 200)),
        missingGlyphs: [],
        faults: [],
      }
    },
  }
}

export async function openPrintBench(options: Partial<PrintJobsOptions> = {}): Promise<PrintBench> {
  const directory = await mkdtemp(join(tmpdir(), 'packbench-print-'))
  await mkdir(join(directory, 'labels'))
  const book = await openPrinterBook(directory)
  const rendered: string[] = []
  const open = (more: Partial<PrintJobsOptions>): Promise<PrintJobs> =>
    openPrintJobs({
      directory,
      book,
      labels: plainLabels(rendered),
      pausesMs: [30],
      graceMs: 200,
      ...options,
      ...more,
    })
  let jobs = await open({})
  const state = async (jobId: string): Promise<PrintJobState | undefined> =>
    (await jobs.watch(0, 0)).jobs.find((job) => job.jobId === jobId)
  const until: PrintBench['until'] = async (jobId, done) => {
    const limit = performance.now() + 15_000
    for (let cursor = 0; performance.now() < limit; ) {
      const job = await state(jobId)
      if (job !== undefined && done(job)) return job
      cursor = (await jobs.watch(cursor, 200)).cursor
    }
    throw new Error(`job ${jobId}: ${JSON.stringify(await state(jobId))}`)
  }
  return {
    directory,
    book,
    get jobs() {
      return jobs
    },
    rendered,
    submit: (jobId, more = {}) =>
      jobs.submit({
        jobId,
        document: { kind: 'bin', code: jobId, kindName: '拣货位', category: '' },
        layout: null,
        printerId: null,
        ...more,
      }),
    state,
    until,
    settled: (jobId) => until(jobId, (job) => job.state !== 'waiting' && job.state !== 'sending'),
    reopen: async (more = {}) => {
      await jobs.close()
      jobs = await open(more)
    },
    remove: async () => {
      await jobs.close()
      await rm(directory, { recursive: true })
    },
  }
}
