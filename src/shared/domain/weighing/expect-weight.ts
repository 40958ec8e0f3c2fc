import {
  packingWeight,
  scaleVariance,
  skuWeight,
  type WeighedParcel,
  type WeightBook,
} from './weight-book.ts'

/** What a parcel should weigh. */
export interface ExpectedWeight {
  readonly grams: number
  /** Variance of the reading about it: pieces, packing, scale, and the doubt about each mean, g². */
  readonly variance: number
  /** Fewest parcels that any of its SKUs was learned from. */
  readonly parcels: number
}

/** Sums the pieces and the packing. */
export function expectWeight(parcel: Omit<WeighedParcel, 'grams'>, book: WeightBook): ExpectedWeight {
  const packing = packingWeight(book, parcel.packing)
  let grams = packing.meanGrams
  let variance = packing.spread + packing.doubt
  let parcels = Number.POSITIVE_INFINITY
  for (const { skuCode, quantity } of parcel.lines) {
    const piece = skuWeight(book, skuCode)
    grams += quantity * piece.meanGrams
    variance += quantity * piece.spread + quantity ** 2 * piece.doubt
    parcels = Math.min(parcels, piece.parcels)
  }
  return { grams, variance: variance + scaleVariance(grams), parcels }
}
