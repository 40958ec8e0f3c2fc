import { ask, right, stop } from '../../domain/answer.ts'
import { COLLECTED } from '../../domain/shipping/collected.ts'
import { courierCodeOf, courierName } from '../../domain/shipping/couriers.ts'
import {
  addParcel,
  type HandoverOutcome,
  handoverMovements,
  noteTheirFee,
  noteTheirWeight,
  settleDifference,
  unsettled,
} from '../../domain/shipping/decide-handover.ts'
import type { HandoverTask } from '../../domain/shipping/handover-task.ts'
import { nextDocumentNumber } from '../counters.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import { liveParcelOf } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import type { ParcelRow } from '../tables.ts'
import { type AreaInput, chosen } from './area-input.ts'
import { handoverList } from './documents.ts'
import { refuseList, refuseStopped, takeOut } from './handover-check.ts'
import { findByLabel, findOrder } from './open-order.ts'
import { personByBadge } from './scan-badge.ts'

type Input = AreaInput<HandoverTask>

/** Hand-over by scanner (interface.md `#/handover`). */
export async function scanHandover(tx: ReadTx, input: Input): Promise<Decision | null> {
  const { scan, task } = input
  if (!task) return open(tx, input)
  const asked = chosen(input)
  if (asked?.about === 'takeOut') return takeOut(task, String(asked.question.params.parcelId))
  if (task.state === 'signing') return signing(tx, input, task)
  switch (scan.scan) {
    case 'code':
      return addByCode(tx, scan.code, task)
    case 'weight':
      return settle(noteTheirWeight(task, scan.weightGrams))
    case 'fee':
      return settle(noteTheirFee(task, scan.feeFen))
    case 'choice': {
      const choice = chosen(input)
      return choice?.about === 'difference' ? settle(settleDifference(task, choice.tag)) : null
    }
    case 'control':
      return scan.word === 'FINISH'
        ? ((await refuseList(tx, task)) ?? finish(task))
        : scan.word === 'NEW'
          ? { answer: stop('taskOpen', 'SHP-1') }
          : null
    case 'courier':
      return { answer: ask('courierSignatureWanted', 'SHP-2', { next: 'finishFirst' }) }
    default:
      return null
  }
}

async function open(tx: ReadTx, { scan, context }: Input): Promise<Decision | null> {
  if (scan.scan === 'control') return { answer: stop('noTask', 'SHP-1', { next: 'scanCourier' }) }
  if (scan.scan !== 'code' && scan.scan !== 'courier') return null
  const courier = courierCodeOf(scan.code) ?? (await pooledCourier(tx, scan.code))
  if (!courier)
    return { answer: stop('unknownCode', 'SHP-1', { params: { code: scan.code }, next: 'scanCourier' }) }
  const task: HandoverTask = {
    area: 'handover',
    taskId: context.newId(),
    openedAt: context.at,
    openedBy: context.person?.personId ?? null,
    undoHead: null,
    state: 'scanning',
    courier,
    parcels: [],
  }
  return {
    answer: right('handoverOpened', 'SHP-1', {
      params: { courier: courierName(courier) },
      next: 'scanParcels',
    }),
    task,
  }
}

/** A courier that is known only because a pool of its numbers was loaded. */
async function pooledCourier(tx: ReadTx, code: string): Promise<string | null> {
  const rows = await tx.range('waybills', null, { from: `${code}/`, to: `${code}/\uffff`, limit: 1 })
  return rows[0]?.courier ?? null
}

async function addByCode(tx: ReadTx, code: string, task: HandoverTask): Promise<Decision> {
  const parcel = await findParcel(tx, code)
  if (!parcel?.finish) {
    const order = (await findOrder(tx, code)) ?? (await findByLabel(tx, code))
    if (order && order !== 'ambiguous' && 'verdict' in order) return { answer: order }
    if (order && order !== 'ambiguous')
      return { answer: stop('notFinished', 'SHP-1', { params: { number: code }, next: 'packFirst' }) }
    return { answer: stop('unknownCode', 'SHP-1', { params: { code }, next: 'scanParcels' }) }
  }
  const params = { waybill: parcel.finish.waybillNumber, courier: courierName(parcel.courier) }
  if (parcel.state === 'handedOver')
    return { answer: stop('alreadyHanded', 'SHP-1', { params, next: 'handedEarlier' }) }
  if (parcel.state === 'voided')
    return { answer: stop('parcelVoided', 'PAK-10', { params, next: 'takeOut' }) }
  if (parcel.courier !== task.courier)
    return { answer: stop('wrongCourier', 'SHP-1', { params, next: 'takeOut' }) }
  const stopped = await refuseStopped(tx, parcel.finish)
  if (stopped) return { answer: stopped }
  const { parcelId, finish } = parcel
  return settle(
    addParcel(task, { parcelId, waybillNumber: finish.waybillNumber, ourWeightGrams: finish.weightGrams }),
  )
}

