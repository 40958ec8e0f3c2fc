import { z } from 'zod'
import type { CourierParty, CourierTrouble } from '../../protocol/courier-contract.ts'
import {
  type EwaybillPayer,
  type EwaybillProtocol,
  type EwaybillRefusal,
  isGone,
  keepLabelFields,
  kilograms,
  plainPhone,
  refusal,
  unreadable,
  wholeAddress,
} from './ewaybill.ts'

/**
 * 快递100: `label/order` with `method` order and cancel (api.kuaidi100.com/document/dianzimiandanV2 and
 * dianzimiandanquxiao), `eorderapi.do` for what is left on a platform's account. `orderId` is the shop's own order
 * number; with `reorder` false the same one again is answered with code 30011 and the first result. That is seen in
 * public clients and not written in the documentation, so that nothing here relies on it: a second number is possible,
 * and the host then keeps the first and gives the other back.
 */

/** Couriers by our code. Others go as their code in lower case. */
const COURIERS: Readonly<Record<string, string>> = {
  STO: 'shentong',
  YTO: 'yuantong',
  ZTO: 'zhongtong',
  YUNDA: 'yunda',
  JT: 'jtexpress',
  SF: 'shunfeng',
  EMS: 'ems',
  JD: 'jd',
  DBL: 'debangkuaidi',
}

/** What the label may need, and `kdComOrderNum`, without which some couriers take no number back. */
const LABEL_FIELDS = [
  'taskId',
  'kdComOrderNum',
  'bulkpen',
  'orgCode',
  'orgName',
  'destCode',
  'destName',
  'orgSortingCode',
  'orgSortingName',
  'destSortingCode',
  'destSortingName',
  'pkgCode',
  'pkgName',
  'road',
  'qrCode',
  'expressCode',
  'expressName',
  'childNum',
  'returnNum',
] as const

/** Contracts of a platform, whose numbers can be counted; a courier's branch is asked in person. */
const PLATFORM_NETS: ReadonlySet<string> = new Set([
  'cainiao',
  'taobao',
  'jdalpha',
  'pinduoduoWx',
  'douyin',
  'kuaishou',
  'weipinhui',
  'wechatChannels',
  'xiaohongshu',
])

const AnswerSchema = z.object({
  success: z.boolean().optional(),
  result: z.boolean().optional(),
  code: z.union([z.number(), z.string()]).optional(),
  returnCode: z.union([z.number(), z.string()]).optional(),
  status: z.union([z.number(), z.string()]).optional(),
  message: z.unknown().optional(),
  data: z.unknown().optional(),
})
const GivenSchema = z.object({ kuaidinum: z.unknown(), orderId: z.unknown().optional() }).loose()
const BranchesSchema = z.array(
  z.object({
    kuaidicom: z.string().optional(),
    branchAccounts: z.array(z.object({ quantity: z.coerce.number().int().nonnegative() })),
  }),
)

