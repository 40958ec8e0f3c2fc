import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CourierPort, createCouriers } from '../../src/main/host/couriers/couriers.ts'
import { openMasterKeys } from '../../src/main/host/master-keys.ts'
import { createFetchAhead, type FetchAhead } from '../../src/renderer/couriers/fetch-ahead.ts'
import type { CourierAccount } from '../../src/shared/protocol/courier-contract.ts'
import type { HostClient } from '../../src/shared/protocol/host-contract.ts'
import { createMemoryStore } from '../../src/shared/station/memory-store.ts'
import type { StationStore } from '../../src/shared/station/store.ts'
import { createTestStation, type TestStation, testOrder } from '../../src/shared/station/test-station.ts'
import type { EwaybillDouble } from '../support/ewaybill-double.ts'
import { startKuaidi100Double } from '../support/kuaidi100-double.ts'

const SHIRT = '6901000000022'
const SHOP = { name: '样品铺', phone: '057112345678', address: '浙江省杭州市西湖区样品路1号' }

let directory: string
let double: EwaybillDouble
let port: CourierPort
let station: TestStation
let fetching: FetchAhead
let now: number
let writes: { fail: boolean; before: (() => Promise<unknown>) | null }

const ACCOUNT = {
  accountId: 'a1',
  service: 'kuaidi100',
  courier: 'STO',
  user: 'KEY100',
  partnerId: '',
  net: '',
  partnerCode: '',
  payType: '',
  expType: '',
  active: true,
} as const

const account = (over: Partial<CourierAccount> = {}): CourierAccount => ({
  ...ACCOUNT,
  url: double.url,
  ...over,
})

/** The host's contract without a transport in between. */
const host = {
  call: (method: string, request: never) => {
    if (method === 'courier.accounts') return port.accounts()
    if (method === 'courier.take') return port.take(request)
    return port.giveBack(request)
  },
} as unknown as HostClient

/** Fails once, as a page does that is closed between the host's answer and its own writing. */
function breaking(store: StationStore): StationStore {
  return {
    read: (tables, body) => store.read(tables, body),
    write: async (tables, body) => {
      const before = writes.before
      writes.before = null
      await before?.()
      if (writes.fail) {
        writes.fail = false
        throw new Error('closed')
      }
      return store.write(tables, body)
    },
  }
}

async function orders(...numbers: string[]): Promise<void> {
  await station.run({
    type: 'ImportOrders',
    file: 'o.csv',
    orders: numbers.map((number, index) =>
      testOrder(number, [['2004-奶油-L', 1]], { deadlineAt: 1000 - index }),
    ),
  })
}

const fetchedFor = (): Promise<Record<string, string>> =>
  station.store.read(['waybills'], async (tx) => {
    const rows = (await tx.range('waybills', null, {})).filter((row) => row.fetched && row.freeFor !== '')
    return Object.fromEntries(rows.map((row) => [row.fetched?.orderId ?? '', row.number]))
  })

const keysHeard = (): string[] =>
  double.heard
    .filter((form) => form.get('method') === 'order')
    .map((form) => JSON.parse(form.get('param') ?? '').orderId)

