import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventEnvelope } from '../ledger/envelope.ts'
import { compareTable, foldIntoShadow, MovementSums, projectionHash } from './compare-projections.ts'
import { EVENT_TYPES } from './event-types.ts'
import { createMemoryStore } from './memory-store.ts'
import { applyEvent, applyRecords, readJournalled } from './replay.ts'
import type { StationStore } from './store.ts'
import { TABLE_NAMES } from './tables.ts'
import { createTestStation, TEST_SKUS, type TestStation, testOrder } from './test-station.ts'

/** The way of goods is walked more often than what happens beside it, so that parcels do come to their end. */
const often = <T>(arbitrary: fc.Arbitrary<T>) => ({ arbitrary, weight: 4 })

/** What a person might do next on the floor; every string is a scan, `order` and `refund` are imports. */
const actions = fc.array(
  fc.oneof(
    often(
      fc.record({
        do: fc.constant('receive' as const),
        sku: fc.nat(1),
        quantity: fc.integer({ min: 1, max: 6 }),
        mm: fc.integer({ min: 765, max: 775 }),
      }),
    ),
    often(
      fc.record({
        do: fc.constant('putaway' as const),
        sku: fc.nat(1),
        quantity: fc.integer({ min: 1, max: 3 }),
        mm: fc.integer({ min: 765, max: 775 }),
      }),
    ),
    often(
      fc.record({
        do: fc.constant('order' as const),
        number: fc.nat(2),
        sku: fc.nat(1),
        quantity: fc.integer({ min: 1, max: 2 }),
      }),
    ),
    fc.record({ do: fc.constant('refund' as const), number: fc.nat(2), sku: fc.nat(1) }),
    fc.record({ do: fc.constant('desk' as const), number: fc.nat(2), write: fc.nat(4), value: fc.nat(2) }),
    fc.record({ do: fc.constant('pick' as const), sku: fc.nat(1) }),
    fc.record({
      do: fc.constant('short' as const),
      number: fc.nat(2),
      picked: fc.nat(1),
      answer: fc.constantFrom('1', '2', '3'),
    }),
    fc.record({ do: fc.constant('found' as const), sku: fc.nat(1) }),
    fc.record({ do: fc.constant('wave' as const), number: fc.nat(2), end: fc.nat(5) }),
    fc.record({ do: fc.constant('takeBack' as const), number: fc.nat(2) }),
    often(fc.record({ do: fc.constant('pack' as const), number: fc.nat(2) })),
    often(fc.record({ do: fc.constant('void' as const), number: fc.nat(2) })),
    often(fc.record({ do: fc.constant('handover' as const), number: fc.nat(2) })),
    fc.record({ do: fc.constant('fetch' as const), number: fc.nat(2), waybill: fc.nat(3) }),
    fc.record({ do: fc.constant('giveBack' as const), waybill: fc.nat(3) }),
    fc.record({ do: fc.constant('merge' as const), number: fc.nat(2), other: fc.nat(2) }),
    fc.record({ do: fc.constant('part' as const), number: fc.nat(2) }),
    often(fc.record({ do: fc.constant('label' as const), number: fc.nat(2) })),
    fc.record({ do: fc.constant('tearUp' as const), number: fc.nat(2) }),
    fc.record({ do: fc.constant('extras' as const), number: fc.nat(2), quantity: fc.nat(2) }),
    fc.record({
      do: fc.constant('courier' as const),
      number: fc.nat(2),
      courier: fc.constantFrom('', 'STO'),
    }),
  ),
  { minLength: 10, maxLength: 40 },
)
type Action = typeof actions extends fc.Arbitrary<(infer A)[]> ? A : never

/** Set up once in an office, without a scan. */
const NOT_OF_THE_FLOOR: ReadonlySet<string> = new Set([
  'SettingsChanged',
  'NoticeImported',
  'SkuCodeLinked',
  // Made between stations and the hub: the simulation has generators for these.
  'WaybillsGranted',
  'WaybillsReturned',
  'WaybillsSetAside',
  'WaybillsTakenUp',
  'WaybillsWrittenOff',
  'DetailChanged',
  'DiscrepancyResolved',
])

/** Few goods and few orders, so that actions meet. */
const skuOf = (index: number) => TEST_SKUS[index * 2] ?? TEST_SKUS[0]
const isJeans = (index: number): boolean => skuOf(index)?.category === '牛仔裤'
const binOf = (index: number): string => (isJeans(index) ? 'A-01-1-01' : 'B-01-1-01')

/** Two from the pool and two that a service alone knows; both stations may be given the same ones. */
const FETCHED = ['77300000000100', '77300000000105', '880000000001', '880000000002']

