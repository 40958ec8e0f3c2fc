import { ask, type Choice, right, stop } from '../../domain/answer.ts'
import { measuredCategory } from '../../domain/catalogue/measured-category.ts'
import type { PackLine, PackTask } from '../../domain/packing/pack-task.ts'
import { suggestWaistMm } from '../../formats/message-hints.ts'
import type { Decision } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow } from '../tables.ts'

const unconfirmed = (task: PackTask): PackLine | undefined =>
  task.lines.find((line) => line.measured && line.wantedMm === null)

/**
 * ORD-6: a measured line without a wanted measure is held and asked about. A figure in the buyer's message is a
 * suggestion that a person confirms; any other comes as `MM-n`, after asking the buyer.
 */
export function openForConfirming(order: OrderRow, task: PackTask): Decision {
  return askNext(task, suggestWaistMm(order.platform?.message ?? ''))
}

function askNext(task: PackTask, suggestedMm: number | null): Decision {
  const line = unconfirmed(task)
  const params = {
    title: line?.title ?? '',
    number: task.orderNumbers.join(' '),
    suggestedMm: suggestedMm ?? '',
  }
  if (suggestedMm === null)
    return { answer: ask('measureWanted', 'ORD-6', { params, next: 'confirmWanted' }), task }
  const choices: Choice[] = [{ tag: 'takeSuggested', params: { measureMm: suggestedMm } }]
  return {
    answer: ask('measureWanted', 'ORD-6', { params, choices, next: 'confirmSuggested' }),
    question: { about: 'suggestedMeasure', choices, params: { measureMm: suggestedMm } },
    task,
  }
}

/** The buyer's measure is confirmed for the first line that lacks one; then the order is allocated and can be opened. */
export async function confirmWanted(tx: ReadTx, task: PackTask, measureMm: number): Promise<Decision | null> {
  const line = unconfirmed(task)
  if (!line) return null
  const sku = await tx.get('skus', line.skuCode)
  const range = measuredCategory(sku?.category ?? '')
  if (!range || measureMm < range.minMm || measureMm > range.maxMm) {
    const params = { title: line.title, measureMm, minMm: range?.minMm ?? 0, maxMm: range?.maxMm ?? 0 }
    return { answer: stop('measureOutOfRange', 'ORD-6', { params }) }
  }
  const event: StationEvent = {
    type: 'WantedMeasureConfirmed',
    movements: [],
    entities: [`order:${line.orderId}`],
    body: { orderId: line.orderId, lineNo: line.lineNo, measureMm },
  }
  const lines = task.lines.map((other) => (other === line ? { ...line, wantedMm: measureMm } : other))
  const next: PackTask = { ...task, lines }
  const params = { title: line.title, measureMm, number: task.orderNumbers.join(' ') }
  if (unconfirmed(next)) return { ...askNext(next, null), events: [event] }
  // The desk is free again: the order is allocated with this event and opens by its number.
  return {
    answer: right('wantedConfirmed', 'ORD-6', { params, next: 'scanOrderAgain' }),
    task: null,
    events: [event],
  }
}
