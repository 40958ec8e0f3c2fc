import type { OrderStatus } from './records.ts'

/** Taobao's words for an order's state (formats.md), commas in ASCII form. */
const STATUSES: ReadonlyMap<string, OrderStatus> = new Map([
  ['等待买家付款', 'unpaid'],
  ['买家已付款,等待卖家发货', 'paid'],
  ['卖家已发货,等待买家确认', 'shipped'],
  ['交易成功', 'done'],
  ['交易关闭', 'closed'],
])

/** Null for a word that is not known: such a row is refused rather than shipped on a guess. */
export function taobaoStatus(statusText: string): OrderStatus | null {
  const known = STATUSES.get(statusText.replaceAll('，', ',').replaceAll(' ', ''))
  if (known) return known
  if (statusText.includes('退款成功')) return 'refunded'
  return statusText.includes('退款中') ? 'refunding' : null
}
