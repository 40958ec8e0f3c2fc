import { z } from 'zod'
import type { CourierParty, CourierTrouble } from '../../protocol/courier-contract.ts'
import {
  type EwaybillPayer,
  type EwaybillProtocol,
  type EwaybillRefusal,
  type EwaybillRequest,
  isGone,
  keepLabelFields,
  kilograms,
  plainPhone,
  refusal,
  unreadable,
} from './ewaybill.ts'

/**
 * 快递鸟: instructions 1007 (take), 1147 (give back) and 1127 (what is left), all at `api/EOrderService`. `OrderCode`
 * is the shop's own, 30 characters at most and never to be used again, not even after a return. A repeated one is
 * answered with 106 该订单号已下单成功, and with the first order's number where the service still has it.
 */

/** Couriers whose code differs from ours. */
const COURIERS: Readonly<Record<string, string>> = { YUNDA: 'YD', JT: 'JTSD' }

const LABEL_FIELDS = [
  'MarkDestination',
  'OriginCode',
  'OriginName',
  'DestinatioCode',
  'DestinatioName',
  'SortingCode',
  'PackageCode',
  'PackageName',
  'DestinationAllocationCentre',
  'KDNOrderCode',
  'ShipperCode',
] as const

const AnswerSchema = z.object({
  Success: z.union([z.boolean(), z.string()]),
  ResultCode: z.union([z.string(), z.number()]).optional(),
  Reason: z.unknown().optional(),
  Order: z.unknown().optional(),
  EorderBalance: z.object({ AvailableNum: z.coerce.number().int() }).partial().nullish().catch(null),
})
type Answer = z.infer<typeof AnswerSchema>
const OrderSchema = z
  .object({ OrderCode: z.unknown(), LogisticCode: z.unknown(), ShipperCode: z.unknown().optional() })
  .loose()

/** The protocol of 快递鸟. */
export const KDNIAO: EwaybillProtocol = {
  returnsByNumber: false,
  take: (payer, order) => {
    const { payType, expType } = payer.account
    return request('1007', {
      OrderCode: order.parcelKey,
      ShipperCode: courierOf(payer),
      ...contractOf(payer),
      PayType: Number(payType) || 3,
      ExpType: expType || '1',
      Sender: person(order.sender),
      Receiver: person(order.recipient),
      Commodity: [{ GoodsName: order.goods || '商品', Goodsquantity: order.quantity }],
      // The parcel is one: more would be answered with child numbers.
      Quantity: 1,
      ...(order.weightGrams === null ? {} : { Weight: kilograms(order.weightGrams) }),
      Remark: order.remark.slice(0, 60),
      IsReturnPrintTemplate: '0',
    })
  },
  giveBack: (payer, given) =>
    request('1147', {
      ShipperCode: courierOf(payer),
      OrderCode: given.parcelKey,
      ExpNo: given.waybillNumber,
      ...contractOf(payer),
    }),
  balance: (payer) => {
    const { net, partnerCode } = payer.account
    return request('1127', {
      ShipperCode: courierOf(payer),
      ...contractOf(payer),
      StationCode: partnerCode,
      StationName: net,
    })
  },
  readTaken: (answer, parcelKey) => {
    const parsed = AnswerSchema.safeParse(answer)
    if (!parsed.success) return unreadable('no answer of this service')
    const code = String(parsed.data.ResultCode ?? '')
    const repeated = code === '106'
    if (!isYes(parsed.data.Success) && !repeated) return refusalOf(parsed.data)
    const order = OrderSchema.safeParse(parsed.data.Order)
    if (!order.success || textOf(order.data.LogisticCode) === '') {
      const detail = `${code} ${reasonOf(parsed.data)}`.trim()
      // The order is there and its number is not told: asking with another key would take a second one.
      return refusal(repeated ? 'other' : 'wrongNumber', detail, { given: 'maybe', again: true })
    }
    const orderCode = textOf(order.data.OrderCode)
    if (orderCode !== parcelKey) return refusal('notOurs', orderCode, { given: 'maybe', again: true })
    const labelData = keepLabelFields(order.data, LABEL_FIELDS)
    return {
      tag: 'given',
      waybillNumber: textOf(order.data.LogisticCode),
      orderCode,
      sortCode: labelData.MarkDestination ?? labelData.SortingCode ?? '',
      labelData,
    }
  },
  readReturned: (answer) => {
    const parsed = AnswerSchema.safeParse(answer)
    if (!parsed.success) return unreadable('no answer of this service')
    const { Success, Reason } = parsed.data
    return isYes(Success) || isGone(Reason) ? { tag: 'returned' } : refusalOf(parsed.data)
  },
  readBalance: (answer) => {
    const parsed = AnswerSchema.safeParse(answer)
    if (!parsed.success) return unreadable('no answer of this service')
    if (!isYes(parsed.data.Success)) return refusalOf(parsed.data)
    const left = parsed.data.EorderBalance?.AvailableNum ?? null
    return { tag: 'balance', left, detail: reasonOf(parsed.data) }
  },
}

