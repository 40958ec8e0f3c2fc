import type { Recipient } from './order.ts'

/**
 * Tells two addresses apart without saying what they are: 24 bits of FNV-1a, so few that nobody finds the address by
 * trying, and enough that one change in sixteen million goes unseen. Of the phone only the tail counts, for platforms
 * give it masked one day and whole the next.
 */
export function addressMark(recipient: Omit<Recipient, 'personRef'>): string {
  const { name, company, province, city, district, street, postcode, country, phone } = recipient
  const tail = phone.replace(/\D/g, '').slice(-4)
  const text = [name, company, province, city, district, street, postcode, country, tail]
    .map((part) => part.normalize('NFKC').replace(/\s+/g, ' ').trim())
    .join('\n')
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return ((hash >>> 8) ^ (hash & 0xff)).toString(16).padStart(6, '0').slice(-6)
}
