import { describe, expect, it } from 'vitest'
import { TABLE_NAMES } from '../../../shared/station/tables.ts'
import { createTestStation, type TestStation, testOrder } from '../../../shared/station/test-station.ts'
import { FIGURES, type MovementScope, type SkuStock, skuStocks, traceMovements } from './stock-figures.ts'

const SKU = '2004-奶油-L'

async function stockOf(station: TestStation, code = SKU): Promise<SkuStock> {
  const [stock] = await station.store.read(TABLE_NAMES, async (tx) => {
    const sku = await tx.get('skus', code)
    if (!sku) throw new Error('no such SKU')
    return skuStocks(
      [sku],
      await tx.where('balances', 'skuCode', code),
      await tx.where('demand', 'skuCode', code),
    )
  })
  if (!stock) throw new Error('no stock')
  return stock
}

const trace = (station: TestStation, scope: MovementScope) =>
  station.store.read(TABLE_NAMES, async (tx) =>
    traceMovements(await tx.where('movements', 'skuCode', scope.skuCode), scope),
  )

/** Ten received, six put away, one order of two packed. */
async function workingDay(): Promise<TestStation> {
  const station = await createTestStation()
  await station.scans('receive', 'CMD-NEW', SKU, 'QTY-10', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', SKU, 'QTY-6', 'B-01-1-01')
  await station.run({
    type: 'ImportOrders',
    file: 'o.csv',
    orders: [testOrder('1', [[SKU, 2]]), testOrder('2', [[SKU, 3]])],
  })
  return station
}

describe('stock figures', () => {
  it('STK-5 available is what is on hand and good less what is allocated', async () => {
    const station = await workingDay()
    expect(await stockOf(station)).toMatchObject({
      onHand: 10,
      allocated: 5,
      available: 5,
      dock: 4,
      packed: 0,
    })
  })

  it('STK-5 a packed parcel is no longer on hand, and its order asks for nothing more', async () => {
    const station = await workingDay()
    const reasons = await station.scans('pack', '1', SKU, SKU, 'G-430', 'BADGE-1001', 'CMD-FINISH')
    expect(reasons.at(-1)).toBe('finished')
    expect(await stockOf(station)).toMatchObject({ onHand: 8, allocated: 3, available: 5, packed: 2 })
  })

  it('STK-5 the movements behind every figure add up to it', async () => {
    const station = await workingDay()
    await station.scans('pack', '1', SKU, SKU, 'G-430', 'BADGE-1001', 'CMD-FINISH')
    const stock = await stockOf(station)
    for (const figure of FIGURES) {
      const traced = await trace(station, { of: 'figure', skuCode: SKU, figure })
      expect(traced[0]?.after ?? 0).toBe(stock[figure])
      expect(traced.reduce((sum, { change }) => sum + change, 0)).toBe(stock[figure])
    }
    for (const { key, quantity } of stock.balances)
      expect((await trace(station, { of: 'balance', skuCode: SKU, key }))[0]?.after).toBe(quantity)
  })

  it('STK-5 putting away leaves the figure on hand alone and moves the dock', async () => {
    const station = await workingDay()
    const onHand = await trace(station, { of: 'figure', skuCode: SKU, figure: 'onHand' })
    expect(onHand.map(({ change }) => change)).toEqual([10])
    const dock = await trace(station, { of: 'figure', skuCode: SKU, figure: 'dock' })
    expect(dock.map(({ change, after }) => [change, after])).toEqual([
      [-6, 4],
      [10, 10],
    ])
  })
})
