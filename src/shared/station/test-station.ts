import { DEFAULT_SHOP_CLOCK } from '../domain/orders/deadline.ts'
import type { PlatformOrder } from '../domain/orders/order.ts'
import type { Person } from '../domain/people/person.ts'
import type { Area } from '../domain/scan.ts'
import { badgeHash } from './areas/scan-badge.ts'
import type { StationCommand } from './commands/command.ts'
import type { StationEnvironment } from './environment.ts'
import { executeCommand } from './execute-command.ts'
import { assert } from '../base/assert.ts'
import { diff } from '../ledger/patch.ts'
import { executeScan, type ScanOutcome } from './execute-scan.ts'
import { createMemoryStore } from './memory-store.ts'
import type { StationStore } from './store.ts'
import { TABLE_NAMES } from './tables.ts'

type Unminted<C> = C extends StationCommand ? Omit<C, 'commandId' | 'at' | 'personId'> : never

/** A small shop for tests: goods, bins, people and numbers, on any store. */
export interface TestStation {
  readonly store: StationStore
  readonly env: StationEnvironment
  scan(area: Area, raw: string): Promise<ScanOutcome>
  /** Scans in a row; answers the reasons. */
  scans(area: Area, ...raws: string[]): Promise<string[]>
  run(command: Unminted<StationCommand>): ReturnType<typeof executeCommand>
  /** Pieces of an SKU by place, sorted, outside included. */
  stock(skuCode: string): Promise<Record<string, number>>
}

const START = Date.UTC(2026, 10, 22, 2, 0, 0)

export const TEST_SKUS = [
  sku('2031-深蓝-31', '牛仔裤', '2031', '深蓝', '31', '6901000000312', 620),
  sku('2031-深蓝-30', '牛仔裤', '2031', '深蓝', '30', '6901000000305', 600),
  sku('2004-奶油-L', 'T恤', '2004', '奶油', 'L', '6901000000022', 210),
  sku('2004-奶油-M', 'T恤', '2004', '奶油', 'M', '6901000000039', 200),
  sku('2010-琥珀-500ML', '玻璃杯', '2010', '琥珀', '500ml', '6901000000046', 330),
]

function sku(
  code: string,
  category: string,
  item: string,
  colour: string,
  size: string,
  barcode: string,
  weightGrams: number,
) {
  return {
    code,
    display: code,
    item,
    name: `${category} ${item}款`,
    category,
    colour,
    size,
    barcodes: [barcode],
    material: '',
    weightGrams,
    measureMm: null,
    costFen: null,
    dailyPriceFen: null,
    promoPriceFen: null,
    floorPriceFen: null,
    fragile: false,
  }
}

const person = (personId: string, name: string, badge: string, roles: Person['roles']): Person => ({
  personId,
  name,
  roles,
  badgeHash: badgeHash(badge),
  pinHash: 'x',
  active: true,
})

/** A station on a store as it is, empty or not. */
export function openTestStation(
  store: StationStore,
  identity: { readonly stationId: string; readonly generation: string },
): TestStation {
  const { stationId, generation } = identity
  let minted = 0
  let now = START
  const tick = (): number => {
    now += 1000
    return now
  }
  const newId = (): string => `${stationId}-${generation}-${++minted}`
  const env: StationEnvironment = {
    identity: { stationId, generation, warehouseId: 'main' },
    newId,
    stationCode: 'PC1',
    shopClock: DEFAULT_SHOP_CLOCK,
    shop: { name: '蜀都精品', phone: '0571-1234567', address: '浙江省 台州市' },
    sample: false,
  }
  const scan: TestStation['scan'] = async (area, raw) => {
    const command = { commandId: newId(), area, raw, at: tick(), personId: 'p-manager' }
    const outcome = await executeScan(store, env, command)
    const onDesk = await store.read(TABLE_NAMES, (tx) => tx.get('desk', area))
    // Screens draw the task that they are told, and never look again: it must be the one that was stored.
    assert(diff(onDesk ?? null, outcome.task ?? null).length === 0, `${raw} tells the task on the desk`)
    return outcome
  }
  const run: TestStation['run'] = (command) =>
    executeCommand(store, env, {
      ...command,
      commandId: newId(),
      at: tick(),
      personId: 'p-manager',
    } as StationCommand)
  return {
    store,
    env,
    scan,
    run,
    scans: async (area, ...raws) => {
      const reasons: string[] = []
      for (const raw of raws) reasons.push((await scan(area, raw)).answer.reason)
      return reasons
    },
    stock: (skuCode) =>
      store.read(TABLE_NAMES, async (tx) => {
        const rows = await tx.where('balances', 'skuCode', skuCode)
        return Object.fromEntries(
          rows.map((row) => [row.measureMm ? `${row.place}@${row.measureMm}` : row.place, row.quantity]),
        )
      }),
  }
}

/** A station with people, goods, bins and waybill numbers, and nothing in stock. */
export async function createTestStation(
  store: StationStore = createMemoryStore(),
  stationId = 'S1',
): Promise<TestStation> {
  const station = openTestStation(store, { stationId, generation: 'g1' })
  const { run } = station
  await run({ type: 'SavePerson', person: person('p-manager', '张主管', '1001', ['manager']) })
  await run({
    type: 'SavePerson',
    person: person('p-clerk', '王收货', '1002', ['receivingClerk', 'picker', 'packer']),
  })
  await run({ type: 'ImportSkus', file: 'catalogue.csv', skus: TEST_SKUS })
  await run({
    type: 'ImportBins',
    file: 'bins.csv',
    bins: [
      { code: 'A-01-1-01', kind: 'pick', capacity: 120, category: '牛仔裤' },
      { code: 'B-01-1-01', kind: 'pick', capacity: 120, category: 'T恤' },
      { code: 'B-01-1-02', kind: 'pick', capacity: 3, category: 'T恤' },
      { code: 'P-01-1-01', kind: 'packing', capacity: 200, category: '' },
    ],
  })
  const waybills = Array.from({ length: 30 }, (_, i) => ({
    courier: 'STO',
    number: `77300000000${100 + i}`,
    sortCode: '571-01',
    position: i,
  }))
  await run({ type: 'LoadWaybills', file: 'pool.csv', waybills })
  return station
}

/** A paid order of these lines. */
export function testOrder(
  number: string,
  lines: readonly (readonly [skuCode: string, quantity: number])[],
  over: Partial<PlatformOrder> = {},
) {
  const orderId = `taobao/${number}`
  const platform: PlatformOrder = {
    orderId,
    source: 'taobao',
    number,
    status: 'paid',
    statusText: '买家已付款，等待卖家发货',
    createdAt: START,
    paidAt: START,
    deadlineAt: START + 3_600_000,
    buyer: 'tb1',
    message: '',
    memo: '',
    personRef: `p-${number}`,
    destination: '江苏省 苏州市 昆山市',
    lines: lines.map(([skuCode, quantity], index) => ({
      lineNo: index + 1,
      skuCode,
      title: '',
      attributes: '',
      quantity,
      priceFen: null,
    })),
    totalFen: null,
    encoding: 'gb18030',
    flag: 'red',
    ...over,
  }
  const recipient = {
    personRef: `p-${number}`,
    name: '卢小明',
    company: '',
    phone: '17100003373',
    province: '江苏省',
    city: '苏州市',
    district: '昆山市',
    street: '和平路12号 3幢1单元201室',
    postcode: '215300',
    country: 'CN',
  }
  return { platform, recipient }
}
