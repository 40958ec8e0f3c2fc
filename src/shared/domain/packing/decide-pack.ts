import { binOfPlace } from '../../ledger/place.ts'
import { type Answer, ask, right, stop } from '../answer.ts'
import { measuredCategory } from '../catalogue/measured-category.ts'
import { type Sku, skuTitle } from '../catalogue/sku.ts'
import type { Supply } from '../orders/allocate.ts'
import { weightOff } from './decide-weight.ts'
import { OVERRIDE_CHOICES } from './pack-choices.ts'
import {
  isFull,
  isPending,
  isWeightOff,
  measureParams,
  missingLines,
  nextPackStep,
  packedQuantity,
  withLine,
} from './pack-steps.ts'
import type { Override, PackedPiece, PackLine, PackOutcome, PackTask } from './pack-task.ts'

/** PAK-1: a piece comes onto the bench. `tagMm` is the measure on its hang tag. */
export function packPiece(task: PackTask, sku: Sku, tagMm: number | null, at: number): PackOutcome {
  const lines = task.lines.filter((line) => line.skuCode === sku.code)
  if (lines.length === 0) return { task, answer: wrongSku(task, sku) }
  const pending = lines.find(isPending)
  // Another piece of the same SKU in place of one that has not passed its measure.
  const line = pending ?? lines.find((candidate) => !isFull(candidate))
  if (!line) return { task, answer: surplus(task, sku, lines) }
  const kept = line.pieces.filter((piece) => !line.measured || piece.measuredMm !== null)
  const source = sourceFor(line, kept, tagMm)
  const piece: PackedPiece = { from: source.place, stockMm: source.measureMm, measuredMm: null, at }
  const next = withLine(task, { ...line, pieces: [...kept, piece] })
  if (line.measured)
    return {
      task: next,
      answer: ask('measureWanted', 'PAK-3', { params: measureParams(line), ...nextPackStep(next) }),
    }
  return { task: next, answer: packed(next, line) }
}

function packed(task: PackTask, line: PackLine): Answer {
  const same = task.lines.filter((other) => other.skuCode === line.skuCode)
  const params = {
    title: line.title,
    packed: same.reduce((sum, other) => sum + packedQuantity(other), 0),
    quantity: same.reduce((sum, other) => sum + other.quantity, 0),
  }
  const complete = missingLines(task).length === 0
  return right(complete ? 'parcelComplete' : 'piecePacked', 'PAK-1', { params, ...nextPackStep(task) })
}

/** Which of the allocated pieces this one is: the tag's measure if it has one, else the first that is left. */
function sourceFor(line: PackLine, taken: readonly PackedPiece[], measureMm: number | null): Supply {
  const left = line.sources
    .map((source) => ({ ...source, quantity: source.quantity - used(taken, source) }))
    .filter((source) => source.quantity > 0)
  const distance = (source: Supply): number => Math.abs((source.measureMm ?? 0) - (measureMm ?? 0))
  const best = measureMm === null ? left[0] : [...left].sort((a, b) => distance(a) - distance(b))[0]
  return best ?? line.sources[0] ?? { place: 'adjustment', measureMm, quantity: 1 }
}

const used = (pieces: readonly PackedPiece[], source: Supply): number =>
  pieces.filter((piece) => piece.from === source.place && piece.stockMm === source.measureMm).length

/** PAK-3: the piece is measured again, never estimated; off measure it blocks until another measure or piece. */
export function measureOnBench(task: PackTask, measureMm: number, at: number): PackOutcome {
  const line = task.lines.find(isPending)
  if (!line || line.wantedMm === null)
    return {
      task,
      answer: stop('notHere', 'PAK-3', { params: { code: `MM-${measureMm}` }, ...nextPackStep(task) }),
    }
  const params = { ...measureParams(line), measureMm, differenceMm: measureMm - line.wantedMm }
  if (Math.abs(measureMm - line.wantedMm) > line.toleranceMm) {
    const choices = OVERRIDE_CHOICES
    return { task, answer: stop('offMeasure', 'PAK-3', { params, choices, next: 'remeasureOrReplace' }) }
  }
  const next = placeMeasured(task, line, { measureMm, at })
  return { task: next, answer: packed(next, line) }
}

/** The piece in hand goes into the parcel under its measure. */
export function placeMeasured(
  task: PackTask,
  line: PackLine,
  { measureMm, at, override }: { measureMm: number; at: number; override?: Override },
): PackTask {
  const kept = line.pieces.filter((piece) => piece.measuredMm !== null)
  const tagged = line.pieces.find((piece) => piece.measuredMm === null)
  const source = sourceFor(line, kept, measureMm)
  const piece: PackedPiece = {
    from: source.place,
    stockMm: source.measureMm,
    measuredMm: measureMm,
    at: tagged?.at ?? at,
    ...(override ? { override } : {}),
  }
  return withLine(task, { ...line, pieces: [...kept, piece] })
}

