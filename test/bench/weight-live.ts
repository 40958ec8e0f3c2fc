import { expectWeight } from '../../src/shared/domain/weighing/expect-weight.ts'
import { judgeWeight, type WeightVerdict } from '../../src/shared/domain/weighing/judge-weight.ts'
import { learnWeight, noteFlagged } from '../../src/shared/domain/weighing/learn-weight.ts'
import type { Lookalike } from '../../src/shared/domain/weighing/name-suspects.ts'
import {
  skuWeight,
  type WeighedParcel,
  type WeightBook,
  type WeightRecord,
} from '../../src/shared/domain/weighing/weight-book.ts'

/** A line of `skus.jsonl`, of `history.jsonl` and `trial.jsonl`, of `truth.jsonl`. */
export interface SkuLine {
  readonly sku: string
  readonly category: string
  readonly catalogueGrams: number
}
export interface ParcelLine {
  readonly parcel: string
  readonly lines: readonly { readonly sku: string; readonly qty: number }[]
  readonly packing: string
  readonly grams: number
}

/** What each rule said of one parcel of the trial. */
export interface Said {
  readonly verdict: WeightVerdict
  /** Off by more than five per cent of what was expected. */
  readonly fivePercent: boolean
  /** Five per cent, two standard deviations and 28 g, or 450 g above 450 g, after three like shipments. */
  readonly rival: boolean
}

export function live(
  skus: readonly SkuLine[],
  history: readonly ParcelLine[],
  trial: readonly ParcelLine[],
): Said[] {
  const catalogue = new Map(skus.map(({ sku, catalogueGrams }) => [sku, catalogueGrams]))
  const skuRecords = new Map<string, WeightRecord>()
  const packings = new Map<string, WeightRecord>()
  const alike = new Map<string, number>()
  const book: WeightBook = {
    sku: (code) => skuRecords.get(code),
    packing: (code) => packings.get(code),
    catalogueGrams: (code) => catalogue.get(code) ?? null,
  }
  const lookalikes = lookalikesOf(
    skus.map(({ sku }) => sku),
    book,
  )
  const take = (line: ParcelLine): Said => {
    const parcel: WeighedParcel = {
      lines: line.lines.map(({ sku, qty }) => ({ skuCode: sku, quantity: qty })),
      packing: line.packing,
      grams: line.grams,
    }
    const verdict = judgeWeight(parcel, book, lookalikes)
    const like = likeKey(line)
    const shipments = alike.get(like) ?? 0
    alike.set(like, shipments + 1)
    const expected = expectWeight(parcel, book)
    const off = Math.abs(verdict.offGrams)
    const fivePercent = off > 0.05 * expected.grams
    const rival =
      fivePercent &&
      off > 2 * Math.sqrt(expected.variance) &&
      off > (expected.grams < 450 ? 28 : 450) &&
      shipments >= 3
    if (verdict.tag !== 'flagged') {
      const learned = learnWeight(parcel, book)
      for (const [code, record] of learned.skus) skuRecords.set(code, record)
      packings.set(line.packing, learned.packing)
    } else for (const [code, record] of noteFlagged(parcel, book)) skuRecords.set(code, record)
    return { verdict, fivePercent, rival }
  }
  for (const line of history) take(line)
  return trial.map(take)
}

/** So many goods on either side in weight are the likelier to be taken for each other: they look alike, too. */
const NEIGHBOURS = 20
/** Of the pieces that lie in a parcel by mistake; the station takes as many for variants of the right one. */
const SHARE_OF_NEIGHBOURS = 0.7

function lookalikesOf(codes: readonly string[], book: WeightBook): (code: string) => Lookalike[] {
  return (code) => {
    const sorted = codes
      .map((skuCode) => ({ skuCode, grams: skuWeight(book, skuCode).meanGrams }))
      .sort((a, b) => a.grams - b.grams)
    const at = sorted.findIndex(({ skuCode }) => skuCode === code)
    return sorted.flatMap(({ skuCode }, rank) => {
      if (rank === at) return []
      const near = Math.abs(rank - at) <= NEIGHBOURS ? SHARE_OF_NEIGHBOURS / (2 * NEIGHBOURS) : 0
      return [{ skuCode, share: (1 - SHARE_OF_NEIGHBOURS) / sorted.length + near }]
    })
  }
}

const likeKey = ({ lines, packing }: ParcelLine): string =>
  `${packing} ${lines
    .map(({ sku, qty }) => `${sku}*${qty}`)
    .sort()
    .join(' ')}`
