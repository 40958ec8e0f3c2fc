import type { PlatformOrder } from '../../../shared/domain/orders/order.ts'
import { pairTaobao } from '../../../shared/formats/pair-taobao.ts'
import type { OrderLine, OrderRecord } from '../../../shared/formats/records.ts'
import type { TaobaoItem } from '../../../shared/formats/taobao-items.ts'
import { taobaoStatus } from '../../../shared/formats/taobao-status.ts'
import type { IncomingOrder } from '../../../shared/station/commands/command.ts'
import { shippedPart } from '../../../shared/station/imports/to-order.ts'
import type { StagedRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/** What a Taobao order is made of, after its halves have been looked for in the files and among those that wait. */
export type TaobaoWork =
  | { readonly tag: 'whole'; readonly record: OrderRecord; readonly wasStaged: boolean }
  | { readonly tag: 'orderAlone'; readonly record: OrderRecord }
  | { readonly tag: 'itemsAlone'; readonly orderKey: string; readonly items: readonly TaobaoItem[] }

export const stagedOrderId = (numberKey: string): string => `taobao/orders/${numberKey}`
export const stagedItemsId = (numberKey: string): string => `taobao/items/${numberKey}`

/**
 * Puts the halves together: those of the chosen files with each other, and with the ones that wait in `staged`. Newer
 * halves win over waiting ones. Order of the result: orders as in their file, then orders that had waited, then items.
 */
export async function pairHalves(
  orders: readonly OrderRecord[],
  items: readonly TaobaoItem[],
  database: StationDatabase,
): Promise<TaobaoWork[]> {
  const fresh = new Map(orders.map((order) => [order.numberKey, order]))
  const itemKeys = new Set(items.map((item) => item.orderKey))
  const stagedItems = await waitingItems(
    database,
    [...fresh.keys()].filter((key) => !itemKeys.has(key)),
  )
  const stagedOrders = await waitingOrders(
    database,
    [...itemKeys].filter((key) => !fresh.has(key)),
  )
  const pairing = pairTaobao([...fresh.values(), ...stagedOrders], [...stagedItems, ...items])
  const whole = new Map(pairing.complete.map((order) => [order.numberKey, order]))
  const work: TaobaoWork[] = [...fresh.values(), ...stagedOrders].flatMap((order): TaobaoWork[] => {
    const wasStaged = !fresh.has(order.numberKey)
    const complete = whole.get(order.numberKey)
    // The order's own word stands; what its lines say of themselves is weighed when it is taken over (toOrder).
    if (complete) return [{ tag: 'whole', record: { ...complete, status: order.status }, wasStaged }]
    return wasStaged ? [] : [{ tag: 'orderAlone', record: order }]
  })
  for (const [orderKey, own] of pairing.waitingForOrder) {
    if (itemKeys.has(orderKey)) work.push({ tag: 'itemsAlone', orderKey, items: own })
  }
  return work
}

async function waitingItems(database: StationDatabase, keys: readonly string[]): Promise<TaobaoItem[]> {
  const rows = await stagedRows(database, keys.map(stagedItemsId))
  return rows.flatMap((row) => row.payload as TaobaoItem[])
}

async function waitingOrders(database: StationDatabase, keys: readonly string[]): Promise<OrderRecord[]> {
  const rows = await stagedRows(database, keys.map(stagedOrderId))
  return rows.map((row) => row.payload as OrderRecord)
}

const PAGE = 1000

async function stagedRows(database: StationDatabase, ids: readonly string[]): Promise<StagedRow[]> {
  const rows: StagedRow[] = []
  for (let at = 0; at < ids.length; at += PAGE) {
    const page = await database.staged.bulkGet(ids.slice(at, at + PAGE))
    for (const row of page) if (row) rows.push(row)
  }
  return rows
}

/** A newer item file for an order that the station knows: the lines and what they say of themselves, nothing else. */
export function orderWithItems(
  known: PlatformOrder,
  recipient: IncomingOrder['recipient'],
  items: readonly TaobaoItem[],
): IncomingOrder {
  const lines = items.map((item, index): OrderLine => ({ ...item, lineNo: index + 1 }))
  // Whether the whole order is under refund stands in its own word, not in what earlier lines had made of it.
  const status =
    known.status === 'refunding' ? (taobaoStatus(known.statusText) ?? known.status) : known.status
  return { platform: { ...known, ...shippedPart(status, lines) }, recipient }
}
