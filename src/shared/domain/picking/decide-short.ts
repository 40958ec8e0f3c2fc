import { isOpen } from './pick-steps.ts'
import type { PickStop, PickTask } from './pick-task.ts'
import { slotName, slotOf } from './slots.ts'
import { sortStops } from './walk.ts'

/** Pieces that nobody has been given, at one bin and of one measure. */
export interface FreePieces {
  readonly binCode: string
  readonly measureMm: number | null
  readonly quantity: number
}

/** A stop whose missing pieces stand elsewhere. */
export interface MovedStop {
  readonly stop: PickStop
  readonly to: readonly FreePieces[]
}

export interface ShortPlan {
  readonly moved: readonly MovedStop[]
  /** Stops that no other bin can serve: their orders go back. */
  readonly left: readonly PickStop[]
}

/**
 * PIK-3: where else the missing pieces of these stops are. Each order is served wholly or not at all, in the order of
 * the stops; `free` is in taking order, `fits` says whether a measured piece would do for the stop's line.
 */
export function planShort(
  group: readonly PickStop[],
  free: readonly FreePieces[],
  fits: (stop: PickStop, measureMm: number | null) => boolean,
): ShortPlan {
  const rest = free.map((pieces) => ({ ...pieces }))
  const moved: MovedStop[] = []
  const left: PickStop[] = []
  for (const stop of group) {
    const to = takeFor(stop, rest, fits)
    if (to === null) left.push(stop)
    else moved.push({ stop, to })
  }
  return { moved, left }
}

type Rest = { binCode: string; measureMm: number | null; quantity: number }

function takeFor(
  stop: PickStop,
  rest: readonly Rest[],
  fits: (stop: PickStop, measureMm: number | null) => boolean,
): FreePieces[] | null {
  const fitting = rest.filter((pieces) => pieces.quantity > 0 && fits(stop, pieces.measureMm))
  let wanted = stop.quantity - stop.picked
  if (fitting.reduce((sum, pieces) => sum + pieces.quantity, 0) < wanted) return null
  const to: FreePieces[] = []
  for (const pieces of fitting) {
    const quantity = Math.min(pieces.quantity, wanted)
    if (quantity === 0) break
    pieces.quantity -= quantity
    wanted -= quantity
    to.push({ binCode: pieces.binCode, measureMm: pieces.measureMm, quantity })
  }
  return to
}

/** The walk with the missing pieces taken elsewhere; what was picked at the short bin stays picked there. */
export function moveStops(
  task: PickTask,
  moved: readonly MovedStop[],
  serpentineZones: readonly string[],
): PickTask {
  const moves = new Map(moved.map(({ stop, to }) => [stop, to]))
  const kept = task.stops.flatMap((stop) => {
    if (!moves.has(stop)) return [stop]
    return stop.picked > 0 ? [{ ...stop, quantity: stop.picked }] : []
  })
  const fresh = moved.flatMap(({ stop, to }) =>
    to.map((pieces) => ({ ...stop, ...pieces, picked: 0, sorted: 0 })),
  )
  const open = [...kept.filter(isOpen), ...fresh]
  const here = open.filter((stop) => stop.binCode === task.atBin)
  const onward = sortStops(
    open.filter((stop) => stop.binCode !== task.atBin),
    serpentineZones,
  )
  return { ...task, stops: [...kept.filter((stop) => !isOpen(stop)), ...here, ...onward] }
}

/**
 * PIK-3: orders leave the walk. `hold`: what was picked of them stays in their cart or slot and is posted with the
 * batch; `putBack`: it goes back to its bins, as if it had never been taken. Null when nothing is left to walk for.
 */
export function sendBack(
  task: PickTask,
  orderIds: ReadonlySet<string>,
  keep: 'hold' | 'putBack',
): PickTask | null {
  const stops = task.stops.flatMap((stop) => {
    if (!orderIds.has(stop.orderId)) return [stop]
    return keep === 'hold' && stop.picked > 0 ? [{ ...stop, quantity: stop.picked }] : []
  })
  return stops.length === 0 ? null : onlyOrdersOf({ ...task, stops })
}

/** The task without the orders that none of its stops is for. */
export function onlyOrdersOf(task: PickTask): PickTask {
  const walked = new Set(task.stops.map((stop) => stop.orderId))
  const { batch, putting } = task
  return {
    ...task,
    orderIds: task.orderIds.filter((orderId) => walked.has(orderId)),
    ...(batch ? { batch: { ...batch, slots: batch.slots.filter((slot) => walked.has(slot.orderId)) } } : {}),
    ...(putting && !walked.has(putting.orderId) ? { putting: null } : {}),
  }
}

/**
 * Where the picked pieces of these orders, which were not posted, go back to, as the next step; null when none was
 * picked.
 */
export function backToBins(
  task: PickTask,
  orderIds: ReadonlySet<string>,
): { readonly next: string; readonly nextParams: Record<string, string> } | null {
  const taken = task.stops.filter((stop) => orderIds.has(stop.orderId) && stop.picked > 0)
  if (taken.length === 0) return null
  const bins = binsInWords(taken.map(({ binCode, picked: quantity }) => ({ binCode, quantity })))
  const slots = [...orderIds].flatMap((orderId) => slotOf(task, orderId)?.code ?? [])
  if (slots.length === 0) return { next: 'piecesBackTo', nextParams: { bins } }
  return { next: 'slotBackTo', nextParams: { bins, slot: slots.map(slotName).join('、') } }
}

/** Bins and pieces in words for people: `B-01-1-02 ×2、C-01-1-01`. */
export function binsInWords(
  pieces: readonly { readonly binCode: string; readonly quantity: number }[],
): string {
  const byBin = new Map<string, number>()
  for (const { binCode, quantity } of pieces) byBin.set(binCode, (byBin.get(binCode) ?? 0) + quantity)
  return [...byBin]
    .map(([binCode, quantity]) => (quantity === 1 ? binCode : `${binCode} ×${quantity}`))
    .join('、')
}
