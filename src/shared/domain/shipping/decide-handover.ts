import { goodStock, type Movement } from '../../ledger/movement.ts'
import { CUSTOMER, PACKED } from '../../ledger/place.ts'
import { type Answer, ask, type Choice, right, stop } from '../answer.ts'
import type { HandoverParcel, HandoverTask } from './handover-task.ts'

export interface HandoverOutcome {
  readonly task: HandoverTask
  readonly answer: Answer
  readonly choices?: readonly Choice[]
}

/** Both figures are scales': a difference within these is nobody's mistake. */
const WEIGHT_TOLERANCE_GRAMS = 50
const WEIGHT_TOLERANCE_SHARE = 0.05

/** SHP-1: what may be done about a weight that differs. */
export const DIFFERENCE_CHOICES: readonly Choice[] = [
  { tag: 'courierCorrects' },
  { tag: 'courierScale' },
  { tag: 'packagingWeight' },
]

/** SHP-1: a parcel is scanned into the hand-over. */
export function addParcel(
  task: HandoverTask,
  parcel: Pick<HandoverParcel, 'parcelId' | 'waybillNumber' | 'ourWeightGrams'>,
): HandoverOutcome {
  const known = task.parcels.find((other) => other.parcelId === parcel.parcelId)
  const params = { waybill: parcel.waybillNumber, count: task.parcels.length + (known ? 0 : 1) }
  // Scanned again, a parcel whose difference is open is the one that is spoken of now.
  if (known && isUnsettled(known)) return askDifference(moveLast(task, known), known)
  if (known) return { task, answer: stop('alreadyHanded', 'SHP-1', { params, next: 'inThisList' }) }
  const added: HandoverParcel = { ...parcel, theirWeightGrams: null, theirFeeFen: null, acceptedReason: null }
  return {
    task: { ...task, parcels: [...task.parcels, added] },
    answer: right('parcelHanded', 'SHP-1', { params, next: 'scanParcels' }),
  }
}

/** SHP-1: the courier's written weight for the parcel scanned last; a difference is named at once. */
export function noteTheirWeight(task: HandoverTask, theirWeightGrams: number): HandoverOutcome {
  const last = task.parcels.at(-1)
  if (!last) return { task, answer: stop('notHere', 'SHP-1', { params: { code: `G-${theirWeightGrams}` } }) }
  const weighed = { ...last, theirWeightGrams, acceptedReason: null }
  const next = replaceLast(task, weighed)
  if (isUnsettled(weighed)) return askDifference(next, weighed)
  const params = { waybill: last.waybillNumber, ours: last.ourWeightGrams ?? '', theirs: theirWeightGrams }
  return { task: next, answer: right('weightNoted', 'SHP-1', { params, next: 'scanParcels' }) }
}

function askDifference(task: HandoverTask, parcel: HandoverParcel): HandoverOutcome {
  const ours = parcel.ourWeightGrams ?? 0
  const theirs = parcel.theirWeightGrams ?? 0
  const params = { waybill: parcel.waybillNumber, ours, theirs, difference: theirs - ours }
  const detail = { params, choices: DIFFERENCE_CHOICES, next: 'correctOrAccept' }
  return { task, answer: ask('weightOff', 'SHP-1', detail), choices: DIFFERENCE_CHOICES }
}

const differs = (ours: number, theirs: number): boolean =>
  Math.abs(ours - theirs) > Math.max(WEIGHT_TOLERANCE_GRAMS, ours * WEIGHT_TOLERANCE_SHARE)

const isUnsettled = (parcel: HandoverParcel): boolean =>
  parcel.acceptedReason === null &&
  parcel.ourWeightGrams !== null &&
  parcel.theirWeightGrams !== null &&
  differs(parcel.ourWeightGrams, parcel.theirWeightGrams)

/** A parcel whose difference nobody has settled. */
export const unsettled = (task: HandoverTask): HandoverParcel | undefined => task.parcels.find(isUnsettled)

/** SHP-1: the courier corrects his figure, or it is accepted with a reason. */
export function settleDifference(task: HandoverTask, tag: string): HandoverOutcome {
  const last = task.parcels.at(-1)
  if (!last) return { task, answer: stop('noQuestion', 'SHP-1') }
  const params = { waybill: last.waybillNumber }
  if (tag === 'courierCorrects') {
    const next = replaceLast(task, { ...last, theirWeightGrams: null })
    return { task: next, answer: ask('weightWanted', 'SHP-1', { params, next: 'scanTheirWeight' }) }
  }
  return {
    task: replaceLast(task, { ...last, acceptedReason: tag }),
    answer: right('answered', 'SHP-1', { params, next: 'scanParcels' }),
  }
}

/** SHP-1: the courier's written price for the parcel scanned last. */
export function noteTheirFee(task: HandoverTask, theirFeeFen: number): HandoverOutcome {
  const last = task.parcels.at(-1)
  if (!last) return { task, answer: stop('notHere', 'SHP-1', { params: { code: `FEN-${theirFeeFen}` } }) }
  const params = { waybill: last.waybillNumber, fee: (theirFeeFen / 100).toFixed(2) }
  return {
    task: replaceLast(task, { ...last, theirFeeFen }),
    answer: right('feeNoted', 'SHP-1', { params, next: 'scanParcels' }),
  }
}

function moveLast(task: HandoverTask, parcel: HandoverParcel): HandoverTask {
  return { ...task, parcels: [...task.parcels.filter((other) => other !== parcel), parcel] }
}

function replaceLast(task: HandoverTask, parcel: HandoverParcel): HandoverTask {
  return { ...task, parcels: [...task.parcels.slice(0, -1), parcel] }
}

/** The movements of a hand-over: packed → customer, by what is in the parcels. */
export function handoverMovements(
  pieces: readonly { readonly skuCode: string; readonly stockMm: number | null }[],
): Movement[] {
  const sums = new Map<string, Movement>()
  for (const { skuCode, stockMm } of pieces) {
    const key = `${skuCode}|${stockMm ?? ''}`
    const known = sums.get(key)
    sums.set(key, {
      ...goodStock(skuCode, stockMm),
      from: PACKED,
      to: CUSTOMER,
      quantity: (known?.quantity ?? 0) + 1,
    })
  }
  return [...sums.values()]
}
