import { groupBy } from '../../base/group-by.ts'
import { loadOf } from './expect-weight.ts'
import { learnSpread } from './learn-spread.ts'
import { fitShift, type ShiftReading } from './robust.ts'
import {
  catalogueVariance,
  type LearnedWeight,
  leanOf,
  packingWeight,
  scaleVariance,
  skuWeight,
  UNKNOWN_PACKING,
  type WeighedParcel,
  type WeightBook,
} from './weight-book.ts'

/** A packing is hardly further off than this from what it was taken for, in grams, with all goods off the other way. */
const USUAL_TURN = 40
/** A parcel moves a known packing by so much of the way at least: what its goods are known by has to follow. */
const LEAST_GAIN = 0.05
/** Goods that lean less on the packing than this say nothing about it by their catalogue weight. */
const LEAST_LEAN = 0.02
/** However little was weighed, the mean is not the catalogue's alone. */
const LEAST_FOUND = 0.05

/**
 * Parcels of one piece cannot tell a heavier packing from heavier goods: what was learned of the goods was learned with
 * this very packing. So two things are asked of the parcels together: has the packing changed, all goods as they are
 * (step), and was it taken for too light, all goods for too heavy (turn)? Parcels of several pieces and the catalogue tell
 * the second: two pieces that are each a gram too heavy make two grams, one bag a gram too light makes one.
 */
export function learnPacking(
  packing: string,
  parcels: readonly WeighedParcel[],
  book: WeightBook,
): LearnedWeight {
  const before = packingWeight(book, packing)
  const known = parcelsOfKnownGoods(parcels, book)
  const readings = known.map((parcel) => readPacking(parcel, before, book))
  const groups = [...groupBy(readings, ({ goods }) => goods).values()].map(asOneReading)
  const codes = new Set(known.flatMap(({ lines }) => lines.map(({ skuCode }) => skuCode)))
  const unknown = UNKNOWN_PACKING.meanGrams - before.meanGrams
  const fit = fitShift([
    ...groups,
    ...[...codes].flatMap((code) => readCatalogue(code, packing, book)),
    { value: unknown, variance: UNKNOWN_PACKING.doubt, step: 1, turn: 1 },
    { value: 0, variance: USUAL_TURN ** 2, step: 0, turn: 1 },
  ])
  const gain = Math.max(LEAST_GAIN, 1 / parcels.length)
  const meanGrams = Math.max(0, before.meanGrams + gain * (fit.step + fit.turn))
  const scatter = readings.map(({ value, turn, variance, own, doubt }) => {
    const unexplained = value - gain * (fit.step + turn * fit.turn)
    return { value: meanGrams + unexplained, variance, own: own + doubt, quantity: 1 }
  })
  const spread = learnSpread(scatter, meanGrams, UNKNOWN_PACKING.spread)
  const doubt = before.doubt + gain * (fit.doubt - before.doubt)
  return { meanGrams, spread, doubt, parcels: parcels.length, catalogueFits: false }
}

/** Without those from before a SKU's weight was forgotten: what it weighs now says nothing about them. */
function parcelsOfKnownGoods(parcels: readonly WeighedParcel[], book: WeightBook): WeighedParcel[] {
  const seen = new Map<string, number>()
  const newestFirst = parcels.toReversed().filter(({ lines }) => {
    const fresh = lines.every(({ skuCode }) => (seen.get(skuCode) ?? 0) < skuWeight(book, skuCode).parcels)
    for (const { skuCode } of lines) seen.set(skuCode, (seen.get(skuCode) ?? 0) + 1)
    return fresh
  })
  return newestFirst.toReversed()
}

/** How far the packing of one parcel is off what it was taken for. */
interface PackingReading extends ShiftReading {
  readonly goods: string
  /** The part of its variance that pieces and scale bring in. */
  readonly own: number
  /** How far the pieces' means may be off, g². */
  readonly doubt: number
}

function readPacking(parcel: WeighedParcel, before: LearnedWeight, book: WeightBook): PackingReading {
  const { grams, spread, doubt, lean } = loadOf(parcel, book)
  const own = spread + scaleVariance(parcel.grams)
  return {
    goods: goodsOf(parcel),
    value: parcel.grams - grams - before.meanGrams,
    own,
    variance: own + before.spread,
    doubt,
    step: 1,
    turn: 1 - lean,
  }
}

const goodsOf = ({ lines }: WeighedParcel): string =>
  lines
    .map(({ skuCode, quantity }) => `${quantity} ${skuCode}`)
    .sort()
    .join(' ')

/**
 * Parcels of the same goods say one thing together about their packing: what is wrong about those goods is wrong about
 * all of them, and a popular one must not outvote the others.
 */
function asOneReading(same: readonly PackingReading[]): ShiftReading {
  const weight = same.reduce((sum, { variance }) => sum + 1 / variance, 0)
  const value = same.reduce((sum, reading) => sum + reading.value / reading.variance, 0) / weight
  const doubt = same.reduce((sum, reading) => sum + reading.doubt / reading.variance, 0) / weight
  return { value, variance: 1 / weight + doubt, step: 1, turn: same[0]?.turn ?? 1 }
}

/** Goods that are all heavier than their catalogue says were weighed in a packing that was taken for too light. */
function readCatalogue(skuCode: string, packing: string, book: WeightBook): ShiftReading[] {
  const { meanGrams, doubt, catalogueFits } = skuWeight(book, skuCode)
  const catalogueGrams = book.catalogueGrams(skuCode)
  const turn = leanOf(book, skuCode, packing)
  if (!catalogueFits || catalogueGrams === null || turn < LEAST_LEAN) return []
  const usual = catalogueVariance(catalogueGrams)
  // The mean is the catalogue's and the scale's together: this is the scale's part in it.
  const found = Math.max(LEAST_FOUND, 1 - doubt / usual)
  return [{ value: meanGrams - catalogueGrams, variance: usual * found ** 2 + doubt * found, step: 0, turn }]
}
