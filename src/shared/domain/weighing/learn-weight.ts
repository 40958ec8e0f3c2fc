import { groupBy } from '../../base/group-by.ts'
import { type Reading, robustMean } from './robust.ts'
import {
  catalogueVariance,
  type LearnedWeight,
  packingWeight,
  scaleVariance,
  skuWeight,
  UNKNOWN_PACKING,
  usualSpread,
  type WeighedParcel,
  type WeightBook,
  type WeightRecord,
} from './weight-book.ts'

/** Latest parcels kept for each: enough for a firm figure, few enough to follow a new delivery. */
const RECENT_OF_SKU = 60
/** Packing changes with every roll that is opened. */
const RECENT_OF_PACKING = 120
/** The usual spread counts as so many parcels. */
const SPREAD_PARCELS = 6
/** Further off than so many of its standard deviations, the catalogue is wrong. */
const CATALOGUE_REFUTED = 4
const REFUTED_BY_PARCELS = 3
/** And it is off by so much: a catalogue that is a few per cent out is nothing unusual. */
const REFUTED_BY_SHARE = 0.2
const REFUTED_BY_SHARE_EARLY = 0.4

const FLAGS_TO_FORGET = 3
/** A parcel that fits takes back so much of a flag: faults alone, one in fifty, never add up. */
const FLAG_FADES = 0.5
/** Share of the mean, squared, by which a forgotten weight may be off. */
const FORGOTTEN_DOUBT = 0.5 ** 2

/** What changed: the records of the parcel's SKUs and of its packing. */
export interface Learned {
  readonly skus: ReadonlyMap<string, WeightRecord>
  readonly packing: WeightRecord
}

/**
 * Learns from a parcel that nobody doubts (PAK-4). The SKUs come first: a catalogue that is wrong is less of a surprise
 * than a bag that weighs a pound. Then the packing, with the SKUs as they are known now. What the other pieces of each
 * remembered parcel weigh is taken as known today, so that early mistakes wear off by themselves.
 */
export function learnWeight(parcel: WeighedParcel, book: WeightBook): Learned {
  const skus = new Map<string, WeightRecord>()
  for (const { skuCode } of parcel.lines) {
    const before = book.sku(skuCode)
    const recent = [...(before?.recent ?? []), parcel].slice(-RECENT_OF_SKU)
    const flags = Math.max(0, (before?.flags ?? 0) - FLAG_FADES)
    skus.set(skuCode, { recent, flags, learned: learnSku(skuCode, recent, book) })
  }
  const withSkus: WeightBook = { ...book, sku: (code) => skus.get(code) ?? book.sku(code) }
  const known = book.packing(parcel.packing)?.recent ?? []
  const recent = [...known, parcel].slice(-RECENT_OF_PACKING)
  const packing = { recent, flags: 0, learned: learnPacking(parcel.packing, recent, withSkus) }
  return { skus, packing }
}

/**
 * A flagged parcel teaches nothing about weights (PAK-4). But when one follows upon the other, it is the expectation
 * that is wrong: the goods have changed, or the first parcels were. Then what was learned of the SKU is forgotten, and
 * its next parcels are taken for what they are. Answers the records of the parcel's SKUs.
 */
export function noteFlagged(parcel: WeighedParcel, book: WeightBook): ReadonlyMap<string, WeightRecord> {
  const skus = new Map<string, WeightRecord>()
  for (const { skuCode } of parcel.lines) {
    const before = book.sku(skuCode)
    const learned = skuWeight(book, skuCode)
    const flags = (before?.flags ?? 0) + 1
    const forgotten = {
      ...learned,
      doubt: Math.max(learned.doubt, FORGOTTEN_DOUBT * learned.meanGrams ** 2),
      parcels: 0,
    }
    skus.set(
      skuCode,
      flags < FLAGS_TO_FORGET
        ? { recent: before?.recent ?? [], learned, flags }
        : { recent: [], learned: forgotten, flags: 0 },
    )
  }
  return skus
}

/**
 * Parcels of the same goods say one thing together about their packing: what is wrong about those goods is wrong about
 * all of them, and a popular one must not outvote the others.
 */
