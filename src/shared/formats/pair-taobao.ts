import type { OrderLine, OrderRecord } from './records.ts'
import type { TaobaoItem } from './taobao-items.ts'

/** Orders that are whole, and what waits for the other file. */
export interface TaobaoPairing {
  readonly complete: OrderRecord[]
  /** Orders without items, or with fewer pieces than 宝贝总数量 announces (a cut item file). */
  readonly waitingForItems: OrderRecord[]
  /** Items whose order has not come, by order number in comparing form. */
  readonly waitingForOrder: ReadonlyMap<string, readonly TaobaoItem[]>
}

/**
 * Joins the two Taobao reports by order number (formats.md: an order file without its item file is incomplete). The
 * caller keeps what waits and passes it in again with the next file. Of several item files with the same order only
 * the last one counts, so that overlapping exports do not double the pieces.
 */
export function pairTaobao(orders: readonly OrderRecord[], items: readonly TaobaoItem[]): TaobaoPairing {
  const byOrder = itemsByOrder(items)
  const complete: OrderRecord[] = []
  const waitingForItems: OrderRecord[] = []
  for (const order of orders) {
    const own = byOrder.get(order.numberKey) ?? []
    byOrder.delete(order.numberKey)
    const pieces = own.reduce((sum, item) => sum + item.quantity, 0)
    if (own.length === 0 || pieces < (order.expectedPieces ?? 0)) {
      waitingForItems.push(order)
      if (own.length > 0) byOrder.set(order.numberKey, own)
    } else complete.push({ ...order, status: statusWithItems(order, own), lines: own.map(lineOf) })
  }
  return { complete, waitingForItems, waitingForOrder: byOrder }
}

function itemsByOrder(items: readonly TaobaoItem[]): Map<string, TaobaoItem[]> {
  const byOrder = new Map<string, TaobaoItem[]>()
  for (const item of items) {
    const list = byOrder.get(item.orderKey)
    if (list && list[0]?.fileId === item.fileId) list.push(item)
    else byOrder.set(item.orderKey, [item])
  }
  return byOrder
}

/** One line under refund stops the whole order until a person has looked (ORD-2). */
function statusWithItems(order: OrderRecord, items: readonly TaobaoItem[]): OrderRecord['status'] {
  if (order.status !== 'paid') return order.status
  if (items.every((item) => item.status === 'refunded')) return 'refunded'
  return items.some((item) => item.status === 'refunding' || item.status === 'refunded')
    ? 'refunding'
    : 'paid'
}

function lineOf(item: TaobaoItem, index: number): OrderLine {
  return {
    lineNo: index + 1,
    skuCode: item.skuCode,
    skuKey: item.skuKey,
    title: item.title,
    attributes: item.attributes,
    quantity: item.quantity,
    priceFen: item.priceFen,
    status: item.status,
  }
}