/** `QTY-n`: n pieces of the SKU scanned last are in the parcel, over all its lines; measured ones go one by one. */
export function packQuantity(task: PackTask, quantity: number, at: number): PackOutcome {
  const last = lastLine(task)
  if (!last || last.measured || quantity < 1) {
    const params = { code: `QTY-${quantity}` }
    return { task, answer: stop('notHere', 'PAK-1', { params, ...nextPackStep(task) }) }
  }
  const wanted = task.lines.filter((line) => line.skuCode === last.skuCode)
  const most = wanted.reduce((sum, line) => sum + line.quantity, 0)
  if (quantity > most) {
    const params = { title: last.title, quantity: most }
    return { task, answer: stop('surplusPiece', 'PAK-1', { params, ...nextPackStep(task) }) }
  }
  let left = quantity
  let next = task
  for (const line of wanted) {
    const here = Math.min(left, line.quantity)
    left -= here
    next = withLine(next, { ...line, pieces: fillPieces(line, here, at) })
  }
  return { task: next, answer: packed(next, last) }
}

function fillPieces(line: PackLine, quantity: number, at: number): readonly PackedPiece[] {
  let pieces: readonly PackedPiece[] = line.pieces.slice(0, quantity)
  while (pieces.length < quantity) {
    const source = sourceFor(line, pieces, null)
    pieces = [...pieces, { from: source.place, stockMm: source.measureMm, measuredMm: null, at }]
  }
  return pieces
}

function lastLine(task: PackTask): PackLine | undefined {
  const lastAt = (line: PackLine): number => line.pieces.at(-1)?.at ?? 0
  return [...task.lines].filter((line) => line.pieces.length > 0).sort((a, b) => lastAt(b) - lastAt(a))[0]
}

/** PAK-1: the cause is named: "this is size 30, the order wants 31". */
function wrongSku(task: PackTask, sku: Sku): Answer {
  const missing = missingLines(task)
  const sameItem = missing.find((line) => line.item === sku.item && line.item !== '')
  const params = { title: skuTitle(sku), size: sku.size, colour: sku.colour }
  if (!sameItem) {
    const wanted = missing[0]?.title ?? ''
    return stop('wrongSku', 'PAK-1', {
      params: { ...params, wanted },
      next: missing[0] ? 'putBackTake' : 'putBack',
    })
  }
  const bin = binOfPlace(sameItem.sources[0]?.place ?? '') ?? ''
  const detail = {
    ...params,
    wanted: sameItem.title,
    wantedSize: sameItem.size,
    wantedColour: sameItem.colour,
  }
  const next =
    sameItem.colour === sku.colour ? 'wrongSize' : sameItem.size === sku.size ? 'wrongColour' : 'wrongVariant'
  return stop('wrongSku', 'PAK-1', { params: { ...detail, bin }, next })
}

function surplus(task: PackTask, sku: Sku, lines: readonly PackLine[]): Answer {
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0)
  return stop('surplusPiece', 'PAK-1', { params: { title: skuTitle(sku), quantity }, ...nextPackStep(task) })
}

/** What keeps the parcel open, the gravest first; null when it may be finished (PAK-1, PAK-3, PAK-7). */
export function refuseParcel(task: PackTask): Answer | null {
  const pending = task.lines.find(isPending)
  if (pending) return ask('measureWanted', 'PAK-3', { params: measureParams(pending), next: 'measurePiece' })
  const missing = missingLines(task)
  if (missing.length > 0) {
    const list = missing.map((line) => `${line.title} ×${line.quantity - packedQuantity(line)}`).join('、')
    return stop('missingPiece', 'PAK-1', {
      params: { missing: list, count: missing.length },
      ...nextPackStep(task),
    })
  }
  if (task.weightGrams === null) return ask('weightWanted', 'PAK-4', { next: 'weigh' })
  if (task.weighing && isWeightOff(task)) return weightOff(task.weighing)
  if (task.signature === null) return ask('signatureWanted', 'PAK-7', { next: 'sign' })
  return null
}

/** The measure a line of this category wants, for opening a parcel. */
export function lineMeasure(category: string): { measured: boolean; toleranceMm: number } {
  const measure = measuredCategory(category)
  return { measured: measure !== null, toleranceMm: measure?.toleranceMm ?? 0 }
}