/** A station with waybill paper to count down; both stations counted what they have (LBL-6). */
async function openShop(stationId = 'S1'): Promise<TestStation> {
  const station = await createTestStation(createMemoryStore(), stationId)
  const paper = { supplyId: 'waybill', name: '面单', unit: 'sheet', perParcel: 1, perReprint: 1 } as const
  const warnBelow = stationId === 'S1' ? 20 : 40
  await station.run({ type: 'SaveSupply', supply: { ...paper, warnBelow, active: true } })
  await station.run({ type: 'CountSupply', supplyId: 'waybill', why: 'delivery', quantity: 500 })
  await station.run({ type: 'CountSupply', supplyId: 'waybill', why: 'count', quantity: 480 + warnBelow })
  return station
}

/** What customer service writes down about an order (ORD-2, ORD-5). */
const deskWrite = (orderId: string, value: number) =>
  [
    { type: 'FlagOrder', orderId, flag: (['none', 'blue', 'purple'] as const)[value] ?? 'none' },
    { type: 'HoldOrder', orderId, held: value > 0, reason: `reason ${value}` },
    {
      type: 'NoteOrder',
      orderId,
      note: {
        name: '',
        spec: `spec ${value}`,
        shipOn: value === 2 ? '2026-12-01' : null,
        delivery: 'courier',
        extras: '',
        text: '',
      },
    },
    {
      type: 'RecordTransfer',
      orderId,
      bank: '工商银行',
      amountFen: 100,
      confirmedBy: '张主管',
      receivedAt: value + 1,
      withdrawn: value === 2,
    },
    {
      type: 'ConfirmOrder',
      orderId,
      what: ['address'],
      recipient: value === 0 ? null : { ...testOrder('1', []).recipient, street: `street ${value}` },
    },
  ] as const

