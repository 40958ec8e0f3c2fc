/**
 * What a station knows of weights (PAK-4): for each SKU and each packing the latest parcels that held it, and what
 * follows from them. Grams throughout; learned figures are fractions of a gram, readings are whole grams.
 */

/** A finished parcel as the scale saw it; flagged ones never get here. */
export interface WeighedParcel {
  readonly lines: readonly { readonly skuCode: string; readonly quantity: number }[]
  /** Bag or box. */
  readonly packing: string
  readonly grams: number
}

/** What one piece, or one packing, weighs. */
export interface LearnedWeight {
  readonly meanGrams: number
  /** Variance between pieces, g². */
  readonly spread: number
  /** Variance of the mean itself: how far it may be off, g². */
  readonly doubt: number
  /** Parcels that it was learned from. */
  readonly parcels: number
  /** False: the catalogue's figure contradicts what was weighed and no longer counts. */
  readonly catalogueFits: boolean
  /** Of a SKU, by packing: how much lower its mean would be, were that packing a gram heavier than it is taken for. */
  readonly leans?: Readonly<Record<string, number>>
}

/** A SKU or a packing with its latest parcels, newest last. */
export interface WeightRecord {
  readonly learned: LearnedWeight
  readonly recent: readonly WeighedParcel[]
  /** Grows with each flagged parcel that held it, shrinks with each that did not have to be. */
  readonly flags: number
}

/** What is known of the things of one parcel; a packing or SKU without a record is judged by the catalogue. */
export interface WeightBook {
  sku(skuCode: string): WeightRecord | undefined
  packing(packing: string): WeightRecord | undefined
  /** The catalogue's weight of a piece; null when it gives none. */
  catalogueGrams(skuCode: string): number | null
}

/** The scale's own variance: its noise and the rounding to whole grams, two grams from three kilogrammes up. */
export function scaleVariance(grams: number): number {
  const stepGrams = grams > 3000 ? 2 : 1
  return 1.44 + stepGrams ** 2 / 12
}

/** Between pieces of one SKU: a fiftieth is usual, and nothing is more even than a gram and a half. */
export function usualSpread(meanGrams: number): number {
  return Math.max(1.5, meanGrams * 0.016) ** 2
}

/** Catalogue weights are off by some per cent, evenly up to eight: a standard deviation of 4.6 %. */
const CATALOGUE_ERROR = 0.046
/** And some are altogether wrong, another thing or another unit: until the goods were weighed that may be any of them. */
const CATALOGUE_BLUNDER = 1
/** Where the catalogue is silent. */
const UNKNOWN_GRAMS = 300
const UNKNOWN_PACKING_GRAMS = 50

/** How far a catalogue weight that is no blunder may be off, g². */
export function catalogueVariance(grams: number): number {
  return (grams * CATALOGUE_ERROR) ** 2 + 1
}

/** Before the first parcel: the catalogue's figure. */
export function skuFromCatalogue(grams: number | null): LearnedWeight {
  const meanGrams = grams ?? UNKNOWN_GRAMS
  const doubt = grams === null ? UNKNOWN_GRAMS ** 2 : (grams * CATALOGUE_BLUNDER) ** 2 + 4
  return { meanGrams, spread: usualSpread(meanGrams), doubt, parcels: 0, catalogueFits: grams !== null }
}

/** Before the first parcel nothing is known of a packing but that it is light. */
export const UNKNOWN_PACKING: LearnedWeight = {
  meanGrams: UNKNOWN_PACKING_GRAMS,
  spread: 4,
  doubt: 80 ** 2,
  parcels: 0,
  catalogueFits: false,
}

export function skuWeight(book: WeightBook, skuCode: string): LearnedWeight {
  return book.sku(skuCode)?.learned ?? skuFromCatalogue(book.catalogueGrams(skuCode))
}

/** How much lower the mean of a SKU would be, were this packing a gram heavier than it is taken for. */
export function leanOf(book: WeightBook, skuCode: string, packing: string): number {
  return book.sku(skuCode)?.learned.leans?.[packing] ?? 0
}

export function packingWeight(book: WeightBook, packing: string): LearnedWeight {
  return book.packing(packing)?.learned ?? UNKNOWN_PACKING
}
