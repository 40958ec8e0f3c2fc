import type { PackLine, PackTask } from './pack-task.ts'

/** A measured piece that lies on the bench and has not passed its measure yet. */
export const isPending = (line: PackLine): boolean =>
  line.measured && line.pieces.some((piece) => piece.measuredMm === null)

/** Pieces that count: measured ones only when they have passed. */
export const packedQuantity = (line: PackLine): number =>
  line.pieces.filter((piece) => !line.measured || piece.measuredMm !== null).length

export const isFull = (line: PackLine): boolean => line.pieces.length >= line.quantity

/** Lines that still want pieces. */
export const missingLines = (task: Pick<PackTask, 'lines'>): PackLine[] =>
  task.lines.filter((line) => packedQuantity(line) < line.quantity)

/** The next action, named on screen after every scan (PAK-1). */
export function nextPackStep(task: PackTask): { next: string; nextParams: Record<string, string | number> } {
  const pending = task.lines.find(isPending)
  if (pending) return { next: 'measurePiece', nextParams: measureParams(pending) }
  const missing = missingLines(task)[0]
  if (missing) {
    const left = missing.quantity - packedQuantity(missing)
    return { next: 'packNext', nextParams: { title: missing.title, left } }
  }
  if (task.weightGrams === null) return { next: 'weigh', nextParams: {} }
  if (isWeightOff(task)) return { next: 'lookThrough', nextParams: {} }
  if (task.signature === null) return { next: 'sign', nextParams: {} }
  return { next: 'finish', nextParams: {} }
}

export const measureParams = (line: PackLine) => ({
  title: line.title,
  wantedMm: line.wantedMm ?? 0,
  toleranceMm: line.toleranceMm,
})

/** The parcel with one of its lines replaced. */
export function withLine(task: PackTask, line: PackLine): PackTask {
  const same = (other: PackLine): boolean => other.orderId === line.orderId && other.lineNo === line.lineNo
  const lines = task.lines.map((other) => (same(other) ? line : other))
  // What was weighed before is not what lies there now.
  return { ...withoutWeight(task), lines }
}

/** What was weighed is not what lies there any more. */
export function withoutWeight(task: PackTask): PackTask {
  if (task.weightGrams === null) return task
  const { weighing: _gone, ...rest } = task
  return { ...rest, weightGrams: null, weightSource: null }
}

/** The weight keeps the parcel open: it is off, and nobody has let it pass. */
export const isWeightOff = ({ weighing }: PackTask): boolean =>
  weighing?.verdict === 'flagged' && weighing.accepted === null
