import { describe, expect, it } from 'vitest'
import { createTestStation, TEST_SKUS, testOrder } from '../../../shared/station/test-station.ts'
import type { SkuRow } from '../../../shared/station/tables.ts'
import { fitting } from './measure-look-up.ts'

const JEANS = '2031-深蓝-31'
const [first] = TEST_SKUS

async function shopWith(...measures: number[]) {
  const station = await createTestStation()
  for (const mm of measures) {
    await station.scans('receive', 'CMD-NEW', JEANS, `MM-${mm}`, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
    await station.scans('putaway', JEANS, `MM-${mm}`, 'A-01-1-01')
  }
  return station
}

const found = async (station: Awaited<ReturnType<typeof shopWith>>, measureMm: number, toleranceMm: number) =>
  station.store.read(['balances', 'demand', 'bins', 'skus'], async (tx) => {
    const skus = (await tx.getMany('skus', [JEANS])) as SkuRow[]
    const stock = {
      balances: await tx.where('balances', 'skuCode', JEANS),
      demand: await tx.where('demand', 'skuCode', JEANS),
      bins: await tx.range('bins', null, {}),
    }
    const rows = fitting(
      { item: first?.item ?? '', measureMm, toleranceMm },
      new Map([[JEANS, skus[0] as SkuRow]]),
      stock,
    )
    return rows.map((row) => [row.measureMm, row.bins.join(' '), row.onHand, row.available])
  })

describe('look-up by measure', () => {
  it('ORD-6 lists the pieces within the range, the nearest first', async () => {
    const station = await shopWith(765, 770, 790, 770)
    expect(await found(station, 768, 10)).toEqual([
      [770, 'A-01-1-01', 2, 2],
      [765, 'A-01-1-01', 1, 1],
    ])
    expect(await found(station, 768, 1)).toEqual([])
  })

  it('ORD-6 STK-5 what an order was promised is not available', async () => {
    const station = await shopWith(770, 770)
    await station.run({ type: 'ImportOrders', file: 'o', orders: [testOrder('1', [[JEANS, 1]])] })
    await station.run({ type: 'ConfirmWanted', orderId: 'taobao/1', lineNo: 1, measureMm: 770 })
    expect(await found(station, 770, 10)).toEqual([[770, 'A-01-1-01', 2, 1]])
  })
})
