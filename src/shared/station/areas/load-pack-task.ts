import { skuLabelText, skuTitle } from '../../domain/catalogue/sku.ts'
import { addressMarkOf, recipientRefOf } from '../../domain/orders/desk.ts'
import { isExtraLine } from '../../domain/orders/extras.ts'
import { lineMeasure } from '../../domain/packing/decide-pack.ts'
import type { PackLine, PackTask } from '../../domain/packing/pack-task.ts'
import { PACKING_RULES, readPackingRules, rulesOfParcel } from '../../domain/packing/packing-rules.ts'
import type { DecideContext } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { DemandRow, OrderRow, SkuRow } from '../tables.ts'
import { expectParcel } from '../weights/weigh-parcel.ts'
import { usualPacking } from './choose-packing.ts'
import { courierFor } from './courier-for.ts'

/**
 * The parcel of an order, or of several merged ones, as it comes onto the bench: its lines, where they stand, what all
 * of it should weigh, and who takes it (ORD-4, ORD-7).
 */
export async function loadPackTask(
  tx: ReadTx,
  orders: readonly OrderRow[],
  context: DecideContext,
  state: PackTask['state'],
): Promise<PackTask> {
  const [demand, choice, rules] = await Promise.all([
    demandOfParcel(tx, orders),
    courierFor(tx, orders),
    tx.get('settings', PACKING_RULES),
  ])
  const skus = await tx.getMany(
    'skus',
    demand.map((row) => row.skuCode),
  )
  const lines = demand.map((row, index) => packLine(row, skus[index], state))
  const packing = await usualPacking(tx, lines)
  const expected = await expectParcel(tx, { lines, ...(packing ? { packing } : {}) })
  return {
    area: 'pack',
    taskId: context.newId(),
    openedAt: context.at,
    openedBy: context.person?.personId ?? null,
    undoHead: null,
    state,
    orderIds: orders.map((order) => order.orderId),
    orderNumbers: orders.map((order) => order.platform?.number ?? order.orderId),
    courier: choice.courier,
    personRef: orders[0] ? recipientRefOf(orders[0]) : '',
    addressMarks: Object.fromEntries(orders.map((order) => [order.orderId, addressMarkOf(order)])),
    lines,
    weightGrams: null,
    weightSource: null,
    ...(expected ? { expected } : {}),
    ...(packing ? { packing } : {}),
    rules: rulesOfParcel(readPackingRules(rules?.value), lines),
    signature: null,
    trail: [],
  }
}

/** Order by order, line by line; of the extras what there is: one that is out of stock holds nothing up (ORD-8). */
async function demandOfParcel(tx: ReadTx, orders: readonly OrderRow[]): Promise<DemandRow[]> {
  const demands = await Promise.all(orders.map((order) => tx.where('demand', 'orderId', order.orderId)))
  return demands.flatMap((rows) =>
    [...rows]
      .sort((a, b) => a.lineNo - b.lineNo)
      .flatMap((row) => {
        if (!isExtraLine(row.lineNo)) return [row]
        const quantity = row.quantity - row.shortQuantity
        return quantity > 0 ? [{ ...row, quantity }] : []
      }),
  )
}

function packLine(row: DemandRow, sku: SkuRow | undefined, state: PackTask['state']): PackLine {
  return {
    orderId: row.orderId,
    lineNo: row.lineNo,
    skuCode: row.skuCode,
    item: sku?.item ?? '',
    title: sku ? skuTitle(sku) : row.skuCode,
    colour: sku?.colour ?? '',
    size: sku?.size ?? '',
    labelText: sku ? skuLabelText(sku) : row.skuCode,
    quantity: row.quantity,
    fragile: sku?.fragile ?? false,
    ...(sku?.category ? { category: sku.category } : {}),
    unitWeightGrams: sku?.weightGrams ?? null,
    ...lineMeasure(sku?.category ?? ''),
    wantedMm: row.wantedMm,
    sources: state === 'packing' ? row.allocated : [],
    pieces: [],
  }
}
