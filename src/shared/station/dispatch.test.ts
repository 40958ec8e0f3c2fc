import { describe, expect, it } from 'vitest'
import { DEFAULT_COURIER_TABLE } from '../domain/shipping/choose-courier-table.ts'
import type { CourierAccount } from '../protocol/courier-contract.ts'
import { courierByRules, courierFor } from './areas/courier-for.ts'
import { ordersOfParcel } from './areas/parcel-orders.ts'
import { FETCH_TABLES, planFetches } from './plan-fetches.ts'
import { TABLE_NAMES } from './tables.ts'
import { createTestStation, type TestStation, testOrder } from './test-station.ts'

const SHIRT = '2004-奶油-L'
const OTHER = '2004-奶油-M'
const GLASS = '2010-琥珀-500ML'

async function openShop(pieces = 6): Promise<TestStation> {
  const station = await createTestStation()
  for (const code of [SHIRT, OTHER, GLASS]) {
    await station.scans('receive', 'CMD-NEW', code, `QTY-${pieces}`, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
    await station.scans('putaway', code, `QTY-${pieces}`, 'B-01-1-01', 'ANS-1')
  }
  return station
}

type Lines = Parameters<typeof testOrder>[1]

async function take(station: TestStation, number: string, lines: Lines, over = {}): Promise<string> {
  const order = testOrder(number, lines, over)
  await station.run({ type: 'ImportOrders', file: 'o', orders: [order] })
  return order.platform.orderId
}

const readOrder = (station: TestStation, orderId: string) =>
  station.store.read(TABLE_NAMES, (tx) => tx.get('orders', orderId))
const readDesk = async (station: TestStation) => {
  const desk = await station.store.read(TABLE_NAMES, (tx) => tx.get('desk', 'pack'))
  return desk?.area === 'pack' ? desk : null
}
const finish = ['G-400', 'BADGE-1002', 'CMD-FINISH']
const parcelOf = async (station: TestStation, orderId: string) =>
  (await station.store.read(TABLE_NAMES, (tx) => tx.where('parcels', 'orderIds', orderId))).at(-1)

describe('merged orders', () => {
  it('ORD-4 any of their numbers opens one parcel with all lines, finished under one waybill', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[OTHER, 2]], { deadlineAt: 1 })
    const merged = await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    expect(merged.answer.tag).toBe('done')
    const opened = await station.scan('pack', '7001')
    expect(opened.answer).toMatchObject({ reason: 'parcelOpened', params: { pieces: 3 } })
    expect(await readDesk(station)).toMatchObject({ orderIds: [b, a], orderNumbers: ['7002', '7001'] })
    const reasons = await station.scans('pack', SHIRT, OTHER, OTHER, ...finish)
    expect(reasons.at(-1)).toBe('finished')
    const parcel = await parcelOf(station, a)
    expect(parcel).toMatchObject({ orderIds: [b, a], waybillNumber: '77300000000100' })
    expect((await parcelOf(station, b))?.parcelId).toBe(parcel?.parcelId)
    for (const number of ['7001', '7002'])
      expect((await station.scan('pack', number)).answer.reason).toBe('alreadyFinished')
    expect(await station.stock(OTHER)).toMatchObject({ packed: 2 })
  })

  it('ORD-4 PIK-1 any of their numbers opens one walk without slots, packed as one parcel', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[OTHER, 1]])
    await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    expect((await station.scan('pick', '7002')).answer.reason).toBe('pickOpened')
    const reasons = await station.scans('pick', 'B-01-1-01', SHIRT, OTHER)
    expect(reasons.at(-1)).toBe('pickDone')
    expect((await station.scans('pack', '7001', SHIRT, OTHER, ...finish)).at(-1)).toBe('finished')
    expect(await station.stock(SHIRT)).toMatchObject({ packed: 1 })
    expect(await station.stock(OTHER)).toMatchObject({ packed: 1 })
  })

  it('ORD-4 PIK-1 the next order to pick brings its companions along', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[OTHER, 1]], { deadlineAt: 9e12 })
    await take(station, '7003', [[SHIRT, 1]])
    await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    await station.scans('pick', 'CMD-NEXT')
    const desk = await station.store.read(TABLE_NAMES, (tx) => tx.get('desk', 'pick'))
    expect(desk).toMatchObject({ orderIds: [a, b] })
  })

  it('ORD-2 ORD-4 one that may not ship stops the others and is named', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[OTHER, 1]])
    await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    await take(station, '7002', [[OTHER, 1]], { status: 'refunding', statusText: '退款中' })
    const stopped = await station.scan('pack', '7001')
    expect(stopped.answer).toMatchObject({ reason: 'orderCancelled', params: { number: '7002' } })
    const group = (await readOrder(station, a))?.mergeGroup ?? ''
    expect((await station.run({ type: 'PartOrders', groupId: group })).answer.tag).toBe('done')
    expect((await station.scan('pack', '7001')).answer.reason).toBe('parcelOpened')
    expect(await readDesk(station)).toMatchObject({ orderIds: [a] })
  })

  it('ORD-4 ORD-6 one without its goods stops the others and is named', async () => {
    const station = await openShop(2)
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[OTHER, 3]])
    await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    const stopped = await station.scan('pack', '7001')
    expect(stopped.answer).toMatchObject({ reason: 'notAllocated', params: { number: '7002' } })
  })

  it('ORD-4 are not merged nor parted once they are on the bench or in a parcel', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[OTHER, 1]])
    const c = await take(station, '7003', [[OTHER, 1]])
    await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    await station.scans('pack', '7001')
    const grown = await station.run({ type: 'MergeOrders', orderIds: [c, b] })
    expect(grown.answer).toMatchObject({ tag: 'onDesk' })
    const group = (await readOrder(station, a))?.mergeGroup ?? ''
    expect((await station.run({ type: 'PartOrders', groupId: group })).answer.tag).toBe('onDesk')
    await station.scans('pack', SHIRT, OTHER, ...finish)
    const late = await station.run({ type: 'MergeOrders', orderIds: [c, a] })
    expect(late.answer).toMatchObject({ tag: 'notOpen', params: { number: '7001' } })
  })

  it('ORD-4 only go together to one recipient, and a group grows as a whole', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[SHIRT, 1]])
    const c = await take(station, '7003', [[SHIRT, 1]])
    const d = await take(station, '7004', [[SHIRT, 1]], { buyer: 'tb2' })
    expect((await station.run({ type: 'MergeOrders', orderIds: [a, d] })).answer.tag).toBe('notAlike')
    await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    expect((await station.run({ type: 'MergeOrders', orderIds: [b, c] })).answer.tag).toBe('done')
    const orders = await station.store.read(TABLE_NAMES, async (tx) => {
      const order = await tx.get('orders', a)
      return order ? ordersOfParcel(tx, order) : []
    })
    expect(orders.map((order) => order.orderId)).toEqual([a, b, c])
    expect((await station.run({ type: 'MergeOrders', orderIds: [c, a] })).answer.tag).toBe('unchanged')
  })

  it('ORD-4 a parcel of one of them on the shelf comes back before the group is opened', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[OTHER, 1]])
    await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    await station.scans('pack', '7001', SHIRT, 'CMD-HOLD')
    expect((await station.scan('pack', '7002')).answer.reason).toBe('resumed')
    expect(await readDesk(station)).toMatchObject({ lines: [{ pieces: [{}] }, { pieces: [] }] })
  })

  it('ORD-4 LBL-5 one number is fetched for all of them', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[OTHER, 1]])
    const c = await take(station, '7003', [[OTHER, 1]])
    await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    expect((await wishes(station, ['STO'])).map((wish) => wish.orderId)).toEqual([a, c])
    await station.run({
      type: 'RecordFetchedWaybill',
      parcelKey: 'K1',
      orderId: b,
      courier: 'STO',
      number: '990000000001',
      sortCode: '',
      accountId: 'acc-STO',
      labelData: {},
    })
    expect((await wishes(station, ['STO'])).map((wish) => wish.orderId)).toEqual([c])
    await station.scans('pack', '7001', SHIRT, OTHER, ...finish)
    expect((await parcelOf(station, a))?.waybillNumber).toBe('990000000001')
  })
})

