import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../ledger/canonical.ts'
import { finishRebuild } from './finish-rebuild.ts'
import { type ChangesByTable, REDUCERS } from './row-changes.ts'
import { createTestStation, openTestStation, type TestStation, testOrder } from './test-station.ts'

const SHIRT = '6901000000022'
const POOL = '77300000000100'
const SORT = '300-08 C2'

async function stocked(...numbers: string[]): Promise<TestStation> {
  const station = await createTestStation()
  await station.scans('receive', 'CMD-NEW', SHIRT, 'QTY-9', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', SHIRT, 'QTY-9', 'B-01-1-01')
  const orders = numbers.map((number) => testOrder(number, [['2004-奶油-L', 1]], { personRef: 'p-one' }))
  await station.run({ type: 'ImportOrders', file: 'o.csv', orders })
  return station
}

const fetched = (station: TestStation, order: string, over: { number?: string; parcelKey?: string } = {}) =>
  station.run({
    type: 'RecordFetchedWaybill',
    parcelKey: `K-${order}`,
    orderId: `taobao/${order}`,
    courier: 'STO',
    number: `88000000${order}`,
    sortCode: SORT,
    accountId: 'a1',
    labelData: {},
    ...over,
  })

const pack = (station: TestStation, order: string): Promise<string[]> =>
  station.scans('pack', order, SHIRT, 'G-300', 'BADGE-1002', 'CMD-FINISH')

const close = (station: TestStation, order: string, status: 'refunded' | 'refunding') =>
  station.run({
    type: 'ImportOrders',
    file: 'r.csv',
    orders: [testOrder(order, [['2004-奶油-L', 1]], { status, personRef: 'p-one' })],
  })

const numbersUsed = (station: TestStation): Promise<string[]> =>
  station.store.read(['parcels'], async (tx) =>
    (await tx.range('parcels', null, {})).map((row) => row.waybillNumber).sort(),
  )

const row = (station: TestStation, number: string) =>
  station.store.read(['waybills'], (tx) => tx.get('waybills', `STO/${number}`))

describe('a number that a service gave for an order', () => {
  it('LBL-5 goes onto that parcel with its sort code, before the pool, and onto no other', async () => {
    const station = await stocked('9001', '9002')
    expect(await fetched(station, '9002')).toMatchObject({ answer: { tag: 'done' } })
    expect((await pack(station, '9001')).at(-1)).toBe('finished')
    expect((await pack(station, '9002')).at(-1)).toBe('finished')
    expect(await numbersUsed(station)).toEqual([POOL, '880000009002'])
    const jobs = await station.store.read(['printJobs'], (tx) =>
      tx.where('printJobs', 'subject', '880000009002'),
    )
    expect(jobs).toHaveLength(1)
    expect(jobs[0]?.document).toMatchObject({ sortCode: SORT, waybillNumber: '880000009002' })
  })

  it('LBL-5 lets packing go on with an empty pool, for its own order alone', async () => {
    const station = await stocked('9001', '9002')
    await station.run({ type: 'WriteOffNumbers', holder: 'S1', reason: 'test' })
    await fetched(station, '9002')
    expect((await pack(station, '9001')).at(-1)).toBe('poolDry')
    await station.scans('pack', 'CMD-HOLD')
    expect((await pack(station, '9002')).at(-1)).toBe('finished')
    expect(await numbersUsed(station)).toEqual(['880000009002'])
  })

  it('LBL-5 is the station that fetched it alone', async () => {
    const station = await stocked('9001')
    await fetched(openTestStation(station.store, { stationId: 'S2', generation: 'g1' }), '9001')
    await pack(station, '9001')
    expect(await numbersUsed(station)).toEqual([POOL])
  })

  it('LBL-5 is recorded once, whoever asks again', async () => {
    const station = await stocked('9001')
    await fetched(station, '9001')
    expect(await fetched(station, '9001')).toMatchObject({ answer: { tag: 'unchanged' } })
    expect(await fetched(station, '9001', { parcelKey: 'K-other' })).toMatchObject({
      answer: { tag: 'foreignNumber' },
    })
    expect(await row(station, '880000009001')).toMatchObject({ fetched: { parcelKey: 'K-9001' } })
  })

  it('LBL-5 is used for nothing when the pool holds it too', async () => {
    const station = await stocked('9001', '9002')
    expect(await fetched(station, '9001', { number: POOL })).toMatchObject({
      answer: { tag: 'foreignNumber' },
    })
    expect(await row(station, POOL)).toMatchObject({ burnt: true, freeFor: '', fetchedFor: 'taobao/9001' })
    await pack(station, '9001')
    await pack(station, '9002')
    expect(await numbersUsed(station)).toEqual(['77300000000101', '77300000000102'])
  })

  it('LBL-5 is burnt with a voided parcel, and the next parcel of the order takes another', async () => {
    const station = await stocked('9001')
    await fetched(station, '9001')
    await pack(station, '9001')
    expect(await station.scans('pack', '9001', 'ANS-2', 'ANS-4')).toContain('voided')
    await station.scans('putaway', SHIRT, 'B-01-1-01')
    await fetched(station, '9001', { number: '880000009009', parcelKey: 'K-9001-1' })
    expect((await pack(station, '9001')).at(-1)).toBe('finished')
    expect(await numbersUsed(station)).toEqual(['880000009001', '880000009009'])
  })
})

describe('a fetched number that its order does not need', () => {
  const aside = (station: TestStation, number: string) =>
    station.run({ type: 'SetFetchedAside', waybillKey: `STO/${number}` })
  const writeOff = (station: TestStation, number: string) =>
    station.run({ type: 'WriteOffFetched', waybillKey: `STO/${number}`, reason: 'returned' })

  it('LBL-5 stays while the order may still be packed', async () => {
    const station = await stocked('9001')
    await fetched(station, '9001')
    expect(await aside(station, '880000009001')).toMatchObject({ answer: { tag: 'unchanged' } })
    await close(station, '9001', 'refunding')
    expect(await aside(station, '880000009001')).toMatchObject({ answer: { tag: 'unchanged' } })
    // Not before it was set aside: a parcel could take it between the return and this.
    expect(await writeOff(station, '880000009001')).toMatchObject({ answer: { tag: 'unchanged' } })
    expect(await row(station, '880000009001')).toMatchObject({ burnt: false })
  })

  it('LBL-5 is taken out of use in one step with the look at the order, then ended', async () => {
    const station = await stocked('9001')
    await fetched(station, '9001')
    await close(station, '9001', 'refunded')
    expect(await aside(station, '880000009001')).toMatchObject({ answer: { tag: 'done' } })
    expect(await aside(station, '880000009001')).toMatchObject({ answer: { tag: 'unchanged' } })
    expect(await writeOff(station, '880000009001')).toMatchObject({ answer: { tag: 'done' } })
    expect(await row(station, '880000009001')).toMatchObject({ burnt: true, freeFor: '' })
  })

  it('LBL-5 goes back when a parcel of the order has another number', async () => {
    const station = await stocked('9001')
    await pack(station, '9001')
    await fetched(station, '9001')
    expect(await aside(station, '880000009001')).toMatchObject({ answer: { tag: 'done' } })
    const other = openTestStation(station.store, { stationId: 'S2', generation: 'g1' })
    expect(await writeOff(other, '880000009001')).toMatchObject({ answer: { tag: 'unchanged' } })
  })

  it('LBL-5 a used one is neither set aside nor ended', async () => {
    const station = await stocked('9001')
    await fetched(station, '9001')
    await pack(station, '9001')
    expect(await aside(station, '880000009001')).toMatchObject({ answer: { tag: 'unchanged' } })
    expect(await writeOff(station, '880000009001')).toMatchObject({ answer: { tag: 'unchanged' } })
  })
})

describe('fetched numbers of an earlier life', () => {
  const rebuilt = async (setAside: boolean, jobIds: readonly string[]) => {
    const before = await stocked('9001', '9002')
    await fetched(before, '9001')
    await fetched(before, '9002')
    const after = openTestStation(before.store, { stationId: 'S1', generation: 'g2' })
    const settled = await finishRebuild({ store: after.store, env: after.env, jobIds, setAside, at: 1 })
    return { after, settled }
  }

  it('LBL-5 burns the printed one and keeps the other while the records are whole', async () => {
    const { after, settled } = await rebuilt(false, ['waybill-880000009001'])
    expect(settled).toEqual({ burnt: 1, aside: 0 })
    await pack(after, '9001')
    await pack(after, '9002')
    expect(await numbersUsed(after)).toEqual([POOL, '880000009002'])
  })

  it('LBL-5 burns them all when the records may lack their end, and calls none of them back', async () => {
    const { after, settled } = await rebuilt(true, [])
    expect(settled).toMatchObject({ burnt: 2, aside: 30 })
    expect(await row(after, '880000009001')).toMatchObject({ burnt: true, tenure: null })
  })

  it('LBL-5 are written off with a station that is lost', async () => {
    const station = await stocked('9001')
    await fetched(station, '9001')
    await station.run({ type: 'WriteOffNumbers', holder: 'S1', reason: 'lost' })
    expect(await row(station, '880000009001')).toMatchObject({ burnt: true })
  })
})

describe('one number that two stations were given', () => {
  const KEY = 'STO/880000000001'
  type Change = ChangesByTable['waybills']
  const stampOf = (hubSequence: number, stationId: string) => ({
    hubSequence,
    counter: 1,
    eventId: `${stationId}.g1.${hubSequence}`,
  })
  const fetch = (hubSequence: number, stationId: string): Change => ({
    set: 'fetched',
    parcelKey: `K-${stationId}`,
    orderId: `taobao/${stationId}`,
    courier: 'STO',
    number: '880000000001',
    sortCode: `300-${stationId}`,
    accountId: 'a1',
    labelData: {},
    stationId,
    stamp: stampOf(hubSequence, stationId),
  })
  const pool: Change = {
    set: 'loaded',
    courier: 'STO',
    number: '880000000001',
    sortCode: '571-01',
    position: 7,
    stationId: 'S3',
    stamp: stampOf(3, 'S3'),
  }
  const orders = <T>(list: readonly T[]): T[][] =>
    list.length < 2
      ? [[...list]]
      : list.flatMap((one, index) =>
          orders(list.filter((_, at) => at !== index)).map((rest) => [one, ...rest]),
        )

  it.each([
    [[]],
    [[{ set: 'tenure', holder: 'aside:S1', stamp: stampOf(4, 'S1') }]],
    [[{ set: 'used', by: 'parcel-1' }]],
  ] as [Change[]][])('SYN-1 comes out the same in whatever order the events arrive', (more) => {
    const changes = [fetch(1, 'S1'), fetch(2, 'S2'), pool, ...more]
    const rows = orders(changes).map((order) =>
      order.reduce<ReturnType<typeof REDUCERS.waybills> | undefined>(
        (row, change) => REDUCERS.waybills(row ?? undefined, change, KEY),
        undefined,
      ),
    )
    expect(new Set(rows.map(canonicalJson)).size).toBe(1)
    // The first of them by hub order has it, whoever else was given it or loaded it from a file.
    expect(rows[0]).toMatchObject({ fetched: { stationId: 'S1' }, fetchedFor: 'taobao/S1', position: 0 })
  })
})
