import { type ExpectedWeight, expectWeight } from './expect-weight.ts'
import { type Lookalikes, nameSuspects, type Suspect } from './name-suspects.ts'
import { skuWeight, type WeighedParcel, type WeightBook } from './weight-book.ts'

export interface WeightVerdict {
  /** `flagged`: something is wrong with the parcel; `unsure`: it would be, but too little is known of its goods. */
  readonly tag: 'fits' | 'flagged' | 'unsure'
  readonly expected: ExpectedWeight
  /** Reading less expectation. */
  readonly offGrams: number
  /** Likeliest first; those that cannot be told apart by weight (nearer than one standard deviation) stand together. */
  readonly suspects: readonly Suspect[]
}

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
/** As many parcels stand up to the catalogue. */
const FIRM_PARCELS = 3

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
  const suspects = nameSuspects(parcel, { book, lookalikes, offGrams })
  return { tag: isFirm(parcel, book) ? 'flagged' : 'unsure', expected, offGrams, suspects }
}

/**
 * True when what every piece weighs is known well enough to say that the parcel is wrong, and not the expectation. Where
 * only the first parcel or two speak against the catalogue, either may be at fault.
 */
function isFirm(parcel: WeighedParcel, book: WeightBook): boolean {
  return parcel.lines.every(({ skuCode }) => {
    const { meanGrams, doubt, parcels, catalogueFits } = skuWeight(book, skuCode)
    const contradicted = !catalogueFits && book.catalogueGrams(skuCode) !== null
    if (contradicted && parcels < FIRM_PARCELS) return false
    return Math.sqrt(doubt) <= FIRM_SHARE * meanGrams + 1
  })
}
