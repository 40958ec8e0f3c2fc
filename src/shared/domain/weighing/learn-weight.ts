import { learnPacking } from './learn-packing.ts'
import { learnSku } from './learn-sku.ts'
import { skuWeight, type WeighedParcel, type WeightBook, type WeightRecord } from './weight-book.ts'

/** Latest parcels kept for each: enough for a firm figure, few enough to follow a new delivery. */
const RECENT_OF_SKU = 60
/** Packing changes with every roll that is opened. */
const RECENT_OF_PACKING = 120
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
