import { normaliseCode } from '../../../shared/base/text.ts'
import { type ShopClock, shopMidnight } from '../../../shared/domain/orders/deadline.ts'
import { courierCodeOf } from '../../../shared/domain/shipping/couriers.ts'
import type { ReadTx } from '../../../shared/station/store.ts'
import type { ParcelRow } from '../../../shared/station/tables.ts'

/** Everything that one word of a search may mean; a parcel matches when any of it fits (ARC-1). */
export interface Term {
  /** Start of a waybill or order number, in comparing form. */
  readonly code: string
  readonly personRefs: ReadonlySet<string>
  readonly skuCodes: ReadonlySet<string>
  readonly packerIds: ReadonlySet<string>
  readonly courier: string | null
  /** A whole day on the shop's clock, epoch milliseconds, the end excluded. */
  readonly day: { readonly from: number; readonly to: number } | null
}

const DAY_MS = 86_400_000
/** More people than this behind one word is no search for a person. */
const MOST_PEOPLE = 200

/** `2026-11-22`, `2026/11/22`, `20261122`. */
const DATE = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/

/** The words of a search; every one of them must fit. */
export const wordsOf = (text: string): string[] =>
  text.normalize('NFKC').trim().split(/\s+/).filter(Boolean).slice(0, 5)

/** Looks up what a word may mean. */
export async function resolveTerm(tx: ReadTx, word: string, clock: ShopClock): Promise<Term> {
  const code = normaliseCode(word)
  // One after the other: IndexedDB ends a transaction that parallel chains leave idle.
  const personRefs = await peopleOf(tx, word)
  const skuCodes = await goodsOf(tx, code)
  const packerIds = await packersOf(tx, word)
  return { code, personRefs, skuCodes, packerIds, courier: courierCodeOf(code), day: dayOf(word, clock) }
}

/** Four digits are the end of a phone number, a longer one its whole; anything else may begin a name. */
async function peopleOf(tx: ReadTx, word: string): Promise<ReadonlySet<string>> {
  if (/^\d{4}$/.test(word)) {
    const rows = await tx.range('recipients', 'phoneTail', { from: word, to: word, limit: MOST_PEOPLE })
    return new Set(rows.map((row) => row.personRef))
  }
  if (/^\d{7,}$/.test(word)) {
    const tail = word.slice(-4)
    const rows = await tx.range('recipients', 'phoneTail', { from: tail, to: tail, limit: MOST_PEOPLE })
    return new Set(
      rows.filter((row) => row.phone.replace(/\D/g, '').endsWith(word)).map((row) => row.personRef),
    )
  }
  if (/^\d+$/.test(word)) return new Set()
  const rows = await tx.range('recipients', 'name', { from: word, to: behind(word), limit: MOST_PEOPLE })
  return new Set(rows.map((row) => row.personRef))
}

async function goodsOf(tx: ReadTx, code: string): Promise<ReadonlySet<string>> {
  const skus = await tx.where('skus', 'codes', code)
  return new Set(skus.map((sku) => sku.code))
}

async function packersOf(tx: ReadTx, word: string): Promise<ReadonlySet<string>> {
  if (/^\d+$/.test(word)) return new Set()
  const people = await tx.range('people', null, { limit: 500 })
  return new Set(people.filter((person) => person.name.startsWith(word)).map((person) => person.personId))
}

function dayOf(word: string, clock: ShopClock): Term['day'] {
  const match = DATE.exec(word)
  if (!match) return null
  const [year, month, day] = match.slice(1).map(Number)
  const noon = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day, 12))
  // A date that the calendar does not have is none; noon of the shop's day lies within it.
  if (noon.getUTCMonth() + 1 !== month || noon.getUTCDate() !== day) return null
  const from = shopMidnight(noon.getTime() - clock.utcOffsetMinutes * 60_000, clock)
  return { from, to: from + DAY_MS }
}

/** The upper end of everything that begins with the text. */
export const behind = (text: string): string => `${text}\uffff`

/** True when the parcel fits the word in any of its meanings. */
export function fits(parcel: ParcelRow, term: Term): boolean {
  return (
    parcel.waybillNumber.startsWith(term.code) ||
    parcel.orderCodes.some((code) => code.startsWith(term.code)) ||
    term.personRefs.has(parcel.personRef) ||
    parcel.skuCodes.some((code) => term.skuCodes.has(code)) ||
    term.packerIds.has(parcel.packerId) ||
    (term.courier !== null && parcel.courier === term.courier) ||
    (term.day !== null && parcel.finishedAt >= term.day.from && parcel.finishedAt < term.day.to)
  )
}

/** True for a word that half the archive may fit: a day, a courier, a packer. Such words filter, others find. */
export const isBroad = (term: Term): boolean =>
  term.day !== null || term.courier !== null || term.packerIds.size > 0
