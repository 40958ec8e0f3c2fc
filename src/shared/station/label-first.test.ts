import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../ledger/canonical.ts'
import type { OrderNote } from '../domain/orders/notes.ts'
import { fetchedOf } from './commands/number-commands.ts'
import { finishRebuild } from './finish-rebuild.ts'
import { liveLabelsOf } from './order-labels.ts'
import { REDUCERS, type ChangesByTable } from './row-changes.ts'
import { createTestStation, openTestStation, type TestStation, testOrder } from './test-station.ts'

const SHIRT = '6901000000022'
const [FIRST, SECOND] = ['77300000000100', '77300000000101']
const LINES = [['2004-奶油-L', 1]] as const
const NOTE: Omit<OrderNote, 'shipBy'> = {
  name: '',
  spec: '',
  shipOn: null,
  delivery: 'courier',
  extras: '',
  text: '',
}

async function stocked(...numbers: string[]): Promise<TestStation> {
  const station = await createTestStation()
  await station.scans('receive', 'CMD-NEW', SHIRT, 'QTY-9', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', SHIRT, 'QTY-9', 'B-01-1-01')
  const orders = numbers.map((number) => testOrder(number, LINES))
  await station.run({ type: 'ImportOrders', file: 'o.csv', orders })
  return station
}

const label = async (station: TestStation, number: string) =>
  (await station.run({ type: 'LabelOrder', orderId: `taobao/${number}` })).answer

const pack = (station: TestStation, ...open: string[]): Promise<string[]> =>
  station.scans('pack', ...open, SHIRT, 'G-300', 'BADGE-1002', 'CMD-FINISH')

const row = (station: TestStation, number: string) =>
  station.store.read(['waybills'], (tx) => tx.get('waybills', `STO/${number}`))
const jobs = (station: TestStation, number: string) =>
  station.store.read(['printJobs'], (tx) => tx.where('printJobs', 'subject', number))
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
const parcels = (station: TestStation) =>
  station.store.read(['parcels'], (tx) => tx.range('parcels', null, {}))
const order = (station: TestStation, number: string) =>
  station.store.read(['orders'], (tx) => tx.get('orders', `taobao/${number}`))
const again = (
  station: TestStation,
  number: string,
  over: object,
  lines = LINES as readonly (readonly [string, number])[],
) =>
  station.run({
    type: 'ImportOrders',
    file: 'again.csv',
    orders: [testOrder(number, lines, over)],
  })
const move = (station: TestStation, number: string, street = '人民路1号 2幢3单元404室') => {
  const { personRef: _ref, ...recipient } = testOrder(number, []).recipient
  return station.run({
    type: 'ConfirmOrder',
    orderId: `taobao/${number}`,
    what: ['address'],
    recipient: { ...recipient, street },
  })
}

describe('a label printed before picking', () => {
  it('PAK-11 takes the next number for its order once, and prints it without a packer', async () => {
    const station = await stocked('9001', '9002')
    expect(await label(station, '9001')).toMatchObject({ tag: 'done', params: { waybill: FIRST } })
    expect(await label(station, '9001')).toMatchObject({ tag: 'unchanged', params: { waybill: FIRST } })
    expect(await jobs(station, FIRST)).toMatchObject([
      { jobId: `waybill-${FIRST}`, document: { packerName: '', weightGrams: null, sortCode: '571-01' } },
    ])
    expect(await row(station, FIRST)).toMatchObject({ freeFor: 'order:taobao/9001/STO', usedBy: null })
    // An order that is packed label last takes the next one, not this.
    await pack(station, '9002')
    expect((await parcels(station)).map((parcel) => parcel.waybillNumber)).toEqual([SECOND])
  })

  it('PAK-1 PAK-11 opens its parcel at packing and its pick; finishing uses it and prints no second one', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    expect(await station.scans('pick', FIRST, 'B-01-1-01', SHIRT)).toEqual([
      'pickOpened',
      'binRight',
      'pickDone',
    ])
    const finish = await pack(station, FIRST)
    expect(finish[0]).toBe('parcelOpened')
    expect(finish.at(-1)).toBe('finished')
    expect(await parcels(station)).toMatchObject([
      {
        waybillNumber: FIRST,
        state: 'packed',
        finish: { labelJobId: `waybill-${FIRST}`, packerName: '王收货' },
      },
    ])
    expect(await jobs(station, FIRST)).toHaveLength(1)
    expect(await row(station, FIRST)).toMatchObject({ freeFor: '', burnt: false })
    // Printed again it knows who packed it.
    await station.scans('pack', 'CMD-REPRINT', 'ANS-1')
    const papers = await jobs(station, FIRST)
    expect(papers.map((job) => job.document)).toMatchObject([{ copy: 0 }, { copy: 1, packerName: '王收货' }])
  })

  it('PAK-11 the slip of the open order is no other order, that of another one is', async () => {
    const station = await stocked('9001', '9002')
    await label(station, '9001')
    await label(station, '9002')
    expect(await station.scans('pack', FIRST, SHIRT, FIRST, SECOND)).toEqual([
      'parcelOpened',
      'parcelComplete',
      'parcelOpened',
      'taskOpen',
    ])
    expect(await station.scans('handover', 'STO', SECOND)).toEqual(['handoverOpened', 'notFinished'])
  })

  it('PAK-11 a failed check holds the parcel and its number', async () => {
    const station = await stocked('9001', '9002')
    await label(station, '9001')
    expect(await station.scans('pack', FIRST, 'CMD-FINISH', 'CMD-HOLD')).toEqual([
      'parcelOpened',
      'missingPiece',
      'held',
    ])
    await station.run({ type: 'HoldOrder', orderId: 'taobao/9001', held: true, reason: '等买家' })
    expect(await station.scans('pack', FIRST)).toEqual(['orderHeld'])
    await pack(station, '9002')
    await station.run({ type: 'HoldOrder', orderId: 'taobao/9001', held: false, reason: '' })
    expect((await pack(station, FIRST)).at(-1)).toBe('finished')
    expect((await parcels(station)).map((parcel) => parcel.waybillNumber).sort()).toEqual([FIRST, SECOND])
  })

  it('LBL-4 PAK-11 is printed again only with a reason, and counted', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    const jobId = `waybill-${FIRST}`
    await station.store.write(['printJobs'], async (tx) => {
      const job = await tx.get('printJobs', jobId)
      if (job) tx.put('printJobs', { ...job, state: 'printed' })
    })
    const reprint = (reason: string) => station.run({ type: 'ReprintJob', jobId, reason, printerId: null })
    expect((await reprint('')).answer.tag).toBe('reasonWanted')
    expect((await reprint('labelTorn')).answer).toMatchObject({ tag: 'reprinted', params: { copy: 1 } })
    expect((await jobs(station, FIRST)).map((job) => job.jobId)).toEqual([jobId, `${jobId}-1`])
    await station.run({ type: 'VoidLabel', orderId: 'taobao/9001', reason: 'labelTorn' })
    expect((await reprint('labelTorn')).answer.tag).toBe('gone')
  })

  it('ORD-4 PAK-11 merged orders have one, under the more urgent one', async () => {
    const station = await stocked('9001', '9002')
    await station.run({ type: 'MergeOrders', orderIds: ['taobao/9001', 'taobao/9002'] })
    await label(station, '9002')
    expect(await label(station, '9001')).toMatchObject({ tag: 'unchanged', params: { waybill: FIRST } })
    const rows = await station.scans('pack', FIRST, SHIRT, SHIRT, 'G-500', 'BADGE-1002', 'CMD-FINISH')
    expect(rows.at(-1)).toBe('finished')
    expect(await parcels(station)).toMatchObject([
      { waybillNumber: FIRST, orderIds: ['taobao/9001', 'taobao/9002'] },
    ])
  })

  it('LBL-5 PAK-11 takes what a service gave for the order, and gives it back when it is void', async () => {
    const station = await stocked('9001')
    await given(station, '9001')
    expect(await label(station, '9001')).toMatchObject({ params: { waybill: '880000009001' } })
    await station.run({ type: 'VoidLabel', orderId: 'taobao/9001', reason: 'x' })
    expect(await row(station, '880000009001')).toMatchObject({ burnt: false, tenure: { holder: 'aside:S1' } })
    expect(await label(station, '9001')).toMatchObject({ params: { waybill: FIRST } })
  })

  it('PAK-11 is refused for an order that cannot be packed, for an empty pool, and on the bench', async () => {
    const station = await stocked('9001')
    await again(station, '9003', {}, [['2004-奶油-M', 1]])
    expect(await label(station, '9003')).toMatchObject({ tag: 'notAllocated' })
    expect(await label(station, '9009')).toEqual({ tag: 'gone' })
    await station.scans('pack', '9001')
    expect(await label(station, '9001')).toMatchObject({ tag: 'onDesk' })
    await station.scans('pack', 'CMD-BACK')
    const dry = await stocked('9001')
    await dry.run({ type: 'WriteOffNumbers', holder: 'S1', reason: 'test' })
    expect(await label(dry, '9001')).toMatchObject({ tag: 'poolDry' })
    expect(liveLabelsOf((await order(dry, '9001')) ?? {})).toEqual([])
  })

  it('LBL-5 PAK-11 outlives its station: neither a rebuild nor a lost station burns it', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    await station.run({ type: 'WriteOffNumbers', holder: 'S1', reason: 'lost' })
    const after = openTestStation(station.store, { stationId: 'S1', generation: 'g2' })
    const jobIds = [`waybill-${FIRST}`]
    await finishRebuild({ store: after.store, env: after.env, jobIds, setAside: true, at: 1 })
    expect(await row(station, FIRST)).toMatchObject({ burnt: false })
    expect((await pack(after, FIRST)).at(-1)).toBe('finished')
  })

  it('LBL-5 PAK-11 also outlives it with a number from a service', async () => {
    const station = await stocked('9001')
    await given(station, '9001')
    await label(station, '9001')
    await station.run({ type: 'WriteOffNumbers', holder: 'S1', reason: 'lost' })
    const after = openTestStation(station.store, { stationId: 'S1', generation: 'g2' })
    const jobIds = ['waybill-880000009001']
    await finishRebuild({ store: after.store, env: after.env, jobIds, setAside: true, at: 1 })
    expect(await row(station, '880000009001')).toMatchObject({ burnt: false })
    expect((await pack(after, '880000009001')).at(-1)).toBe('finished')
  })

  it('LBL-5 PAK-11 is no number that a service gave, and is given back to none', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    expect(await station.store.read(['waybills'], (tx) => fetchedOf(tx, 'S1'))).toEqual([])
  })
})

