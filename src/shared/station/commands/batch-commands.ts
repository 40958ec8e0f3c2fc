import { assert } from '../../base/assert.ts'
import { groupBy } from '../../base/group-by.ts'
import { markedCopy } from '../areas/papers.ts'
import type { CommandEffect, NewPrint } from '../decision.ts'
import { fullJob } from '../print-job.ts'
import type { ReadTx } from '../store.ts'
import type { PrintBatchRow, PrintJobRow } from '../tables.ts'
import { BATCH_CHUNK, type CommandOf } from './command.ts'

/** Id of a batch's label; as text they sort by place in the batch, first prints before their copies. */
export function batchJobId(batchId: string, index: number, pass = 0): string {
  const first = `batch-${batchId}-${String(index).padStart(6, '0')}`
  return pass === 0 ? first : `${first}-${pass}`
}

/**
 * The next labels of a batch are written down. A chunk that is there already changes nothing, one that leaves a gap is
 * refused with how far the batch is; the last one lets it begin.
 */
export async function printBatch(tx: ReadTx, command: CommandOf<'PrintBatch'>): Promise<CommandEffect> {
  const { batchId, what, size, offset, printerId, labels, at, personId } = command
  assert(labels.length > 0 && labels.length <= BATCH_CHUNK, 'a chunk holds 1 to 100 labels')
  assert(offset + labels.length <= size, 'a batch is not longer than it said')
  const row = await tx.get('printBatches', batchId)
  const written = row?.written ?? 0
  if (offset + labels.length <= written) return { answer: { tag: 'done', counts: { written } } }
  if (offset !== written) return { answer: { tag: 'gap', counts: { written } } }
  if (row && row.state !== 'writing') return { answer: { tag: 'closed', counts: { written } } }
  const now = written + labels.length
  const begun: PrintBatchRow = row ?? {
    batchId,
    what,
    state: 'writing',
    size,
    written: 0,
    printerId,
    createdAt: at,
    personId,
    passes: 0,
    resuming: null,
  }
  const prints = labels.map(
    ({ document, subject }, place): NewPrint => ({
      jobId: batchJobId(batchId, offset + place),
      document,
      subject,
      personRef: null,
      reason: '',
      printerId,
      batch: { batchId, index: offset + place, size },
    }),
  )
  return {
    answer: { tag: 'done', counts: { written: now } },
    batch: { ...begun, written: now, state: now === size ? 'running' : 'writing' },
    prints,
  }
}

/** Pause, go on, or print no more of it. A batch that was never written to its end goes on with what is there. */
export async function changeBatch(tx: ReadTx, command: CommandOf<'ChangeBatch'>): Promise<CommandEffect> {
  const row = await tx.get('printBatches', command.batchId)
  if (!row) return { answer: { tag: 'gone' } }
  const next = changed(row, command.change)
  return next ? { answer: { tag: 'done' }, batch: next } : { answer: { tag: 'notThis' } }
}

function changed(row: PrintBatchRow, change: CommandOf<'ChangeBatch'>['change']): PrintBatchRow | null {
  const { state } = row
  switch (change) {
    case 'pause':
      return state === 'running' ? { ...row, state: 'paused' } : null
    case 'cancel':
      return state === 'cancelled' ? null : { ...row, state: 'cancelled', resuming: null }
    case 'goOn':
      if (state === 'writing') return { ...row, state: 'running', size: row.written }
      return state === 'paused' && row.resuming === null ? { ...row, state: 'running' } : null
  }
}

/**
 * After a paper jam: from label `from` on, what came out is printed once more as a counted copy, what is in doubt or
 * failed is replaced, and what still waits is left as it is (LBL-4). The batch stands still until the last chunk is
 * written, and goes on with it.
 */
export async function resumeBatch(tx: ReadTx, command: CommandOf<'ResumeBatch'>): Promise<CommandEffect> {
  const { batchId, pass } = command
  const row = await tx.get('printBatches', batchId)
  if (!row || row.state === 'cancelled' || row.state === 'writing') return { answer: { tag: 'notThis' } }
  const { resuming } = row
  if (pass <= row.passes) return { answer: { tag: 'done', counts: { again: 0, next: row.written } } }
  if (pass !== row.passes + 1) return { answer: { tag: 'gap', counts: { passes: row.passes } } }
  const from = resuming?.from ?? Math.max(0, Math.min(command.from, row.written))
  const start = resuming?.next ?? from
  const next = Math.min(start + BATCH_CHUNK, row.written)
  const latest = await latestJobs(tx, batchId, start, next)
  const again = latest.filter(({ state }) => state === 'printed' || state === 'failed' || state === 'unknown')
  const finished = next >= row.written
  return {
    answer: { tag: finished ? 'done' : 'more', counts: { again: again.length, next } },
    batch: finished
      ? { ...row, state: 'running', passes: pass, resuming: null }
      : { ...row, state: 'paused', resuming: { from, pass, next } },
    jobs: again.filter(({ state }) => state !== 'printed').map((job) => ({ ...job, state: 'cancelled' })),
    prints: again.map((job) => copyOf(job, pass)),
  }
}

function copyOf(job: PrintJobRow, pass: number): NewPrint {
  const { batch, subject, personRef, printerId } = job
  assert(batch, 'a label of a batch knows its place')
  const copy = job.copy + 1
  return {
    jobId: batchJobId(batch.batchId, batch.index, pass),
    document: markedCopy(job.document, copy),
    subject,
    personRef,
    printerId,
    reason: 'paperJam',
    copy,
    batch,
  }
}

/** The newest job of each place from `start` (included) to `end` (not). */
async function latestJobs(
  tx: ReadTx,
  batchId: string,
  start: number,
  end: number,
): Promise<readonly PrintJobRow[]> {
  if (end <= start) return []
  // A dot sorts after the dash before a pass number.
  const bounds = { from: batchJobId(batchId, start), to: `${batchJobId(batchId, end - 1)}.` }
  const jobs = (await tx.range('printJobs', null, bounds)).map(fullJob)
  const places = groupBy(jobs, (job) => job.batch?.index ?? -1)
  return [...places.values()].flatMap((same) => same.sort((a, b) => b.copy - a.copy).slice(0, 1))
}
