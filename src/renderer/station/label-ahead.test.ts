import { describe, expect, it } from 'vitest'
import { LABELS_AT_ONCE, labellingSetting } from '../../shared/domain/shipping/label-first.ts'
import { liveLabelsOf } from '../../shared/station/order-labels.ts'
import type { PrintJobRow } from '../../shared/station/tables.ts'
import { createTestStation, type TestStation, testOrder } from '../../shared/station/test-station.ts'
import { createLabelAhead } from './label-ahead.ts'

const SHIRT = '6901000000022'
const LINES = [['2004-奶油-L', 1]] as const

/** A station with so many shirts that prints by itself, and what stands behind it. */
async function printing(pieces: number) {
  const station = await createTestStation()
  await station.scans('receive', 'CMD-NEW', SHIRT, `QTY-${pieces}`, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', SHIRT, `QTY-${pieces}`, 'B-01-1-01')
  await choose(station, station.env.identity.stationId)
  const clock = { now: Date.UTC(2026, 10, 22, 3) }
  let labels = 0
  const ahead = createLabelAhead({
    store: station.store,
    env: () => station.env,
    now: () => clock.now,
    onLabel: () => {
      labels++
    },
  })
  return { station, clock, ahead, labels: () => labels }
}

const choose = (station: TestStation, atOnce: string, labelling = 'first') =>
  station.run({
    type: 'SaveSettings',
    settings: {
      [labellingSetting(station.env.identity.stationId)]: labelling,
      [LABELS_AT_ONCE]: atOnce,
    },
  })
const take = (station: TestStation, ...numbers: string[]) =>
  station.run({
    type: 'ImportOrders',
    file: 'o.csv',
    orders: numbers.map((number) => testOrder(number, LINES)),
  })
const goBy = (station: TestStation, number: string, courier: string) =>
  station.run({ type: 'ChooseCourier', orderId: `taobao/${number}`, courier, reason: 'buyer asked' })
const labelsOf = async (station: TestStation, number: string): Promise<string[]> => {
  const order = await station.store.read(['orders'], (tx) => tx.get('orders', `taobao/${number}`))
  return order ? liveLabelsOf(order).map((label) => label.number) : []
}
const jobs = async (station: TestStation) => {
  const all = await station.store.read(['printJobs'], (tx) => tx.range('printJobs', null, {}))
  return all.filter(({ document }) => document.kind === 'waybill')
}
const setJobs = async (station: TestStation, state: PrintJobRow['state']): Promise<void> => {
  const rows = await jobs(station)
  await station.store.write(['printJobs'], async (tx) =>
    tx.putMany(
      'printJobs',
      rows.map((row) => ({ ...row, state })),
    ),
  )
}

describe('waybills that are printed by themselves', () => {
  it('PAK-11 an order gets its label once it is paid and its goods are there, and one only', async () => {
    const { station, ahead, labels } = await printing(2)
    await take(station, '9001', '9002', '9003')
    const soon = await ahead.round()
    const idle = await ahead.round()
    expect(idle).toBeGreaterThan(soon)
    expect(await Promise.all(['9001', '9002', '9003'].map((number) => labelsOf(station, number)))).toEqual([
      [expect.any(String)],
      [expect.any(String)],
      [],
    ])
    expect([labels(), (await jobs(station)).length]).toEqual([2, 2])
    // Goods for the third come in.
    await station.scans('receive', 'CMD-NEW', SHIRT, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
    await station.scans('putaway', SHIRT, 'B-01-1-01')
    await ahead.round()
    expect(await labelsOf(station, '9003')).toHaveLength(1)
    expect(labels()).toBe(3)
  })

  it('PAK-11 only the station that was chosen does, and only while it works label first', async () => {
    const { station, ahead } = await printing(2)
    await take(station, '9001')
    for (const [atOnce, labelling] of [
      ['', 'first'],
      ['another-station', 'first'],
      [station.env.identity.stationId, 'last'],
    ] as const) {
      await choose(station, atOnce, labelling)
      await ahead.round()
      expect(await labelsOf(station, '9001')).toEqual([])
    }
    await choose(station, station.env.identity.stationId)
    await ahead.round()
    expect(await labelsOf(station, '9001')).toHaveLength(1)
  })

  it('LBL-4 PAK-11 takes no more numbers while a label’s fate is unknown or the printer does not follow', async () => {
    const { station, ahead, labels } = await printing(30)
    const numbers = Array.from({ length: 28 }, (_, n) => String(9001 + n))
    await take(station, ...numbers.slice(0, 2))
    await ahead.round()
    await take(station, ...numbers.slice(2))
    for (const state of ['unknown', 'failed'] as const) {
      await setJobs(station, state)
      await ahead.round()
      expect(labels()).toBe(2)
    }
    await setJobs(station, 'printed')
    for (let n = 0; n < 5; n++) await ahead.round()
    expect(labels()).toBe(22)
    await setJobs(station, 'printed')
    await ahead.round()
    expect(labels()).toBe(28)
  })

  it('PAK-11 leaves an order alone whose label was torn up, and goes on with the others', async () => {
    const { station, ahead, clock, labels } = await printing(2)
    await take(station, '9001')
    await ahead.round()
    await station.run({ type: 'VoidLabel', orderId: 'taobao/9001', reason: 'wrongContent' })
    await take(station, '9002')
    for (let n = 0; n < 3; n++) {
      await ahead.round()
      clock.now += 60_000
    }
    expect([await labelsOf(station, '9001'), (await labelsOf(station, '9002')).length]).toEqual([[], 1])
    expect(labels()).toBe(2)
  })

  it('LBL-5 PAK-11 what has no number rests, keeps nobody else waiting, and gets its label later', async () => {
    const { station, ahead, clock, labels } = await printing(2)
    await take(station, '9001', '9002')
    await goBy(station, '9001', 'EMS')
    await ahead.round()
    expect([await labelsOf(station, '9001'), (await labelsOf(station, '9002')).length]).toEqual([[], 1])
    expect(await ahead.round()).toBeGreaterThan(100)
    await goBy(station, '9001', 'STO')
    await ahead.round()
    expect(labels()).toBe(1)
    clock.now += 60_000
    await ahead.round()
    expect(await labelsOf(station, '9001')).toHaveLength(1)
  })
})
