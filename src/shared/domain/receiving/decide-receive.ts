import type { Answer } from '../answer.ts'
import { ask, right, stop } from '../answer.ts'
import { measuredCategory } from '../catalogue/measured-category.ts'
import type { Sku } from '../catalogue/sku.ts'
import { skuTitle } from '../catalogue/sku.ts'
import type { LastPiece, ReceiveLine, ReceiveTask } from './receive-task.ts'

/** The task after a scan and what to say; the task is the same object when nothing changed. */
export interface ReceiveOutcome {
  readonly task: ReceiveTask
  readonly answer: Answer
  /** A measured piece was counted: it gets its hang tag (RCV-4). */
  readonly tagged?: { readonly skuCode: string; readonly measureMm: number }
}

const lineOf = (task: ReceiveTask, sku: Sku): ReceiveLine =>
  task.lines[sku.code] ?? {
    skuCode: sku.code,
    title: skuTitle(sku),
    colour: sku.colour,
    size: sku.size,
    // On a notice that does not name it, nothing of it was expected (RCV-5: wrong SKU).
    expected: task.noticeNo === null ? null : 0,
    counted: 0,
    defects: 0,
    byMeasure: {},
    defectsByMeasure: {},
  }

const withLine = (task: ReceiveTask, line: ReceiveLine, last: LastPiece): ReceiveTask => ({
  ...task,
  lines: { ...task.lines, [line.skuCode]: line },
  last,
})

/** RCV-1: a piece is scanned. RCV-4: of a measured category, it is counted when its measure is known. */
export function countPiece(task: ReceiveTask, sku: Sku, tagMeasureMm: number | null): ReceiveOutcome {
  if (task.last?.state === 'measureWanted') return refuseUnmeasured(task)
  const measure = measuredCategory(sku.category)
  if (measure && tagMeasureMm === null) {
    const last: LastPiece = { skuCode: sku.code, measureMm: null, state: 'measureWanted' }
    const { minMm, maxMm } = measure
    const answer = ask('measureWanted', 'RCV-4', {
      params: { title: skuTitle(sku), minMm, maxMm, piece: lineOf(task, sku).counted + 1 },
    })
    return { task: withLine(task, lineOf(task, sku), last), answer }
  }
  return addPiece(task, lineOf(task, sku), measure ? tagMeasureMm : null)
}

function refuseUnmeasured(task: ReceiveTask): ReceiveOutcome {
  const line = task.lines[task.last?.skuCode ?? '']
  return {
    task,
    answer: stop('measureWanted', 'RCV-4', { params: { title: line?.title ?? '' }, next: 'measureFirst' }),
  }
}

function addPiece(task: ReceiveTask, line: ReceiveLine, measureMm: number | null): ReceiveOutcome {
  const counted = line.counted + 1
  const byMeasure =
    measureMm === null
      ? line.byMeasure
      : { ...line.byMeasure, [measureMm]: (line.byMeasure[measureMm] ?? 0) + 1 }
  const next = { ...line, counted, byMeasure }
  const last: LastPiece = { skuCode: line.skuCode, measureMm, state: 'counted' }
  const reason = measureMm === null ? 'pieceCounted' : 'measured'
  const notWanted = task.noticeNo !== null && line.expected === 0
  const params = { title: line.title, counted, expected: line.expected ?? '', measureMm: measureMm ?? '' }
  const detail = { params, next: notWanted ? 'notOnNotice' : reason }
  return {
    task: withLine(task, next, last),
    answer: right(reason, measureMm === null ? 'RCV-1' : 'RCV-4', detail),
    ...(measureMm === null ? {} : { tagged: { skuCode: line.skuCode, measureMm } }),
  }
}

/** RCV-4: the measurement of the piece just scanned; refused outside the category's range. */
export function measurePiece(task: ReceiveTask, sku: Sku | null, measureMm: number): ReceiveOutcome {
  const line = task.lines[task.last?.skuCode ?? '']
  const measure = measuredCategory(sku?.category ?? '')
  if (task.last?.state !== 'measureWanted' || !line || !measure)
    return { task, answer: stop('notHere', 'RCV-4', { params: { code: `MM-${measureMm}` } }) }
  if (measureMm < measure.minMm || measureMm > measure.maxMm) {
    const params = { measureMm, minMm: measure.minMm, maxMm: measure.maxMm, title: line.title }
    return { task, answer: stop('measureOutOfRange', 'RCV-4', { params }) }
  }
  return addPiece({ ...task, last: null }, line, measureMm)
}

/** RCV-1: `QTY-n`, the last scanned SKU counts n in all; measured pieces are counted one by one. */
export function setQuantity(task: ReceiveTask, quantity: number): ReceiveOutcome {
  const line = task.lines[task.last?.skuCode ?? '']
  if (!line || !task.last)
    return { task, answer: stop('notHere', 'RCV-1', { params: { code: `QTY-${quantity}` } }) }
  if (task.last.state === 'measureWanted' || Object.keys(line.byMeasure).length > 0)
    return refuseUnmeasured(task)
  if (quantity < line.defects)
    return {
      task,
      answer: stop('notHere', 'RCV-1', { params: { code: `QTY-${quantity}` }, next: 'fewerThanDefects' }),
    }
  const params = { title: line.title, counted: quantity, expected: line.expected ?? '' }
  const last: LastPiece = { skuCode: line.skuCode, measureMm: null, state: 'counted' }
  return {
    task: withLine(task, { ...line, counted: quantity }, last),
    answer: right('quantitySet', 'RCV-1', { params }),
  }
}

/** RCV-6: the piece just counted is a defect; it stays counted and enters stock as waiting for exchange. */
export function markDefect(task: ReceiveTask): ReceiveOutcome {
  const { last } = task
  const line = task.lines[last?.skuCode ?? '']
  if (last?.state === 'measureWanted') return refuseUnmeasured(task)
  if (!last || !line || last.state === 'defect' || line.defects >= line.counted)
    return { task, answer: stop('notHere', 'RCV-6', { params: { code: 'CMD-DEFECT' } }) }
  const defectsByMeasure =
    last.measureMm === null
      ? line.defectsByMeasure
      : { ...line.defectsByMeasure, [last.measureMm]: (line.defectsByMeasure[last.measureMm] ?? 0) + 1 }
  const next = { ...line, defects: line.defects + 1, defectsByMeasure }
  const answer = right('defectMarked', 'RCV-6', { params: { title: line.title, defects: next.defects } })
  return { task: withLine(task, next, { ...last, state: 'defect' }), answer }
}

/** Pieces counted in all. */
export const countedPieces = (task: Pick<ReceiveTask, 'lines'>): number =>
  Object.values(task.lines).reduce((sum, line) => sum + line.counted, 0)

/** RCV-7: may counting end? Null when it may. */
export function refuseFinish(task: ReceiveTask): Answer | null {
  if (task.last?.state === 'measureWanted') return refuseUnmeasured(task).answer
  return countedPieces(task) === 0 ? stop('nothingCounted', 'RCV-7') : null
}
