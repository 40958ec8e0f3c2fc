import { z } from 'zod'

/**
 * E-waybill accounts and numbers between renderer and host (LBL-5, spec formats: e-waybill services). Secrets go in and
 * never come out again: the host seals them, signs with them and sends.
 */

export const EWAYBILL_SERVICES = ['kuaidi100', 'kdniao'] as const
export type EwaybillService = (typeof EWAYBILL_SERVICES)[number]

/** Who sends or receives, in full: services refuse masked data. */
export const CourierPartySchema = z.object({
  name: z.string().max(100),
  company: z.string().max(200),
  phone: z.string().max(60),
  province: z.string().max(60),
  city: z.string().max(60),
  district: z.string().max(60),
  street: z.string().max(400),
  postcode: z.string().max(20),
})
export type CourierParty = z.infer<typeof CourierPartySchema>

/** One courier's contract with one service. `accountId` is minted by the page; `courier` is our code (STO, SF, …). */
export const CourierAccountSchema = z.object({
  accountId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
  service: z.enum(EWAYBILL_SERVICES),
  courier: z.string().min(1).max(20),
  /** Base address of the service; the real one unless a shop has a proxy. https, or loopback. */
  url: z.string().min(8).max(300),
  /** Who the shop is there: `key` of 快递100, `EBusinessID` of 快递鸟. */
  user: z.string().min(1).max(200),
  /** The courier's own account: partnerId / CustomerName, its net and its code, as far as the courier wants them. */
  partnerId: z.string().max(200),
  net: z.string().max(200),
  partnerCode: z.string().max(200),
  payType: z.string().max(40),
  expType: z.string().max(40),
  active: z.boolean(),
})
export type CourierAccount = z.infer<typeof CourierAccountSchema>

export const courierRequestSchemas = {
  'courier.accounts': z.object({}),
  /** `secrets` null: unchanged. `secret` signs (secret, AppKey); `partnerKey` is the courier's password. */
  'courier.save': z.object({
    account: CourierAccountSchema,
    secrets: z.object({ secret: z.string().max(300), partnerKey: z.string().max(300) }).nullable(),
  }),
  'courier.remove': z.object({ accountId: z.string() }),
  /**
   * One number for one parcel to be. `parcelKey` is the order's own key: the same key never takes a second number,
   * whatever the service answers and however often it is asked; the host writes it down before it asks.
   */
  'courier.take': z.object({
    parcelKey: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
    accountId: z.string(),
    recipient: CourierPartySchema,
    sender: CourierPartySchema,
    goods: z.string().max(200),
    quantity: z.number().int().min(1).max(100_000),
    weightGrams: z.number().int().min(0).nullable(),
    remark: z.string().max(200),
  }),
  /** Gives an unused number back to its service. */
  'courier.return': z.object({ parcelKey: z.string(), accountId: z.string() }),
  /** What is left on the account; also shows whether key and secret are right. */
  'courier.balance': z.object({ accountId: z.string() }),
} as const

/** Why no number came. `unsure`: the service may have given one; asking again with the same key is safe. */
export type CourierTrouble =
  | 'noNetwork'
  | 'timeout'
  | 'serviceDown'
  | 'badSignature'
  | 'badAccount'
  | 'noBalance'
  | 'badParameters'
  | 'maskedRecipient'
  | 'wrongNumber'
  | 'foreignNumber'
  | 'notOurs'
  | 'noAccount'
  | 'diskFull'
  | 'other'

export interface CourierNumber {
  readonly parcelKey: string
  readonly courier: string
  readonly waybillNumber: string
  /** 大头笔 or three-part code; empty when the service gave none. */
  readonly sortCode: string
  /** What else came with it, to be kept: it may be given only once. */
  readonly labelData: Readonly<Record<string, string>>
}

export type CourierTakeAnswer =
  | { readonly tag: 'taken'; readonly number: CourierNumber }
  /** `again`: it is worth asking again by itself after `afterMs`. `unsure`: a number may be out there. */
  | {
      readonly tag: 'refused'
      readonly trouble: CourierTrouble
      readonly detail: string
      readonly again: boolean
      readonly afterMs: number
      readonly unsure: boolean
    }

export interface CourierAccountState {
  readonly account: CourierAccount
  readonly hasSecret: boolean
  /** Requests whose outcome nobody knows yet. */
  readonly unsure: number
  readonly lastTrouble: CourierTrouble | null
  readonly lastDetail: string
  readonly lastAt: number | null
}

export interface CourierResponses {
  'courier.accounts': { readonly accounts: readonly CourierAccountState[] }
  'courier.save': { readonly accounts: readonly CourierAccountState[] }
  'courier.remove': { readonly accounts: readonly CourierAccountState[] }
  'courier.take': CourierTakeAnswer
  'courier.return':
    | { readonly tag: 'returned' }
    | { readonly tag: 'refused'; readonly trouble: CourierTrouble; readonly detail: string }
  'courier.balance':
    | { readonly tag: 'balance'; readonly left: number | null; readonly detail: string }
    | { readonly tag: 'refused'; readonly trouble: CourierTrouble; readonly detail: string }
}
