import type { PickStop, PickTask } from './pick-task.ts'
import { slotName, slotOf } from './slots.ts'

type Walk = Pick<PickTask, 'stops'>

/** Pieces of the stop are still to be taken. */
export const isOpen = (stop: PickStop): boolean => stop.picked < stop.quantity

/** Bin to go to next, in walking order (PIK-2); null when all is taken. */
export function nextBin(task: Walk): string | null {
  return task.stops.find(isOpen)?.binCode ?? null
}

/** All pieces are in the cart, or on the trolley of a batch. */
export const isPickDone = (task: Walk): boolean => task.stops.every((stop) => !isOpen(stop))

const sortsAfterwards = (task: Pick<PickTask, 'batch'>): boolean => task.batch?.sorting === 'afterwards'

/** Pieces on the trolley that have not been sorted into their slots. */
export function leftToSort(task: Pick<PickTask, 'stops' | 'batch'>): number {
  if (!sortsAfterwards(task)) return 0
  return task.stops.reduce((sum, stop) => sum + stop.picked - (stop.sorted ?? 0), 0)
}

/** The walk is over and the pieces are told apart at the wall. */
export const isSorting = (task: PickTask): boolean => isPickDone(task) && leftToSort(task) > 0

/** Nothing is left to take, to sort or to put. */
export function isAllPut(task: PickTask): boolean {
  const waitsForSlot = task.batch?.confirmPuts === true && !!task.putting
  return isPickDone(task) && leftToSort(task) === 0 && !waitsForSlot
}

/** What is taken at the bin at once: the open stops of one SKU and measure, of however many orders. */
export function openGroup(task: Walk): readonly PickStop[] {
  const first = task.stops.find(isOpen)
  if (!first) return []
  return task.stops.filter((stop) => isOpen(stop) && sameGoods(stop, first))
}

type Goods = Pick<PickStop, 'binCode' | 'skuCode' | 'measureMm'>

/** True for stops at one bin of one SKU and measure. */
export const sameGoods = (a: Goods, b: Goods): boolean =>
  a.binCode === b.binCode && a.skuCode === b.skuCode && a.measureMm === b.measureMm

/** Pieces that the stops still want. */
export const openPieces = (stops: readonly PickStop[]): number =>
  stops.reduce((sum, stop) => sum + stop.quantity - stop.picked, 0)

interface Step {
  readonly next: string
  readonly nextParams: Record<string, string | number>
}

/** What to do next, as tag and figures for the screen: first the piece in the hand, then the walk. */
export function nextPickStep(task: PickTask): Step {
  const slot = task.putting ? slotName(task.putting.code) : null
  if (slot === null) return walkStep(task)
  if (task.batch?.confirmPuts) return { next: 'scanSlot', nextParams: { slot } }
  const onward = walkStep(task)
  return { next: PUT_FIRST[onward.next] ?? onward.next, nextParams: { ...onward.nextParams, slot } }
}

/** A step with the words for the piece in the hand before it. */
const PUT_FIRST: Readonly<Record<string, string>> = {
  goToBin: 'putThenGo',
  takePieces: 'putThenTake',
  sortPieces: 'putThenSort',
  pickDone: 'putLast',
}

function walkStep(task: PickTask): Step {
  const bin = nextBin(task)
  if (bin === null) {
    const left = leftToSort(task)
    return left > 0 ? { next: 'sortPieces', nextParams: { left } } : { next: 'pickDone', nextParams: {} }
  }
  if (task.atBin !== bin) return { next: 'goToBin', nextParams: { bin } }
  const group = openGroup(task)
  const params = { title: group[0]?.title ?? '', quantity: openPieces(group), bin }
  return { next: 'takePieces', nextParams: params }
}

/** The task with a piece of this order in the hand, to be put into its slot; without a wall nothing is put. */
export function withPiece(task: PickTask, stop: PickStop): PickTask {
  const slot = slotOf(task, stop.orderId)
  const putting = slot ? { orderId: stop.orderId, code: slot.code, title: stop.title } : null
  return task.batch ? { ...task, putting } : task
}
