import { describe, expect, it } from 'vitest'
import { projectionHash } from '../../src/shared/station/compare-projections.ts'
import { TABLE_NAMES } from '../../src/shared/station/tables.ts'
import { testOrder } from '../../src/shared/station/test-station.ts'
import { createSyncedShop, type SyncedStation } from './sync-pair.ts'

const SHIRT = '2004-奶油-L'
const ids = (...numbers: number[]): string[] => numbers.map((number) => `taobao/${number}`)

async function pair() {
  const shop = createSyncedShop()
  const first = await shop.station('S1')
  await first.scans('receive', 'CMD-NEW', SHIRT, 'QTY-6', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await first.scans('putaway', SHIRT, 'QTY-6', 'B-01-1-01')
  const orders = [7001, 7002, 7003].map((number) => testOrder(String(number), [[SHIRT, 1]]))
  await first.run({ type: 'ImportOrders', file: 'orders.csv', orders })
  await first.sync()
  const second = await shop.station('S2')
  await second.sync()
  for (const station of [first, second, first, second]) {
    await station.numbers()
    await station.sync()
  }
  await first.sync()
  return { first, second }
}

async function together(first: SyncedStation, second: SyncedStation): Promise<void> {
  first.online = second.online = true
  for (const station of [first, second, first]) await station.sync()
  expect(await projectionHash(second.store)).toBe(await projectionHash(first.store))
  expect(await cases(second)).toEqual(await cases(first))
}

const cases = (station: SyncedStation) =>
  station.store.read(TABLE_NAMES, async (tx) => {
    const rows = await tx.range('discrepancies', null, {})
    // Both were set up with the same pool file.
    return rows.filter((row) => row.kind !== 'poolTwice')
  })

async function groups(station: SyncedStation): Promise<(string | null)[]> {
  const rows = await station.store.read(TABLE_NAMES, (tx) => tx.getMany('orders', ids(7001, 7002, 7003)))
  return rows.map((row) => row?.mergeGroup ?? null)
}

describe('orders merged on two stations apart', () => {
  it('ORD-4 SYN-2 differently: both come to the same groups, and the order in both is a contradiction', async () => {
    const { first, second } = await pair()
    first.online = second.online = false
    await first.run({ type: 'MergeOrders', orderIds: ids(7001, 7002) })
    await second.run({ type: 'MergeOrders', orderIds: ids(7002, 7003) })
    await together(first, second)
    const [one, two, three] = await groups(first)
    expect(two).toBe(three)
    expect(two).not.toBe(one)
    const found = await cases(first)
    expect(found.map((row) => [row.kind, row.subject])).toEqual([['writtenTwice', 'order:taobao/7002:merge']])
    // A person lets the other grouping stand: it is written again by somebody who has seen both.
    const details = await first.store.read(TABLE_NAMES, (tx) => tx.get('details', 'order:taobao/7002:merge'))
    const other = details?.writes.find((write) => write.value === '7001 + 7002')
    await second.run({ type: 'MergeAsWritten', eventId: other?.eventId ?? '' })
    await together(first, second)
    const after = await groups(first)
    expect(after[0]).toBe(after[1])
    expect(await cases(first)).toHaveLength(1)
  })

  it('ORD-4 SYN-2 alike: there is nothing to decide', async () => {
    const { first, second } = await pair()
    first.online = second.online = false
    await first.run({ type: 'MergeOrders', orderIds: ids(7001, 7002) })
    await second.run({ type: 'MergeOrders', orderIds: ids(7002, 7001) })
    await together(first, second)
    expect(await cases(first)).toEqual([])
    const [one, two] = await groups(second)
    expect(one).toBe(two)
  })

  it('ORD-4 SYN-2 merged here and packed there: the parcel stands, the other goes out alone', async () => {
    const { first, second } = await pair()
    first.online = second.online = false
    await first.run({ type: 'MergeOrders', orderIds: ids(7001, 7002) })
    await second.scans('pack', '7002', SHIRT, 'G-200', 'BADGE-1002', 'CMD-FINISH')
    await together(first, second)
    expect((await first.scan('pack', '7002')).answer.reason).toBe('alreadyFinished')
    const opened = await first.scan('pack', '7001')
    expect(opened.answer).toMatchObject({ reason: 'parcelOpened', params: { pieces: 1 } })
  })

  it('ORD-4 SYN-2 PAK-10 packed merged here and single there: the double parcel is named', async () => {
    const { first, second } = await pair()
    await first.run({ type: 'MergeOrders', orderIds: ids(7001, 7002) })
    first.online = second.online = false
    await first.scans('pack', '7001', SHIRT, SHIRT, 'G-400', 'BADGE-1002', 'CMD-FINISH')
    await second.scans('pack', '7002', SHIRT, 'G-200', 'BADGE-1002', 'CMD-FINISH')
    await together(first, second)
    const found = await cases(first)
    expect(found.map((row) => [row.kind, row.subject])).toEqual([['mergedTwice', 'taobao/7002']])
  })

  it('ORD-4 SYN-2 a parcel of merged orders leases all of them', async () => {
    const { first, second } = await pair()
    await first.run({ type: 'MergeOrders', orderIds: ids(7001, 7002) })
    await together(first, second)
    await first.scans('pack', '7001')
    expect(await first.leases()).toBe(true)
    await second.scans('pack', '7002')
    expect(await second.leases()).toBe(false)
    expect((await second.scans('pack', 'CMD-HOLD', '7002')).at(-1)).not.toBe('parcelOpened')
  })
})
