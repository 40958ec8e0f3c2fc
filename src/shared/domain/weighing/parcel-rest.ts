import { leanOf, skuWeight, type WeighedParcel, type WeightBook } from './weight-book.ts'

/** Pieces of one SKU in a parcel. */
export function quantityOf(parcel: WeighedParcel, skuCode: string): number {
  return parcel.lines.reduce((sum, line) => sum + (line.skuCode === skuCode ? line.quantity : 0), 0)
}

export interface Rest {
  readonly grams: number
  readonly spread: number
  readonly doubt: number
}

/** A parcel's pieces but one SKU's: their weight, its variance, and how far their means may be off. */
export function restOf(parcel: WeighedParcel, skuCode: string, book: WeightBook): Rest {
  let [grams, spread, doubt] = [0, 0, 0]
  for (const line of parcel.lines) {
    if (line.skuCode === skuCode) continue
    const piece = skuWeight(book, line.skuCode)
    grams += line.quantity * piece.meanGrams
    spread += line.quantity * piece.spread
    doubt += line.quantity ** 2 * piece.doubt
  }
  return { grams, spread, doubt }
}

/** By how much those pieces would be lighter together, were `packing` a gram heavier than it is taken for. */
export function leanOfRest(
  parcel: WeighedParcel,
  skuCode: string,
  { packing, book }: { readonly packing: string; readonly book: WeightBook },
): number {
  return parcel.lines.reduce(
    (sum, line) => sum + (line.skuCode === skuCode ? 0 : line.quantity * leanOf(book, line.skuCode, packing)),
    0,
  )
}
