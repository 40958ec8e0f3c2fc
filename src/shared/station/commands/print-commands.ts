import { findByLabel } from '../areas/open-order.ts'
import { deliveryNote, markedCopy } from '../areas/papers.ts'
import { reprintWaybill } from '../areas/parcel-corrections.ts'
import { waybillJobId } from '../areas/waybill-job.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import { fullJob, isFinal, paperOf } from '../print-job.ts'
import type { ReadTx } from '../store.ts'
import type { PrintJobRow } from '../tables.ts'
import type { CommandOf } from './command.ts'
import { reprintUse } from './supply-commands.ts'

/** All jobs that printed the same paper of the same thing. */
async function samePapers(tx: ReadTx, subject: string, paper: string): Promise<PrintJobRow[]> {
  const jobs = await tx.where('printJobs', 'subject', subject)
  return jobs.filter((job) => paperOf(job.document) === paper).map(fullJob)
}

const nextCopy = (jobs: readonly PrintJobRow[]): number =>
  1 + jobs.reduce((most, job) => Math.max(most, job.copy), 0)

/** LBL-4: a paper once more, with a reason and counted. What is still under way or in doubt is not doubled. */
export async function reprintJob(tx: ReadTx, command: CommandOf<'ReprintJob'>): Promise<CommandEffect> {
  const { reason, printerId } = command
  const row = await tx.get('printJobs', command.jobId)
  if (!row) return { answer: { tag: 'gone' } }
  const job = fullJob(row)
  if (!isFinal(job.state)) return { answer: { tag: 'underWay' } }
  if (reason === '') return { answer: { tag: 'reasonWanted' } }
  if (job.document.kind === 'waybill') return reprintOfParcel(tx, command, job)
  const copy = nextCopy(await samePapers(tx, job.subject, paperOf(job.document)))
  const { personRef, subject } = job
  const document = markedCopy(job.document, copy)
  const jobId = `${job.jobId.replace(/-r\d+$/, '')}-r${copy}`
  return {
    answer: { tag: 'reprinted', params: { copy } },
    prints: [{ jobId, document, personRef, subject, reason, copy, printerId }],
  }
}

/** A parcel's label is counted by its parcel, wherever it is asked for. */
async function reprintOfParcel(
  tx: ReadTx,
  { reason, printerId }: CommandOf<'ReprintJob'>,
  job: PrintJobRow,
): Promise<CommandEffect> {
  const parcel = (await tx.where('parcels', 'waybillNumber', job.subject))[0]
  if (!parcel) return reprintOfLabel(tx, { reason, printerId }, job)
  const { answer, events = [], prints = [] } = await reprintWaybill(tx, { parcelId: parcel.parcelId, reason })
  return {
    answer: { tag: answer.reason, params: answer.params },
    events,
    prints: prints.map((print) => ({ ...print, printerId })),
  }
}

/** PAK-11: a label that was printed before picking, as long as it is not void. */
async function reprintOfLabel(
  tx: ReadTx,
  { reason, printerId }: Pick<CommandOf<'ReprintJob'>, 'reason' | 'printerId'>,
  { subject, document, personRef }: PrintJobRow,
): Promise<CommandEffect> {
  const order = await findByLabel(tx, subject)
  if (!order || 'verdict' in order) return { answer: { tag: 'gone' } }
  const copy = nextCopy(await samePapers(tx, subject, paperOf(document)))
  const jobId = `${waybillJobId(subject)}-${copy}`
  const print = { jobId, document: markedCopy(document, copy), personRef, subject, reason, copy, printerId }
  return {
    answer: { tag: 'reprinted', params: { number: subject, copy } },
    events: await reprintUse(tx, subject),
    prints: [print],
  }
}

/** A job that the host refused to take goes out again under its own id: nothing of it was ever sent. */
export async function sendPrintAgain(
  tx: ReadTx,
  command: CommandOf<'SendPrintAgain'>,
): Promise<CommandEffect> {
  const row = await tx.get('printJobs', command.jobId)
  const job = row ? fullJob(row) : null
  if (job?.state !== 'failed' || job.atHost) return { answer: { tag: 'notThis' } }
  const again: PrintJobRow = {
    ...job,
    state: 'queued',
    printerId: command.printerId ?? job.printerId,
    trouble: null,
    detail: '',
  }
  return { answer: { tag: 'done' }, jobs: [again] }
}

/** Nobody waits for it any more; what the host has under way cannot be called back. */
export async function giveUpPrint(tx: ReadTx, command: CommandOf<'GiveUpPrint'>): Promise<CommandEffect> {
  const row = await tx.get('printJobs', command.jobId)
  const job = row ? fullJob(row) : null
  if (!job || isFinal(job.state) || job.state === 'sent') return { answer: { tag: 'notThis' } }
  return { answer: { tag: 'done' }, jobs: [{ ...job, state: 'cancelled' }] }
}

/** 发货单 of a finished parcel (LBL-1); from the second time on with a reason. */
export async function printDeliveryNote(
  tx: ReadTx,
  { parcelId, reason }: CommandOf<'PrintDeliveryNote'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const finish = (await tx.get('parcels', parcelId))?.finish
  if (!finish) return { answer: { tag: 'gone' } }
  const { personRef, waybillNumber } = finish
  const [recipient, earlier] = await Promise.all([
    tx.get('recipients', personRef),
    samePapers(tx, waybillNumber, 'delivery-note'),
  ])
  const copy = earlier.length === 0 ? 0 : nextCopy(earlier)
  if (copy > 0 && reason === '') return { answer: { tag: 'reasonWanted' } }
  const first = deliveryNote({ finish, recipient: recipient ?? null }, context)
  const base = `delivery-${waybillNumber.replace(/[^A-Za-z0-9._-]/g, '_')}`
  const print = {
    jobId: copy === 0 ? base : `${base}-r${copy}`,
    document: copy === 0 ? first : markedCopy(first, copy),
    personRef,
    subject: waybillNumber,
    reason,
    copy,
  }
  return { answer: { tag: copy === 0 ? 'printed' : 'reprinted', params: { copy } }, prints: [print] }
}
