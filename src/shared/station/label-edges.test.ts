import { describe, expect, it } from 'vitest'
import type { OrderNote } from '../domain/orders/notes.ts'
import { DEFAULT_COURIER_TABLE } from '../domain/shipping/choose-courier-table.ts'
import { liveLabelsOf } from './order-labels.ts'
import { ordersToLabel, TO_LABEL_TABLES } from './orders-to-label.ts'
import { createTestStation, openTestStation, type TestStation, testOrder } from './test-station.ts'

const SHIRT = '6901000000022'
const [FIRST, SECOND] = ['77300000000100', '77300000000101']
const LINES = [['2004-奶油-L', 1]] as const
const DAY_MS = 86_400_000

/** A station with so many shirts, and an order of one shirt for each number. */
async function stocked(pieces: number, ...numbers: string[]): Promise<TestStation> {
  const station = await createTestStation()
  await station.scans('receive', 'CMD-NEW', SHIRT, `QTY-${pieces}`, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', SHIRT, `QTY-${pieces}`, 'B-01-1-01')
  await take(station, ...numbers.map((number) => testOrder(number, LINES)))
  return station
}

const take = (station: TestStation, ...orders: ReturnType<typeof testOrder>[]) =>
  station.run({ type: 'ImportOrders', file: 'o.csv', orders })
const label = async (station: TestStation, number: string) =>
  (await station.run({ type: 'LabelOrder', orderId: `taobao/${number}` })).answer
const tear = async (station: TestStation, number: string) =>
  (await station.run({ type: 'VoidLabel', orderId: `taobao/${number}`, reason: 'labelTorn' })).answer
const waybill = (station: TestStation, number: string) =>
  station.store.read(['waybills'], (tx) => tx.get('waybills', `STO/${number}`))
const labelsOf = async (station: TestStation, number: string) => {
  const row = await station.store.read(['orders'], (tx) => tx.get('orders', `taobao/${number}`))
  return liveLabelsOf(row ?? {}).map((one) => one.number)
}
const stateOf = (station: TestStation, number: string) =>
  station.store.read(
    ['readiness'],
    async (tx) => (await tx.get('readiness', `taobao/${number}`))?.state ?? 'none',
  )
const pack = (station: TestStation, open: string) =>
  station.scans('pack', open, SHIRT, 'G-300', 'BADGE-1002', 'CMD-FINISH')
const given = (station: TestStation, number: string) =>
  station.run({
    type: 'RecordFetchedWaybill',
    parcelKey: `K-${number}`,
    orderId: `taobao/${number}`,
    courier: 'STO',
    number: `88000000${number}`,
    sortCode: 'S',
    accountId: 'a1',
    labelData: {},
  })
const move = (station: TestStation, number: string, over: object) => {
  const { personRef: _ref, ...recipient } = testOrder(number, []).recipient
  return station.run({
    type: 'ConfirmOrder',
    orderId: `taobao/${number}`,
    what: ['address'],
    recipient: { ...recipient, ...over },
  })
}
const lease = (station: TestStation, number: string, tag: 'granted' | 'held') =>
  station.store.write(['leases'], async (tx) =>
    tx.put('leases', {
      orderId: `taobao/${number}`,
      tag,
      token: 5,
      stationId: 'S2',
      stationName: 'B',
      expiresAt: Number.MAX_SAFE_INTEGER,
    }),
  )

describe('goods of an order with a label', () => {
  it('PAK-11 ORD-6 stay set aside for it, however urgent an order is that comes later', async () => {
    const station = await stocked(1, '9001')
    await label(station, '9001')
    const { deadlineAt } = testOrder('9002', LINES).platform
    await take(station, testOrder('9002', LINES, { deadlineAt: (deadlineAt ?? 0) - DAY_MS }))
    expect([await stateOf(station, '9001'), await stateOf(station, '9002')]).toEqual(['ready', 'short'])
    // Without its label it waits in line like everybody else.
    await tear(station, '9001')
    expect([await stateOf(station, '9001'), await stateOf(station, '9002')]).toEqual(['short', 'ready'])
  })

  it('PAK-11 ORD-8 are no reason to take paid goods for its extras', async () => {
    const station = await stocked(2, '9001')
    await station.run({
      type: 'SetExtras',
      orderId: 'taobao/9001',
      lines: [{ skuCode: '2004-奶油-L', quantity: 1 }],
    })
    await label(station, '9001')
    await take(station, testOrder('9002', LINES))
    expect([await stateOf(station, '9001'), await stateOf(station, '9002')]).toEqual(['ready', 'ready'])
  })
})

describe('a label printed anew', () => {
  it('ORD-7 PAK-11 with another courier, on the bench, ends the parcel with that courier', async () => {
    const station = await stocked(3, '9001')
    const ems = { courier: 'EMS', number: 'EA100', sortCode: '', position: 1 }
    await station.run({ type: 'LoadWaybills', file: 'ems.csv', waybills: [ems] })
    await label(station, '9001')
    await station.scans('pack', FIRST, SHIRT)
    await move(station, '9001', { province: '台湾省', city: '台北市', district: '信义区' })
    expect(
      await station.scans(
        'pack',
        'G-300',
        'ANS-1',
        'G-300',
        'BADGE-1002',
        'CMD-FINISH',
        'ANS-1',
        'CMD-FINISH',
      ),
    ).toEqual([
      'orderChanged',
      'answered',
      'weightTaken',
      'signed',
      'labelOutdated',
      'labelPrinted',
      'finished',
    ])
    const parcels = await station.store.read(['parcels'], (tx) => tx.range('parcels', null, {}))
    expect(parcels).toMatchObject([{ waybillNumber: 'EA100', courier: 'EMS' }])
  })

  it('ORD-7 PAK-11 takes the parcel on the bench along when the rules have changed meanwhile', async () => {
    const station = await stocked(3, '9001')
    const ems = { courier: 'EMS', number: 'EA100', sortCode: '', position: 1 }
    await station.run({ type: 'LoadWaybills', file: 'ems.csv', waybills: [ems] })
    await label(station, '9001')
    await station.scans('pack', FIRST, SHIRT, 'G-300', 'BADGE-1002')
    await station.run({
      type: 'SaveSettings',
      settings: { courierRules: { ...DEFAULT_COURIER_TABLE, usual: 'EMS' } },
    })
    const row = await waybill(station, FIRST)
    await station.store.write(['waybills'], async (tx) => {
      if (row) tx.put('waybills', { ...row, burnt: true, freeFor: '' })
    })
    expect(await station.scans('pack', 'CMD-FINISH', 'ANS-1', 'CMD-FINISH')).toEqual([
      'labelOutdated',
      'labelPrinted',
      'finished',
    ])
  })

  it('LBL-5 PAK-11 leaves a number alone that is on its way back to its service, and uses it for nothing', async () => {
    const station = await stocked(3)
    const at = (street: string) => {
      const order = testOrder('9001', LINES)
      return { ...order, recipient: { ...order.recipient, street } }
    }
    await take(station, at('here'))
    await given(station, '9001')
    await label(station, '9001')
    await take(station, at('there'))
    await take(station, at('here'))
    expect(await waybill(station, '880000009001')).toMatchObject({ tenure: { holder: 'aside:S1' } })
    const finish = await pack(station, '880000009001')
    expect(finish.at(-1)).toBe('labelOutdated')
    expect(await station.scans('pack', 'ANS-1', 'CMD-FINISH')).toEqual(['labelPrinted', 'finished'])
    expect(await waybill(station, '880000009001')).toMatchObject({ burnt: false, usedBy: null })
    expect(await waybill(station, FIRST)).toMatchObject({ burnt: false, freeFor: '' })
  })

  it('LBL-5 PAK-11 does not burn a number that is another order’s', async () => {
    const station = await stocked(3, '9001', '9002')
    await label(station, '9001')
    // The other station had the same pool file and was apart.
    await station.store.write(['orders'], async (tx) => {
      const [one, two] = await tx.getMany('orders', ['taobao/9001', 'taobao/9002'])
      const made = one?.labels?.[`STO/${FIRST}`]?.made
      if (!two || !made) return
      const orders = made.orders.map((order) => ({ ...order, orderId: 'taobao/9002' }))
      tx.put('orders', { ...two, labels: { [`STO/${FIRST}`]: { made: { ...made, orders } } } })
    })
    expect((await pack(station, '9002')).at(-1)).toBe('labelOutdated')
    expect(await station.scans('pack', 'ANS-1')).toEqual(['labelPrinted'])
    expect(await waybill(station, FIRST)).toMatchObject({ burnt: false, usedBy: null })
    expect((await station.scans('pack', 'CMD-FINISH')).at(-1)).toBe('finished')
    expect((await pack(station, FIRST)).at(-1)).toBe('finished')
  })
})

describe('a label torn up', () => {
  it('PAK-11 is not the one that the parcel went out with', async () => {
    const station = await stocked(3, '9001')
    await label(station, '9001')
    // Another station printed a second one while apart.
    const row = await waybill(station, SECOND)
    await station.store.write(['orders'], async (tx) => {
      const order = await tx.get('orders', 'taobao/9001')
      const made = order?.labels?.[`STO/${FIRST}`]?.made
      if (!order || !made || !row) return
      const second = { ...made, waybillKey: row.key, number: SECOND, stationId: 'S2' }
      tx.put('orders', { ...order, labels: { ...order.labels, [row.key]: { made: second } } })
    })
    await station.store.write(['waybills'], async (tx) => {
      if (row) tx.put('waybills', { ...row, usedBy: 'p1', users: ['p1'], freeFor: '' })
    })
    expect(await tear(station, '9001')).toMatchObject({ tag: 'done', params: { waybill: FIRST } })
    expect(await labelsOf(station, '9001')).toEqual([SECOND])
    expect(await tear(station, '9001')).toMatchObject({ tag: 'packed' })
  })

  it('SYN-2 PAK-11 is not one whose parcel another station has on its bench', async () => {
    const station = await stocked(3, '9001')
    await label(station, '9001')
    await lease(station, '9001', 'held')
    expect(await tear(station, '9001')).toMatchObject({ tag: 'elsewhere' })
    expect(await labelsOf(station, '9001')).toEqual([FIRST])
  })

  it('SHP-1 PAK-11 is named at hand-over', async () => {
    const station = await stocked(3, '9001')
    await label(station, '9001')
    await tear(station, '9001')
    expect(await station.scans('handover', 'STO', FIRST)).toEqual(['handoverOpened', 'labelVoided'])
  })
})

describe('orders that a label is printed for', () => {
  const look = (station: TestStation, most = 300, lookAt = 300) =>
    station.store.read(TO_LABEL_TABLES, (tx) => ordersToLabel(tx, { most, lookAt }))
  const found = async (station: TestStation, most?: number) =>
    (await look(station, most)).orders.map((order) => order.platform?.number)
  const note: Omit<OrderNote, 'shipBy'> = {
    name: '',
    spec: '',
    shipOn: null,
    delivery: 'collected',
    extras: '',
    text: '',
  }

  it('PAK-11 are all that can ship and have none, however many have one already', async () => {
    const station = await stocked(5, '9001', '9002', '9003', '9004')
    await label(station, '9001')
    await label(station, '9002')
    expect(await found(station, 1)).toEqual(['9003'])
    expect(await found(station)).toEqual(['9003', '9004'])
    await tear(station, '9001')
    expect(await found(station, 2)).toEqual(['9001', '9003'])
    expect([(await look(station, 2)).more, (await look(station, 3)).more]).toEqual([true, false])
    // Who looked at some alone cannot know.
    expect((await look(station, 3, 2)).more).toBe(true)
  })

  it('ORD-3 ORD-4 PAK-11 are none that the buyer collects, that lies on the bench, or that shares a label', async () => {
    const station = await stocked(5, '9001', '9002', '9003', '9004')
    await station.run({ type: 'NoteOrder', orderId: 'taobao/9001', note })
    await station.scans('pack', '9002')
    await station.run({ type: 'MergeOrders', orderIds: ['taobao/9003', 'taobao/9004'] })
    // One label will do for both.
    expect(await found(station)).toEqual(['9003'])
    await label(station, '9003')
    expect(await found(station)).toEqual([])
  })
})

it('SYN-1 PAK-11 a killed run goes on where it was: the next station life prints only what is left', async () => {
  const station = await stocked(5, '9001', '9002')
  await label(station, '9001')
  const after = openTestStation(station.store, { stationId: 'S1', generation: 'g2' })
  expect(await label(after, '9001')).toMatchObject({ tag: 'unchanged', params: { waybill: FIRST } })
  expect(await label(after, '9002')).toMatchObject({ tag: 'done', params: { waybill: SECOND } })
})
