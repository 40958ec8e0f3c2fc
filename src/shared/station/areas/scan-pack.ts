import { type Answer, ask, type Choice, right, stop } from '../../domain/answer.ts'
import { skuLabelText, skuTitle } from '../../domain/catalogue/sku.ts'
import { isCancelled } from '../../domain/orders/order.ts'
import {
  lineMeasure,
  measureOnBench,
  nextPackStep,
  type PackOutcome,
  packPiece,
  packQuantity,
  takeWeight,
} from '../../domain/packing/decide-pack.ts'
import type { PackLine, PackTask } from '../../domain/packing/pack-task.ts'
import { mayAct } from '../../domain/people/person.ts'
import type { ControlWord } from '../../domain/scan.ts'
import { DEFAULT_COURIER } from '../../domain/shipping/couriers.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow, ParcelRow, SkuRow } from '../tables.ts'
import { type AreaInput, chosen } from './area-input.ts'
import { confirmWanted, openForConfirming } from './confirm-wanted.ts'
import { finishParcel } from './finish-parcel.ts'
import { findPiece } from './look-up.ts'
import { findOrder, gateOrder } from './open-order.ts'
import { REPRINT_CHOICES, reprintWaybill, VOID_CHOICES, voidParcel } from './parcel-corrections.ts'
import { personByBadge } from './scan-badge.ts'

type Input = AreaInput<PackTask>

/** Packing by scanner (interface.md `#/pack`). */
export async function scanPack(tx: ReadTx, input: Input): Promise<Decision | null> {
  const { scan, task, context } = input
  if (scan.scan === 'choice') return answerQuestion(tx, input)
  if (scan.scan === 'control') return control(tx, scan.word, input)
  if (!task) return scan.scan === 'code' ? openByCode(tx, scan.code, context) : null
  if (task.state === 'confirming') return whileConfirming(tx, input, task)
  switch (scan.scan) {
    case 'code':
      return packCode(tx, scan.code, task, context)
    case 'measure':
      return guarded(tx, task, () => measureOnBench(task, scan.measureMm, context.at))
    case 'quantity':
      return guarded(tx, task, () => packQuantity(task, scan.quantity, context.at))
    case 'weight':
      return settle(takeWeight(task, scan.weightGrams))
    case 'badge':
      return sign(tx, scan.code, task, context)
    default:
      return null
  }
}

async function control(tx: ReadTx, word: ControlWord, input: Input): Promise<Decision | null> {
  const { task, context } = input
  switch (word) {
    case 'FINISH':
      if (!task) return { answer: stop('noTask', 'PAK-1', { next: 'scanOrder' }) }
      if (task.state === 'confirming')
        return { answer: ask('measureWanted', 'ORD-6', { next: 'confirmWanted' }) }
      return (await refuseCancelled(tx, task)) ?? finishParcel(tx, task, context)
    case 'WEIGH':
      if (!task) return null
      return {
        answer: ask('weightWanted', 'PAK-4', { next: 'weigh' }),
        task: { ...task, weightGrams: null, weightSource: null },
        undoable: true,
      }
    case 'REPRINT':
      return askReprint(tx)
    default:
      return null
  }
}

/** LBL-4: a reprint needs a reason; it concerns the parcel finished last at this station. */
async function askReprint(tx: ReadTx): Promise<Decision> {
  const parcelId = (await tx.get('meta', LAST_PARCEL))?.value
  if (typeof parcelId !== 'string') return { answer: stop('nothingToDo', 'LBL-4', { next: 'scanOrder' }) }
  return askWhy(parcelId, 'reprint', REPRINT_CHOICES)
}

const LAST_PARCEL = 'lastParcel'

function askWhy(parcelId: string, about: 'reprint' | 'void', choices: readonly Choice[]): Decision {
  const rule = about === 'reprint' ? 'LBL-4' : 'PAK-10'
  return {
    answer: ask('reasonWanted', rule, { choices, next: about === 'reprint' ? 'whyReprint' : 'whyVoid' }),
    question: { about, choices, params: { parcelId } },
  }
}

async function answerQuestion(tx: ReadTx, input: Input): Promise<Decision | null> {
  const choice = chosen(input)
  if (!choice) return null
  const parcelId = String(choice.question.params.parcelId ?? '')
  switch (choice.about) {
    case 'alreadyFinished':
      return choice.tag === 'reprint'
        ? askWhy(parcelId, 'reprint', REPRINT_CHOICES)
        : askWhy(parcelId, 'void', VOID_CHOICES)
    case 'reprint':
      return reprintWaybill(tx, { parcelId, reason: choice.tag })
    case 'void':
      return voidParcel(tx, { parcelId, reason: choice.tag, context: input.context })
    case 'cancelled':
      return { answer: right('answered', 'ORD-2', { next: 'piecesBack' }), task: null }
    case 'suggestedMeasure':
      return input.task ? confirmWanted(tx, input.task, Number(choice.question.params.measureMm)) : null
    default:
      return null
  }
}