beforeEach(async () => {
  now = Date.UTC(2026, 10, 22)
  writes = { fail: false, before: null }
  directory = await mkdtemp(join(tmpdir(), 'packbench-fetch-'))
  double = await startKuaidi100Double()
  port = createCouriers({
    directory,
    masters: await openMasterKeys(directory, null),
    now: () => now,
    patience: { timeoutMs: 5000, lateMs: 10, pausesMs: [] },
  })
  await port.save({ account: account(), secrets: { secret: 'SECRET100', partnerKey: '' } })
  station = await createTestStation(createMemoryStore())
  await station.scans('receive', 'CMD-NEW', SHIRT, 'QTY-30', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', SHIRT, 'QTY-30', 'B-01-1-01')
  fetching = createFetchAhead({
    store: breaking(station.store),
    host,
    env: () => ({ ...station.env, shop: SHOP }),
    now: () => now,
    dice: () => 0.5,
    onChange: () => undefined,
  })
})
afterEach(async () => {
  await port.close()
  await double.close()
  await rm(directory, { recursive: true })
})

describe('fetching ahead', () => {
  it('LBL-5 fetches one number for each ready order, the earliest deadline first, and packing goes on without a network', async () => {
    await orders('9001', '9002', '9003')
    await fetching.round()
    await fetching.round()
    const fetched = await fetchedFor()
    expect(Object.keys(fetched).sort()).toEqual(['taobao/9001', 'taobao/9002', 'taobao/9003'])
    expect(double.heard).toHaveLength(3)
    const [first] = keysHeard()
    // 9003 is due first.
    expect(double.given.get(first ?? '')).toEqual([fetched['taobao/9003']])
    await double.close()
    expect((await station.scans('pack', '9002', SHIRT, 'G-300', 'BADGE-1002', 'CMD-FINISH')).at(-1)).toBe(
      'finished',
    )
    const parcels = await station.store.read(['parcels'], (tx) => tx.range('parcels', null, {}))
    expect(parcels[0]?.waybillNumber).toBe(fetched['taobao/9002'])
  })

  it('LBL-5 sends the buyer in full to the service, and nothing that was said between buyer and shop', async () => {
    await station.run({
      type: 'ImportOrders',
      file: 'o.csv',
      orders: [testOrder('9001', [['2004-奶油-L', 2]], { message: '别写内容', memo: '熟客' })],
    })
    await fetching.round()
    const sent = double.heard[0]?.get('param') ?? ''
    expect(JSON.parse(sent)).toMatchObject({
      recMan: {
        name: '卢小明',
        mobile: '17100003373',
        printAddr: '江苏省苏州市昆山市和平路12号 3幢1单元201室',
      },
      sendMan: { name: '样品铺', mobile: '057112345678', printAddr: SHOP.address },
      count: 2,
      cargo: 'T恤',
    })
    expect(sent).not.toContain('别写内容')
    expect(sent).not.toContain('熟客')
  })

  it('LBL-5 after a crash between answer and record the same number is recorded, and no second one taken', async () => {
    await orders('9001')
    writes.fail = true
    await fetching.round()
    expect(await fetchedFor()).toEqual({})
    await fetching.round()
    const [key = ''] = keysHeard()
    expect(keysHeard()).toHaveLength(1)
    expect(key.length).toBeLessThanOrEqual(30)
    expect(await fetchedFor()).toEqual({ 'taobao/9001': double.given.get(key)?.[0] })
    for (let round = 0; round < 3; round++) await fetching.round()
    expect(keysHeard()).toHaveLength(1)
  })

  it('LBL-5 leaves masked buyers to the platform and goes on with the others', async () => {
    const masked = testOrder('9001', [['2004-奶油-L', 1]], { deadlineAt: 1 })
    const recipient = { ...masked.recipient, name: '卢*', phone: '171****3373' }
    await station.run({ type: 'ImportOrders', file: 'o.csv', orders: [{ ...masked, recipient }] })
    await orders('9002')
    await fetching.round()
    expect(Object.keys(await fetchedFor())).toEqual(['taobao/9002'])
    expect(double.heard).toHaveLength(1)
  })

  it('LBL-5 rests longer and longer while the service is away, and begins at once when told', async () => {
    await orders('9001')
    await port.save({
      account: account({ url: 'http://127.0.0.1:9' }),
      secrets: { secret: 'SECRET100', partnerKey: '' },
    })
    const pauses: number[] = []
    for (let tries = 0; tries < 4; tries++) {
      const before = now
      const attempts = async (): Promise<number | null> => (await port.accounts()).accounts[0]?.lastAt ?? null
      const seen = await attempts()
      while ((await attempts()) === seen) {
        now += 1000
        await fetching.round()
      }
      pauses.push(now - before)
    }
    expect(pauses[3]).toBeGreaterThan(pauses[1] ?? Number.POSITIVE_INFINITY)
    await port.save({ account: account(), secrets: { secret: 'SECRET100', partnerKey: '' } })
    await fetching.round()
    expect(await fetchedFor()).toEqual({})
    fetching.hurry()
    await fetching.round()
    expect(Object.keys(await fetchedFor())).toEqual(['taobao/9001'])
  })

  it('LBL-5 one bad order does not hold up the others', async () => {
    await orders('9002', '9001')
    let poison = ''
    double.mischief = (key) => {
      poison ||= key
      return key === poison ? 'wrongNumber' : 'none'
    }
    await fetching.round()
    await fetching.round()
    expect(Object.keys(await fetchedFor())).toEqual(['taobao/9002'])
    expect(keysHeard().filter((key) => key === poison)).toHaveLength(1)
  })

  it('LBL-5 an empty balance stops asking, and asks again once there is some', async () => {
    await orders('9001', '9002')
    double.left = 0
    await fetching.round()
    await fetching.round()
    const asked = double.heard.length
    expect(asked).toBeLessThanOrEqual(2)
    expect((await port.accounts()).accounts[0]).toMatchObject({ lastTrouble: 'noBalance', unsure: 0 })
    double.left = 10
    now += 3_600_000
    await fetching.round()
    await fetching.round()
    expect(Object.keys(await fetchedFor())).toHaveLength(2)
  })

  it('LBL-5 the number of an order that is over goes back to its service, and is used by nobody', async () => {
    await orders('9001', '9002')
    await fetching.round()
    const before = await fetchedFor()
    const refunded = testOrder('9001', [['2004-奶油-L', 1]], { status: 'refunded' })
    await station.run({ type: 'ImportOrders', file: 'r.csv', orders: [refunded] })
    await fetching.round()
    expect(double.returned).toEqual([before['taobao/9001']])
    expect(Object.keys(await fetchedFor())).toEqual(['taobao/9002'])
    const row = await station.store.read(['waybills'], (tx) =>
      tx.get('waybills', `STO/${before['taobao/9001']}`),
    )
    expect(row).toMatchObject({ burnt: true, freeFor: '' })
    for (let round = 0; round < 3; round++) await fetching.round()
    expect(double.returned).toHaveLength(1)
    expect(keysHeard()).toHaveLength(2)
  })

  it('LBL-5 a number is set aside before its return is asked for, so that no parcel takes it meanwhile', async () => {
    await orders('9001')
    await fetching.round()
    const [number = ''] = Object.values(await fetchedFor())
    const refunded = testOrder('9001', [['2004-奶油-L', 1]], { status: 'refunded' })
    await station.run({ type: 'ImportOrders', file: 'r.csv', orders: [refunded] })
    await double.close()
    await fetching.round()
    const row = await station.store.read(['waybills'], (tx) => tx.get('waybills', `STO/${number}`))
    expect(row).toMatchObject({ burnt: false, tenure: { holder: 'aside:S1' } })
  })

  it('LBL-5 a number whose order is opened again in that moment stays with its order and is not returned', async () => {
    await orders('9001')
    await fetching.round()
    const fetched = await fetchedFor()
    const shipped = testOrder('9001', [['2004-奶油-L', 1]], { status: 'shipped' })
    await station.run({ type: 'ImportOrders', file: 'r.csv', orders: [shipped] })
    writes.before = () => orders('9001')
    await fetching.round()
    expect(double.heard.filter((form) => form.get('method') !== 'order')).toHaveLength(0)
    expect(await fetchedFor()).toEqual(fetched)
  })

  it('LBL-5 asks nobody without the shop as sender, and nobody when the account is paused', async () => {
    await orders('9001')
    const nameless = createFetchAhead({
      store: station.store,
      host,
      env: () => ({ ...station.env, shop: { ...SHOP, phone: '' } }),
      now: () => now,
      dice: () => 0.5,
      onChange: () => undefined,
    })
    await nameless.round()
    await port.save({ account: account({ active: false }), secrets: null })
    await fetching.round()
    expect(double.heard).toHaveLength(0)
  })

  it('LBL-5 the next parcel of an order gets a key and a number of its own', async () => {
    await orders('9001')
    await fetching.round()
    await station.scans('pack', '9001', SHIRT, 'G-300', 'BADGE-1002', 'CMD-FINISH')
    expect(await station.scans('pack', '9001', 'ANS-2', 'ANS-4')).toContain('voided')
    await station.scans('putaway', SHIRT, 'B-01-1-01')
    await fetching.round()
    const keys = keysHeard()
    expect(new Set(keys).size).toBe(2)
    expect(await fetchedFor()).toEqual({ 'taobao/9001': double.given.get(keys[1] ?? '')?.[0] })
  })
})