const account = (courier: string): CourierAccount =>
  ({ accountId: `acc-${courier}`, courier, active: true }) as CourierAccount

async function wishes(station: TestStation, couriers: readonly string[]) {
  const plan = await station.store.read(FETCH_TABLES, (tx) =>
    planFetches(tx, {
      stationId: 'S1',
      generation: 'g1',
      accounts: couriers.map(account),
      shop: { name: '蜀都精品', phone: '0571-1234567', address: '浙江省 台州市 温岭市 中山路1号' },
      most: 50,
    }),
  )
  return plan.wishes
}

const loadPool = (station: TestStation, courier: string, first: string) =>
  station.run({
    type: 'LoadWaybills',
    file: 'pool.csv',
    waybills: [{ courier, number: first, sortCode: '', position: 0 }],
  })

describe('the courier of an order', () => {
  it('ORD-7 is 顺丰 where the buyer wished it and the shop has its numbers', async () => {
    const station = await openShop()
    await take(station, '7001', [[SHIRT, 1]], { message: '请发顺丰' })
    await station.scans('pack', '7001')
    expect((await readDesk(station))?.courier).toBe('STO')
    await station.scans('pack', 'CMD-BACK', 'CMD-HOLD')
    await loadPool(station, 'SF', 'SF1000000000001')
    await take(station, '7002', [[SHIRT, 1]], { message: '请发顺丰' })
    const reasons = await station.scans('pack', '7002', SHIRT, ...finish)
    expect(reasons.at(-1)).toBe('finished')
    expect(await parcelOf(station, 'taobao/7002')).toMatchObject({
      courier: 'SF',
      waybillNumber: 'SF1000000000001',
    })
  })

  it('ORD-7 chosen by hand goes before the rules, and back to them', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const choose = (courier: string, reason = '客户改了') =>
      station.run({ type: 'ChooseCourier', orderId: a, courier, reason })
    expect((await choose('EMS', ' ')).answer.tag).toBe('reasonWanted')
    expect((await choose('EMS')).answer.tag).toBe('done')
    const ask = () =>
      station.store.read(TABLE_NAMES, async (tx) => {
        const order = await tx.get('orders', a)
        return order ? [await courierFor(tx, [order]), await courierByRules(tx, [order])] : []
      })
    expect(await ask()).toMatchObject([
      { courier: 'EMS', because: { ruleId: 'byHand' } },
      { courier: 'STO', because: { ruleId: 'usual' } },
    ])
    // LBL-5: no number of it, and said so.
    const dry = await station.scans('pack', '7001', SHIRT, ...finish)
    expect(dry.at(-1)).toBe('poolDry')
    expect((await choose('STO')).answer.tag).toBe('onDesk')
    await station.scans('pack', 'CMD-HOLD')
    await take(station, '7009', [[OTHER, 1]])
    expect((await choose('')).answer.tag).toBe('onDesk')
  })

  it('ORD-4 ORD-7 chosen for one of merged orders it is the parcel’s, and may be given back from any of them', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const b = await take(station, '7002', [[OTHER, 1]])
    await station.run({ type: 'MergeOrders', orderIds: [a, b] })
    await station.run({ type: 'ChooseCourier', orderId: a, courier: 'EMS', reason: '改' })
    const back = await station.run({ type: 'ChooseCourier', orderId: b, courier: '', reason: '' })
    expect(back.answer.tag).toBe('done')
    await station.scans('pack', '7001')
    expect(await readDesk(station)).toMatchObject({ orderIds: [a, b], courier: 'STO' })
  })

  it('ORD-7 rules of the shop decide, on weight and breakage too; a table that nobody can read is refused', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[GLASS, 1]])
    const rules = [{ ruleId: 'glass', when: { fragile: true }, courier: 'SF', active: true }]
    const heavy = [{ ruleId: 'w', when: { weightOverGrams: 300 }, courier: 'JD', active: true }]
    const save = (courierRules: unknown) =>
      station.run({ type: 'SaveSettings', settings: { courierRules } }).then(({ answer }) => answer.tag)
    const chosen = () =>
      station.store.read(TABLE_NAMES, async (tx) => {
        const order = await tx.get('orders', a)
        return order ? (await courierFor(tx, [order])).courier : ''
      })
    expect(await save({ rules: 'none' })).toBe('courierRulesFaulty')
    expect(await save({ ...DEFAULT_COURIER_TABLE, rules })).toBe('done')
    expect(await chosen()).toBe('STO')
    expect(await save({ ...DEFAULT_COURIER_TABLE, rules: heavy })).toBe('done')
    expect(await chosen()).toBe('JD')
  })

  it('ORD-7 LBL-5 numbers are fetched of the courier that will take the order', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]], { message: '发顺丰' })
    const b = await take(station, '7002', [[SHIRT, 1]])
    const c = await take(station, '7003', [[SHIRT, 1]])
    await station.run({ type: 'ChooseCourier', orderId: c, courier: 'EMS', reason: '改' })
    const wanted = async (...couriers: string[]) =>
      (await wishes(station, couriers)).map((wish) => [wish.orderId, wish.courier])
    expect(await wanted('SF', 'STO')).toEqual([
      [a, 'SF'],
      [b, 'STO'],
    ])
    expect(await wanted('EMS')).toEqual([[c, 'EMS']])
    expect(await wanted('JD')).toEqual([])
  })
})

