import {
  catalogueVariance,
  type LearnedWeight,
  leanOf,
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

/** Pieces on their way to an expectation: sums from which a piece can be taken, and to which one can be added. */
export interface Load {
  readonly grams: number
  /** Variance between pieces, g². */
  readonly spread: number
  /** How far the pieces' means may be off, g², but for what they owe to the packing's. */
  readonly doubt: number
  /** By how much the pieces' means together would fall if the packing were a gram heavier. */
  readonly lean: number
}

/** Sums the pieces and the packing. */
export function expectWeight(parcel: Omit<WeighedParcel, 'grams'>, book: WeightBook): ExpectedWeight {
  const packing = packingWeight(book, parcel.packing)
  const load = loadOf(parcel, book)
  const parcels = parcel.lines.map(({ skuCode }) => skuWeight(book, skuCode).parcels)
  return {
    grams: packing.meanGrams + load.grams,
    variance: loadVariance(load, packing),
    parcels: Math.min(Number.POSITIVE_INFINITY, ...parcels),
  }
}

/** The pieces of a parcel. */
export function loadOf({ lines, packing }: Omit<WeighedParcel, 'grams'>, book: WeightBook): Load {
  const empty: Load = { grams: 0, spread: 0, doubt: 0, lean: 0 }
  return lines.reduce(
    (load, { skuCode, quantity }) =>
      changeLoad(load, pieceOf(book, skuCode, packing), { from: 0, to: quantity }),
    empty,
  )
}

/**
 * Variance of the reading of these pieces in this packing, g². What the packing may be off is off the other way in
 * pieces that were learned from parcels in it: that much of the doubt cancels out.
 */
export function loadVariance(load: Load, packing: LearnedWeight): number {
  const shared = (1 - load.lean) ** 2 * packing.doubt
  return load.spread + load.doubt + shared + packing.spread + scaleVariance(load.grams + packing.meanGrams)
}

/** One piece of a SKU as it counts in a parcel of some packing: a load of one. */
export type Piece = Load

/** However much of it a piece owes to its packing, so much of its doubt is its own. */
const OWN_DOUBT = 0.25

export function pieceOf(book: WeightBook, skuCode: string, packing: string): Piece {
  const learned = skuWeight(book, skuCode)
  const lean = leanOf(book, skuCode, packing)
  const owed = lean ** 2 * packingWeight(book, packing).doubt
  return {
    grams: learned.meanGrams,
    spread: learned.spread,
    doubt: Math.max(OWN_DOUBT * learned.doubt, learned.doubt - owed),
    lean,
  }
}

/** One that was never weighed is taken for what the catalogue says: blunders of it are not thought of here. */
export function otherPieceOf(book: WeightBook, skuCode: string, packing: string): Piece {
  const piece = pieceOf(book, skuCode, packing)
  if (skuWeight(book, skuCode).parcels > 0) return piece
  return { ...piece, doubt: catalogueVariance(piece.grams) }
}

/** The load with another number of pieces of one kind. */
export function changeLoad(load: Load, piece: Piece, { from, to }: { from: number; to: number }): Load {
  return {
    grams: load.grams + (to - from) * piece.grams,
    spread: load.spread + (to - from) * piece.spread,
    doubt: load.doubt + (to ** 2 - from ** 2) * piece.doubt,
    lean: load.lean + (to - from) * piece.lean,
  }
}
