import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { assert } from '../base/assert.ts'
import { DEFAULT_SHOP_CLOCK, shippingDeadline, shopDateEnd } from '../domain/orders/deadline.ts'
import { deliveryOf, holdOf, noteOf, ownFlagOf, recipientRefOf } from '../domain/orders/desk.ts'
import { canonicalJson } from '../ledger/canonical.ts'
import { executeCommand } from './execute-command.ts'
import { holderOf, REDUCERS, type RowChange } from './row-changes.ts'
import type { OrderRow } from './tables.ts'
import { createTestStation, type TestStation, testOrder } from './test-station.ts'

const SHIRT = '2004-奶油-L'
const OTHER = '2004-奶油-M'
const ID = 'taobao/1'
const NOTE = {
  name: '奶油T恤',
  spec: '奶油 L',
  shipOn: null,
  delivery: 'courier',
  extras: '',
  text: '',
} as const

let station: TestStation
beforeEach(async () => {
  station = await createTestStation()
})

const importOrder = (over: Parameters<typeof testOrder>[2] = {}, address: object = {}) => {
  const order = testOrder('1', [[SHIRT, 1]], over)
  const recipient = { ...order.recipient, ...address }
  return station.run({ type: 'ImportOrders', file: 'o.csv', orders: [{ ...order, recipient }] })
}
const row = (id = ID): Promise<OrderRow> =>
  station.store.read(['orders'], async (tx) => {
    const found = await tx.get('orders', id)
    assert(found, 'the order is there')
    return found
  })