async function openByCode(tx: ReadTx, code: string, context: DecideContext): Promise<Decision> {
  const order = await findOrder(tx, code)
  if (order === 'ambiguous')
    return { answer: stop('ambiguousCode', 'PAK-1', { params: { code }, next: 'openInOrders' }) }
  if (order) return openOrder(tx, order, context)
  const parcel = (await tx.where('parcels', 'waybillNumber', code)).at(-1)
  if (parcel) return alreadyFinished(parcel)
  const found = await findPiece(tx, code)
  if (found.is === 'nothing')
    return { answer: stop('unknownCode', 'PAK-1', { params: { code }, next: 'scanOrder' }) }
  return { answer: stop('noTask', 'PAK-1', { params: { code }, next: 'scanOrder' }) }
}

async function openOrder(tx: ReadTx, order: OrderRow, context: DecideContext): Promise<Decision> {
  if (context.person && !mayAct(context.person, 'packer'))
    return { answer: stop('roleWanted', 'SEC-1', { params: { name: context.person.name } }) }
  const gate = await gateOrder(tx, order, context)
  if (gate.tag === 'refused') return { answer: gate.answer }
  if (gate.tag === 'finished') {
    const parcel = await tx.get('parcels', gate.parcelId)
    return parcel ? alreadyFinished(parcel) : { answer: stop('alreadyFinished', 'PAK-10') }
  }
  const held = (await tx.where('held', 'area', 'pack')).find(
    (task) => 'orderIds' in task && task.orderIds.includes(order.orderId),
  )
  const number = order.platform?.number ?? order.orderId
  if (held?.area === 'pack')
    return { answer: right('resumed', 'PAK-2', { params: { number }, ...nextPackStep(held) }), resume: held }
  if (gate.tag === 'measureWanted')
    return openForConfirming(order, await loadTask(tx, order, context, 'confirming'))
  const task = await loadTask(tx, order, context, 'packing')
  return { answer: opened(task, number), task }
}

const opened = (task: PackTask, number: string): Answer =>
  right('parcelOpened', 'PAK-1', { params: { number, pieces: countPieces(task) }, ...nextPackStep(task) })

const countPieces = (task: PackTask): number => task.lines.reduce((sum, line) => sum + line.quantity, 0)

/** PAK-10: a finished parcel is told apart and shown; it can be reprinted, or voided before hand-over. */
function alreadyFinished(parcel: ParcelRow): Decision {
  const params = {
    number: parcel.finish?.orderNumbers.join(' ') ?? '',
    waybill: parcel.finish?.waybillNumber ?? '',
    packer: parcel.finish?.packerName ?? '',
  }
  if (parcel.state !== 'packed') {
    const next = parcel.state === 'voided' ? 'wasVoided' : 'wasHandedOver'
    return { answer: stop('alreadyFinished', 'PAK-10', { params, next }) }
  }
  const choices: Choice[] = [{ tag: 'reprint' }, { tag: 'void' }]
  return {
    answer: stop('alreadyFinished', 'PAK-10', { params, choices, next: 'reprintOrVoid' }),
    question: { about: 'alreadyFinished', choices, params: { parcelId: parcel.parcelId } },
  }
}

async function loadTask(
  tx: ReadTx,
  order: OrderRow,
  context: DecideContext,
  state: PackTask['state'],
): Promise<PackTask> {
  const demand = await tx.where('demand', 'orderId', order.orderId)
  const skus = await tx.getMany(
    'skus',
    demand.map((row) => row.skuCode),
  )
  const lines = demand.map((row, index): PackLine => {
    const sku = skus[index]
    return {
      orderId: order.orderId,
      lineNo: row.lineNo,
      skuCode: row.skuCode,
      item: sku?.item ?? '',
      title: sku ? skuTitle(sku) : row.skuCode,
      colour: sku?.colour ?? '',
      size: sku?.size ?? '',
      labelText: sku ? skuLabelText(sku) : row.skuCode,
      quantity: row.quantity,
      fragile: sku?.fragile ?? false,
      unitWeightGrams: sku?.weightGrams ?? null,
      ...lineMeasure(sku?.category ?? ''),
      wantedMm: row.wantedMm,
      sources: state === 'packing' ? row.allocated : [],
      pieces: [],
    }
  })
  return {
    area: 'pack',
    taskId: context.newId(),
    openedAt: context.at,
    openedBy: context.person?.personId ?? null,
    undoHead: null,
    state,
    orderIds: [order.orderId],
    orderNumbers: [order.platform?.number ?? order.orderId],
    courier: DEFAULT_COURIER,
    personRef: order.platform?.personRef ?? '',
    lines: lines.sort((a, b) => a.lineNo - b.lineNo),
    weightGrams: null,
    weightSource: null,
    signature: null,
    trail: [],
  }
}

