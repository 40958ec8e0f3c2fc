import { describe, expect, it } from 'vitest'
import type { EventEnvelope } from '../ledger/envelope.ts'
import { applyHistory, HISTORY } from './apply-stream.ts'
import { isSupplyLow, supplyDaysLeft, supplyLeft } from '../domain/supplies/supply.ts'
import { executeCommand } from './execute-command.ts'
import { createMemoryStore } from './memory-store.ts'
import { applyEvent } from './replay.ts'
import type { StationStore } from './store.ts'
import { TABLE_NAMES } from './tables.ts'
import { createTestStation, type TestStation, testOrder } from './test-station.ts'

const PAPER = {
  supplyId: 'waybill',
  name: '面单',
  unit: 'sheet',
  perParcel: 1,
  perReprint: 1,
  warnBelow: 50,
  active: true,
} as const
const TAPE = { ...PAPER, supplyId: 'tape', name: '胶带', unit: 'cm', perParcel: 60, perReprint: 0 } as const

async function supplied(stationId = 'S1'): Promise<TestStation> {
  const station = await createTestStation(createMemoryStore(), stationId)
  await station.run({ type: 'SaveSupply', supply: PAPER })
  await station.run({ type: 'SaveSupply', supply: TAPE })
  await station.run({ type: 'CountSupply', supplyId: 'waybill', why: 'delivery', quantity: 500 })
  return station
}