/** Not allowed in texts: ' " # & + < > — their wide forms are. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  "'": '’',
  '"': '”',
  '#': '＃',
  '&': '＆',
  '+': '＋',
  '<': '＜',
  '>': '＞',
}

/** A text as the service takes it: forbidden signs in their wide form, no control characters, one line. */
export function kdniaoText(text: string): string {
  return text
    .replace(/['"#&+<>]/g, (sign) => FORBIDDEN[sign] ?? ' ')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
}

const request = (instruction: string, data: Record<string, unknown>): EwaybillRequest => ({
  path: '/api/EOrderService',
  fields: { RequestType: instruction, DataType: '2' },
  text: JSON.stringify(data, (_name, value) => (typeof value === 'string' ? kdniaoText(value) : value)),
})

const courierOf = ({ account }: EwaybillPayer): string => COURIERS[account.courier] ?? account.courier

function contractOf({ account, partnerKey }: EwaybillPayer): Record<string, string> {
  const fields = { CustomerName: account.partnerId, CustomerPwd: partnerKey, SendSite: account.net }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

function person(party: CourierParty): Record<string, string> {
  const fields = {
    Name: party.name,
    Company: party.company,
    Mobile: plainPhone(party.phone),
    ProvinceName: party.province,
    CityName: party.city,
    ExpAreaName: party.district,
    Address: party.street,
    PostCode: party.postcode,
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

const isYes = (value: boolean | string): boolean => value === true || value === 'true'

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''

const reasonOf = ({ Reason }: Answer): string => (typeof Reason === 'string' ? Reason : '')

/** Result codes say little; the words tell signature, account and balance apart. */
const WORDS: readonly (readonly [RegExp, CourierTrouble])[] = [
  [/签名|DataSign|sign/iu, 'badSignature'],
  [/余额|余量|单量|充值|不足/u, 'noBalance'],
  [/商户|用户|EBusinessID|账号|帐号|客户号|密码|未开通|权限/iu, 'badAccount'],
]
const CODES: Readonly<Record<string, CourierTrouble>> = {
  '101': 'badParameters',
  '102': 'badParameters',
  '103': 'badParameters',
  '104': 'badAccount',
  '401': 'badParameters',
}

function refusalOf(answer: Answer): EwaybillRefusal {
  const code = String(answer.ResultCode ?? '')
  const reason = reasonOf(answer)
  const detail = `${code} ${reason}`.trim()
  if (/系统(?:繁忙|异常|错误)|服务器|超时|稍后/u.test(reason) || code === '' || code === '500')
    return refusal('serviceDown', detail, { given: 'maybe', again: true })
  const byWords = WORDS.find(([pattern]) => pattern.test(reason))?.[1]
  return refusal(byWords ?? CODES[code] ?? 'other', detail)
}
