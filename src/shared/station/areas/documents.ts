import { groupBy } from '../../base/group-by.ts'
import { shopTime } from '../../domain/orders/deadline.ts'
import type { Recipient } from '../../domain/orders/order.ts'
import type { PackLine, PackTask } from '../../domain/packing/pack-task.ts'
import type { ReceiveTask } from '../../domain/receiving/receive-task.ts'
import { COLLECTED } from '../../domain/shipping/collected.ts'
import { courierName } from '../../domain/shipping/couriers.ts'
import type { HandoverTask } from '../../domain/shipping/handover-task.ts'
import type { ListDocument, WaybillDocument } from '../../labels/label-document.ts'
import { maskParty } from '../../labels/mask-personal.ts'
import type { DecideContext } from '../decision.ts'

/** Goods-in note 入库单 (RCV-7): printed unposted, with room for two signatures. */
export function goodsInNote(task: ReceiveTask, number: string, context: DecideContext): ListDocument {
  const lines = Object.values(task.lines)
  const pieces = lines.reduce((sum, line) => sum + line.counted, 0)
  return {
    kind: 'list',
    list: 'goods-in-note',
    title: '入库单',
    number,
    facts: [
      { name: '店铺', value: context.shop.name },
      { name: '供应商', value: task.supplier || '—' },
      { name: '采购单号', value: task.noticeNo ?? '无通知单' },
      { name: '时间', value: shopTime(context.at, context.shopClock) },
    ],
    columns: [
      { title: '商品', weight: 5, align: 'left' },
      { title: '通知', weight: 1, align: 'right' },
      { title: '实收', weight: 1, align: 'right' },
      { title: '次品', weight: 1, align: 'right' },
      { title: '结果', weight: 2, align: 'left' },
    ],
    rows: lines.map((line) => [
      line.title,
      line.expected === null ? '' : String(line.expected),
      String(line.counted),
      line.defects > 0 ? String(line.defects) : '',
      receiptResult(line.expected, line.counted),
    ]),
    totals: [`共 ${lines.length} 款`, `${pieces} 件`],
    signatures: [
      { role: '收货', name: '' },
      { role: '采购 / 主管', name: '' },
    ],
    sample: context.sample,
  }
}

function receiptResult(expected: number | null, counted: number): string {
  if (expected === null) return ''
  if (expected === 0) return '不在通知里'
  if (counted === expected) return '对'
  return counted < expected ? `少 ${expected - counted}` : `多 ${counted - expected}`
}

/** Hand-over list 交接单 (SHP-2). */
export function handoverList(
  task: HandoverTask,
  input: { number: string; signedBy: string },
  context: DecideContext,
): ListDocument {
  const grams = task.parcels.reduce((sum, parcel) => sum + (parcel.ourWeightGrams ?? 0), 0)
  return {
    kind: 'list',
    list: 'handover-list',
    title: task.courier === COLLECTED ? '自提签收单' : '交接单',
    number: input.number,
    facts: [
      { name: '店铺', value: context.shop.name },
      { name: '快递', value: courierName(task.courier) },
      { name: '时间', value: shopTime(context.at, context.shopClock) },
    ],
    columns: [
      { title: '运单号', weight: 4, align: 'left' },
      { title: '重量 g', weight: 1.5, align: 'right' },
      { title: '快递重量 g', weight: 1.5, align: 'right' },
      { title: '快递价 元', weight: 1.5, align: 'right' },
      { title: '备注', weight: 2, align: 'left' },
    ],
    rows: task.parcels.map((parcel) => [
      parcel.waybillNumber,
      String(parcel.ourWeightGrams ?? ''),
      String(parcel.theirWeightGrams ?? ''),
      parcel.theirFeeFen === null ? '' : (parcel.theirFeeFen / 100).toFixed(2),
      parcel.acceptedReason ? (ACCEPTED_TERMS[parcel.acceptedReason] ?? parcel.acceptedReason) : '',
    ]),
    totals: [`共 ${task.parcels.length} 件`, `${grams} g`],
    signatures: [
      { role: task.courier === COLLECTED ? '买家' : '快递员', name: input.signedBy },
      { role: '交货', name: context.person?.name ?? '' },
    ],
    sample: context.sample,
  }
}

/** Reasons for accepting the courier's figure, as the paper says them. */
const ACCEPTED_TERMS: Readonly<Record<string, string>> = {
  courierScale: '以快递秤为准',
  packagingWeight: '含外包装',
}

/** The waybill 面单 of a finished parcel, the recipient masked for the copy that leaves the house if so wanted (LBL-2). */
export function waybillDocument(
  input: {
    readonly task: Pick<PackTask, 'courier' | 'orderNumbers' | 'lines' | 'weightGrams'>
    readonly waybill: { readonly number: string; readonly sortCode: string }
    readonly recipient: Recipient
    readonly packerName: string
    readonly copy: number
    /** `maskWaybillSetting` of the courier. */
    readonly masked: boolean
  },
  context: DecideContext,
): WaybillDocument {
  const { task, waybill, recipient } = input
  const address = [recipient.province, recipient.city, recipient.district, recipient.street]
    .filter(Boolean)
    .join(' ')
  return {
    kind: 'waybill',
    courierCode: task.courier,
    courierName: courierName(task.courier),
    waybillNumber: waybill.number,
    sortCode: waybill.sortCode,
    destination: [recipient.province, recipient.city, recipient.district].filter(Boolean).join(' '),
    recipient: maskParty(
      {
        name: recipient.name,
        ...(recipient.company ? { company: recipient.company } : {}),
        phone: recipient.phone,
        address,
        ...(recipient.postcode ? { postcode: recipient.postcode } : {}),
      },
      input.masked,
    ),
    sender: { name: context.shop.name, phone: context.shop.phone, address: context.shop.address },
    orderNumbers: task.orderNumbers,
    items: waybillItems(task.lines),
    pieceCount: task.lines.reduce((sum, line) => sum + line.quantity, 0),
    weightGrams: task.weightGrams,
    packerName: input.packerName,
    printedAt: shopTime(context.at, context.shopClock),
    copy: input.copy,
    sample: context.sample,
  }
}

/** Lines of the same SKU are one item on the label. */
function waybillItems(lines: readonly PackLine[]): WaybillDocument['items'] {
  return [...groupBy(lines, (line) => line.skuCode).values()].map((same) => ({
    text: same[0]?.labelText ?? '',
    quantity: same.reduce((sum, line) => sum + line.quantity, 0),
  }))
}

/** Stands on the label where the buyer's data is not there. */
export const unknownRecipient = (personRef: string): Recipient => ({
  personRef,
  name: '',
  company: '',
  phone: '',
  province: '',
  city: '',
  district: '',
  street: '',
  postcode: '',
  country: '',
})
