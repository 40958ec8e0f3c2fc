import { learnSpread, type OwnReading } from './learn-spread.ts'
import { leanOfRest, quantityOf, restOf } from './parcel-rest.ts'
import { type Reading, robustMean } from './robust.ts'
import {
  catalogueVariance,
  type LearnedWeight,
  packingWeight,
  scaleVariance,
  skuWeight,
  usualSpread,
  type WeighedParcel,
  type WeightBook,
} from './weight-book.ts'

/** Further off than so many of its standard deviations, the catalogue is wrong. */
const CATALOGUE_REFUTED = 4
const REFUTED_BY_PARCELS = 3
/** And it is off by so much: a catalogue that is a few per cent out is nothing unusual. */
const REFUTED_BY_SHARE = 0.2
const REFUTED_BY_SHARE_EARLY = 0.4

/** What the packing may be off is off in all its parcels alike: no number of them makes it less. */
export function learnSku(
  skuCode: string,
  parcels: readonly WeighedParcel[],
  book: WeightBook,
): LearnedWeight {
  const before = skuWeight(book, skuCode)
  const readings = parcels.map((parcel) => {
    const quantity = quantityOf(parcel, skuCode)
    const rest = restOf(parcel, skuCode, book)
    const packing = packingWeight(book, parcel.packing)
    const own = (rest.spread + rest.doubt + scaleVariance(parcel.grams) + packing.spread) / quantity ** 2
    const value = (parcel.grams - rest.grams - packing.meanGrams) / quantity
    const variance = own + before.spread / quantity
    return { value, variance, own, quantity, parcel, packingDoubt: packing.doubt / quantity ** 2 }
  })
  const weighed = robustMean(readings)
  const weight = readings.reduce((sum, { variance }) => sum + 1 / variance, 0)
  const shared = readings.reduce((sum, reading) => sum + reading.packingDoubt / reading.variance, 0) / weight
  const found = { value: weighed.mean, variance: weighed.doubt + shared }
  const catalogueGrams = book.catalogueGrams(skuCode)
  const catalogue = { value: catalogueGrams ?? 0, variance: catalogueVariance(catalogueGrams ?? 0) }
  const catalogueFits = catalogueGrams !== null && !refutes(found, catalogue, readings.length)
  const { mean, doubt } = catalogueFits
    ? together(found, catalogue)
    : { mean: found.value, doubt: found.variance }
  const meanGrams = Math.max(0, mean)
  const spread = learnSpread(readings, weighed.mean, usualSpread(meanGrams))
  // The catalogue's part of the mean leans on no packing.
  const share = catalogueFits ? Math.max(0, 1 - doubt / catalogue.variance) : 1
  return {
    meanGrams,
    spread,
    doubt,
    parcels: parcels.length,
    catalogueFits,
    leans: leansOf(skuCode, readings, { book, share }),
  }
}

/** Two readings of one thing; when they contradict each other, the mean is as doubtful as they are apart. */
function together(a: Reading, b: Reading): { mean: number; doubt: number } {
  const weight = 1 / a.variance + 1 / b.variance
  const mean = (a.value / a.variance + b.value / b.variance) / weight
  const apart = (a.value - b.value) ** 2 / (a.variance + b.variance)
  return { mean, doubt: Math.max(1, apart / 4) / weight }
}

/** What was weighed lies far from the catalogue: it names another thing, or another unit. */
function refutes(found: Reading, catalogue: Reading, parcels: number): boolean {
  const off = Math.abs(found.value - catalogue.value)
  const share = parcels < REFUTED_BY_PARCELS ? REFUTED_BY_SHARE_EARLY : REFUTED_BY_SHARE
  return (
    off > share * catalogue.value && off > CATALOGUE_REFUTED * Math.sqrt(found.variance + catalogue.variance)
  )
}

interface SkuReading extends OwnReading {
  readonly parcel: WeighedParcel
}

/**
 * A packing taken for a gram too light makes every piece that was weighed in it alone a gram too heavy, two of them half
 * as much, and less where what lay beside it is too heavy for the same reason.
 */
function leansOf(
  skuCode: string,
  readings: readonly SkuReading[],
  { book, share }: { readonly book: WeightBook; readonly share: number },
): Record<string, number> {
  const weight = readings.reduce((sum, { variance }) => sum + 1 / variance, 0)
  const leans: Record<string, number> = {}
  for (const packing of new Set(readings.map(({ parcel }) => parcel.packing))) {
    const sum = readings.reduce((before, { parcel, quantity, variance }) => {
      const own = parcel.packing === packing ? 1 : 0
      return before + (own - leanOfRest(parcel, skuCode, { packing, book })) / quantity / variance
    }, 0)
    leans[packing] = Math.min(1, Math.max(0, (share * sum) / weight))
  }
  return leans
}
