import { beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SHOP_CLOCK } from '../../../shared/domain/orders/deadline.ts'
import { createMemoryStore } from '../../../shared/station/memory-store.ts'
import type { StationStore } from '../../../shared/station/store.ts'
import { type ParcelRow, TABLE_NAMES } from '../../../shared/station/tables.ts'
import { createTestStation, type TestStation, testOrder } from '../../../shared/station/test-station.ts'
import { ARCHIVE_TABLES, searchArchive } from './archive-search.ts'

const SKU = '2004-奶油-L'

const find = async (store: StationStore, text: string, limit = 100): Promise<string[]> => {
  const { parcels } = await store.read(ARCHIVE_TABLES, (tx) =>
    searchArchive(tx, { text, limit, clock: DEFAULT_SHOP_CLOCK }),
  )
  return parcels.map((parcel) => parcel.finish?.orderNumbers[0] ?? '')
}

/** Two real parcels, packed one after the other by the manager. */
async function twoParcels(): Promise<TestStation> {
  const station = await createTestStation()
  const second = testOrder('19300002', [
    [SKU, 1],
    ['2010-琥珀-500ML', 1],
  ])
  const orders = [
    testOrder('19300001', [[SKU, 1]]),
    { ...second, recipient: { ...second.recipient, name: '王一诺', phone: '17000002266' } },
  ]
  await station.run({ type: 'ImportOrders', file: 'o.csv', orders })
  await station.scans(
    'receive',
    'CMD-NEW',
    SKU,
    'QTY-5',
    '2010-琥珀-500ml',
    'CMD-FINISH',
    'BADGE-1002',
    'BADGE-1001',
  )
  await station.scans('putaway', SKU, 'QTY-5', 'B-01-1-01', '2010-琥珀-500ml', 'B-01-1-01')
  await station.scans('pack', '19300001', SKU, 'G-210', 'BADGE-1001', 'CMD-FINISH')
  await station.scans('pack', '19300002', SKU, '2010-琥珀-500ml', 'G-540', 'BADGE-1002', 'CMD-FINISH')
  return station
}

describe('archive search', () => {
  let station: TestStation
  beforeAll(async () => {
    station = await twoParcels()
  })
  const BOTH = ['19300002', '19300001']

  it('ARC-1 without words the newest parcel comes first', async () => {
    expect(await find(station.store, ' ')).toEqual(BOTH)
    expect(await find(station.store, '', 1)).toEqual(['19300002'])
  })

  it('ARC-1 finds by waybill and order number, whole or begun', async () => {
    expect(await find(station.store, '77300000000100')).toEqual(['19300001'])
    expect(await find(station.store, '７７３0000')).toEqual(BOTH)
    expect(await find(station.store, '19300002')).toEqual(['19300002'])
  })

  it('ARC-1 finds by phone tail, whole phone and recipient', async () => {
    expect(await find(station.store, '3373')).toEqual(['19300001'])
    expect(await find(station.store, '17000002266')).toEqual(['19300002'])
    expect(await find(station.store, '18800002266')).toEqual([])
    expect(await find(station.store, '王一')).toEqual(['19300002'])
  })

  it('ARC-1 finds by SKU code and barcode', async () => {
    expect(await find(station.store, '2010-琥珀-500ml')).toEqual(['19300002'])
    expect(await find(station.store, '6901000000022')).toEqual(BOTH)
  })

  it('ARC-1 finds by courier, packer and day', async () => {
    expect(await find(station.store, 'sto')).toEqual(BOTH)
    expect(await find(station.store, '申通')).toEqual(BOTH)
    expect(await find(station.store, 'SF')).toEqual([])
    expect(await find(station.store, '张主管')).toEqual(['19300001'])
    expect(await find(station.store, '2026-11-22')).toEqual(BOTH)
    expect(await find(station.store, '2026-11-21')).toEqual([])
    expect(await find(station.store, '2026-02-31')).toEqual([])
  })

  it('ARC-1 every word must fit', async () => {
    expect(await find(station.store, '2026-11-22 3373')).toEqual(['19300001'])
    expect(await find(station.store, 'STO 王收货')).toEqual(['19300002'])
    expect(await find(station.store, '3373 2266')).toEqual([])
    expect(await find(station.store, '不在这里')).toEqual([])
  })
})

describe('archive search at length', () => {
  const DAY = Date.UTC(2026, 10, 22, 2)

  /** Many parcels of one SKU, `perMs` in the same millisecond; every hundredth goes with another courier. */
  async function manyParcels(count: number, perMs: number): Promise<StationStore> {
    const station = await twoParcels()
    const template = await station.store.read(
      TABLE_NAMES,
      async (tx) => (await tx.range('parcels', null, { limit: 1 }))[0],
    )
    if (!template?.finish) throw new Error('no parcel')
    const { finish } = template
    const rows = Array.from({ length: count }, (_, index): ParcelRow => {
      const courier = index % 100 === 0 ? 'SF' : 'STO'
      const at = DAY + Math.floor(index / perMs)
      return {
        ...template,
        parcelId: `many-${String(index).padStart(6, '0')}`,
        waybillNumber: `99${index}`,
        orderCodes: [`N${index}`],
        courier,
        finishedAt: at,
        finish: { ...finish, orderNumbers: [`N${index}`], at },
      }
    })
    const store = createMemoryStore()
    await store.write(TABLE_NAMES, async (tx) => {
      tx.putMany('parcels', rows)
      const sku = await station.store.read(['skus'], (other) => other.get('skus', SKU))
      if (sku) tx.put('skus', sku)
    })
    return store
  }

  it('ARC-1 goods sold thousands of times are found newest first', async () => {
    const store = await manyParcels(3000, 1)
    const found = await find(store, SKU, 50)
    expect(found).toHaveLength(50)
    expect(found[0]).toBe('N2999')
    expect(found.at(-1)).toBe('N2950')
  })

  it('ARC-1 a rare courier is found by walking back, every parcel once', async () => {
    const store = await manyParcels(3000, 7)
    const found = await find(store, 'SF', 100)
    expect(found).toHaveLength(30)
    expect(new Set(found).size).toBe(30)
  })
})
