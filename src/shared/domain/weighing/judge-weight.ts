import { expectWeight, type ExpectedWeight } from './expect-weight.ts'
import {
  catalogueVariance,
  packingWeight,
  skuWeight,
  type WeighedParcel,
  type WeightBook,
} from './weight-book.ts'

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

export interface WeightVerdict {
  /** `flagged`: something is wrong with the parcel; `unsure`: it would be, but too little is known of its goods. */
  readonly tag: 'fits' | 'flagged' | 'unsure'
  readonly expected: ExpectedWeight
  /** Reading less expectation. */
  readonly offGrams: number
  /** Likeliest first; those that cannot be told apart by weight (nearer than one standard deviation) stand together. */
  readonly suspects: readonly Suspect[]
}

/** Something that may lie in the parcel instead of what belongs there, and how likely it is among all such things. */
export interface Lookalike {
  readonly skuCode: string
  readonly share: number
}
export type Lookalikes = (skuCode: string) => readonly Lookalike[]

/**
 * Flags nothing below: both must be exceeded, beside the standard deviations (PAK-4). They lie below any piece of goods
 * worth noticing and above what tape and a folded slip weigh.
 */
const LEAST_GRAMS = 4
const LEAST_SHARE = 0.008
/** Of a thousand right parcels two lie further off. */
const DEVIATIONS = 3.2
/** As long as the mean of a SKU may be off by more than this share of it, the parcel says more about the SKU. */
const FIRM_SHARE = 0.1

/**
 * Compares a stable reading with what the parcel should weigh (PAK-4). `lookalikes` names, for a SKU of the parcel,
 * what could have been taken in its place.
 */
export function judgeWeight(parcel: WeighedParcel, book: WeightBook, lookalikes: Lookalikes): WeightVerdict {
  const expected = expectWeight(parcel, book)
  const offGrams = parcel.grams - expected.grams
  const off = Math.abs(offGrams)
  const fits =
    off <= DEVIATIONS * Math.sqrt(expected.variance) ||
    off <= LEAST_GRAMS ||
    off <= LEAST_SHARE * expected.grams
  if (fits) return { tag: 'fits', expected, offGrams, suspects: [] }
  const suspects = nameSuspects(parcel, { book, lookalikes, offGrams, expected })
  return { tag: isFirm(parcel, book) ? 'flagged' : 'unsure', expected, offGrams, suspects }
}

/** True when what every piece weighs is known well enough to say that the parcel is wrong, and not the expectation. */
function isFirm(parcel: WeighedParcel, book: WeightBook): boolean {
  return parcel.lines.every(({ skuCode }) => {
    const { meanGrams, doubt } = skuWeight(book, skuCode)
    return Math.sqrt(doubt) <= FIRM_SHARE * meanGrams + 1
  })
}

interface Case {
  readonly book: WeightBook
  readonly lookalikes: Lookalikes
  readonly offGrams: number
  readonly expected: ExpectedWeight
}

interface Thought {
  readonly suspect: Omit<Suspect, 'share'>
  /** Logarithm of prior times likelihood. */
  readonly score: number
  /** Standard deviation of the reading, were it so. */
  readonly near: number
}

/** How often each happens, among all faults; a fault of the kind falls on one of the parcel's pieces. */
const PRIOR = { missing: 0.33, surplus: 0.33, swapped: 0.29, extraPacking: 0.03, noPacking: 0.02 } as const
/** Something that was not thought of at all: spread evenly over so many grams. */
const UNTHOUGHT = { prior: 0.02, overGrams: 2000 } as const

function nameSuspects(parcel: WeighedParcel, of: Case): Suspect[] {
  const thoughts = thinkOf(parcel, of)
  const unthought = UNTHOUGHT.prior / UNTHOUGHT.overGrams
  const total = thoughts.reduce((sum, { score }) => sum + Math.exp(score), unthought)
  return likeliestGroup(thoughts)
    .sort((a, b) => b.score - a.score)
    .map(({ suspect, score }) => ({ ...suspect, share: Math.exp(score) / total }))
}

/**
 * Suspects that lie nearer to one of them than one standard deviation cannot be told apart: of all such groups the one
 * that has most for it together.
 */
function likeliestGroup(thoughts: readonly Thought[]): Thought[] {
  const sorted = [...thoughts].sort((a, b) => a.suspect.deltaGrams - b.suspect.deltaGrams)
  const deltas = sorted.map(({ suspect }) => suspect.deltaGrams)
  const sums = [0]
  for (const { score } of sorted) sums.push((sums.at(-1) ?? 0) + Math.exp(score))
  let best = { sum: -1, from: 0, to: 0 }
  let from = 0
  let to = 0
  for (const { suspect, near } of sorted) {
    while (from > 0 && suspect.deltaGrams - (deltas[from - 1] ?? 0) <= near) from--
    while (suspect.deltaGrams - (deltas[from] ?? 0) > near) from++
    while (to > 0 && (deltas[to - 1] ?? 0) - suspect.deltaGrams > near) to--
    while (to < deltas.length && (deltas[to] ?? 0) - suspect.deltaGrams <= near) to++
    const sum = (sums[to] ?? 0) - (sums[from] ?? 0)
    if (sum > best.sum) best = { sum, from, to }
  }
  return sorted.slice(best.from, best.to)
}

function thinkOf(parcel: WeighedParcel, { book, lookalikes, offGrams, expected }: Case): Thought[] {
  const thoughts: Thought[] = []
  const think = (suspect: Omit<Suspect, 'share'>, prior: number, variance: number): void => {
    const far = (offGrams - suspect.deltaGrams) ** 2 / variance
    thoughts.push({
      suspect,
      near: Math.sqrt(variance),
      score: Math.log(prior) - 0.5 * (far + Math.log(2 * Math.PI * variance)),
    })
  }
  const pieces = parcel.lines.reduce((sum, line) => sum + line.quantity, 0)
  for (const { skuCode, quantity } of parcel.lines) {
    const piece = skuWeight(book, skuCode)
    const share = quantity / pieces
    // Without the piece its own scatter goes too, with one more it comes again.
    const less = Math.max(1, expected.variance - piece.spread - (2 * quantity - 1) * piece.doubt)
    const more = expected.variance + piece.spread + (2 * quantity + 1) * piece.doubt
    const about = { skuCode, otherSkuCode: null }
    think({ fault: 'missing', ...about, deltaGrams: -piece.meanGrams }, PRIOR.missing * share, less)
    think({ fault: 'surplus', ...about, deltaGrams: piece.meanGrams }, PRIOR.surplus * share, more)
    for (const { skuCode: otherSkuCode, share: taken } of lookalikes(skuCode)) {
      const other = skuWeight(book, otherSkuCode)
      const deltaGrams = other.meanGrams - piece.meanGrams
      // One that was never weighed is taken for what the catalogue says: blunders of it are not looked for here.
      const doubt = other.parcels === 0 ? catalogueVariance(other.meanGrams) : other.doubt
      const variance = less + other.spread + doubt
      const prior = PRIOR.swapped * share * taken
      think({ fault: 'swapped', skuCode, otherSkuCode, deltaGrams }, prior, variance)
    }
  }
  const packing = packingWeight(book, parcel.packing)
  const about = { skuCode: '', otherSkuCode: null }
  const variance = expected.variance + packing.spread
  think({ fault: 'extraPacking', ...about, deltaGrams: packing.meanGrams }, PRIOR.extraPacking, variance)
  think({ fault: 'noPacking', ...about, deltaGrams: -packing.meanGrams }, PRIOR.noPacking, expected.variance)
  return thoughts
}