async function act(station: TestStation, action: Action): Promise<void> {
  const code = 'sku' in action ? (skuOf(action.sku)?.code ?? '') : ''
  switch (action.do) {
    case 'receive': {
      const count = isJeans(action.sku) ? [`MM-${action.mm}`] : [`QTY-${action.quantity}`]
      await station.scans('receive', 'CMD-NEW', code, ...count, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
      return
    }
    case 'putaway': {
      const count = isJeans(action.sku) ? [`MM-${action.mm}`] : [`QTY-${action.quantity}`]
      await station.scans('putaway', code, ...count, binOf(action.sku), 'ANS-1')
      return
    }
    case 'order': {
      const order = testOrder(String(9000 + action.number), [[code, action.quantity]])
      await station.run({ type: 'ImportOrders', file: 'o', orders: [order] })
      if (isJeans(action.sku))
        await station.run({
          type: 'ConfirmWanted',
          orderId: order.platform.orderId,
          lineNo: 1,
          measureMm: 770,
        })
      return
    }
    case 'refund': {
      const order = testOrder(String(9000 + action.number), [[code, 1]], { status: 'refunded' })
      await station.run({ type: 'ImportOrders', file: 'r', orders: [order] })
      return
    }
    case 'desk': {
      const written = deskWrite(`taobao/${9000 + action.number}`, action.value)[action.write]
      if (written) await station.run(written)
      return
    }
    case 'pick':
      await station.scans('pick', 'CMD-NEXT', binOf(action.sku), code, code, 'CMD-FINISH')
      return
    case 'short':
      await act(station, { do: 'receive', sku: 1, quantity: 2, mm: 770 })
      await act(station, { do: 'putaway', sku: 1, quantity: 2, mm: 770 })
      await act(station, { do: 'order', number: action.number, sku: 1, quantity: 2 })
      await station.scans('pick', 'CMD-FINISH', String(9000 + action.number), binOf(1))
      if (action.picked > 0) await station.scan('pick', skuOf(1)?.code ?? '')
      await station.scans('pick', 'CMD-SHORT', `ANS-${action.answer}`, 'CMD-FINISH')
      return
    case 'found': {
      const rows = await station.store.read(['shorts'], (tx) => tx.where('shorts', 'state', 'doubted'))
      for (const { binCode, skuCode, measureMm } of rows.filter((row) => row.skuCode === code))
        await station.run({ type: 'LiftShort', binCode, skuCode, measureMm })
      return
    }
    case 'wave': {
      const orderIds = [action.number, action.number + 1].map((number) => `taobao/${9000 + number}`)
      await station.run({ type: 'PlanWave', batches: [{ orderIds, heap: false }] })
      const held = await station.store.read(['held'], (tx) => tx.where('held', 'area', 'pick'))
      const [waiting] = held.filter((task) => 'waiting' in task)
      if (action.end === 0) return
      if (action.end === 1) await station.scans('pick', 'CMD-NEXT', 'CMD-FINISH')
      if (waiting) await station.run({ type: 'DissolveBatch', taskId: waiting.taskId })
      return
    }
    case 'takeBack':
      await station.scans('pick', String(9000 + action.number), 'ANS-1', 'CMD-FINISH')
      return
    case 'pack': {
      const number = String(9000 + action.number)
      const scans = TEST_SKUS.flatMap((sku) => [sku.code, 'MM-770'])
      await station.scans('pack', number, ...scans, ...scans, 'G-500', 'BADGE-1002', 'CMD-FINISH', 'CMD-HOLD')
      await noteEvidence(station, number)
      return
    }
    case 'void':
      await station.scans('pack', String(9000 + action.number), 'ANS-2', 'ANS-3')
      return
    case 'fetch': {
      const number = FETCHED[action.waybill] ?? ''
      await station.run({
        type: 'RecordFetchedWaybill',
        parcelKey: `K${action.number}-${action.waybill}`,
        orderId: `taobao/${9000 + action.number}`,
        courier: 'STO',
        number,
        sortCode: `300-${action.number}`,
        accountId: 'a1',
        labelData: { bulkpen: `300-${action.number}` },
      })
      return
    }
    case 'giveBack': {
      const waybillKey = `STO/${FETCHED[action.waybill] ?? ''}`
      await station.run({ type: 'SetFetchedAside', waybillKey })
      await station.run({ type: 'WriteOffFetched', waybillKey, reason: 'returned' })
      return
    }
    case 'merge': {
      const orderIds = [action.number, action.other].map((number) => `taobao/${9000 + number}`)
      await station.run({ type: 'MergeOrders', orderIds })
      return
    }
    case 'part': {
      const orderId = `taobao/${9000 + action.number}`
      const order = await station.store.read(['orders'], (tx) => tx.get('orders', orderId))
      await station.run({ type: 'PartOrders', groupId: order?.mergeGroup ?? '' })
      return
    }
    case 'label':
      await station.run({ type: 'LabelOrder', orderId: `taobao/${9000 + action.number}` })
      return
    case 'tearUp':
      await act(station, { do: 'label', number: action.number })
      await station.run({ type: 'VoidLabel', orderId: `taobao/${9000 + action.number}`, reason: 'x' })
      return
    case 'extras': {
      const lines =
        action.quantity === 0 ? [] : [{ skuCode: skuOf(1)?.code ?? '', quantity: action.quantity }]
      await station.run({ type: 'SetExtras', orderId: `taobao/${9000 + action.number}`, lines })
      return
    }
    case 'courier': {
      const { number, courier } = action
      await station.run({ type: 'ChooseCourier', orderId: `taobao/${9000 + number}`, courier, reason: '改' })
      return
    }
    case 'handover':
      // The label once more, should it have one; an order that is only opened by it is put aside.
      await station.scans('pack', String(9000 + action.number), 'ANS-1', 'ANS-2', 'CMD-HOLD')
      await station.scans('handover', 'STO', String(9000 + action.number), 'CMD-FINISH', 'COURIER-LI')
      // A parcel that was stopped since it was scanned in is struck from the list.
      await station.scans('handover', 'ANS-1', 'CMD-FINISH', 'COURIER-LI')
  }
}

/** Both stations may think that they have the parcel's clip (PAK-8). */
async function noteEvidence(station: TestStation, number: string): Promise<void> {
  const rows = await station.store.read(['parcels'], (tx) => tx.range('parcels', null, {}))
  for (const { parcelId } of rows.filter((row) => row.finish?.orderNumbers.includes(number))) {
    const figures = { seconds: 18, stills: 4, bytes: 500_000 }
    const note = { parcelId, clipId: `clip-${number}`, state: 'kept', cause: null, ...figures } as const
    await station.run({ type: 'NoteEvidence', note })
  }
}

const eventsOf = (store: StationStore): Promise<EventEnvelope[]> =>
  store.read(['records'], async (tx) => {
    const records = await tx.range('records', null, {})
    return records.flatMap((record) => (record.kind === 'event' ? [record.data] : []))
  })

async function applied(order: readonly { envelope: EventEnvelope; hubSequence: number }[]): Promise<string> {
  const store = createMemoryStore()
  for (const { envelope, hubSequence } of order)
    await store.write(TABLE_NAMES, (tx) =>
      applyEvent(
        tx,
        { kind: 'event', id: envelope.eventId, eventId: envelope.eventId, hubSequence, data: envelope },
        'other',
      ),
    )
  return projectionHash(store)
}

describe('ledger properties', () => {
  it('every type of floor event is made by the generators above', async () => {
    const seen = new Set<string>()
    const missing = () =>
      Object.keys(EVENT_TYPES).filter((type) => !seen.has(type) && !NOT_OF_THE_FLOOR.has(type))
    for (const list of fc.sample(actions, { numRuns: 600, seed: 7 })) {
      const station = await openShop()
      for (const action of list) await act(station, action)
      for (const event of await eventsOf(station.store)) seen.add(event.type)
      if (missing().length === 0) break
    }
    expect(missing()).toEqual([])
  })

  it('SYN-1 projections are equal in whatever order the events of two stations arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        actions,
        actions,
        fc.infiniteStream(fc.nat(1_000_000)),
        async (first, second, dice) => {
          const events: EventEnvelope[] = []
          for (const [id, list] of [
            ['S1', first],
            ['S2', second],
          ] as const) {
            const station = await openShop(id)
            for (const action of list) await act(station, action)
            events.push(...(await eventsOf(station.store)))
          }
          const sequenced = events.map((envelope, index) => ({ envelope, hubSequence: index + 1 }))
          const shuffled = sequenced
            .map((entry) => ({ entry, rank: dice.next().value ?? 0 }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ entry }) => entry)
          expect(await applied(shuffled)).toBe(await applied(sequenced))
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)

  it('STK-1 STK-3 STK-4 the sum of every SKU is zero, no inside place is below zero, rebuilt equals stored', async () => {
    await fc.assert(
      fc.asyncProperty(actions, async (list) => {
        const station = await openShop()
        for (const action of list) await act(station, action)
        const shadow = createMemoryStore()
        const events = await eventsOf(station.store)
        await foldIntoShadow(
          shadow,
          events.map((event) => ({ event, hubSequence: null })),
        )
        for (const table of [
          'balances',
          'orders',
          'parcels',
          'shorts',
          'slots',
          'supplies',
          'waybills',
          'movements',
        ] as const)
          expect(await compareTable(station.store, shadow, table, 5)).toEqual([])
        const sums = new MovementSums()
        sums.add(events)
        expect(await station.store.read(['balances'], (tx) => sums.compare(tx))).toEqual([])
        const rows = await station.store.read(['balances'], (tx) => tx.range('balances', null, {}))
        const bySku = new Map<string, number>()
        for (const row of rows) bySku.set(row.skuCode, (bySku.get(row.skuCode) ?? 0) + row.quantity)
        expect([...bySku.values()].every((sum) => sum === 0)).toBe(true)
        expect(rows.filter((row) => row.quantity < 0 && !/^(supplier|adjustment)/.test(row.place))).toEqual(
          [],
        )
      }),
      { numRuns: 40 },
    )
  }, 60_000)

  it('SEC-4 a database rebuilt from its journalled records stands where the old one stood, desk and counters included', async () => {
    await fc.assert(
      fc.asyncProperty(actions, async (list) => {
        const station = await openShop()
        for (const action of list) await act(station, action)
        await station.scans(
          'receive',
          'CMD-NEW',
          TEST_SKUS[2]?.code ?? '',
          'CMD-BACK',
          TEST_SKUS[3]?.code ?? '',
        )
        const records = await station.store.read(['records'], (tx) => tx.range('records', null, {}))
        const journalled = records.map((record) => readJournalled(JSON.parse(JSON.stringify(record))))
        const rebuilt = createMemoryStore()
        await rebuilt.write(TABLE_NAMES, (tx) =>
          applyRecords(
            tx,
            journalled.flatMap((record) => record ?? []),
            'S1',
          ),
        )
        for (const table of [
          'desk',
          'held',
          'demand',
          'readiness',
          'recipients',
          'printJobs',
          'printBatches',
          'records',
          'discrepancies',
        ] as const) {
          const read = (store: StationStore) => store.read([table], (tx) => tx.range(table, null, {}))
          expect(await read(rebuilt)).toEqual(await read(station.store))
        }
        expect(await projectionHash(rebuilt)).toBe(await projectionHash(station.store))
        const meta = (store: StationStore) => store.read(['meta'], (tx) => tx.range('meta', null, {}))
        const lasting = (rows: Awaited<ReturnType<typeof meta>>) =>
          rows.filter((row) => !row.key.startsWith('question:'))
        expect(lasting(await meta(rebuilt))).toEqual(lasting(await meta(station.store)))
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})
