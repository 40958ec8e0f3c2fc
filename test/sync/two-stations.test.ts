import { describe, expect, it } from 'vitest'
import { projectionHash } from '../../src/shared/station/compare-projections.ts'
import type { StationStore } from '../../src/shared/station/store.ts'
import type { TableName } from '../../src/shared/station/tables.ts'
import { testOrder } from '../../src/shared/station/test-station.ts'
import { createSyncedShop, type SyncedStation } from './sync-pair.ts'

const SHIRT = '2004-奶油-L'

const rows = <N extends TableName>(store: StationStore, table: N) =>
  store.read([table], (tx) => tx.range(table, null, {}))

async function stocked(station: SyncedStation, pieces: number): Promise<void> {
  await station.scans('receive', 'CMD-NEW', SHIRT, `QTY-${pieces}`, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', SHIRT, `QTY-${pieces}`, 'B-01-1-01')
}

const pack = (station: SyncedStation, number: string): Promise<string[]> =>
  station.scans('pack', number, SHIRT, 'G-200', 'BADGE-1002', 'CMD-FINISH')

async function pair() {
  const shop = createSyncedShop()
  const first = await shop.station('S1')
  await stocked(first, 5)
  const order = testOrder('7001', [[SHIRT, 1]])
  await first.run({ type: 'ImportOrders', file: 'orders.csv', orders: [order] })
  await first.sync()
  const second = await shop.station('S2')
  await second.sync()
  for (const station of [first, second, first, second]) {
    await station.numbers()
    await station.sync()
  }
  await first.sync()
  return { shop, first, second }
}

const equal = async (a: SyncedStation, b: SyncedStation): Promise<void> => {
  expect(await projectionHash(b.store)).toBe(await projectionHash(a.store))
  expect(await rows(b.store, 'discrepancies')).toEqual(await rows(a.store, 'discrepancies'))
}

describe('two stations on one hub', () => {
  it('SYN-1 end equal, addresses included, with empty outboxes', async () => {
    const { first, second } = await pair()
    await equal(first, second)
    expect((await rows(second.store, 'recipients'))[0]).toMatchObject({ name: '卢小明' })
    expect((await rows(first.store, 'recipients'))[0]?.stamp?.hubSequence).toBeGreaterThan(0)
    for (const station of [first, second])
      expect((await rows(station.store, 'records')).filter((row) => 'outboxCounter' in row)).toEqual([])
  })

  it('SYN-2 PAK-10 pack one order while apart: both parcels stand, one discrepancy names both, stock is right', async () => {
    const { first, second } = await pair()
    first.online = second.online = false
    expect((await pack(first, '7001')).at(-1)).toBe('finished')
    expect((await pack(second, '7001')).at(-1)).toBe('finished')
    first.online = second.online = true
    await first.sync()
    await second.sync()
    await first.sync()
    await equal(first, second)
    const parcels = await rows(first.store, 'parcels')
    expect(parcels.map((parcel) => parcel.state)).toEqual(['packed', 'packed'])
    const found = (await rows(first.store, 'discrepancies')).filter((row) => row.kind === 'doublePack')
    expect(found).toHaveLength(1)
    expect(found[0]?.eventIds).toEqual(parcels.map((parcel) => parcel.parcelId).sort())
    expect(await first.stock(SHIRT)).toMatchObject({ 'bin:B-01-1-01': 3, packed: 2 })
  })

  it('SYN-2 PAK-10 a parcel voided here and handed over there is named, with both events', async () => {
    const { first, second } = await pair()
    await pack(first, '7001')
    await first.sync()
    await second.sync()
    first.online = second.online = false
    expect(await first.scans('pack', '7001', 'ANS-2', 'ANS-1')).toContain('voided')
    expect(await second.scans('handover', 'STO', '7001', 'CMD-FINISH', 'COURIER-LI')).toContain('handedOver')
    first.online = second.online = true
    for (const station of [first, second, first]) await station.sync()
    await equal(first, second)
    const found = (await rows(first.store, 'discrepancies')).find((row) => row.kind === 'endedTwice')
    expect(found?.eventIds).toHaveLength(2)
    expect(found?.subject).toBe((await rows(first.store, 'parcels'))[0]?.waybillNumber)
  })

  it('SYN-2 an order on another desk is not opened here while the lease holds', async () => {
    const { shop, first, second } = await pair()
    await first.scans('pack', '7001')
    expect(await first.leases()).toBe(true)
    await second.scans('pack', '7001')
    expect(await second.leases()).toBe(false)
    expect(await second.scans('pack', SHIRT, 'G-200', 'BADGE-1002', 'CMD-FINISH')).toContain(
      'packingElsewhere',
    )
    expect((await pack(first, '7001')).at(-1)).toBe('finished')
    expect((await rows(first.store, 'parcels'))[0]?.finish?.leaseToken).toBeGreaterThan(0)
    shop.clock.now += 200_000
  })

  it('SYN-1 the last writer by hub order wins field by field, what it overwrote stays, both who wrote apart are named', async () => {
    const { first, second } = await pair()
    const note = { type: 'DescribeThing', thing: 'bin', key: 'B-01-1-01', field: 'name' } as const
    first.online = second.online = false
    await first.run({ ...note, value: '左边' })
    await second.run({ ...note, value: '右边' })
    first.online = second.online = true
    await second.sync()
    await first.sync()
    await second.sync()
    await equal(first, second)
    const detail = (await rows(first.store, 'details')).find((row) => row.id === 'bin:B-01-1-01:name')
    expect(detail?.value).toBe('左边')
    expect(detail?.writes.map((write) => write.value).sort()).toEqual(['右边', '左边'])
    expect((await rows(second.store, 'discrepancies')).map((row) => row.kind)).toContain('writtenTwice')
  })

  it('SYN-2 LBL-5 share the numbers of one pool: each has some of its own, nobody has the other’s', async () => {
    const { first, second } = await pair()
    const waybills = await rows(first.store, 'waybills')
    const holders = new Set(waybills.map((row) => row.freeFor))
    expect(holders).toEqual(new Set(['S1/STO', 'S2/STO']))
    const orders = [7101, 7102, 7103, 7104].map((number) => testOrder(String(number), [[SHIRT, 1]]))
    await first.run({ type: 'ImportOrders', file: 'more.csv', orders })
    await first.sync()
    await second.sync()
    first.online = second.online = false
    await pack(first, '7101')
    await pack(second, '7102')
    await pack(first, '7103')
    await pack(second, '7104')
    first.online = second.online = true
    for (const station of [first, second, first]) await station.sync()
    await equal(first, second)
    const numbers = (await rows(first.store, 'parcels')).map((parcel) => parcel.waybillNumber)
    expect(new Set(numbers).size).toBe(4)
  })

  it('SYN-4 an event of a type nobody knows is kept, counts by its movements and goes to the others', async () => {
    const { shop, first, second } = await pair()
    const known = (await rows(first.store, 'records')).flatMap((row) =>
      row.kind === 'event' ? [row.data] : [],
    )
    const last = known.filter((event) => event.stationId === 'S1').at(-1)
    const counter = (last?.counter ?? 0) + 1
    const strange = {
      ...last,
      eventId: `S1.g1.${counter}`,
      counter,
      type: 'DroneLanded',
      version: 3,
      body: { height: 1 },
      movements: [
        {
          skuCode: SHIRT,
          batch: null,
          expiresOn: null,
          measureMm: null,
          condition: 'good',
          quantity: 2,
          from: 'adjustment',
          to: 'bin:B-01-1-01',
        },
      ],
    }
    const station = await shop.hub.findStation('S1')
    if (!station) throw new Error('S1 is enrolled')
    const pushed = await shop.hub.answer(station.caller, 'push', {
      generation: 'g1',
      opensAt: 1,
      events: [{ event: strange }],
    })
    expect(pushed).toMatchObject({ tag: 'taken', results: [{ tag: 'ack' }] })
    await second.sync()
    expect(await second.stock(SHIRT)).toMatchObject({ 'bin:B-01-1-01': 7 })
  })
})
