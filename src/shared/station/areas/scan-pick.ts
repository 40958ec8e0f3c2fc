import { type Choice, right, stop } from '../../domain/answer.ts'
import type { Sku } from '../../domain/catalogue/sku.ts'
import {
  arriveAtBin,
  type PickOutcome,
  pickPiece,
  type TakenMeasure,
} from '../../domain/picking/decide-pick.ts'
import { backToBins, sendBack } from '../../domain/picking/decide-short.ts'
import { confirmSlot, sortPiece } from '../../domain/picking/decide-sort.ts'
import { isAllPut, isSorting, nextPickStep } from '../../domain/picking/pick-steps.ts'
import type { PickTask } from '../../domain/picking/pick-task.ts'
import type { ControlWord } from '../../domain/scan.ts'
import type { Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import { type AreaInput, chosen } from './area-input.ts'
import { answerAddress } from './confirm-address.ts'
import { findAnything } from './look-up.ts'
import { findByLabel } from './open-order.ts'
import { addOrder, openByCode, openNext } from './pick-open.ts'
import { finishEarly, refuseOpen, settle } from './pick-post.ts'
import { returnPieces } from './pick-return.ts'
import { answerShort, askShort, SHORT_QUESTION } from './pick-short.ts'
import { loadPickSettings } from './pick-slots.ts'

type Input = AreaInput<PickTask>

/** Picking by scanner (interface.md `#/pick`). */
export async function scanPick(tx: ReadTx, input: Input): Promise<Decision | null> {
  const { scan, task, context } = input
  switch (scan.scan) {
    case 'choice':
      return answerQuestion(tx, input)
    case 'control':
      return control(tx, scan.word, input)
    case 'measure':
      return task ? measurePending(tx, task, scan.measureMm) : null
    case 'code':
      return task ? work(tx, scan.code, { ...input, task }) : openByCode(tx, scan.code, context)
    default:
      return null
  }
}

async function control(tx: ReadTx, word: ControlWord, { task, context }: Input): Promise<Decision | null> {
  if (word === 'NEXT' || word === 'NEW') return task ? refuseOpen(task) : openNext(tx, context)
  if (word !== 'FINISH' && word !== 'SHORT') return null
  const rule = word === 'SHORT' ? 'PIK-3' : 'PIK-2'
  if (!task) return { answer: stop('noTask', rule, { next: 'scanNext' }) }
  return word === 'SHORT' ? askShort(tx, task) : finishEarly(task)
}

async function answerQuestion(tx: ReadTx, input: Input): Promise<Decision | null> {
  const choice = chosen(input)
  const { task, context } = input
  if (!choice) return null
  const { params } = choice.question
  switch (choice.about) {
    case SHORT_QUESTION:
      return task ? answerShort(tx, task, { tag: choice.tag, params }, context) : null
    case 'addressWanted':
      return answerAddress(tx, choice.question, choice.tag)
    case 'dropOrder':
      return task ? dropOrder(task, String(params.orderId ?? '')) : null
    case 'returnPieces':
      return choice.tag === 'returnPieces'
        ? returnPieces(tx, String(params.orderId ?? ''), context)
        : { answer: right('answered', 'PIK-3', { next: 'scanNext' }) }
    default:
      return null
  }
}

async function work(tx: ReadTx, code: string, input: Input & { readonly task: PickTask }): Promise<Decision> {
  const { task, context } = input
  const cancelled = await refuseCancelled(tx, task)
  if (cancelled) return cancelled
  if (await isSlot(tx, code, input)) return settle(confirmSlot(task, code))
  const found = await findAnything(tx, code)
  switch (found.is) {
    case 'bin':
      return isSorting(task)
        ? { answer: stop('notHere', 'PIK-1', { params: { code }, ...nextPickStep(task) }) }
        : settle(arriveAtBin({ ...task, pendingSku: null }, found.bin.code))
    case 'piece': {
      const { sku, measureMm } = found.piece
      return takePiece(task, sku, measureMm === null ? null : { measureMm, by: 'tag' })
    }
    case 'ambiguous':
      return pickAmbiguous(task, code, found.skus)
    case 'order':
      return addOrder(tx, task, found.order, context)
    default:
      if (code === task.batch?.batchNo) return refuseOpen(task)
      return (
        (await addByLabel(tx, code, input)) ?? {
          answer: stop('unknownCode', 'PIK-2', { params: { code }, ...nextPickStep(task) }),
        }
      )
  }
}

/** PAK-11: the slip of another order, printed ahead, means that order. */
async function addByLabel(
  tx: ReadTx,
  code: string,
  { task, context }: Input & { readonly task: PickTask },
): Promise<Decision | null> {
  const labelled = await findByLabel(tx, code)
  if (!labelled) return null
  return 'verdict' in labelled ? { answer: labelled } : addOrder(tx, task, labelled, context)
}

/** A label of this station's put-wall, or of a slot that this batch uses. */
async function isSlot(
  tx: ReadTx,
  code: string,
  { task, context }: Input & { readonly task: PickTask },
): Promise<boolean> {
  if (!task.batch || task.batch.slots.length === 0) return false
  if (task.batch.slots.some((slot) => slot.code === code)) return true
  const { wall } = await loadPickSettings(tx, context)
  return code.startsWith(`${wall}-`) && /^\d+$/.test(code.slice(wall.length + 1))
}

/** A piece from the bin, or from the trolley once the walk is over; a measured one waits for its measure. */
function takePiece(task: PickTask, sku: Sku, taken: TakenMeasure | null): Decision {
  const clean: PickTask = { ...task, pendingSku: null }
  const outcome = isSorting(task) ? sortPiece(clean, sku, taken) : pickPiece(clean, sku, taken)
  const pendingSku = outcome.answer.reason === 'measureWanted' ? sku.code : null
  return settle(withPending(outcome, pendingSku))
}

/** Of several SKUs with one code, the one that is wanted here is meant. */
function pickAmbiguous(task: PickTask, code: string, skus: readonly Sku[]): Decision {
  const here = task.stops.filter((candidate) => isSorting(task) || candidate.binCode === task.atBin)
  const wanted = skus.filter((sku) => here.some((candidate) => candidate.skuCode === sku.code))
  const [only] = wanted
  if (only && wanted.length === 1) return takePiece(task, only, null)
  return { answer: stop('ambiguousCode', 'PIK-2', { params: { code }, next: 'scanOther' }) }
}

async function measurePending(tx: ReadTx, task: PickTask, measureMm: number): Promise<Decision | null> {
  const sku = task.pendingSku === null ? undefined : await tx.get('skus', task.pendingSku)
  if (!sku) return null
  const taken: TakenMeasure = { measureMm, by: 'tape' }
  const outcome = isSorting(task) ? sortPiece(task, sku, taken) : pickPiece(task, sku, taken)
  return settle(withPending(outcome, outcome.answer.verdict === 'right' ? null : task.pendingSku))
}

const withPending = ({ task, answer }: PickOutcome, pendingSku: string | null): PickOutcome => ({
  answer,
  task: { ...task, pendingSku },
})

const DROP_CHOICES: readonly Choice[] = [{ tag: 'dropOrder' }]

/** ORD-2: an order that the platform took back while it is being picked stops, and says so. */
async function refuseCancelled(tx: ReadTx, task: PickTask): Promise<Decision | null> {
  const orders = await tx.getMany('orders', task.orderIds)
  const stopped = orders.find((order) => order && order.queue !== 'open')
  if (!stopped) return null
  const params = { number: stopped.platform?.number ?? '', status: stopped.platform?.statusText ?? '' }
  // What was already picked is posted to the cart by CMD-FINISH; nothing more is taken.
  if (task.orderIds.length === 1)
    return { answer: stop('orderCancelled', 'ORD-2', { params, next: 'finishPick' }) }
  return {
    answer: stop('orderCancelled', 'ORD-2', { params, choices: DROP_CHOICES, next: 'dropFromBatch' }),
    question: { about: 'dropOrder', choices: DROP_CHOICES, params: { orderId: stopped.orderId } },
  }
}

/** The other orders of a batch go on; pieces of this one go back to their bins, since nothing was posted yet. */
function dropOrder(task: PickTask, orderId: string): Decision {
  const number = task.stops.find((stop) => stop.orderId === orderId)?.orderNumber ?? ''
  const after = sendBack(task, new Set([orderId]), 'putBack')
  const step = backToBins(task, new Set([orderId])) ?? onwardStep(after)
  const answer = right('orderDropped', 'ORD-2', {
    params: { number },
    next: step.next,
    nextParams: step.nextParams,
  })
  return after === null ? { answer, task: null } : settle({ task: after, answer })
}

const onwardStep = (task: PickTask | null) =>
  task === null || isAllPut(task) ? { next: 'scanNext', nextParams: {} } : nextPickStep(task)