async function whileConfirming(tx: ReadTx, input: Input, task: PackTask): Promise<Decision | null> {
  const { scan, context } = input
  if (scan.scan === 'measure') return confirmWanted(tx, task, scan.measureMm)
  if (scan.scan !== 'code') return null
  const order = await findOrder(tx, scan.code)
  if (order === null || order === 'ambiguous')
    return { answer: ask('measureWanted', 'ORD-6', { next: 'confirmWanted' }) }
  return openOrder(tx, order, context)
}

async function packCode(tx: ReadTx, code: string, task: PackTask, context: DecideContext): Promise<Decision> {
  const [found, cancelled] = await Promise.all([findPiece(tx, code), refuseCancelled(tx, task)])
  if (cancelled) return cancelled
  if (found.is === 'piece') return settle(packPiece(task, found.piece.sku, found.piece.measureMm, context.at))
  if (found.is === 'ambiguous') return packAmbiguous(task, code, found.skus, context)
  const order = await findOrder(tx, code)
  if (order === null || order === 'ambiguous')
    return { answer: stop('unknownCode', 'PAK-1', { params: { code }, ...nextPackStep(task) }) }
  const number = order.platform?.number ?? code
  // The same slip twice opens one parcel (formats.md, scanners).
  if (task.orderIds.includes(order.orderId)) return { answer: opened(task, number) }
  if (task.lines.every((line) => line.pieces.length === 0)) return openOrder(tx, order, context)
  const params = { number, open: task.orderNumbers.join(' ') }
  return { answer: stop('taskOpen', 'PAK-1', { params, next: 'finishOrHold' }) }
}

/** Of several SKUs with one code, the one that this order wants is meant. */
function packAmbiguous(
  task: PackTask,
  code: string,
  skus: readonly SkuRow[],
  context: DecideContext,
): Decision {
  const wanted = skus.filter((sku) => task.lines.some((line) => line.skuCode === sku.code))
  const only = wanted.length === 1 ? wanted[0] : undefined
  if (only) return settle(packPiece(task, only, null, context.at))
  return { answer: stop('ambiguousCode', 'PAK-1', { params: { code }, next: 'scanOther' }) }
}

async function guarded(tx: ReadTx, task: PackTask, work: () => PackOutcome): Promise<Decision> {
  return (await refuseCancelled(tx, task)) ?? settle(work())
}

function settle(outcome: PackOutcome): Decision {
  const { task, answer } = outcome
  return { answer, task, undoable: answer.verdict !== 'stop' }
}

/** ORD-2: an order that the platform took back while it is being packed stops, and says so. */
async function refuseCancelled(tx: ReadTx, task: PackTask): Promise<Decision | null> {
  const orders = await tx.getMany('orders', task.orderIds)
  for (const order of orders) {
    const platform = order?.platform
    if (!platform || order.queue === 'open') continue
    const params = { number: platform.number, status: platform.statusText }
    const choices: Choice[] = [{ tag: 'closeParcel' }]
    const reason = isCancelled(platform.status) ? 'orderCancelled' : 'alreadyFinished'
    return {
      answer: stop(reason, 'ORD-2', { params, choices, next: 'closeParcel' }),
      question: { about: 'cancelled', choices, params: {} },
    }
  }
  return null
}

/** PAK-7: the packer signs by badge; the name goes on the label and stays with the parcel. */
async function sign(tx: ReadTx, badge: string, task: PackTask, context: DecideContext): Promise<Decision> {
  const person = await personByBadge(tx, badge)
  if (!person) return { answer: stop('unknownBadge', 'PAK-7') }
  if (!mayAct(person, 'packer'))
    return { answer: stop('roleWanted', 'PAK-7', { params: { name: person.name } }) }
  const signed: PackTask = {
    ...task,
    signature: { personId: person.personId, name: person.name, at: context.at, as: 'packer' },
  }
  const answer = right('signed', 'PAK-7', { params: { name: person.name }, ...nextPackStep(signed) })
  return { answer, task: signed, undoable: true }
}