function learnPacking(packing: string, parcels: readonly WeighedParcel[], book: WeightBook): LearnedWeight {
  const { spread } = packingWeight(book, packing)
  const readings = parcels.map((parcel): PackingReading => {
    const rest = restOf(parcel, null, book)
    const own = rest.spread + scaleVariance(parcel.grams)
    return {
      goods: goodsOf(parcel),
      value: parcel.grams - rest.grams,
      own,
      variance: own + spread,
      doubt: rest.doubt,
    }
  })
  const groups = [...groupBy(readings, (reading) => reading.goods).values()].map(asOneReading)
  const unknown = { value: UNKNOWN_PACKING.meanGrams, variance: UNKNOWN_PACKING.doubt }
  const { mean, doubt } = robustMean([...groups, unknown])
  const scatter = readings.map((reading) => ({ ...reading, own: reading.own + reading.doubt, quantity: 1 }))
  return {
    meanGrams: mean,
    spread: learnSpread(scatter, mean, UNKNOWN_PACKING.spread),
    doubt,
    parcels: parcels.length,
    catalogueFits: false,
  }
}

interface PackingReading extends Reading {
  readonly goods: string
  readonly own: number
  readonly doubt: number
}

const goodsOf = ({ lines }: WeighedParcel): string =>
  lines.length === 1
    ? (lines[0]?.skuCode ?? '')
    : [...new Set(lines.map(({ skuCode }) => skuCode))].sort().join(' ')

function asOneReading(same: readonly PackingReading[]): Reading {
  const weight = same.reduce((sum, { variance }) => sum + 1 / variance, 0)
  const value = same.reduce((sum, reading) => sum + reading.value / reading.variance, 0) / weight
  const doubt = same.reduce((sum, reading) => sum + reading.doubt / reading.variance, 0) / weight
  return { value, variance: 1 / weight + doubt }
}

/** What the packing may be off is off in all its parcels alike: no number of them makes it less. */
function learnSku(skuCode: string, parcels: readonly WeighedParcel[], book: WeightBook): LearnedWeight {
  const before = skuWeight(book, skuCode)
  const readings = parcels.map((parcel) => {
    const quantity = quantityOf(parcel, skuCode)
    const rest = restOf(parcel, skuCode, book)
    const packing = packingWeight(book, parcel.packing)
    const own = (rest.spread + rest.doubt + scaleVariance(parcel.grams) + packing.spread) / quantity ** 2
    const value = (parcel.grams - rest.grams - packing.meanGrams) / quantity
    const variance = own + before.spread / quantity
    return { value, variance, own, quantity, packingDoubt: packing.doubt / quantity ** 2 }
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
  return { meanGrams, spread, doubt, parcels: parcels.length, catalogueFits }
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

interface OwnReading extends Reading {
  /** The part of its variance that other things bring in. */
  readonly own: number
  readonly quantity: number
}

/** What is left of the scatter when everything else is taken off, held near the usual while there is little to go by. */
function learnSpread(readings: readonly OwnReading[], mean: number, usual: number): number {
  let sum = SPREAD_PARCELS * usual
  let weight = SPREAD_PARCELS
  for (const { value, variance, own, quantity } of readings) {
    // One that lies far off says something went wrong with it, not that the goods vary.
    const square = Math.min((value - mean) ** 2, 9 * variance)
    // A reading in which the others' scatter drowns its own says little about its own.
    const share = (usual / quantity / (usual / quantity + own)) ** 2
    sum += share * (square - own) * quantity
    weight += share
  }
  return Math.max(usual * 0.1, sum / weight)
}

function quantityOf(parcel: WeighedParcel, skuCode: string): number {
  return parcel.lines.reduce((sum, line) => sum + (line.skuCode === skuCode ? line.quantity : 0), 0)
}

interface Rest {
  readonly grams: number
  readonly spread: number
  readonly doubt: number
}

/** A parcel's pieces but one SKU's: their weight, its variance, and how far their means may be off. */
function restOf(parcel: WeighedParcel, skuCode: string | null, book: WeightBook): Rest {
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