describe('extras', () => {
  it('ORD-8 are lines of the parcel: scanned, and taken from stock', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const set = await station.run({
      type: 'SetExtras',
      orderId: a,
      lines: [
        { skuCode: GLASS, quantity: 1 },
        { skuCode: GLASS, quantity: 1 },
      ],
    })
    expect(set.answer.tag).toBe('done')
    expect((await station.scan('pack', '7001')).answer.params).toMatchObject({ pieces: 3 })
    const early = await station.scans('pack', SHIRT, ...finish)
    expect(early.at(-1)).toBe('missingPiece')
    const reasons = await station.scans('pack', GLASS, GLASS, 'G-900', 'BADGE-1002', 'CMD-FINISH')
    expect(reasons.at(-1)).toBe('finished')
    expect(await station.stock(GLASS)).toMatchObject({ packed: 2, 'bin:B-01-1-01': 4 })
    expect((await readOrder(station, a))?.platform?.lines).toHaveLength(1)
  })

  it('ORD-6 ORD-8 one that is out of stock holds nothing up, and takes nothing from what was paid for', async () => {
    const station = await openShop(2)
    const a = await take(station, '7001', [[SHIRT, 1]], { deadlineAt: 1 })
    await station.run({ type: 'SetExtras', orderId: a, lines: [{ skuCode: GLASS, quantity: 1 }] })
    const b = await take(station, '7002', [[GLASS, 2]], { deadlineAt: 9e12 })
    const states = await station.store.read(TABLE_NAMES, (tx) => tx.getMany('readiness', [a, b]))
    expect(states.map((row) => row?.state)).toEqual(['ready', 'ready'])
    expect((await station.scan('pack', '7001')).answer.params).toMatchObject({ pieces: 1 })
    const reasons = await station.scans('pack', SHIRT, ...finish)
    expect(reasons.at(-1)).toBe('finished')
  })

  it('ORD-8 are goods of the catalogue, and none that are measured', async () => {
    const station = await openShop()
    const a = await take(station, '7001', [[SHIRT, 1]])
    const set = (skuCode: string) =>
      station
        .run({ type: 'SetExtras', orderId: a, lines: [{ skuCode, quantity: 1 }] })
        .then(({ answer }) => answer.tag)
    expect(await set('NO-SUCH')).toBe('unknownSku')
    expect(await set('2031-深蓝-31')).toBe('measured')
    expect(await set(GLASS)).toBe('done')
    const demand = () => station.store.read(TABLE_NAMES, (tx) => tx.where('demand', 'orderId', a))
    expect((await demand()).map((row) => row.lineNo)).toEqual([1, 1001])
    await station.run({ type: 'SetExtras', orderId: a, lines: [] })
    expect((await demand()).map((row) => row.lineNo)).toEqual([1])
  })
})
