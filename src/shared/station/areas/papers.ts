import { shopTime } from '../../domain/orders/deadline.ts'
import type { Recipient } from '../../domain/orders/order.ts'
import type { PickStop } from '../../domain/picking/pick-task.ts'
import type { ReceiveTask } from '../../domain/receiving/receive-task.ts'
import { COLLECTED } from '../../domain/shipping/collected.ts'
import { courierName } from '../../domain/shipping/couriers.ts'
import type { LabelDocument, ListDocument } from '../../labels/label-document.ts'
import { maskName } from '../../labels/mask-personal.ts'
import type { DecideContext, NewPrint } from '../decision.ts'
import type { ParcelFinish } from '../tables.ts'

type PaperContext = Pick<DecideContext, 'at' | 'shop' | 'shopClock' | 'sample'>

/** Fact that marks a list printed again (LBL-4). */
const COPY_FACT = '重印'

/** The document with its mark as a copy; labels that only name a thing look the same every time. */
export function markedCopy(document: LabelDocument, copy: number): LabelDocument {
  if (document.kind === 'waybill') return { ...document, copy }
  if (document.kind !== 'list') return document
  const facts = document.facts.filter((fact) => fact.name !== COPY_FACT)
  return { ...document, facts: [...facts, { name: COPY_FACT, value: `第 ${copy} 次` }] }
}

/** Delivery note 发货单: goes into the parcel, so the name is masked as on the waybill (LBL-1, LBL-2). */
export function deliveryNote(
  input: { readonly finish: ParcelFinish; readonly recipient: Recipient | null },
  context: PaperContext,
): ListDocument {
  const { finish, recipient } = input
  const pieces = finish.lines.reduce((sum, line) => sum + line.quantity, 0)
  return {
    kind: 'list',
    list: 'delivery-note',
    title: finish.courier === COLLECTED ? '自提单' : '发货单',
    number: finish.waybillNumber,
    facts: [
      { name: '店铺', value: context.shop.name },
      { name: '订单', value: finish.orderNumbers.join(' ') },
      { name: '收件人', value: recipient ? maskName(recipient.name) : '—' },
      { name: '快递', value: courierName(finish.courier) },
      { name: '发货时间', value: shopTime(finish.at, context.shopClock) },
    ],
    columns: [
      { title: '商品', weight: 5, align: 'left' },
      { title: '规格', weight: 3, align: 'left' },
      { title: '数量', weight: 1, align: 'right' },
    ],
    rows: finish.lines.map((line) => [line.title, lineDetail(line), String(line.quantity)]),
    totals: [`共 ${finish.lines.length} 款`, `${pieces} 件`],
    signatures: [
      { role: '打包', name: finish.packerName },
      // Who comes for it signs for it (ORD-3).
      ...(finish.courier === COLLECTED ? [{ role: '买家签收', name: '' }] : []),
    ],
    sample: context.sample,
  }
}

/** What the label says of the goods, and for measured ones what was measured. */
function lineDetail(line: ParcelFinish['lines'][number]): string {
  const taken = line.pieces.flatMap((piece) => (piece.measuredMm === null ? [] : [`${piece.measuredMm} mm`]))
  return [line.labelText, ...(taken.length === 0 ? [] : [`实测 ${taken.join(' / ')}`])].join(' ')
}

const COPIES = ['采购联', '仓库联'] as const

/** RCV-6: defects of a posted note go onto an exchange list 换货单, one copy each for purchasing and the warehouse. */
export function exchangePrints(task: ReceiveTask, context: PaperContext): NewPrint[] {
  const noteNo = task.noteNo ?? ''
  const number = `HH${noteNo.replace(/^RK/, '')}`
  if (Object.values(task.lines).every((line) => line.defects === 0)) return []
  return COPIES.map((part, index) => ({
    jobId: `${number}-${index + 1}`,
    document: exchangeList({ task, number, part }, context),
    personRef: null,
    subject: number,
    reason: '',
  }))
}

function exchangeList(
  input: { readonly task: ReceiveTask; readonly number: string; readonly part: string },
  context: PaperContext,
): ListDocument {
  const lines = Object.values(input.task.lines).filter((line) => line.defects > 0)
  const pieces = lines.reduce((sum, line) => sum + line.defects, 0)
  return {
    kind: 'list',
    list: 'exchange-list',
    title: `换货单 · ${input.part}`,
    number: input.number,
    facts: [
      { name: '店铺', value: context.shop.name },
      { name: '供应商', value: input.task.supplier || '—' },
      { name: '入库单', value: input.task.noteNo ?? '' },
      { name: '采购单号', value: input.task.noticeNo ?? '无通知单' },
      { name: '时间', value: shopTime(context.at, context.shopClock) },
    ],
    columns: [
      { title: '商品', weight: 5, align: 'left' },
      { title: '次品', weight: 1, align: 'right' },
      { title: '实测 mm', weight: 2, align: 'left' },
      { title: '毛病', weight: 3, align: 'left' },
      { title: '处理（换 / 退款）', weight: 2, align: 'left' },
    ],
    rows: lines.map((line) => [line.title, String(line.defects), measures(line.defectsByMeasure), '', '']),
    totals: [`共 ${lines.length} 款`, `${pieces} 件`],
    signatures: [
      { role: '仓库', name: '' },
      { role: '采购', name: '' },
      { role: '供应商', name: '' },
    ],
    sample: context.sample,
  }
}

const measures = (byMeasure: Readonly<Record<string, number>>): string =>
  Object.entries(byMeasure)
    .map(([measureMm, count]) => (count > 1 ? `${measureMm}×${count}` : measureMm))
    .join(' ')

/** What a pick slip says of its order. */
interface PickSlipInput {
  readonly number: string
  readonly deadlineAt: number
  readonly message: string
  readonly stops: readonly Pick<PickStop, 'binCode' | 'title' | 'measureMm' | 'quantity'>[]
}

/** Pick slip 拣货单: the order's number to be scanned, and its pieces in walking order (PIK-2). */
export function pickSlip(
  { number, deadlineAt, message, stops }: PickSlipInput,
  context: PaperContext,
): ListDocument {
  const pieces = stops.reduce((sum, stop) => sum + stop.quantity, 0)
  return {
    kind: 'list',
    list: 'pick-slip',
    title: '拣货单',
    number,
    facts: [
      { name: '店铺', value: context.shop.name },
      { name: '最晚发货', value: shopTime(deadlineAt, context.shopClock) },
      { name: '打印', value: shopTime(context.at, context.shopClock) },
      ...(message === '' ? [] : [{ name: '买家留言', value: message }]),
    ],
    columns: [
      { title: '货位', weight: 2, align: 'left' },
      { title: '商品', weight: 5, align: 'left' },
      { title: '尺寸 mm', weight: 1.4, align: 'right' },
      { title: '数量', weight: 1, align: 'right' },
      { title: '拣到', weight: 1, align: 'left' },
    ],
    rows: stops.map((stop) => [
      stop.binCode,
      stop.title,
      stop.measureMm === null ? '' : String(stop.measureMm),
      String(stop.quantity),
      '',
    ]),
    totals: [`共 ${stops.length} 处`, `${pieces} 件`],
    signatures: [{ role: '拣货', name: '' }],
    sample: context.sample,
  }
}
