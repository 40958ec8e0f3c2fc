import { fullJob } from '../../../shared/station/print-job.ts'
import type { CommandAnswer, PrintJobRow } from '../../../shared/station/tables.ts'
import type { StationApp } from '../../app/station-app.ts'
import { faultWords } from './use-printers.ts'

/** What a person decides about a job; null when it was carried out, else the words of what went wrong. */
type Decided = Promise<string | null>

/**
 * LBL-4: a person says what became of a job in doubt, or that a failed one shall go out again. The host is told first:
 * it alone may send the same job once more. What follows comes with its news.
 */
export async function answerJob(
  { host, space }: StationApp,
  job: PrintJobRow,
  answer: { readonly outcome: 'printed' | 'notPrinted' | 'giveUp'; readonly printerId: string | null },
): Decided {
  try {
    const told = await host.call('print.resolve', { space, jobId: job.jobId, ...answer })
    return told.tag === 'accepted' ? null : told.detail || told.trouble
  } catch (error) {
    return faultWords(error)
  }
}

/** A failed job once more, on the same or another printer. */
export async function sendAgain(station: StationApp, job: PrintJobRow, printerId: string | null): Decided {
  if (job.atHost) return answerJob(station, job, { outcome: 'notPrinted', printerId })
  const { answer } = await station.run({ type: 'SendPrintAgain', jobId: job.jobId, printerId })
  return answer.tag === 'done' ? null : answer.tag
}

/** It shall not be printed any more; the host forgets its question as well. */
export async function giveUp(station: StationApp, job: PrintJobRow): Decided {
  if (job.atHost) {
    const trouble = await answerJob(station, job, { outcome: 'giveUp', printerId: null })
    if (trouble !== null) return trouble
  }
  const { answer } = await station.run({ type: 'GiveUpPrint', jobId: job.jobId })
  return answer.tag === 'done' ? null : answer.tag
}

/** The same paper once more, with its reason; answers what came of it. */
export async function reprint(
  station: StationApp,
  input: { readonly jobId: string; readonly reason: string; readonly printerId: string | null },
): Promise<CommandAnswer> {
  const { answer } = await station.run({ type: 'ReprintJob', ...input })
  return answer
}

/**
 * After a paper jam: writes the new beginning down to its end, piece by piece, and settles what was in doubt with the
 * host, where it is replaced.
 */
export async function resumeBatchFrom(
  station: StationApp,
  batch: { readonly batchId: string; readonly passes: number },
  from: number,
): Promise<void> {
  const pass = batch.passes + 1
  const doubtful = await doubtfulJobs(station, batch.batchId, from)
  for (;;) {
    const { answer } = await station.run({ type: 'ResumeBatch', batchId: batch.batchId, from, pass })
    if (answer.tag !== 'more') break
  }
  for (const job of doubtful) await answerJob(station, job, { outcome: 'giveUp', printerId: null })
}

async function doubtfulJobs(station: StationApp, batchId: string, from: number): Promise<PrintJobRow[]> {
  const rows = await station.database.printJobs
    .where('[batchId+state]')
    .anyOf([
      [batchId, 'unknown'],
      [batchId, 'failed'],
    ])
    .toArray()
  return rows.map(fullJob).filter((job) => job.atHost && (job.batch?.index ?? 0) >= from)
}
