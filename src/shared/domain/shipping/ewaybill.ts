import type { CourierAccount, CourierParty, CourierTrouble } from '../../protocol/courier-contract.ts'

/**
 * E-waybill services (LBL-5): what is asked of them and what their answers mean. Pure; the host signs, sends and keeps
 * the ledger.
 */

/** One number wanted for one parcel to be. `parcelKey` is the shop's own order code at the service. */
export interface EwaybillOrder {
  readonly parcelKey: string
  readonly recipient: CourierParty
  readonly sender: CourierParty
  /** What is in the parcel, in a few words. */
  readonly goods: string
  readonly quantity: number
  readonly weightGrams: number | null
  readonly remark: string
}

/** Whose contract pays; `partnerKey` is the courier's own password and goes into the request. */
export interface EwaybillPayer {
  readonly account: CourierAccount
  readonly partnerKey: string
}

/** A number that this parcel has, as far as it is needed to give it back. */
export interface GivenNumber {
  readonly parcelKey: string
  readonly waybillNumber: string
  readonly labelData: Readonly<Record<string, string>>
}

/** A request as it is signed: `path` below the account's address, `text` the JSON that the signature covers. */
export interface EwaybillRequest {
  readonly path: string
  readonly text: string
  /** Form fields beside the signed text that do not depend on time or secret. */
  readonly fields: Readonly<Record<string, string>>
}

/**
 * Why a service gave no number. `given: 'maybe'`: it may have given one all the same, so that the next try must bear
 * the same key. `again`: asking again by itself may help.
 */
export interface EwaybillRefusal {
  readonly tag: 'refused'
  readonly trouble: CourierTrouble
  readonly detail: string
  readonly given: 'no' | 'maybe'
  readonly again: boolean
}

/** A number, with the order code that the service names with it; null when its answers name none. */
export interface EwaybillGiven {
  readonly tag: 'given'
  readonly waybillNumber: string
  readonly orderCode: string | null
  readonly sortCode: string
  readonly labelData: Readonly<Record<string, string>>
}

export type EwaybillTaken = EwaybillGiven | EwaybillRefusal
export type EwaybillReturned = { readonly tag: 'returned' } | EwaybillRefusal
export type EwaybillBalance =
  | { readonly tag: 'balance'; readonly left: number | null; readonly detail: string }
  | EwaybillRefusal

/** One service: builds its requests and reads its answers. Answers are parsed JSON of unknown shape. */
export interface EwaybillProtocol {
  /**
   * A number goes back by itself and not with its order: of two numbers of one order the second can be given back
   * without taking the first out of use.
   */
  readonly returnsByNumber: boolean
  take(payer: EwaybillPayer, order: EwaybillOrder): EwaybillRequest
  giveBack(payer: EwaybillPayer, given: GivenNumber): EwaybillRequest
  /** Null when the service cannot be asked for this kind of contract. */
  balance(payer: EwaybillPayer): EwaybillRequest | null
  readTaken(answer: unknown, parcelKey: string): EwaybillTaken
  readReturned(answer: unknown): EwaybillReturned
  readBalance(answer: unknown, payer: EwaybillPayer): EwaybillBalance
}

const MOST_DETAIL = 200

/** A refusal; details are the service's own words and are cut. */
export function refusal(
  trouble: CourierTrouble,
  detail: string,
  over: { readonly given?: 'no' | 'maybe'; readonly again?: boolean } = {},
): EwaybillRefusal {
  const { given = 'no', again = false } = over
  return { tag: 'refused', trouble, detail: detail.slice(0, MOST_DETAIL), given, again }
}

/** An answer that is none: a proxy's page, half a text. The service may have done its part. */
export const unreadable = (detail: string): EwaybillRefusal =>
  refusal('serviceDown', detail, { given: 'maybe', again: true })

const STAR = /[*＊✱×]/u
/** `138xxxx1907` */
const CROSSES = /[xX]{3,}/u

/**
 * True when a platform has masked name, phone or street (`张*`, `131****1907`): services refuse such data, and a number
 * that is given all the same leads a parcel to nobody.
 */
export function isMaskedParty({ name, phone, street }: CourierParty): boolean {
  return STAR.test(name) || STAR.test(phone) || CROSSES.test(phone) || /[*＊]{2,}/u.test(street)
}

/** True when something is missing without which no parcel arrives. */
export function isIncompleteParty({ name, phone, province, city, district, street }: CourierParty): boolean {
  const address = [province, city, district, street].join('').trim()
  return name.trim() === '' || phone.replace(/\D/g, '').length < 6 || address === ''
}

/** A phone as services take it: digits and signs, without the quote mark and the country code that exports add. */
export function plainPhone(phone: string): string {
  return phone
    .normalize('NFKC')
    .replace(/^['"\s]+/, '')
    .replace(/^\+?86[-\s]?(?=1\d{10}$)/, '')
    .trim()
}

/** Address in one line, wide to narrow. */
export function wholeAddress({ province, city, district, street }: CourierParty): string {
  return [province, city, district, street].filter((part) => part.trim() !== '').join('')
}

/** True when a service says that the number had been given back before: nothing is left to do. */
export const isGone = (words: unknown): boolean =>
  typeof words === 'string' && /已(?:经)?(?:被)?(?:取消|撤销|撤单|作废|回收)/u.test(words)

/** Kilograms with at most three decimals, as both services want them. */
export const kilograms = (grams: number): number => Math.round(grams) / 1000

const MOST_LABEL_FIELDS = 24
const MOST_LABEL_TEXT = 300

/**
 * Of all that came with a number only the named fields are kept: codes and marks for the label. Pages and pictures of
 * a label, which carry the recipient's name, are left out (decision 8).
 */
export function keepLabelFields(
  source: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, string> {
  const kept = names.slice(0, MOST_LABEL_FIELDS).flatMap((name): [string, string][] => {
    const value = source[name]
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
    return text === '' || text.length > MOST_LABEL_TEXT ? [] : [[name, text]]
  })
  return Object.fromEntries(kept)
}