/** The protocol of 快递100. */
export const KUAIDI100: EwaybillProtocol = {
  returnsByNumber: true,
  take: (payer, order) => ({
    path: '/label/order',
    fields: { method: 'order' },
    text: JSON.stringify({
      printType: 'NON',
      ...contractOf(payer),
      kuaidicom: courierOf(payer),
      recMan: man(order.recipient),
      sendMan: man(order.sender),
      cargo: order.goods,
      count: order.quantity,
      ...(order.weightGrams === null ? {} : { weight: kilograms(order.weightGrams) }),
      payType: payer.account.payType || 'MONTHLY',
      expType: payer.account.expType || '标准快递',
      remark: order.remark,
      orderId: order.parcelKey,
      reorder: false,
    }),
  }),
  giveBack: (payer, given) => ({
    path: '/label/order',
    fields: { method: 'cancel' },
    text: JSON.stringify({
      ...contractOf(payer),
      kuaidicom: courierOf(payer),
      kuaidinum: given.waybillNumber,
      ...(given.labelData.kdComOrderNum === undefined ? {} : { orderId: given.labelData.kdComOrderNum }),
      expType: payer.account.expType || '标准快递',
      reason: '订单取消',
    }),
  }),
  balance: (payer) => {
    const { partnerId, net } = payer.account
    if (!PLATFORM_NETS.has(net)) return null
    const text = JSON.stringify({ partnerId, partnerKey: payer.partnerKey, net, com: courierOf(payer) })
    return { path: '/eorderapi.do', fields: { method: 'getThirdInfo' }, text }
  },
  readTaken: (answer, parcelKey) => {
    const parsed = AnswerSchema.safeParse(answer)
    if (!parsed.success) return unreadable('no answer of this service')
    const code = String(parsed.data.code ?? '')
    if (parsed.data.success !== true || !['200', '30011'].includes(code)) return refusalOf(parsed.data)
    const given = GivenSchema.safeParse(parsed.data.data)
    // It says that there is one and does not name it.
    if (!given.success) return refusal('wrongNumber', `code ${code}`, { given: 'maybe', again: true })
    const { kuaidinum, orderId } = given.data
    const orderCode = typeof orderId === 'string' && orderId !== '' ? orderId : null
    if (orderCode !== null && orderCode !== parcelKey)
      return refusal('notOurs', orderCode, { given: 'maybe', again: true })
    const labelData = keepLabelFields(given.data, LABEL_FIELDS)
    return {
      tag: 'given',
      waybillNumber: textOf(kuaidinum),
      orderCode,
      sortCode: labelData.bulkpen ?? '',
      labelData,
    }
  },
  readReturned: (answer) => {
    const parsed = AnswerSchema.safeParse(answer)
    if (!parsed.success) return unreadable('no answer of this service')
    const { success, message } = parsed.data
    return success === true || isGone(message) ? { tag: 'returned' } : refusalOf(parsed.data)
  },
  readBalance: (answer, payer) => {
    const parsed = AnswerSchema.safeParse(answer)
    if (!parsed.success) return unreadable('no answer of this service')
    const { result, status } = parsed.data
    if (String(status) === '201') return { tag: 'balance', left: 0, detail: messageOf(parsed.data) }
    if (result !== true && String(status) !== '200') return refusalOf(parsed.data)
    const branches = BranchesSchema.safeParse(parsed.data.data)
    if (!branches.success) return { tag: 'balance', left: null, detail: '' }
    const own = branches.data.filter(
      ({ kuaidicom }) => kuaidicom === undefined || kuaidicom === courierOf(payer),
    )
    const counts = own.flatMap((branch) => branch.branchAccounts.map(({ quantity }) => quantity))
    return { tag: 'balance', left: counts.reduce((sum, count) => sum + count, 0), detail: '' }
  },
}

const courierOf = ({ account }: EwaybillPayer): string =>
  COURIERS[account.courier] ?? account.courier.toLowerCase()

function contractOf({ account, partnerKey }: EwaybillPayer): Record<string, string> {
  const { partnerId, net, partnerCode } = account
  const fields = Object.entries({ partnerId, partnerKey, net, code: partnerCode })
  return Object.fromEntries(fields.filter(([, value]) => value !== ''))
}

function man(party: CourierParty): Record<string, string> {
  const { name, company } = party
  const fields = { name, mobile: plainPhone(party.phone), printAddr: wholeAddress(party), company }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''

const messageOf = ({ message }: z.infer<typeof AnswerSchema>): string =>
  typeof message === 'string' ? message : ''

const TROUBLES: Readonly<Record<string, CourierTrouble>> = {
  '30001': 'badParameters',
  '400': 'badParameters',
  '30002': 'badSignature',
  '503': 'badSignature',
  '30003': 'badAccount',
  '600': 'badAccount',
  '601': 'badAccount',
  '30004': 'noBalance',
}

/** `-1` and 500 are the service's own fault: it may have got as far as the number. */
function refusalOf(answer: z.infer<typeof AnswerSchema>): EwaybillRefusal {
  const code = String(answer.code ?? answer.returnCode ?? answer.status ?? '')
  const detail = `${code} ${messageOf(answer)}`.trim()
  if (code === '-1' || code === '500' || code === '')
    return refusal('serviceDown', detail, { given: 'maybe', again: true })
  // The order is known there, and its number is not told: asking on may bring it, a new key must not be used.
  if (code === '30011' || code === '501') return refusal('other', detail, { given: 'maybe', again: true })
  return refusal(TROUBLES[code] ?? 'other', detail)
}
