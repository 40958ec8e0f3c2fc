import { changeLoad, type Load, loadOf, loadVariance, otherPieceOf, pieceOf } from './expect-weight.ts'
import { type LearnedWeight, packingWeight, type WeighedParcel, type WeightBook } from './weight-book.ts'

/** What may have gone wrong with a parcel, and the weight by which it then differs from what was expected. */
export interface Suspect {
  readonly fault: 'missing' | 'surplus' | 'swapped' | 'extraPacking' | 'noPacking'
  /** The piece concerned; empty for packing. */
  readonly skuCode: string
  /** Swapped: what may be in its place. */
  readonly otherSkuCode: string | null
  /** By how much the parcel would be off. */
  readonly deltaGrams: number
  /** In [0, 1]: how likely it is among all that was thought of. */
  readonly share: number
}

/** Something that may lie in the parcel instead of what belongs there, and how likely it is among all such things. */
export interface Lookalike {
  readonly skuCode: string
  readonly share: number
}
export type Lookalikes = (skuCode: string) => readonly Lookalike[]

/** A parcel that is off, and what is known about it. */
interface Case {
  readonly book: WeightBook
  readonly lookalikes: Lookalikes
  /** Reading less expectation. */
  readonly offGrams: number
}

interface Thought {
  readonly suspect: Omit<Suspect, 'share'>
  /** Prior times likelihood, per gram. */
  readonly weight: number
  /** Standard deviation of the reading, were it so. */
  readonly deviation: number
}

/** How often each happens, among all faults; a fault of the kind falls on one of the parcel's pieces. */
const PRIOR = { missing: 0.33, surplus: 0.33, swapped: 0.29, extraPacking: 0.03, noPacking: 0.02 } as const
/** Something that was not thought of at all: spread evenly over so many grams. */
const UNTHOUGHT = { prior: 0.02, overGrams: 2000 } as const
/** A scan waits for the answer. Beyond so many, the least likely lookalikes of each piece are not thought of. */
const MOST_SWAPS = 4000

/**
 * Names what may be wrong with a parcel that is off by `offGrams` (PAK-4), likeliest first. Suspects nearer to one of
 * them than one standard deviation cannot be told apart by weight and are named together: of all such groups the one
 * that has most for it.
 */
export function nameSuspects(parcel: WeighedParcel, of: Case): Suspect[] {
  const thoughts = thinkOf(parcel, of)
  const unthought = UNTHOUGHT.prior / UNTHOUGHT.overGrams
  const total = thoughts.reduce((sum, { weight }) => sum + weight, unthought)
  return likeliestGroup(thoughts)
    .sort((a, b) => b.weight - a.weight)
    .map(({ suspect, weight }) => ({ ...suspect, share: weight / total }))
}

function likeliestGroup(thoughts: readonly Thought[]): Thought[] {
  const sorted = [...thoughts].sort((a, b) => a.suspect.deltaGrams - b.suspect.deltaGrams)
  const deltas = sorted.map(({ suspect }) => suspect.deltaGrams)
  const sums = [0]
  for (const { weight } of sorted) sums.push((sums.at(-1) ?? 0) + weight)
  let best = { sum: -1, from: 0, to: 0 }
  for (const { suspect, deviation } of sorted) {
    const from = firstFrom(deltas, (delta) => delta >= suspect.deltaGrams - deviation)
    const to = firstFrom(deltas, (delta) => delta > suspect.deltaGrams + deviation)
    const sum = (sums[to] ?? 0) - (sums[from] ?? 0)
    if (sum > best.sum) best = { sum, from, to }
  }
  return sorted.slice(best.from, best.to)
}

/** Index of the first of sorted values that is far enough; their number when none is. */
function firstFrom(sorted: readonly number[], reaches: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (reaches(sorted[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}

/** What could have happened, each weighed against the reading. */
function thinkOf(parcel: WeighedParcel, of: Case): Thought[] {
  const packing = packingWeight(of.book, parcel.packing)
  const load = loadOf(parcel, of.book)
  const scene: Scene = { ...of, parcel, packing, load, pieces: sumOf(parcel.lines) }
  const variance = loadVariance(load, packing)
  const about = { skuCode: '', otherSkuCode: null }
  const [extra, none] = [packing.meanGrams, -packing.meanGrams]
  return [
    ...parcel.lines.flatMap((line) => thinkOfLine(scene, line)),
    think(
      scene,
      { fault: 'extraPacking', ...about, deltaGrams: extra },
      { prior: 1, variance: variance + packing.spread },
    ),
    think(scene, { fault: 'noPacking', ...about, deltaGrams: none }, { prior: 1, variance }),
  ]
}

type Line = WeighedParcel['lines'][number]

interface Scene extends Case {
  readonly parcel: WeighedParcel
  readonly packing: LearnedWeight
  readonly load: Load
  /** In the whole parcel. */
  readonly pieces: number
}

const sumOf = (lines: readonly Line[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** `prior` is the share of this suspect among all of its kind. */
function think(
  { offGrams }: Case,
  suspect: Omit<Suspect, 'share'>,
  { prior, variance }: { readonly prior: number; readonly variance: number },
): Thought {
  const far = (offGrams - suspect.deltaGrams) ** 2 / variance
  const density = Math.exp(-0.5 * far) / Math.sqrt(2 * Math.PI * variance)
  return { suspect, deviation: Math.sqrt(variance), weight: PRIOR[suspect.fault] * prior * density }
}

function thinkOfLine(scene: Scene, { skuCode, quantity }: Line): Thought[] {
  const { book, load, packing, parcel, pieces } = scene
  const piece = pieceOf(book, skuCode, parcel.packing)
  const less = changeLoad(load, piece, { from: quantity, to: quantity - 1 })
  const more = changeLoad(load, piece, { from: quantity, to: quantity + 1 })
  const prior = quantity / pieces
  const about = { skuCode, otherSkuCode: null }
  const missing = { fault: 'missing', ...about, deltaGrams: -piece.grams } as const
  const surplus = { fault: 'surplus', ...about, deltaGrams: piece.grams } as const
  const swaps = lookalikesOf(scene, skuCode).map(({ skuCode: otherSkuCode, share }) => {
    const other = otherPieceOf(book, otherSkuCode, parcel.packing)
    const variance = loadVariance(changeLoad(less, other, { from: 0, to: 1 }), packing)
    const deltaGrams = other.grams - piece.grams
    return think(
      scene,
      { fault: 'swapped', skuCode, otherSkuCode, deltaGrams },
      { prior: prior * share, variance },
    )
  })
  return [
    think(scene, missing, { prior, variance: loadVariance(less, packing) }),
    think(scene, surplus, { prior, variance: loadVariance(more, packing) }),
    ...swaps,
  ]
}

function lookalikesOf({ lookalikes, parcel }: Scene, skuCode: string): readonly Lookalike[] {
  const most = Math.floor(MOST_SWAPS / parcel.lines.length)
  const all = lookalikes(skuCode)
  return all.length <= most ? all : [...all].sort((a, b) => b.share - a.share).slice(0, most)
}
