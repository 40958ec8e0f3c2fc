import { describe, expect, it } from 'vitest'
import { createTestStation, type TestStation, testOrder } from '../../../shared/station/test-station.ts'
import { orderFlag, orderState } from './order-listing.ts'

const SKU = '2004-奶油-L'

async function stateOf(station: TestStation, number: string) {
  const orderId = `taobao/${number}`
  return station.store.read(['orders', 'readiness'], async (tx) => {
    const order = await tx.get('orders', orderId)
    if (!order) throw new Error('no such order')
    const readiness = (await tx.get('readiness', orderId)) ?? null
    return [orderState(order, readiness), orderFlag({ order, readiness, recipient: null })]
  })
}

describe('order state', () => {
  it('ORD-6 what cannot ship says why and shows yellow, then its own flag again', async () => {
    const station = await createTestStation()
    const orders = [
      testOrder('1', [[SKU, 2]]),
      testOrder('2', [['2031-深蓝-31', 1]]),
      testOrder('3', [['NOPE', 1]]),
    ]
    await station.run({ type: 'ImportOrders', file: 'o.csv', orders })
    expect(await stateOf(station, '1')).toEqual(['short', 'yellow'])
    expect(await stateOf(station, '2')).toEqual(['measureWanted', 'yellow'])
    expect(await stateOf(station, '3')).toEqual(['unknownSku', 'yellow'])
    await station.scans('receive', 'CMD-NEW', SKU, 'QTY-5', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
    await station.scans('putaway', SKU, 'QTY-5', 'B-01-1-01')
    expect(await stateOf(station, '1')).toEqual(['ready', 'red'])
    await station.scans('pack', '1', SKU, SKU, 'G-430', 'BADGE-1001', 'CMD-FINISH')
    expect((await stateOf(station, '1'))[0]).toBe('packed')
  })

  it('ORD-2 an order that the platform took back is cancelled, one not paid is unpaid', async () => {
    const station = await createTestStation()
    const orders = [
      testOrder('1', [[SKU, 1]], { status: 'refunding' }),
      testOrder('2', [[SKU, 1]], { status: 'unpaid', paidAt: null }),
      testOrder('3', [[SKU, 1]], { status: 'shipped' }),
    ]
    await station.run({ type: 'ImportOrders', file: 'o.csv', orders })
    expect((await stateOf(station, '1'))[0]).toBe('cancelled')
    expect((await stateOf(station, '2'))[0]).toBe('unpaid')
    expect((await stateOf(station, '3'))[0]).toBe('shippedElsewhere')
  })
})
