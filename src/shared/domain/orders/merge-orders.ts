import { canonicalHash } from '../../ledger/canonical.ts'
import type { PlatformOrder, Recipient } from './order.ts'

/** Fewer digits that can be seen say too little about whose phone it is: `131****1907` shows seven. */
const LEAST_PHONE_DIGITS = 7

/** More orders than these are no parcel any more. */
export const MOST_MERGED = 50

/** The group's name follows from its orders: two stations that merge the same ones agree without knowing of it. */
export function mergeGroupId(orderIds: readonly string[]): string {
  return `m-${canonicalHash([...orderIds].sort()).slice(0, 24)}`
}

/** Whose orders may be alike at all: one shop's buyer; null for an order that names no buyer. */
export function buyerKeyOf({ source, buyer }: Pick<PlatformOrder, 'source' | 'buyer'>): string | null {
  const name = plain(buyer)
  return name === '' ? null : `${source}|${name}`
}

type Person = Pick<
  Recipient,
  'name' | 'company' | 'phone' | 'province' | 'city' | 'district' | 'street' | 'country'
>

/**
 * Orders with one key go from one buyer to one recipient, phone and address and are offered for merging (ORD-4); null:
 * too little is known to say so. Blanks, punctuation, width and case do not count, hidden characters do: masked data
 * must be the same character for character, and enough of the phone has to be seen.
 */
export function mergeKeyOf(order: Pick<PlatformOrder, 'source' | 'buyer'>, recipient: Person): string | null {
  const buyer = buyerKeyOf(order)
  const phone = plainPhone(recipient.phone)
  const name = plain(recipient.name)
  const street = plain(recipient.street)
  if (buyer === null || name === '' || street === '') return null
  if (phone.replaceAll('*', '').length < LEAST_PHONE_DIGITS) return null
  const { company, province, city, district, country } = recipient
  const address = [country, province, city, district].map(plain).join('|')
  return canonicalHash([buyer, name, plain(company), phone, address, street])
}

/** Hidden characters come as `*`, full-width or not. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}*]/gu, '')

function plainPhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/[^\d*+]/g, '')
  return digits.replace(/^(?:\+86|0086|86(?=1\d{2}[\d*]{8}$))/, '').replaceAll('+', '')
}