describe('a label that does not fit any more', () => {
  it('ORD-2 PAK-11 stops when the address changed, and is printed anew with another number', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    await move(station, '9001')
    const stopped = await station.scan('pack', FIRST)
    expect(stopped.answer).toMatchObject({ reason: 'labelOutdated', next: 'labelAddress' })
    expect(await station.scans('pack', 'ANS-1')).toEqual(['labelPrinted'])
    expect(await row(station, FIRST)).toMatchObject({ burnt: true, freeFor: '' })
    expect(await station.scans('pack', FIRST)).toEqual(['labelVoided'])
    expect((await pack(station, SECOND)).at(-1)).toBe('finished')
    expect(await parcels(station)).toMatchObject([{ waybillNumber: SECOND }])
    const [job] = await jobs(station, SECOND)
    expect(JSON.stringify(job?.document)).not.toBe(JSON.stringify((await jobs(station, FIRST))[0]?.document))
  })

  it('ORD-2 PAK-11 also stops at the end, when the address changed on the bench', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    await station.scans('pack', FIRST, SHIRT)
    await move(station, '9001')
    expect(await station.scans('pack', 'G-300', 'ANS-1', 'G-300', 'BADGE-1002', 'CMD-FINISH')).toEqual([
      'orderChanged',
      'answered',
      'weightTaken',
      'signed',
      'labelOutdated',
    ])
    expect(await station.scans('pack', 'ANS-1', 'CMD-FINISH')).toEqual(['labelPrinted', 'finished'])
    expect(await parcels(station)).toMatchObject([{ waybillNumber: SECOND }])
    expect(await jobs(station, SECOND)).toHaveLength(1)
  })

  it('ORD-7 ORD-4 PAK-11 names the courier, the goods and the merging as causes', async () => {
    const cause = async (change: (station: TestStation) => Promise<unknown>): Promise<string> => {
      const station = await stocked('9001', '9002')
      await label(station, '9001')
      await change(station)
      return (await station.scan('pack', '9001')).answer.next
    }
    const merged = ['taobao/9001', 'taobao/9002']
    expect(
      await cause((s) =>
        s.run({ type: 'ChooseCourier', orderId: merged[0] ?? '', courier: 'EMS', reason: 'x' }),
      ),
    ).toBe('labelCourier')
    expect(await cause((s) => again(s, '9001', {}, [['2004-奶油-L', 2]]))).toBe('labelGoods')
    expect(await cause((s) => s.run({ type: 'MergeOrders', orderIds: merged }))).toBe('labelOrders')
    expect(
      await cause(async (s) => {
        await label(s, '9002')
        await s.run({ type: 'MergeOrders', orderIds: merged })
      }),
    ).toBe('labelTwice')
  })

  it('PAK-11 both labels of merged orders are void when one takes their place', async () => {
    const station = await stocked('9001', '9002')
    await label(station, '9001')
    await label(station, '9002')
    await station.run({ type: 'MergeOrders', orderIds: ['taobao/9001', 'taobao/9002'] })
    expect(await station.scans('pack', '9001', 'ANS-1')).toEqual(['labelOutdated', 'labelPrinted'])
    expect([(await row(station, FIRST))?.burnt, (await row(station, SECOND))?.burnt]).toEqual([true, true])
    const labels = liveLabelsOf((await order(station, '9002')) ?? {})
    expect(labels).toMatchObject([{ number: '77300000000102' }])
  })

  it('LBL-5 PAK-11 a number that is void is not given away again in the same step', async () => {
    const station = await stocked('9001', '9002')
    await given(station, '9001')
    await label(station, '9001')
    await station.run({ type: 'MergeOrders', orderIds: ['taobao/9001', 'taobao/9002'] })
    expect(await station.scans('pack', '9001', 'ANS-1')).toEqual(['labelOutdated', 'labelPrinted'])
    expect(liveLabelsOf((await order(station, '9001')) ?? {})).toMatchObject([{ number: FIRST }])
  })

  it.each(['refunded', 'closed', 'shipped'] as const)(
    'ORD-2 PAK-11 is void with its order: %s',
    async (status) => {
      const station = await stocked('9001')
      await label(station, '9001')
      await again(station, '9001', { status })
      expect(await row(station, FIRST)).toMatchObject({ burnt: true, usedBy: null })
      expect((await order(station, '9001'))?.labels?.[`STO/${FIRST}`]).toMatchObject({
        voided: { reason: 'orderClosed' },
      })
      expect(await station.scans('pack', FIRST)).toEqual(['labelVoided'])
    },
  )

  it('ORD-2 PAK-11 keeps its number while a refund is only asked for', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    await again(station, '9001', { status: 'refunding' })
    expect(await station.scans('pack', FIRST)).toEqual(['orderCancelled'])
    await again(station, '9001', { status: 'paid' })
    expect((await pack(station, FIRST)).at(-1)).toBe('finished')
  })

  it('PAK-10 PAK-11 is void with its parcel; the next parcel takes another number', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    await pack(station, FIRST)
    expect((await station.run({ type: 'VoidLabel', orderId: 'taobao/9001', reason: 'x' })).answer.tag).toBe(
      'packed',
    )
    expect(await station.scans('pack', '9001', 'ANS-2', 'ANS-4')).toContain('voided')
    await station.scans('putaway', SHIRT, 'B-01-1-01')
    expect(liveLabelsOf((await order(station, '9001')) ?? {})).toEqual([])
    await pack(station, '9001')
    expect((await parcels(station)).map((parcel) => parcel.waybillNumber).sort()).toEqual([FIRST, SECOND])
  })

  it('SEC-1 PAK-11 is torn up with a reason, by those who may', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    const tear = (reason: string) => station.run({ type: 'VoidLabel', orderId: 'taobao/9001', reason })
    expect((await tear(' ')).answer.tag).toBe('reasonWanted')
    expect((await tear('写错了')).answer.tag).toBe('done')
    expect((await tear('写错了')).answer.tag).toBe('unchanged')
    expect(await row(station, FIRST)).toMatchObject({ burnt: true })
  })
})