async function pack(station: TestStation, number: string): Promise<void> {
  await station.run({ type: 'ImportOrders', file: 'o', orders: [testOrder(number, [['2004-奶油-L', 1]])] })
  await station.scans('receive', 'CMD-NEW', '2004-奶油-L', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', '2004-奶油-L', 'B-01-1-01')
  await station.scans('pack', number, '2004-奶油-L', 'G-200', 'BADGE-1002', 'CMD-FINISH')
}

const supply = (store: StationStore, supplyId: string) =>
  store.read(['supplies'], (tx) => tx.get('supplies', supplyId))

const leftOf = async (store: StationStore, supplyId: string): Promise<number> => {
  const row = await supply(store, supplyId)
  return row ? supplyLeft(row) : Number.NaN
}

const eventsOf = (store: StationStore): Promise<EventEnvelope[]> =>
  store.read(['records'], async (tx) => {
    const records = await tx.range('records', null, {})
    return records.flatMap((record) => (record.kind === 'event' ? [record.data] : []))
  })

async function applied(events: readonly (readonly [EventEnvelope, number])[]): Promise<StationStore> {
  const store = createMemoryStore()
  for (const [data, hubSequence] of events)
    await store.write(TABLE_NAMES, (tx) =>
      applyEvent(tx, { kind: 'event', id: data.eventId, eventId: data.eventId, hubSequence, data }, 'S9'),
    )
  return store
}

describe('packing supplies', () => {
  it('LBL-6 a finished parcel takes its label and its tape, a reprint a label alone', async () => {
    const station = await supplied()
    await pack(station, '5001')
    expect([await leftOf(station.store, 'waybill'), await leftOf(station.store, 'tape')]).toEqual([499, -60])
    await station.scans('pack', '5001', 'ANS-1', 'ANS-2')
    expect([await leftOf(station.store, 'waybill'), await leftOf(station.store, 'tape')]).toEqual([498, -60])
    const jobs = await station.store.read(['printJobs'], (tx) => tx.range('printJobs', null, {}))
    expect(jobs).toHaveLength(3)
  })

  it('LBL-6 a reprint from the queue counts as well', async () => {
    const station = await supplied()
    await pack(station, '5001')
    const parcel = (await station.store.read(['parcels'], (tx) => tx.range('parcels', null, {})))[0]
    const jobId = parcel?.finish?.labelJobId ?? ''
    await station.store.write(['printJobs'], async (tx) => {
      const job = await tx.get('printJobs', jobId)
      if (job) tx.put('printJobs', { ...job, state: 'printed' })
    })
    const { answer } = await station.run({
      type: 'ReprintJob',
      jobId,
      reason: 'labelTorn',
      printerId: null,
    })
    expect(answer.tag).toBe('reprinted')
    expect(await leftOf(station.store, 'waybill')).toBe(498)
  })

  it('LBL-6 what is not used any more is not counted down', async () => {
    const station = await supplied()
    await station.run({ type: 'SaveSupply', supply: { ...TAPE, active: false } })
    await pack(station, '5001')
    expect(await leftOf(station.store, 'tape')).toBe(0)
  })

  it('LBL-6 a count sets what is left and says what it found', async () => {
    const station = await supplied()
    await pack(station, '5001')
    const { answer } = await station.run({
      type: 'CountSupply',
      supplyId: 'waybill',
      why: 'count',
      quantity: 480,
    })
    expect(answer).toEqual({ tag: 'done', params: { delta: -19 } })
    const row = await supply(station.store, 'waybill')
    expect(row && supplyLeft(row)).toBe(480)
    expect(row?.lastCount?.counted).toBe(480)
    expect(
      (await station.run({ type: 'CountSupply', supplyId: 'no', why: 'count', quantity: 1 })).answer.tag,
    ).toBe('gone')
  })

  it('LBL-6 warns at the level, and never of what is not used any more', () => {
    const row = { ...PAPER, received: 60, used: 10 }
    expect(isSupplyLow(row)).toBe(true)
    expect(isSupplyLow({ ...row, received: 61 })).toBe(false)
    expect(isSupplyLow({ ...row, active: false })).toBe(false)
  })

  it('LBL-6 says for how many days it lasts at the present pace', () => {
    const row = { ...PAPER, received: 100, used: 0 }
    expect(supplyDaysLeft(row, { parcels: 70, days: 7 })).toBe(10)
    expect(supplyDaysLeft({ ...row, used: 130 }, { parcels: 70, days: 7 })).toBe(0)
    expect(supplyDaysLeft(row, { parcels: 0, days: 7 })).toBeNull()
  })

  it('SYN-1 two stations that count and pack apart come to the same figures in any order', async () => {
    const [first, second] = await Promise.all([supplied('S1'), supplied('S2')])
    await pack(first, '5001')
    await second.run({ type: 'CountSupply', supplyId: 'waybill', why: 'count', quantity: 450 })
    await second.run({ type: 'SaveSupply', supply: { ...PAPER, warnBelow: 20 } })
    const events = [...(await eventsOf(first.store)), ...(await eventsOf(second.store))]
    const numbered = events.map((event, index) => [event, index + 1] as const)
    const [forward, backward] = [await applied(numbered), await applied(numbered.toReversed())]
    expect(await supply(backward, 'waybill')).toEqual(await supply(forward, 'waybill'))
    expect(await supply(backward, 'tape')).toEqual(await supply(forward, 'tape'))
    // 500 twice, less 50 by the count, less one parcel.
    expect(await leftOf(forward, 'waybill')).toBe(949)
    expect((await supply(forward, 'waybill'))?.warnBelow).toBe(20)
  })

  it('SYN-4 the history before a snapshot does not count a second time', async () => {
    const station = await supplied()
    const page = (await eventsOf(station.store)).map((event, index) => ({ sequence: index + 1, event }))
    const late = createMemoryStore()
    await late.write(TABLE_NAMES, async (tx) => {
      const row = await supply(station.store, 'waybill')
      if (row) tx.put('supplies', row)
      tx.put('meta', { key: HISTORY, value: { upTo: page.length, cursor: 0 } })
      await applyHistory(tx, page, page.length)
    })
    expect(await leftOf(late, 'waybill')).toBe(500)
  })

  it('SEC-1 only a manager sets supplies up; anybody writes down a delivery', async () => {
    const station = await supplied()
    const clerk = { at: Date.now(), personId: 'p-clerk' }
    const run = (command: Parameters<typeof executeCommand>[2]) =>
      executeCommand(station.store, station.env, command)
    const saved = await run({ ...clerk, commandId: 'c1', type: 'SaveSupply', supply: PAPER })
    expect(saved.answer.tag).toBe('roleWanted')
    const count = { type: 'CountSupply', supplyId: 'waybill', why: 'delivery', quantity: 5 } as const
    expect((await run({ ...clerk, commandId: 'c2', ...count })).answer.tag).toBe('done')
    expect(await leftOf(station.store, 'waybill')).toBe(505)
  })
})