const readiness = (id = ID) => station.store.read(['readiness'], (tx) => tx.get('readiness', id))
const recipientOf = async () => {
  const ref = recipientRefOf(await row())
  return station.store.read(['recipients'], (tx) => tx.get('recipients', ref))
}
async function stock(code: string, quantity: number) {
  await station.scans('receive', 'CMD-NEW', code, `QTY-${quantity}`, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', code, `QTY-${quantity}`)
  return (await station.scan('putaway', 'B-01-1-01')).answer
}

describe('flags', () => {
  it('ORD-2 a person sets the flag; yellow hides it and gives it back', async () => {
    await importOrder({ flag: 'none' })
    await stock(SHIRT, 2)
    await station.run({ type: 'FlagOrder', orderId: ID, flag: 'blue' })
    expect(await readiness()).toMatchObject({ state: 'ready', flag: 'blue', flagged: 'blue' })
    await station.run({ type: 'HoldOrder', orderId: ID, held: true, reason: '等厂家换货' })
    expect(await readiness()).toMatchObject({ state: 'held', flag: 'yellow' })
    const { answer } = await station.scan('pack', '1')
    expect(answer).toMatchObject({ verdict: 'stop', reason: 'orderHeld', params: { reason: '等厂家换货' } })
    await station.run({ type: 'HoldOrder', orderId: ID, held: false, reason: '' })
    expect(await readiness()).toMatchObject({ state: 'ready', flag: 'blue' })
    expect((await row()).desk?.holds).toHaveLength(2)
    expect((await station.scan('pack', '1')).answer.reason).toBe('parcelOpened')
  })

  it('ORD-2 a hold wants a reason, and the same again writes nothing', async () => {
    await importOrder()
    const hold = { type: 'HoldOrder', orderId: ID, held: true } as const
    expect((await station.run({ ...hold, reason: ' ' })).answer.tag).toBe('reasonWanted')
    await station.run({ ...hold, reason: 'x' })
    await station.run({ ...hold, reason: 'x' })
    expect((await row()).desk?.holds).toHaveLength(1)
    expect(holdOf(await row())).toBe('x')
  })

  it('ORD-2 SEC-1 the desk is customer service’s', async () => {
    await importOrder()
    const commands = [
      { type: 'FlagOrder', orderId: ID, flag: 'blue' },
      { type: 'HoldOrder', orderId: ID, held: true, reason: 'x' },
      { type: 'NoteOrder', orderId: ID, note: NOTE },
      { type: 'ConfirmOrder', orderId: ID, what: ['address'], recipient: null },
    ] as const
    for (const [index, command] of commands.entries()) {
      const by = { commandId: `c${index}`, at: 1, personId: 'p-clerk' }
      const outcome = await executeCommand(station.store, station.env, { ...command, ...by })
      expect(outcome.answer.tag).toBe('roleWanted')
    }
    expect((await row()).desk).toBeUndefined()
  })
})

describe('notes', () => {
  it('ORD-2 a changed note keeps the old one, with time and author', async () => {
    await importOrder({ flag: 'none' })
    await station.run({ type: 'NoteOrder', orderId: ID, note: NOTE })
    await station.run({ type: 'NoteOrder', orderId: ID, note: NOTE })
    await station.run({ type: 'NoteOrder', orderId: ID, note: { ...NOTE, text: '开票' } })
    const order = await row()
    expect(noteOf(order)?.text).toBe('开票')
    expect(order.desk?.notes.map(({ note, personId }) => [note.text, personId])).toEqual([
      ['', 'p-manager'],
      ['开票', 'p-manager'],
    ])
    // A specification that was noted makes the order red.
    expect(ownFlagOf(order)).toBe('red')
  })

  it('ORD-3 an agreed ship date governs instead of the time of payment', async () => {
    await importOrder()
    const before = (await row()).deadlineAt
    const note = { ...NOTE, shipOn: '2026-12-01', delivery: 'collected' as const }
    await station.run({ type: 'NoteOrder', orderId: ID, note })
    expect((await row()).deadlineAt).toBe(shopDateEnd('2026-12-01', DEFAULT_SHOP_CLOCK))
    expect(deliveryOf(await row())).toBe('collected')
    await station.run({ type: 'NoteOrder', orderId: ID, note: NOTE })
    expect((await row()).deadlineAt).toBe(before)
    const wrong = await station.run({
      type: 'NoteOrder',
      orderId: ID,
      note: { ...NOTE, shipOn: '2026-02-31' },
    })
    expect(wrong.answer.tag).toBe('shipDateWrong')
  })

  it('ORD-2 an open order with a message waits for a note since its payment', async () => {
    await importOrder({ message: '要深一点的' })
    const { noteSince } = await row()
    expect(noteSince).toBe((await row()).platform?.paidAt)
    await station.run({ type: 'NoteOrder', orderId: ID, note: NOTE })
    expect((await row()).noteSince).toBeUndefined()
  })

  it('ORD-2 nothing is due on an order that says nothing, or that is closed', async () => {
    await importOrder({ message: '', memo: '' })
    expect((await row()).noteSince).toBeUndefined()
    await importOrder({ message: 'x', status: 'closed', statusText: '交易关闭' })
    expect((await row()).noteSince).toBeUndefined()
  })
})

describe('bank transfer', () => {
  it('ORD-2 ORD-3 an unpaid order counts as paid once its transfer was seen: green, and the clock runs', async () => {
    await importOrder({ status: 'unpaid', paidAt: null, flag: 'red' })
    await stock(SHIRT, 1)
    expect((await station.scan('pack', '1')).answer.reason).toBe('orderNotPaid')
    const receivedAt = Date.UTC(2026, 10, 22, 1)
    const transfer = {
      type: 'RecordTransfer',
      orderId: ID,
      bank: '工商银行',
      amountFen: 12_900,
      confirmedBy: '张主管',
      receivedAt,
      withdrawn: false,
    } as const
    expect((await station.run({ ...transfer, bank: ' ' })).answer.tag).toBe('fieldWanted')
    expect((await station.run({ ...transfer, receivedAt: receivedAt * 2 })).answer.tag).toBe('receivedLater')
    await station.run(transfer)
    expect(await row()).toMatchObject({
      queue: 'open',
      deadlineAt: shippingDeadline(receivedAt, DEFAULT_SHOP_CLOCK),
    })
    expect(await readiness()).toMatchObject({ state: 'ready', flag: 'green' })
    expect((await station.scans('pack', '1', 'CMD-HOLD'))[0]).toBe('parcelOpened')
    await station.run({ ...transfer, withdrawn: true })
    expect(await row()).toMatchObject({ queue: 'closed' })
    expect(ownFlagOf(await row())).toBe('red')
    expect((await row()).desk?.transfers).toHaveLength(2)
  })
})

describe('addresses', () => {
  it('ORD-5 an address in doubt asks at the bench; confirmed, the order packs', async () => {
    await importOrder({}, { district: '', phone: '123' })
    await stock(SHIRT, 1)
    expect(await readiness()).toMatchObject({ state: 'addressWanted', flag: 'yellow' })
    const { answer } = await station.scan('pack', '1')
    expect(answer).toMatchObject({ verdict: 'ask', reason: 'addressWanted', rule: 'ORD-5' })
    expect(answer.params.doubts).toBe('districtMissing phoneOdd')
    expect(await station.scans('pack', 'ANS-1', '1', SHIRT)).toEqual([
      'addressConfirmed',
      'parcelOpened',
      'parcelComplete',
    ])
    const [confirmed] = (await row()).desk?.addresses ?? []
    expect(confirmed).toMatchObject({ what: ['address'], personId: 'p-manager' })
    expect(confirmed?.at).toBeGreaterThan(0)
  })

  it('ORD-5 held at the bench it waits for customer service', async () => {
    await importOrder({}, { street: '' })
    await stock(SHIRT, 1)
    expect(await station.scans('pack', '1', 'ANS-2', '1')).toEqual(['addressWanted', 'answered', 'orderHeld'])
  })

  it('ORD-5 it asks at picking as well', async () => {
    await importOrder({}, { street: '' })
    await stock(SHIRT, 1)
    expect(await station.scans('pick', '1', 'ANS-1', '1')).toEqual([
      'addressWanted',
      'addressConfirmed',
      'pickOpened',
    ])
  })

  it('ORD-5 a corrected address stands apart, sealed, and the file does not bring the old one back', async () => {
    await importOrder({}, { street: '' })
    const right = { ...testOrder('1', [[SHIRT, 1]]).recipient, street: '人民路8号' }
    const { personRef: _ref, ...recipient } = right
    const outcome = await station.run({
      type: 'ConfirmOrder',
      orderId: ID,
      what: ['address', 'style'],
      recipient,
    })
    expect(outcome.answer.tag).toBe('done')
    expect((await recipientOf())?.street).toBe('人民路8号')
    await importOrder({ memo: 'another memo' }, { street: '' })
    expect((await recipientOf())?.street).toBe('人民路8号')
    const records = await station.store.read(['records'], (tx) => tx.range('records', null, {}))
    const events = records.filter((record) => record.kind === 'event')
    expect(canonicalJson(events)).not.toContain('人民路8号')
    // Another address of the platform's is another question.
    await importOrder({}, { street: '', city: '无锡市' })
    expect((await readiness())?.state).toBe('addressWanted')
    expect((await recipientOf())?.city).toBe('无锡市')
  })

  it('ORD-2 LBL-5 a number that was fetched for the old address is used no more', async () => {
    await importOrder()
    const fetched = async (number: string) => {
      await station.run({
        type: 'RecordFetchedWaybill',
        parcelKey: `K${number}`,
        orderId: ID,
        courier: 'STO',
        number,
        sortCode: '300',
        accountId: 'a1',
        labelData: {},
      })
      return async () => {
        const found = await station.store.read(['waybills'], (tx) => tx.get('waybills', `STO/${number}`))
        return found ? holderOf(found) : ''
      }
    }
    const first = await fetched('880000000001')
    await importOrder({ memo: 'the same address' })
    expect(await first()).toBe('S1')
    await importOrder({ memo: 'another' }, { street: '解放路1号' })
    expect(await first()).toBe('aside:S1')
    const second = await fetched('880000000002')
    const { personRef: _ref, ...recipient } = testOrder('1', []).recipient
    const corrected = { ...recipient, street: '人民路8号' }
    await station.run({ type: 'ConfirmOrder', orderId: ID, what: ['address'], recipient: corrected })
    expect(await second()).toBe('aside:S1')
  })

  it('ORD-5 ORD-3 who collects needs no address', async () => {
    await importOrder({}, { street: '' })
    await stock(SHIRT, 1)
    await station.run({ type: 'NoteOrder', orderId: ID, note: { ...NOTE, delivery: 'collected' } })
    expect((await readiness())?.state).toBe('ready')
  })

  it('ORD-1 a changed street is news, the same file again is not', async () => {
    const counts = async (address: object) => (await importOrder({}, address)).answer.counts
    expect(await counts({})).toEqual({ accepted: 1, unchanged: 0 })
    expect(await counts({})).toEqual({ accepted: 0, unchanged: 1 })
    expect(await counts({ street: '解放路1号' })).toEqual({ accepted: 1, unchanged: 0 })
    expect((await recipientOf())?.street).toBe('解放路1号')
  })
})

describe('an order changed after it was opened', () => {
  beforeEach(async () => {
    await stock(SHIRT, 3)
    await stock(OTHER, 3)
    await importOrder()
  })

  it('ORD-2 stops at the bench when its lines changed, and packs anew', async () => {
    await station.scans('pack', '1')
    const orders = [
      testOrder('1', [
        [SHIRT, 2],
        [OTHER, 1],
      ]),
    ]
    await station.run({ type: 'ImportOrders', file: 'o2.csv', orders })
    const { answer } = await station.scan('pack', SHIRT)
    expect(answer).toMatchObject({ verdict: 'stop', reason: 'orderChanged' })
    expect(answer.params.changes).toBe(`${SHIRT} 1→2、+${OTHER} ×1`)
    expect(await station.scans('pack', 'ANS-1', '1', SHIRT, SHIRT, OTHER)).toEqual([
      'answered',
      'parcelOpened',
      'piecePacked',
      'piecePacked',
      'parcelComplete',
    ])
  })

  it('ORD-2 stops at the bench when its address changed, and the label takes the new one', async () => {
    await station.scans('pack', '1', SHIRT, 'G-215', 'BADGE-1001')
    await importOrder({}, { street: '解放路1号' })
    expect(await station.scans('pack', 'CMD-FINISH', 'ANS-1', 'CMD-FINISH')).toEqual([
      'orderChanged',
      'answered',
      'finished',
    ])
    const jobs = await station.store.read(['printJobs'], (tx) => tx.range('printJobs', null, {}))
    expect(canonicalJson(jobs.map(({ document }) => document))).toContain('解放路1号')
  })

  it('ORD-2 stops at the bench and at hand-over while somebody holds it back', async () => {
    const hold = (held: boolean) =>
      station.run({ type: 'HoldOrder', orderId: ID, held, reason: held ? '等一等' : '' })
    await station.scans('pack', '1')
    await hold(true)
    expect(await station.scans('pack', SHIRT, 'CMD-FINISH')).toEqual(['orderHeld', 'orderHeld'])
    await hold(false)
    await station.scans('pack', SHIRT, 'G-215', 'BADGE-1001', 'CMD-FINISH')
    await hold(true)
    expect(await station.scans('handover', 'STO', '1')).toEqual(['handoverOpened', 'orderHeld'])
    await hold(false)
    expect(await station.scans('handover', '1')).toEqual(['parcelHanded'])
  })

  it('ORD-2 stops at hand-over, when it is scanned in and when the courier signs', async () => {
    await station.scans('pack', '1', SHIRT, 'G-215', 'BADGE-1001', 'CMD-FINISH')
    expect(await station.scans('handover', 'STO', '1')).toEqual(['handoverOpened', 'parcelHanded'])
    await importOrder({}, { street: '解放路1号' })
    const stopped = await station.scans('handover', 'CMD-FINISH', 'ANS-1', '1', 'CMD-FINISH')
    expect(stopped).toEqual(['orderChanged', 'answered', 'orderChanged', 'nothingToDo'])
  })

  it('ORD-2 an order refunded between the scan and the signature does not leave', async () => {
    await station.scans('pack', '1', SHIRT, 'G-215', 'BADGE-1001', 'CMD-FINISH')
    await station.scans('handover', 'STO', '1', 'CMD-FINISH')
    await importOrder({ status: 'refunding', statusText: '退款中' })
    expect(await station.scans('handover', 'COURIER-LI', 'ANS-1')).toEqual(['orderCancelled', 'answered'])
  })
})

describe('released by goods-in', () => {
  it('ORD-6 the posting says how many orders can ship now, and they are listed', async () => {
    const orders = [
      testOrder('1', [[SHIRT, 1]]),
      testOrder('2', [[SHIRT, 5]], { deadlineAt: 9e12 }),
      testOrder('3', [
        [SHIRT, 1],
        [OTHER, 1],
      ]),
    ]
    await station.run({ type: 'ImportOrders', file: 'o.csv', orders })
    expect((await readiness())?.flag).toBe('yellow')
    const answer = await stock(SHIRT, 3)
    // The second wants more than came, the third lacks something else.
    expect(answer).toMatchObject({ reason: 'putAway', next: 'ordersReleased', params: { released: 1 } })
    expect((await readiness())?.flag).toBe('red')
    expect((await row()).releasedAt).toBeGreaterThan(0)
    expect((await row('taobao/2')).releasedAt).toBeUndefined()
    expect((await stock(OTHER, 1)).params.released).toBe(1)
    expect((await row('taobao/3')).releasedAt).toBeGreaterThan(0)
  })

  it('ORD-6 goods that nobody waited for release nothing', async () => {
    expect((await stock(SHIRT, 1)).params.released).toBe(0)
  })
})

describe('histories', () => {
  const stamp = fc.record({ hubSequence: fc.option(fc.nat(5)), counter: fc.nat(5) })
  const write = fc.record({
    field: fc.constantFrom('flags', 'holds', 'notes', 'transfers', 'addresses'),
    stamp,
    value: fc.nat(2),
  })
  const changeOf = (
    given: { field: string; stamp: { hubSequence: number | null; counter: number }; value: number },
    index: number,
  ): RowChange => {
    const eventId = `e${index}`
    const at = { ...given.stamp, eventId }
    const by = { eventId, stationId: 's', personId: null, at: index, stamp: at }
    const value = {
      flags: { flag: (['none', 'red', 'blue'] as const)[given.value] ?? 'none' },
      holds: { held: given.value > 0, reason: `r${given.value}` },
      notes: { note: { ...NOTE, text: String(given.value), shipBy: given.value === 2 ? 99 : null } },
      transfers: {
        bank: 'b',
        amountFen: 1,
        confirmedBy: 'c',
        receivedAt: 1,
        deadlineAt: given.value,
        withdrawn: given.value === 0,
      },
      addresses: { what: ['address'], ofMark: ['', 'm'][given.value % 2], corrected: null },
    }[given.field]
    const change = { set: 'desk', stamp: at, field: given.field, write: { ...by, ...value } }
    return { table: 'orders', key: ID, change } as unknown as RowChange
  }

  it('SYN-1 an order’s desk is the same in whatever order its writings arrive, once or twice', () => {
    const platform = (index: number): RowChange => ({
      table: 'orders',
      key: ID,
      change: {
        set: 'platform',
        order: testOrder('1', [[SHIRT, 1]], {
          status: index ? 'paid' : 'unpaid',
          paidAt: null,
          addressMark: 'm',
          doubts: ['phoneOdd'],
        }).platform,
        stamp: { hubSequence: index, counter: index, eventId: `p${index}` },
      },
    })
    const released = (at: number): RowChange => ({
      table: 'orders',
      key: ID,
      change: { set: 'released', at },
    })
    const fold = (changes: readonly RowChange[]) =>
      changes.reduce<OrderRow | undefined>((before, { table, change, key }) => {
        assert(table === 'orders', 'changes of orders alone')
        return REDUCERS.orders(before, change, key) ?? undefined
      }, undefined)
    fc.assert(
      fc.property(fc.array(write, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (writes, dice) => {
        const changes = [...writes.map(changeOf), platform(0), platform(1), released(5), released(3)]
        const shuffled = [...changes, ...changes.filter((_, index) => index % 2 === 0)]
          .map((change) => ({ change, rank: dice.next().value ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ change }) => change)
        expect(canonicalJson(fold(shuffled))).toBe(canonicalJson(fold(changes)))
      }),
      { numRuns: 300 },
    )
  })
})
