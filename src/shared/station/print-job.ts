import type { LabelDocument } from '../labels/label-document.ts'
import type { PrintJobState } from '../protocol/print-contract.ts'
import type { PrintJobPhase, PrintJobRow } from './tables.ts'

/** What every version wrote of a job; the other members came later. */
type StoredJob = Pick<
  PrintJobRow,
  'jobId' | 'document' | 'personRef' | 'subject' | 'state' | 'createdAt' | 'reason' | 'detail' | 'file'
> &
  Partial<PrintJobRow>

/** A job as this version knows it, whichever version wrote it down. */
export function fullJob(row: StoredJob): PrintJobRow {
  const { batch = null, batchId: _key, ...rest } = row
  return {
    ...rest,
    copy: row.copy ?? (row.document.kind === 'waybill' ? row.document.copy : 0),
    printerId: row.printerId ?? null,
    printerName: row.printerName ?? '',
    trouble: row.trouble ?? null,
    attempts: row.attempts ?? 0,
    // Whoever has a file had a host that printed it.
    atHost: row.atHost ?? row.file !== '',
    batch,
    ...(batch === null ? {} : { batchId: batch.batchId }),
  }
}

/** What no news of the host changes any more. */
export const isFinal = (state: PrintJobPhase): boolean => state === 'printed' || state === 'cancelled'

const PHASE_OF: Readonly<Record<PrintJobState['state'], PrintJobPhase>> = {
  waiting: 'sent',
  sending: 'sent',
  printed: 'printed',
  failed: 'failed',
  unknown: 'unknown',
}

/** The row after the host said how the job stands; null when that changes nothing. */
export function heardOf(row: PrintJobRow, news: PrintJobState): PrintJobRow | null {
  const job = fullJob(row)
  if (isFinal(job.state)) return null
  const next: PrintJobRow = {
    ...job,
    state: PHASE_OF[news.state],
    atHost: true,
    printerName: news.printerName,
    attempts: news.attempts,
    trouble: news.trouble,
    detail: news.missingGlyphs.length > 0 ? news.missingGlyphs.join(' ') : news.detail,
    file: news.file,
  }
  return HEARD.every((member) => row[member] === next[member]) ? null : next
}

/** The members that the host's news may change. */
const HEARD = ['state', 'atHost', 'printerName', 'attempts', 'trouble', 'detail', 'file'] as const

/** Papers of one kind and subject: a reprint counts these and no others. */
export function paperOf(document: LabelDocument): string {
  return document.kind === 'list' ? document.list : document.kind
}
