import { ask, right, stop } from '../answer.ts'
import { type Sku, skuTitle } from '../catalogue/sku.ts'
import { chooseStop, otherPiece, type PickOutcome, refuseUnput, type TakenMeasure } from './decide-pick.ts'
import { leftToSort, nextPickStep, withPiece } from './pick-steps.ts'
import type { PickTask } from './pick-task.ts'
import { slotName, slotOf } from './slots.ts'

/** PIK-1: at the wall a piece of the trolley is scanned; the screen names its slot 播种. */
export function sortPiece(task: PickTask, sku: Sku, taken: TakenMeasure | null): PickOutcome {
  const title = skuTitle(sku)
  const unput = refuseUnput(task)
  if (unput) return { task, answer: unput }
  const candidates = task.stops.filter(
    (candidate) => candidate.skuCode === sku.code && (candidate.sorted ?? 0) < candidate.picked,
  )
  if (candidates.length === 0)
    return { task, answer: stop('surplusPiece', 'PIK-1', { params: { title }, next: 'notOnTrolley' }) }
  const chosen = chooseStop(candidates, taken)
  if (chosen === 'measureWanted')
    return { task, answer: ask('measureWanted', 'RCV-4', { params: { title }, next: 'measureOrTag' }) }
  if (!chosen) return { task, answer: otherPiece(title, candidates, taken) }
  const stops = task.stops.map((other) =>
    other === chosen ? { ...other, sorted: (other.sorted ?? 0) + 1 } : other,
  )
  const next = withPiece({ ...task, stops }, chosen)
  const slot = slotName(slotOf(task, chosen.orderId)?.code ?? '')
  const params = { title, slot, number: chosen.orderNumber, left: leftToSort(next) }
  return { task: next, answer: right('pieceSorted', 'PIK-1', { params, ...nextPickStep(next) }) }
}

/** PIK-1: the slot's label is scanned: the piece in the hand belongs there, or to another slot. */
export function confirmSlot(task: PickTask, code: string): PickOutcome {
  const { putting } = task
  const slot = slotName(code)
  if (!putting)
    return { task, answer: stop('nothingToPut', 'PIK-1', { params: { slot }, ...nextPickStep(task) }) }
  if (putting.code !== code) {
    const params = { slot, wanted: slotName(putting.code), title: putting.title }
    return { task, answer: stop('wrongSlot', 'PIK-1', { params }) }
  }
  const next: PickTask = { ...task, putting: null }
  const params = { slot, title: putting.title }
  return { task: next, answer: right('putInSlot', 'PIK-1', { params, ...nextPickStep(next) }) }
}
