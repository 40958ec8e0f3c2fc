import { goodStock, type Movement } from '../../ledger/movement.ts'
import { binPlace, cartPlace } from '../../ledger/place.ts'
import { type Answer, ask, right, stop } from '../answer.ts'
import type { Sku } from '../catalogue/sku.ts'
import { skuTitle } from '../catalogue/sku.ts'
import { isOpen, nextBin, nextPickStep, withPiece } from './pick-steps.ts'
import type { PickStop, PickTask } from './pick-task.ts'
import { slotName } from './slots.ts'

export interface PickOutcome {
  readonly task: PickTask
  readonly answer: Answer
}

/** A measure, and whether the piece's own tag says it or a tape does. */
export interface TakenMeasure {
  readonly measureMm: number
  readonly by: 'tag' | 'tape'
}

/** PIK-2: scan the bin before its pieces. */
export function arriveAtBin(task: PickTask, binCode: string): PickOutcome {
  const unput = refuseUnput(task)
  if (unput) return { task, answer: unput }
  const wanted = task.stops.some((stop) => stop.binCode === binCode && isOpen(stop))
  if (!wanted) {
    const params = { bin: binCode, wanted: nextBin(task) ?? '' }
    return { task, answer: stop('wrongBin', 'PIK-2', { params }) }
  }
  // The stops of this bin come to the front, so that the walk goes on from where the picker is.
  const here = task.stops.filter((stop) => stop.binCode === binCode)
  const elsewhere = task.stops.filter((stop) => stop.binCode !== binCode)
  const open = elsewhere.filter(isOpen)
  const done = elsewhere.filter((stop) => !isOpen(stop))
  const arrived = withoutPut({ ...task, stops: [...done, ...here, ...open], atBin: binCode })
  return {
    task: arrived,
    answer: right('binRight', 'PIK-2', { params: { bin: binCode }, ...nextPickStep(arrived) }),
  }
}

/** PIK-2: a piece is taken. Among the orders that want it at this bin, a measured one goes to whom it fits. */
export function pickPiece(task: PickTask, sku: Sku, taken: TakenMeasure | null): PickOutcome {
  const title = skuTitle(sku)
  const atBin = task.atBin
  const unput = refuseUnput(task)
  if (unput) return { task, answer: unput }
  if (atBin === null)
    return { task, answer: ask('binWanted', 'PIK-2', { params: { title }, ...nextPickStep(task) }) }
  const here = task.stops.filter((stop) => stop.binCode === atBin && stop.skuCode === sku.code)
  if (here.length === 0) {
    const wanted = task.stops.find((stop) => stop.binCode === atBin && isOpen(stop))
    const params = { title, wanted: wanted?.title ?? '', bin: atBin }
    return { task, answer: stop('wrongSku', 'PIK-2', { params }) }
  }
  const open = here.filter(isOpen)
  if (open.length === 0)
    return { task, answer: stop('surplusPiece', 'PIK-2', { params: { title, bin: atBin } }) }
  const chosen = chooseStop(open, taken)
  if (chosen === 'measureWanted')
    return { task, answer: ask('measureWanted', 'RCV-4', { params: { title }, next: 'measureOrTag' }) }
  if (!chosen) return { task, answer: otherPiece(title, open, taken) }
  const stops = task.stops.map((stop) => (stop === chosen ? { ...stop, picked: stop.picked + 1 } : stop))
  const picked: PickTask = { ...task, stops }
  // A batch that is sorted afterwards goes onto the trolley as it comes.
  const next = task.batch?.sorting === 'whilePicking' ? withPiece(picked, chosen) : picked
  const params = { title, ...countOf(next, chosen) }
  return { task: next, answer: right('piecePicked', 'PIK-2', { params, ...nextPickStep(next) }) }
}

/** How many of how many of these goods are taken at this bin, for all orders together. */
function countOf({ stops }: PickTask, chosen: PickStop): { picked: number; quantity: number } {
  const same = stops.filter((stop) => stop.binCode === chosen.binCode && stop.skuCode === chosen.skuCode)
  return {
    picked: same.reduce((sum, stop) => sum + stop.picked, 0),
    quantity: same.reduce((sum, stop) => sum + stop.quantity, 0),
  }
}

/** Two people measure one pair of jeans within this; beyond it, it is another piece. */
const SAME_PIECE_MM = 5

/** Whose piece it is: the first that wants it, and of measured ones the one that fits it best (PIK-3, RCV-4). */
export function chooseStop<S extends { readonly measureMm: number | null }>(
  candidates: readonly S[],
  taken: TakenMeasure | null,
): S | 'measureWanted' | undefined {
  if (candidates.every((stop) => stop.measureMm === null)) return candidates[0]
  if (taken === null) return 'measureWanted'
  const distance = (stop: S): number => Math.abs((stop.measureMm ?? 0) - taken.measureMm)
  // The ledger knows the piece by its tag: another measure is another piece, which may be somebody else's.
  const furthest = taken.by === 'tag' ? 0 : SAME_PIECE_MM
  return candidates.filter((stop) => distance(stop) <= furthest).sort((a, b) => distance(a) - distance(b))[0]
}

/** The measure is nobody's here. */
export function otherPiece(
  title: string,
  candidates: readonly PickStop[],
  taken: TakenMeasure | null,
): Answer {
  const measures = [...new Set(candidates.flatMap((stop) => stop.measureMm ?? []))]
  const params = { title, measureMm: taken?.measureMm ?? 0, wantedMm: measures.join(' / ') }
  return stop('offMeasure', 'PAK-3', { params, next: 'takeOtherPiece' })
}

/** Where every put is confirmed, the piece in the hand comes first. */
export function refuseUnput({ batch, putting }: PickTask): Answer | null {
  if (!batch?.confirmPuts || !putting) return null
  const slot = slotName(putting.code)
  const params = { title: putting.title, slot }
  return ask('slotWanted', 'PIK-1', { params, next: 'scanSlot', nextParams: { slot } })
}

const withoutPut = (task: PickTask): PickTask => (task.putting ? { ...task, putting: null } : task)

/** The movements of a pick: bin → the order's cart. */
export function pickMovements(task: Pick<PickTask, 'stops'>): Movement[] {
  return task.stops
    .filter((stop) => stop.picked > 0)
    .map((stop) => ({
      ...goodStock(stop.skuCode, stop.measureMm),
      from: binPlace(stop.binCode),
      to: cartPlace(stop.orderId),
      quantity: stop.picked,
    }))
}
