import { skuTitle } from '../../domain/catalogue/sku.ts'
import type { PickStop } from '../../domain/picking/pick-task.ts'
import { sortStops } from '../../domain/picking/walk.ts'
import { binOfPlace } from '../../ledger/place.ts'
import type { ReadTx } from '../store.ts'
import type { DemandRow, OrderRow } from '../tables.ts'

/** What an order is called by people. */
export const numberOf = (order: OrderRow): string => order.platform?.number ?? order.orderId

/** What stands in bins for these orders, in walking order (PIK-2); what is in their carts already is left out. */
export async function stopsOf(
  tx: ReadTx,
  orders: readonly OrderRow[],
  serpentineZones: readonly string[] = [],
): Promise<PickStop[]> {
  const lines = await Promise.all(orders.map((order) => tx.where('demand', 'orderId', order.orderId)))
  const skuCodes = [...new Set(lines.flat().map((line) => line.skuCode))]
  const rows = await tx.getMany('skus', skuCodes)
  const skus = new Map(rows.flatMap((sku) => (sku ? [[sku.code, sku] as const] : [])))
  const stops = orders.flatMap((order, index) =>
    (lines[index] ?? []).flatMap((line) => {
      const sku = skus.get(line.skuCode)
      return inBins(line).map(
        (from): PickStop => ({
          orderId: order.orderId,
          orderNumber: numberOf(order),
          lineNo: line.lineNo,
          skuCode: line.skuCode,
          title: sku ? skuTitle(sku) : line.skuCode,
          size: sku?.size ?? '',
          colour: sku?.colour ?? '',
          picked: 0,
          ...from,
        }),
      )
    }),
  )
  return sortStops(stops, serpentineZones)
}

function inBins(line: DemandRow): Pick<PickStop, 'binCode' | 'measureMm' | 'quantity'>[] {
  return line.allocated.flatMap(({ place, measureMm, quantity }) => {
    const binCode = binOfPlace(place)
    return binCode === null ? [] : [{ binCode, measureMm, quantity }]
  })
}
