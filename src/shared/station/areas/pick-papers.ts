import { groupBy } from '../../base/group-by.ts'
import { shopTime } from '../../domain/orders/deadline.ts'
import type { PickStop, SlotOfOrder } from '../../domain/picking/pick-task.ts'
import { slotName } from '../../domain/picking/slots.ts'
import type { ListDocument, PutWallDocument } from '../../labels/label-document.ts'
import type { DecideContext } from '../decision.ts'

type PaperContext = Pick<DecideContext, 'at' | 'shop' | 'shopClock' | 'sample'>

interface BatchSlipInput {
  readonly batchNo: string
  readonly orders: number
  /** In walking order. */
  readonly stops: readonly PickStop[]
  /** Empty while nobody has taken the batch. */
  readonly slots: readonly SlotOfOrder[]
}

/** Pick slip 拣货单 of a batch: its number to be scanned, one row for one SKU in one bin (PIK-1, PIK-2). */
export function batchSlip(
  { batchNo, orders, stops, slots }: BatchSlipInput,
  context: PaperContext,
): ListDocument {
  const rows = [
    ...groupBy(stops, (stop) => `${stop.binCode}|${stop.skuCode}|${stop.measureMm ?? ''}`).values(),
  ]
  return {
    kind: 'list',
    list: 'pick-slip',
    title: '拣货单 · 批次',
    number: batchNo,
    facts: [
      { name: '店铺', value: context.shop.name },
      { name: '订单', value: `${orders} 单` },
      { name: '打印', value: shopTime(context.at, context.shopClock) },
    ],
    columns: [
      { title: '货位', weight: 2, align: 'left' },
      { title: '商品', weight: 4.4, align: 'left' },
      { title: '尺寸 mm', weight: 1.4, align: 'right' },
      { title: '数量', weight: 1, align: 'right' },
      { title: slots.length > 0 ? '分到格' : '订单尾号', weight: 2.2, align: 'left' },
    ],
    rows: rows.map((same) => [
      same[0]?.binCode ?? '',
      same[0]?.title ?? '',
      same[0]?.measureMm ? String(same[0].measureMm) : '',
      String(piecesOf(same)),
      same.map((stop) => goesTo(stop, slots)).join('、'),
    ]),
    totals: [`共 ${rows.length} 处`, `${piecesOf(stops)} 件`],
    signatures: [{ role: '拣货', name: '' }],
    sample: context.sample,
  }
}

const piecesOf = (stops: readonly PickStop[]): number => stops.reduce((sum, stop) => sum + stop.quantity, 0)

function goesTo(stop: PickStop, slots: readonly SlotOfOrder[]): string {
  const slot = slots.find(({ orderId }) => orderId === stop.orderId)
  const place = slot ? `${slotName(slot.code)}号` : stop.orderNumber.slice(-4)
  return stop.quantity === 1 ? place : `${place}×${stop.quantity}`
}

/** Label of one slot of a put-wall 播种墙 (PIK-1): scanned at the wall, and at packing. */
export const putWallLabel = (wall: string, code: string): PutWallDocument => ({
  kind: 'put-wall',
  code,
  slot: slotName(code),
  wall: `播种墙 ${wall}`,
})
