import type { ShopClock } from '../../../shared/domain/orders/deadline.ts'
import type { ReadTx } from '../../../shared/station/store.ts'
import type { ParcelRow, TableName } from '../../../shared/station/tables.ts'
import { behind, fits, isBroad, resolveTerm, type Term, wordsOf } from './archive-terms.ts'

/** Tables that a search reads. */
export const ARCHIVE_TABLES: readonly TableName[] = ['parcels', 'recipients', 'skus', 'people']

/** What a search came to, newest parcel first. */
export interface ArchiveAnswer {
  readonly parcels: readonly ParcelRow[]
  /** The search stopped looking back; a day in the search words goes further. */
  readonly cut: boolean
}

interface ArchiveQuestion {
  /** Words parted by blanks; every one must fit. Empty: everything. */
  readonly text: string
  readonly limit: number
  readonly clock: ShopClock
}

/** An index answers up to this many parcels of a word; goods sold more often are found by walking back in time. */
const MOST_BY_INDEX = 2000
const WALK_STEP = 500
/** How far back a walk goes: some days of a busy shop. */
const MOST_WALKED = 20_000

/**
 * ARC-1: finds parcels by waybill, order, phone tail, recipient, goods, courier, packer or day, in whatever mixture.
 * The most telling word is looked up in its index and the others filter what it finds; where no word tells enough, the
 * archive is walked back in time, which finds the newest ones at once.
 */
export async function searchArchive(tx: ReadTx, question: ArchiveQuestion): Promise<ArchiveAnswer> {
  const { limit, clock } = question
  const terms: Term[] = []
  for (const word of wordsOf(question.text)) terms.push(await resolveTerm(tx, word, clock))
  const telling = terms.filter((term) => !isBroad(term))
  for (const term of telling) {
    const found = await lookUp(tx, term)
    if (found === null) continue
    const all = found.filter((parcel) => terms.every((other) => fits(parcel, other))).sort(newestFirst)
    return { parcels: all.slice(0, limit), cut: all.length > limit }
  }
  return walkBack(tx, terms, limit)
}

function newestFirst(a: ParcelRow, b: ParcelRow): number {
  return b.finishedAt - a.finishedAt || (a.parcelId < b.parcelId ? 1 : -1)
}

/** All parcels of a word by its indexes, or null when there are too many for that. */
async function lookUp(tx: ReadTx, term: Term): Promise<ParcelRow[] | null> {
  const prefix = { from: term.code, to: behind(term.code), limit: MOST_BY_INDEX }
  const exact = (value: string) => ({ from: value, to: value, limit: MOST_BY_INDEX })
  const lookUps: readonly (readonly [index: string, bounds: typeof prefix])[] = [
    ['waybillNumber', prefix],
    ['orderCodes', prefix],
    ...[...term.personRefs].map((ref) => ['personRef', exact(ref)] as const),
    ...[...term.skuCodes].map((code) => ['skuCodes', exact(code)] as const),
  ]
  const found = new Map<string, ParcelRow>()
  for (const [index, bounds] of lookUps) {
    const rows = await tx.range('parcels', index, bounds)
    if (rows.length >= MOST_BY_INDEX) return null
    for (const parcel of rows) found.set(parcel.parcelId, parcel)
  }
  // A parcel of which only the hand-over has arrived says nothing yet.
  return [...found.values()].filter((parcel) => parcel.finish !== null)
}

/** From the newest parcel, or from the end of the day that was asked for, backwards. */
async function walkBack(tx: ReadTx, terms: readonly Term[], limit: number): Promise<ArchiveAnswer> {
  const days = terms.flatMap((term) => term.day ?? [])
  const first = Math.max(1, ...days.map((day) => day.from))
  let last = Math.min(Number.MAX_SAFE_INTEGER, ...days.map((day) => day.to - 1))
  const found = new Map<string, ParcelRow>()
  let walked = 0
  while (first <= last) {
    const step = await tx.range('parcels', 'finishedAt', {
      from: first,
      to: last,
      limit: WALK_STEP,
      reverse: true,
    })
    for (const parcel of step)
      if (terms.every((term) => fits(parcel, term))) found.set(parcel.parcelId, parcel)
    walked += step.length
    const oldest = step.at(-1)
    if (step.length < WALK_STEP || oldest === undefined) return answerOf(found, limit, false)
    if (found.size > limit || walked >= MOST_WALKED) return answerOf(found, limit, true)
    // Parcels of the same millisecond come again and are known; a whole step of them is left behind.
    last = oldest.finishedAt === last ? last - 1 : oldest.finishedAt
  }
  return answerOf(found, limit, false)
}

function answerOf(found: ReadonlyMap<string, ParcelRow>, limit: number, cut: boolean): ArchiveAnswer {
  const parcels = [...found.values()].sort(newestFirst)
  return { parcels: parcels.slice(0, limit), cut: cut || parcels.length > limit }
}