describe('a label of another station', () => {
  const lease = (station: TestStation, tag: 'granted' | 'held') =>
    station.store.write(['leases'], async (tx) =>
      tx.put('leases', {
        orderId: 'taobao/9001',
        tag,
        token: 5,
        stationId: 'S2',
        stationName: 'B',
        expiresAt: Number.MAX_SAFE_INTEGER,
      }),
    )

  it('SYN-2 PAK-11 is used where the hub has given the order to this one, and only there', async () => {
    const first = await stocked('9001')
    await label(first, '9001')
    const second = openTestStation(first.store, { stationId: 'S2', generation: 'g1' })
    expect((await pack(second, FIRST)).at(-1)).toBe('labelElsewhere')
    expect(await parcels(second)).toEqual([])
    await lease(second, 'granted')
    expect(await second.scans('pack', 'CMD-FINISH')).toEqual(['finished'])
    expect(await parcels(second)).toMatchObject([{ waybillNumber: FIRST }])
    expect(await jobs(second, FIRST)).toHaveLength(1)
  })

  it('SYN-1 a number that two stations gave away is the first one’s, in whatever order that arrives', () => {
    type Change = ChangesByTable['waybills']
    const at = (hubSequence: number, stationId: string) => ({
      hubSequence,
      counter: 1,
      eventId: `${stationId}.g1.${hubSequence}`,
    })
    const given = (hubSequence: number, stationId: string): Change => ({
      set: 'assigned',
      orderId: `taobao/${stationId}`,
      stationId,
      stamp: at(hubSequence, stationId),
    })
    const loaded: Change = {
      set: 'loaded',
      courier: 'STO',
      number: '1',
      sortCode: '',
      position: 1,
      stationId: 'S1',
      stamp: at(1, 'S1'),
    }
    const fold = (changes: readonly Change[]) =>
      changes.reduce<ReturnType<typeof REDUCERS.waybills> | undefined>(
        (known, change) => REDUCERS.waybills(known ?? undefined, change, 'STO/1'),
        undefined,
      )
    const [a, b] = [given(2, 'S1'), given(3, 'S2')]
    const rows = [
      [loaded, a, b],
      [b, a, loaded],
      [a, loaded, b],
      [b, loaded, a],
    ].map(fold)
    expect(new Set(rows.map(canonicalJson)).size).toBe(1)
    expect(rows[0]).toMatchObject({ freeFor: 'order:taobao/S1/STO', assigned: { stationId: 'S1' } })
  })
})