/** By waybill, or by the order number of its live parcel. */
async function findParcel(tx: ReadTx, code: string): Promise<ParcelRow | null> {
  const byWaybill = (await tx.where('parcels', 'waybillNumber', code)).at(-1)
  if (byWaybill) return byWaybill
  const order = await findOrder(tx, code)
  const parcelId = order && order !== 'ambiguous' ? liveParcelOf(order) : null
  return parcelId ? ((await tx.get('parcels', parcelId)) ?? null) : null
}

function settle({ task, answer, choices }: HandoverOutcome): Decision {
  const decision: Decision = { answer, task, undoable: answer.verdict !== 'stop' }
  return choices ? { ...decision, question: { about: 'difference', choices, params: {} } } : decision
}

function finish(task: HandoverTask): Decision {
  if (task.parcels.length === 0) return { answer: stop('nothingToDo', 'SHP-1', { next: 'scanParcels' }) }
  const open = unsettled(task)
  if (open)
    return { answer: stop('weightOff', 'SHP-1', { params: differenceParams(open), next: 'settleFirst' }) }
  const params = { count: task.parcels.length, courier: courierName(task.courier) }
  return {
    answer: ask('courierSignatureWanted', 'SHP-2', { params, next: whoSigns(task) }),
    task: { ...task, state: 'signing' },
    undoable: true,
  }
}

function differenceParams(parcel: HandoverTask['parcels'][number]) {
  const ours = parcel.ourWeightGrams ?? 0
  const theirs = parcel.theirWeightGrams ?? 0
  return { waybill: parcel.waybillNumber, ours, theirs, difference: theirs - ours }
}

/** SHP-2: the courier signs by `COURIER-…` or a badge; the list is numbered, printed and kept. */
async function signing(tx: ReadTx, { scan, context }: Input, task: HandoverTask): Promise<Decision | null> {
  const stopped = scan.scan === 'courier' || scan.scan === 'badge' ? await refuseList(tx, task) : null
  if (stopped) return stopped
  if (scan.scan === 'courier') return close(tx, task, scan.code, context)
  if (scan.scan === 'badge') {
    const person = await personByBadge(tx, scan.code)
    return person ? close(tx, task, person.name, context) : { answer: stop('unknownBadge', 'SHP-2') }
  }
  const params = { count: task.parcels.length, courier: courierName(task.courier) }
  return { answer: ask('courierSignatureWanted', 'SHP-2', { params, next: whoSigns(task) }) }
}

/** Parcels that are collected are the buyer's to sign for (ORD-3). */
const whoSigns = ({ courier }: HandoverTask): string =>
  courier === COLLECTED ? 'buyerSigns' : 'courierSigns'

async function close(
  tx: ReadTx,
  task: HandoverTask,
  signedBy: string,
  context: DecideContext,
): Promise<Decision> {
  const [{ number, counters }, rows] = await Promise.all([
    nextDocumentNumber(tx, 'JJ', context),
    tx.getMany(
      'parcels',
      task.parcels.map((parcel) => parcel.parcelId),
    ),
  ])
  const finishes = new Map(rows.flatMap((row) => (row?.finish ? [[row.parcelId, row.finish] as const] : [])))
  const pieces = [...finishes.values()].flatMap((finish) =>
    finish.lines.flatMap((line) =>
      line.pieces.map((piece) => ({ skuCode: line.skuCode, stockMm: piece.stockMm })),
    ),
  )
  const event: StationEvent = {
    type: 'ParcelsHandedOver',
    movements: handoverMovements(pieces),
    entities: [`handover:${number}`, ...task.parcels.map((parcel) => `parcel:${parcel.parcelId}`)],
    body: {
      handoverNo: number,
      courier: task.courier,
      signedBy,
      parcels: task.parcels.map((parcel) => ({
        ...parcel,
        orderIds: [...(finishes.get(parcel.parcelId)?.orderIds ?? [])],
      })),
    },
  }
  const document = handoverList(task, { number, signedBy }, context)
  const params = { number, count: task.parcels.length, courier: courierName(task.courier) }
  return {
    answer: right('handedOver', 'SHP-2', {
      params,
      next: task.courier === COLLECTED ? 'buyerHasIt' : 'handoverDone',
    }),
    task: null,
    events: [event],
    counters,
    prints: [{ jobId: number, document, personRef: null, subject: number, reason: '' }],
  }
}
