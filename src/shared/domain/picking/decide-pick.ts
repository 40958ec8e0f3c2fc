import { goodStock, type Movement } from '../../ledger/movement.ts'
import { binPlace, cartPlace } from '../../ledger/place.ts'
import { type Answer, ask, right, stop } from '../answer.ts'
import type { Sku } from '../catalogue/sku.ts'
import { skuTitle } from '../catalogue/sku.ts'
import type { PickStop, PickTask } from './pick-task.ts'

export interface PickOutcome {
  readonly task: PickTask
  readonly answer: Answer
}

const isOpen = (stop: PickStop): boolean => stop.picked < stop.quantity

/** Bins still to be visited, in walking order (PIK-2). */
export function nextBin(task: Pick<PickTask, 'stops'>): string | null {
  return task.stops.find(isOpen)?.binCode ?? null
}

/** All pieces are in the cart. */
export const isPickDone = (task: Pick<PickTask, 'stops'>): boolean =>
  task.stops.every((stop) => !isOpen(stop))

/** What to do next, as tag and figures for the screen. */
export function nextPickStep(task: PickTask): { next: string; nextParams: Record<string, string | number> } {
  const bin = nextBin(task)
  if (bin === null) return { next: 'pickDone', nextParams: {} }
  if (task.atBin !== bin) return { next: 'goToBin', nextParams: { bin } }
  const open = task.stops.find((stop) => stop.binCode === bin && isOpen(stop))
  return {
    next: 'takePieces',
    nextParams: { title: open?.title ?? '', quantity: (open?.quantity ?? 0) - (open?.picked ?? 0), bin },
  }
}

/** PIK-2: scan the bin before its pieces. */
export function arriveAtBin(task: PickTask, binCode: string): PickOutcome {
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
  const arrived: PickTask = { ...task, stops: [...done, ...here, ...open], atBin: binCode }
  return {
    task: arrived,
    answer: right('binRight', 'PIK-2', { params: { bin: binCode }, ...nextPickStep(arrived) }),
  }
}

/** PIK-2: a piece is taken. `measureMm` comes from a hang tag or from `MM-n`. */
export function pickPiece(task: PickTask, sku: Sku, measureMm: number | null): PickOutcome {
  const title = skuTitle(sku)
  const atBin = task.atBin
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
  const measured = open.some((stop) => stop.measureMm !== null)
  if (measured && measureMm === null)
    return { task, answer: ask('measureWanted', 'RCV-4', { params: { title }, next: 'measureOrTag' }) }
  const taken = measured ? nearest(open, measureMm ?? 0) : open[0]
  if (!taken) {
    const params = { title, measureMm: measureMm ?? 0, wantedMm: open[0]?.measureMm ?? 0 }
    return { task, answer: stop('offMeasure', 'PAK-3', { params, next: 'takeOtherPiece' }) }
  }
  const stops = task.stops.map((stop) => (stop === taken ? { ...stop, picked: stop.picked + 1 } : stop))
  const next: PickTask = { ...task, stops }
  const params = { title, picked: taken.picked + 1, quantity: taken.quantity }
  return { task: next, answer: right('piecePicked', 'PIK-2', { params, ...nextPickStep(next) }) }
}

/** Two people measure one pair of jeans within this; beyond it, it is another piece. */
const SAME_PIECE_MM = 5

function nearest(stops: readonly PickStop[], measureMm: number): PickStop | undefined {
  const distance = (stop: PickStop): number => Math.abs((stop.measureMm ?? 0) - measureMm)
  return [...stops]
    .filter((stop) => distance(stop) <= SAME_PIECE_MM)
    .sort((a, b) => distance(a) - distance(b))[0]
}

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
