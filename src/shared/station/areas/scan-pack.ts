import { type Answer, ask, type Choice, right, stop } from '../../domain/answer.ts'
import { isCancelled } from '../../domain/orders/order.ts'
import { measureOnBench, packPiece, packQuantity } from '../../domain/packing/decide-pack.ts'
import { takeSize, takeWeight } from '../../domain/packing/decide-weight.ts'
import { missingLines, nextPackStep, withoutWeight } from '../../domain/packing/pack-steps.ts'
import type { PackOutcome, PackTask } from '../../domain/packing/pack-task.ts'
import { mayAct } from '../../domain/people/person.ts'
import type { ControlWord } from '../../domain/scan.ts'
import { COURIER_RULES, divisorOf, readCourierTable } from '../../domain/shipping/choose-courier-table.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow, ParcelRow, SkuRow } from '../tables.ts'
import { weighParcel } from '../weights/weigh-parcel.ts'
import type { AreaInput } from './area-input.ts'
import { choosePacking, packingOf } from './choose-packing.ts'
import { confirmWanted, openForConfirming } from './confirm-wanted.ts'
import { finishParcel } from './finish-parcel.ts'
import { findPiece } from './look-up.ts'
import { loadPackTask } from './load-pack-task.ts'
import { refuseLabel } from './label-faults.ts'
import { findByLabel, findOrder, refusalOf } from './open-order.ts'
import { refuseChanged } from './order-changed.ts'
import { answerQuestion, askOverride, askWhy, overrideByBadge, settle } from './pack-questions.ts'
import { REPRINT_CHOICES } from './parcel-corrections.ts'
import { orderAtSlot, orderForPiece } from './pick-slots.ts'
import { gateParcel } from './parcel-orders.ts'
import { personByBadge, scanBadge } from './scan-badge.ts'

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
      return weigh(tx, scan.weightGrams, task, input)
    case 'size':
      return settle(takeSize(task, scan.sizeMm, await volumeDivisor(tx, task.courier)))
    case 'badge':
      return (await overrideByBadge(tx, scan.code, input)) ?? sign(tx, scan.code, task, context)
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
      return task ? weighAgain(task) : null
    case 'OVERRIDE':
      return task ? askOverride(task, input.question) : null
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

async function openByCode(tx: ReadTx, code: string, context: DecideContext): Promise<Decision> {
  const order = (await findOrder(tx, code)) ?? (await orderAtSlot(tx, code))
  if (order === 'ambiguous')
    return { answer: stop('ambiguousCode', 'PAK-1', { params: { code }, next: 'openInOrders' }) }
  if (order) return openOrder(tx, order, context)
  const [parcels, labelled] = await Promise.all([
    tx.where('parcels', 'waybillNumber', code),
    findByLabel(tx, code),
  ])
  const parcel = parcels.at(-1)
  if (parcel) return alreadyFinished(parcel)
  if (labelled) return 'verdict' in labelled ? { answer: labelled } : openOrder(tx, labelled, context)
  const found = await findPiece(tx, code)
  const single = found.is === 'piece' ? await orderForPiece(tx, found.piece) : null
  if (single) return openOrder(tx, single, context)
  if (found.is === 'nothing')
    return { answer: stop('unknownCode', 'PAK-1', { params: { code }, next: 'scanOrder' }) }
  return { answer: stop('noTask', 'PAK-1', { params: { code }, next: 'scanOrder' }) }
}

async function openOrder(tx: ReadTx, order: OrderRow, context: DecideContext): Promise<Decision> {
  if (context.person && !mayAct(context.person, 'packer'))
    return { answer: stop('roleWanted', 'SEC-1', { params: { name: context.person.name } }) }
  const { gate, orders } = await gateParcel(tx, order, context)
  if (gate.tag === 'refused') return refusalOf(gate)
  if (gate.tag === 'finished') {
    const parcel = await tx.get('parcels', gate.parcelId)
    return parcel ? alreadyFinished(parcel) : { answer: stop('alreadyFinished', 'PAK-10') }
  }
  const held = (await tx.where('held', 'area', 'pack')).find(
    (task) => 'orderIds' in task && orders.some(({ orderId }) => task.orderIds.includes(orderId)),
  )
  const number = order.platform?.number ?? order.orderId
  if (held?.area === 'pack')
    return { answer: right('resumed', 'PAK-2', { params: { number }, ...nextPackStep(held) }), resume: held }
  if (gate.tag === 'measureWanted')
    return openForConfirming(gate.order, await loadPackTask(tx, [gate.order], context, 'confirming'))
  const task = await loadPackTask(tx, orders, context, 'packing')
  const outdated = refuseLabel(orders, task.courier)
  if (outdated) return outdated
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
  const packing = await packingOf(tx, code)
  if (packing) return choosePacking(tx, task, packing)
  const order = (await findOrder(tx, code)) ?? (await orderAtSlot(tx, code)) ?? (await findByLabel(tx, code))
  if (order === null || order === 'ambiguous')
    return { answer: stop('unknownCode', 'PAK-1', { params: { code }, ...nextPackStep(task) }) }
  if ('verdict' in order) return { answer: order }
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

/** PAK-4: from the scale, with the pan's readings, or by hand where none is connected, and marked so. */
async function weigh(tx: ReadTx, grams: number, task: PackTask, { scaleTrace }: Input): Promise<Decision> {
  const source = scaleTrace ? 'scale' : 'hand'
  const taken = await weighParcel(tx, task, { grams, source, trace: scaleTrace ?? [] })
  return (await refuseCancelled(tx, task)) ?? settle(takeWeight(task, taken))
}

/** PAK-4: the weight is taken again, or for the first time; while pieces are missing the next of them is named instead. */
function weighAgain(task: PackTask): Decision {
  if (task.state === 'confirming') return { answer: ask('measureWanted', 'ORD-6', { next: 'confirmWanted' }) }
  const unweighed = withoutWeight(task)
  const answer = ask('weightWanted', 'PAK-4', nextPackStep(unweighed))
  // Nothing to take back where nothing was weighed.
  return unweighed === task ? { answer } : { answer, task: unweighed, undoable: true }
}

/** PAK-5: of the contract with the courier that the parcel goes with. */
async function volumeDivisor(tx: ReadTx, courier: string): Promise<number> {
  return divisorOf(readCourierTable((await tx.get('settings', COURIER_RULES))?.value), courier)
}

async function guarded(tx: ReadTx, task: PackTask, work: () => PackOutcome): Promise<Decision> {
  return (await refuseCancelled(tx, task)) ?? settle(work())
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
  return refuseChanged(task, orders)
}

/**
 * PAK-7: the packer signs by badge; the name goes on the label and stays with the parcel. The badge says as well that the
 * goods were packed by the rule (PAK-6): before all of them are there it can only say who stands at the bench.
 */
async function sign(tx: ReadTx, badge: string, task: PackTask, context: DecideContext): Promise<Decision> {
  if (missingLines(task).length > 0) {
    const signedIn = await scanBadge(tx, badge)
    return { ...signedIn, answer: { ...signedIn.answer, ...nextPackStep(task) } }
  }
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
