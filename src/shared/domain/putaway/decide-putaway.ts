import { goodStock, type Movement } from '../../ledger/movement.ts'
import { ADJUSTMENT, binPlace, DOCK } from '../../ledger/place.ts'
import { type Answer, stop } from '../answer.ts'
import type { Bin } from '../stock/bin.ts'
import { isSaleableBin } from '../stock/bin.ts'
import type { BinSuggestion, PutawayTask, SuggestionReason } from './putaway-task.ts'

/** A bin that could take the piece, with what it holds now. */
export interface BinCandidate {
  readonly bin: Bin
  readonly pieces: number
  readonly holdsSku: boolean
  readonly holdsMeasure: boolean
}

/**
 * PUT-2: same SKU and same measure first, then same SKU, then the category's zone, then free capacity; among equals the
 * first bin on the walk. Null when nothing has room.
 */
export function suggestBin(
  piece: { readonly category: string; readonly quantity: number },
  candidates: readonly BinCandidate[],
): BinSuggestion | null {
  const fitting = candidates.filter(
    ({ bin, pieces }) => isSaleableBin(bin.kind) && hasRoom(bin, pieces, piece.quantity),
  )
  const ranked = fitting
    .map((candidate) => ({ candidate, reason: reasonFor(candidate, piece.category) }))
    .sort(
      (a, b) =>
        REASON_ORDER.indexOf(a.reason) - REASON_ORDER.indexOf(b.reason) ||
        byWalk(a.candidate.bin, b.candidate.bin),
    )
  const best = ranked[0]
  if (!best) return null
  const { bin, pieces } = best.candidate
  return { binCode: bin.code, reason: best.reason, holds: pieces, capacity: bin.capacity }
}

const REASON_ORDER: readonly SuggestionReason[] = [
  'sameSkuSameMeasure',
  'sameSku',
  'sameCategory',
  'freeCapacity',
]

function reasonFor(candidate: BinCandidate, category: string): SuggestionReason {
  if (candidate.holdsMeasure) return 'sameSkuSameMeasure'
  if (candidate.holdsSku) return 'sameSku'
  return category !== '' && candidate.bin.category === category ? 'sameCategory' : 'freeCapacity'
}

const byWalk = (a: Bin, b: Bin): number => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)

const hasRoom = (bin: Bin, pieces: number, quantity: number): boolean =>
  bin.capacity === null || pieces + quantity <= bin.capacity

/** PUT-3: may the piece go into this bin? Null when it may. */
export function refuseBin(bin: Bin, pieces: number, quantity: number): Answer | null {
  if (!isSaleableBin(bin.kind))
    return stop('wrongBinKind', 'PUT-3', { params: { bin: bin.code, kind: bin.kind } })
  if (hasRoom(bin, pieces, quantity)) return null
  return stop('binFull', 'PUT-3', { params: { bin: bin.code, holds: pieces, capacity: bin.capacity ?? 0 } })
}

/** The movements of one placement; what the dock does not have by the ledger is posted as found (decision 4). */
export function putawayMovements(
  piece: NonNullable<PutawayTask['piece']>,
  binCode: string,
  foundQuantity: number,
): Movement[] {
  const stock = goodStock(piece.skuCode, piece.measureMm)
  const found = { ...stock, from: ADJUSTMENT, to: DOCK, quantity: foundQuantity }
  const placed = { ...stock, from: DOCK, to: binPlace(binCode), quantity: piece.quantity }
  return foundQuantity > 0 ? [found, placed] : [placed]
}