describe('a parcel that the buyer collects', () => {
  async function collecting(): Promise<TestStation> {
    const station = await stocked('9001', '9002')
    await station.run({ type: 'NoteOrder', orderId: 'taobao/9001', note: { ...NOTE, delivery: 'collected' } })
    return station
  }

  it('ORD-3 takes no waybill, prints a slip for the signature, and is found by its order', async () => {
    const station = await collecting()
    expect(await label(station, '9001')).toMatchObject({ tag: 'collected' })
    expect((await pack(station, '9001')).at(-1)).toBe('finished')
    const [parcel] = await parcels(station)
    expect(parcel).toMatchObject({ courier: 'PICKUP', orderCodes: ['9001'], state: 'packed' })
    const number = parcel?.waybillNumber ?? ''
    expect(number).toMatch(/^ZT-PC1-\d{8}-01$/)
    expect((await jobs(station, number)).map((job) => job.document)).toMatchObject([
      { list: 'delivery-note', title: '自提单', signatures: [{ role: '打包' }, { role: '买家签收' }] },
    ])
    expect(await row(station, FIRST)).toMatchObject({ usedBy: null, freeFor: 'S1/STO' })
    expect(await station.scans('pack', 'CMD-REPRINT', 'ANS-1')).toEqual(['reasonWanted', 'reprinted'])
  })

  it('ORD-3 SHP-2 is handed to the buyer, who signs, and to no courier', async () => {
    const station = await collecting()
    await pack(station, '9001')
    expect(await station.scans('handover', 'STO', '9001', 'CMD-HOLD')).toContain('wrongCourier')
    expect(await station.scans('handover', 'PICKUP', '9001', 'CMD-FINISH', 'COURIER-卢小明')).toEqual([
      'handoverOpened',
      'parcelHanded',
      'courierSignatureWanted',
      'handedOver',
    ])
    expect((await parcels(station))[0]).toMatchObject({ state: 'handedOver' })
    const lists = await station.store.read(['handovers'], (tx) => tx.range('handovers', null, {}))
    expect(lists).toMatchObject([{ courier: 'PICKUP', signedBy: '卢小明' }])
  })

  it('ORD-2 ORD-3 stops at the end when the buyer decides it while the parcel is packed', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    await station.scans('pack', FIRST, SHIRT)
    await station.run({ type: 'NoteOrder', orderId: 'taobao/9001', note: { ...NOTE, delivery: 'collected' } })
    const stopped = await station.scans('pack', 'G-300', 'BADGE-1002', 'CMD-FINISH', 'ANS-1')
    expect(stopped.slice(-2)).toEqual(['orderChanged', 'answered'])
    expect(await station.scans('pack', '9001', 'ANS-1')).toEqual(['labelOutdated', 'labelVoided'])
    expect((await pack(station, '9001')).at(-1)).toBe('finished')
    expect(await parcels(station)).toMatchObject([{ courier: 'PICKUP' }])
  })

  it('ORD-3 two of them have two numbers, a voided one is packed again under another', async () => {
    const station = await collecting()
    await pack(station, '9001')
    expect(await station.scans('pack', '9001', 'ANS-2', 'ANS-4')).toContain('voided')
    await station.scans('putaway', SHIRT, 'B-01-1-01')
    await pack(station, '9001')
    const numbers = (await parcels(station)).map((parcel) => parcel.waybillNumber.slice(-2)).sort()
    expect(numbers).toEqual(['01', '02'])
  })

  it('ORD-3 PAK-11 a courier’s label is void once the buyer comes himself', async () => {
    const station = await stocked('9001')
    await label(station, '9001')
    await station.run({ type: 'NoteOrder', orderId: 'taobao/9001', note: { ...NOTE, delivery: 'collected' } })
    const { next, choices } = (await station.scan('pack', FIRST)).answer
    expect([next, choices]).toEqual(['labelCollected', [{ tag: 'voidLabel' }]])
    expect(await station.scans('pack', 'ANS-1')).toEqual(['labelVoided'])
    expect(await row(station, FIRST)).toMatchObject({ burnt: true })
    expect((await pack(station, '9001')).at(-1)).toBe('finished')
    expect(await parcels(station)).toMatchObject([{ courier: 'PICKUP' }])
  })
})
