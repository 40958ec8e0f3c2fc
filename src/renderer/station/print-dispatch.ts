import type { HostClient, Space } from '../../shared/protocol/host-contract.ts'
import type { PrintJobRow } from '../../shared/station/tables.ts'
import type { StationDatabase } from '../data/station-database.ts'
import { useStationStatus } from './station-status.ts'

/**
 * Sends the print jobs that are written down and not yet sent, oldest first. The host answers a job id that it knows
 * with the first outcome and prints nothing, so that sending again after a crash never doubles a label (LBL-4).
 */
export async function dispatchPrints(options: {
  readonly database: StationDatabase
  readonly host: HostClient
  readonly space: Space
}): Promise<void> {
  const { database } = options
  for (;;) {
    const queued = await database.printJobs.where('state').equals('queued').limit(50).toArray()
    useStationStatus.setState({ printQueue: queued.length })
    if (queued.length === 0) return
    queued.sort((a, b) => a.createdAt - b.createdAt)
    for (const job of queued) if (!(await sendJob(options, job))) return
  }
}

async function sendJob(
  { database, host, space }: { database: StationDatabase; host: HostClient; space: Space },
  job: PrintJobRow,
): Promise<boolean> {
  try {
    const answer = await host.call('print.submit', { space, jobId: job.jobId, document: job.document })
    const outcome =
      answer.tag === 'printed'
        ? { state: 'printed' as const, file: answer.file, detail: answer.missingGlyphs.join(' ') }
        : { state: 'failed' as const, detail: answer.detail }
    await database.printJobs.update(job.jobId, outcome)
    return true
  } catch {
    // The host is away; the job stays queued and the next round sends it.
    return false
  }
}
