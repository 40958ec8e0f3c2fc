import { type Choice, right, stop } from '../../domain/answer.ts'
import { mayAct } from '../../domain/people/person.ts'
import { reverseMovement } from '../../ledger/movement.ts'
import type { DecideContext, Decision } from '../decision.ts'
import { reprintUse } from '../commands/supply-commands.ts'
import { markedCopy } from './papers.ts'
import type { StationEvent } from '../event-types.ts'
import { labelsOfParcel } from '../order-labels.ts'
import type { ReadTx } from '../store.ts'
import type { ParcelFinish } from '../tables.ts'

/** Why a label is printed again (LBL-4). */
export const REPRINT_CHOICES: readonly Choice[] = [
  { tag: 'labelTorn' },
  { tag: 'paperJam' },
  { tag: 'labelFaint' },
  { tag: 'labelLost' },
]

/** Why a parcel is taken back (PAK-10). */
export const VOID_CHOICES: readonly Choice[] = [
  { tag: 'buyerCancelled' },
  { tag: 'wrongContent' },
  { tag: 'damaged' },
  { tag: 'packAgain' },
]

interface Correction {
  readonly parcelId: string
  readonly reason: string
  readonly context: DecideContext
}

/** LBL-4: the stored label again, marked and counted. */
export async function reprintWaybill(
  tx: ReadTx,
  { parcelId, reason }: Omit<Correction, 'context'>,
): Promise<Decision> {
  const finish = (await tx.get('parcels', parcelId))?.finish
  const papers = finish ? await tx.where('printJobs', 'subject', finish.waybillNumber) : []
  const original = papers.find((job) => job.jobId === finish?.labelJobId)
  if (!finish || !original) return { answer: stop('nothingToDo', 'LBL-4') }
  const copy = papers.filter((job) => job.document.kind === original.document.kind).length
  const again = markedCopy(original.document, copy)
  // A label from before picking knew nobody yet (PAK-11).
  const document = again.kind === 'waybill' ? { ...again, packerName: finish.packerName } : again
  const print = {
    jobId: `${finish.labelJobId}-${copy}`,
    document,
    personRef: original.personRef,
    subject: finish.waybillNumber,
    reason,
    copy,
  }
  const params = { number: finish.waybillNumber, copy }
  return {
    answer: right('reprinted', 'LBL-4', { params, next: 'nextOrder' }),
    events: await reprintUse(tx, finish.waybillNumber),
    prints: [print],
  }
}

/**
 * PAK-10: before hand-over a parcel can be voided: the exact inverse of its movements brings the pieces back where they
 * came from, and its number is burnt.
 */
export async function voidParcel(tx: ReadTx, { parcelId, reason, context }: Correction): Promise<Decision> {
  if (context.person && !mayAct(context.person, 'packer'))
    return { answer: stop('roleWanted', 'SEC-1', { params: { name: context.person.name } }) }
  const parcel = await tx.get('parcels', parcelId)
  const finish = parcel?.finish
  if (!parcel || !finish || parcel.state !== 'packed') {
    const params = { waybill: finish?.waybillNumber ?? '', number: finish?.orderNumbers.join(' ') ?? '' }
    return {
      answer: stop('alreadyFinished', 'PAK-10', {
        params,
        next: parcel?.state === 'voided' ? 'wasVoided' : 'wasHandedOver',
      }),
    }
  }
  const rows = await tx.where('movements', 'entities', `parcel:${parcelId}`)
  const movements = rows
    .filter((row) => row.type === 'ParcelFinished' && row.to === 'packed')
    .map(({ skuCode, batch, expiresOn, measureMm, condition, quantity, from, to }) =>
      reverseMovement({ skuCode, batch, expiresOn, measureMm, condition, quantity, from, to }),
    )
  const event: StationEvent = {
    type: 'ParcelVoided',
    movements,
    entities: [`parcel:${parcelId}`, ...finish.orderIds.map((orderId) => `order:${orderId}`)],
    body: { parcelId, orderIds: [...finish.orderIds], waybillKey: finish.waybillKey, reason },
  }
  const params = { waybill: finish.waybillNumber, number: finish.orderNumbers.join(' ') }
  const events = [event, ...(await labelOfParcel(tx, finish, reason))]
  return { answer: right('voided', 'PAK-10', { params, next: 'removeLabel' }), events }
}

/** PAK-11: with the parcel its label is void that was printed before picking; the next parcel gets another. */
async function labelOfParcel(tx: ReadTx, finish: ParcelFinish, reason: string): Promise<StationEvent[]> {
  const orders = (await tx.getMany('orders', finish.orderIds)).flatMap((order) => order ?? [])
  const label = labelsOfParcel(orders).find(({ waybillKey }) => waybillKey === finish.waybillKey)
  if (!label) return []
  const orderIds = label.orders.map(({ orderId }) => orderId)
  const entities = orderIds.map((orderId) => `order:${orderId}`)
  const { waybillKey } = label
  return [{ type: 'LabelVoided', movements: [], entities, body: { waybillKey, orderIds, reason } }]
}
