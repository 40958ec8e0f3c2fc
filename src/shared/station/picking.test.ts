import { beforeEach, describe, expect, it } from 'vitest'
import type { PickTask } from '../domain/picking/pick-task.ts'
import { batchSlip, putWallLabel } from './areas/pick-papers.ts'
import { orderAtSlot } from './areas/pick-slots.ts'
import { TABLE_NAMES } from './tables.ts'
import { createTestStation, type TestStation, testOrder } from './test-station.ts'

const SHIRT_L = '2004-奶油-L'
const SHIRT_M = '2004-奶油-M'
const JEANS = '2031-深蓝-31'

let station: TestStation

/** Goods from the supplier into these bins. */
async function stock(...goods: readonly (readonly [skuCode: string, binCode: string, quantity: number])[]) {
  for (const [skuCode, binCode, quantity] of goods) {
    await station.scans(
      'receive',
      'CMD-NEW',
      skuCode,
      `QTY-${quantity}`,
      'CMD-FINISH',
      'BADGE-1002',
      'BADGE-1001',
    )
    await station.scans('putaway', skuCode, `QTY-${quantity}`, binCode)
  }
}

async function stockJeans(...measures: readonly number[]): Promise<void> {
  for (const mm of measures) {
    await station.scans('receive', 'CMD-NEW', JEANS, `MM-${mm}`, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
    await station.scans('putaway', JEANS, `MM-${mm}`, 'A-01-1-01')
  }
}

async function orders(...list: readonly (readonly [number: string, ...lines: [string, number][]])[]) {
  const incoming = list.map(([number, ...lines]) => testOrder(number, lines))
  await station.run({ type: 'ImportOrders', file: 'o', orders: incoming })
}

/** How this station picks from now on. */
const settings = (value: object) =>
  station.run({ type: 'SaveSettings', settings: { 'picking:S1': { batchSize: 12, ...value } } })

const desk = async (): Promise<PickTask> => {
  const task = await station.store.read(TABLE_NAMES, (tx) => tx.get('desk', 'pick'))
  if (task?.area !== 'pick') throw new Error('no pick on the desk')
  return task
}

const flagOf = async (number: string) =>
  (await station.store.read(TABLE_NAMES, (tx) => tx.get('readiness', `taobao/${number}`)))?.flag

const slotOrder = async (code: string): Promise<string | undefined> =>
  (await station.store.read(TABLE_NAMES, (tx) => orderAtSlot(tx, code)))?.platform?.number

const countList = () => station.store.read(TABLE_NAMES, (tx) => tx.range('todos', null, {}))

beforeEach(async () => {
  station = await createTestStation()
  await station.run({
    type: 'ImportBins',
    file: 'b',
    bins: [
      { code: 'B-02-1-01', kind: 'pick', capacity: 50, category: 'T恤' },
      { code: 'C-01-1-01', kind: 'reserve', capacity: 50, category: 'T恤' },
    ],
  })
})

describe('a batch on a put-wall', () => {
  beforeEach(async () => {
    await stock([SHIRT_L, 'B-01-1-01', 10], [SHIRT_M, 'B-02-1-01', 10])
    await orders(['1001', [SHIRT_L, 1], [SHIRT_M, 1]], ['1002', [SHIRT_L, 2]], ['1003', [SHIRT_M, 1]])
  })

  it('PIK-1 takes several orders in one walk, one stop for one SKU, and names the slot after each piece', async () => {
    await settings({})
    const { answer } = await station.scan('pick', 'CMD-NEXT')
    expect(answer).toMatchObject({
      reason: 'batchOpened',
      params: { orders: 3 },
      nextParams: { bin: 'B-01-1-01' },
    })
    const arrived = (await station.scan('pick', 'B-01-1-01')).answer
    expect(arrived.nextParams).toMatchObject({ quantity: 3 })
    const first = (await station.scan('pick', SHIRT_L)).answer
    expect(first).toMatchObject({ next: 'putThenTake', nextParams: { slot: '1', quantity: 2 } })
    const second = (await station.scan('pick', SHIRT_L)).answer
    expect(second).toMatchObject({ nextParams: { slot: '2', quantity: 1 } })
    const third = (await station.scan('pick', SHIRT_L)).answer
    expect(third).toMatchObject({ next: 'putThenGo', nextParams: { slot: '2', bin: 'B-02-1-01' } })
    await station.scans('pick', 'B-02-1-01', SHIRT_M)
    const last = (await station.scan('pick', SHIRT_M)).answer
    expect(last).toMatchObject({ reason: 'pickDone', next: 'putLast', nextParams: { slot: '3' } })
    expect(await station.stock(SHIRT_L)).toMatchObject({ 'cart:taobao/1001': 1, 'cart:taobao/1002': 2 })
    expect(await station.stock(SHIRT_M)).toMatchObject({ 'cart:taobao/1001': 1, 'cart:taobao/1003': 1 })
    expect(await slotOrder('WALL-02')).toBe('1002')
  })

  it('PIK-1 several order numbers scanned one after another are one batch; one can be taken back', async () => {
    const scans = ['1003', '1001', '1001', '1002', 'CMD-BACK']
    expect(await station.scans('pick', ...scans)).toEqual([
      'pickOpened',
      'orderAdded',
      'batchOpened',
      'orderAdded',
      'undone',
    ])
    expect((await desk()).batch?.slots.map((slot) => slot.orderNumber)).toEqual(['1003', '1001'])
    await station.scans('pick', 'B-01-1-01', SHIRT_L)
    expect(await station.scans('pick', '1002')).toEqual(['taskOpen'])
  })

  it('PIK-1 asks for the slot where every put is confirmed, and refuses another one', async () => {
    await settings({ confirmPuts: true })
    const scans = ['CMD-NEXT', 'B-01-1-01', SHIRT_L, SHIRT_L, 'WALL-02', 'WALL-01', 'WALL-01', SHIRT_L]
    expect(await station.scans('pick', ...scans)).toEqual([
      'batchOpened',
      'binRight',
      'piecePicked',
      'slotWanted',
      'wrongSlot',
      'putInSlot',
      'nothingToPut',
      'piecePicked',
    ])
  })

  it('PIK-1 sorts at the wall after the walk, and posts when the last piece is put', async () => {
    await settings({ sorting: 'afterwards' })
    const walk = ['CMD-NEXT', 'B-01-1-01', SHIRT_L, SHIRT_L, SHIRT_L, 'B-02-1-01', SHIRT_M]
    await station.scans('pick', ...walk)
    const last = (await station.scan('pick', SHIRT_M)).answer
    expect(last).toMatchObject({ reason: 'piecePicked', next: 'sortPieces', nextParams: { left: 5 } })
    const first = (await station.scan('pick', SHIRT_M)).answer
    expect(first).toMatchObject({
      reason: 'pieceSorted',
      next: 'putThenSort',
      nextParams: { slot: '1', left: 4 },
    })
    expect(await station.scans('pick', SHIRT_M, SHIRT_M, 'B-01-1-01')).toEqual([
      'pieceSorted',
      'surplusPiece',
      'notHere',
    ])
    expect(await station.scans('pick', SHIRT_L, SHIRT_L, 'CMD-BACK', SHIRT_L, SHIRT_L)).toEqual([
      'pieceSorted',
      'pieceSorted',
      'undone',
      'pieceSorted',
      'pickDone',
    ])
    expect(await slotOrder('WALL-03')).toBe('1003')
  })

  it('PIK-1 a slot is free again when its order is packed, and keeps its order until then', async () => {
    await settings({ slots: 2 })
    await station.scans('pick', 'CMD-NEXT', 'B-01-1-01', SHIRT_L, SHIRT_L, SHIRT_L, 'B-02-1-01', SHIRT_M)
    await orders(['1004', [SHIRT_L, 1]])
    expect(await station.scans('pick', 'CMD-NEXT')).toEqual(['wallFull'])
    await station.scans('pack', '1002', SHIRT_L, SHIRT_L, 'G-430', 'BADGE-1002', 'CMD-FINISH')
    expect(await slotOrder('WALL-02')).toBeUndefined()
    expect(await slotOrder('WALL-01')).toBe('1001')
    await station.scan('pick', 'CMD-NEXT')
    expect((await desk()).batch?.slots).toMatchObject([{ orderNumber: '1003', code: 'WALL-02' }])
  })

  it('PIK-1 a batch that is ended early posts what is in its slots; an order goes on in the slot it has', async () => {
    await settings({})
    await station.scans('pick', 'CMD-NEXT', 'B-01-1-01', SHIRT_L, SHIRT_L)
    const ended = (await station.scan('pick', 'CMD-FINISH')).answer
    expect(ended).toMatchObject({ reason: 'pickDone', next: 'batchRestStays' })
    expect([await slotOrder('WALL-01'), await slotOrder('WALL-02'), await slotOrder('WALL-03')]).toEqual([
      '1001',
      '1002',
      undefined,
    ])
    await station.scan('pick', '1002')
    expect((await desk()).batch?.slots).toMatchObject([{ orderNumber: '1002', code: 'WALL-02' }])
    await station.scans('pick', 'B-01-1-01', SHIRT_L)
    expect(await station.stock(SHIRT_L)).toMatchObject({ 'cart:taobao/1002': 2 })
  })

  it('PIK-1 a walk that is ended early is sorted first, and what was not sorted is told', async () => {
    await settings({ sorting: 'afterwards' })
    await station.scans('pick', 'CMD-NEXT', 'B-01-1-01', SHIRT_L, SHIRT_L)
    const ended = (await station.scan('pick', 'CMD-FINISH')).answer
    expect(ended).toMatchObject({ reason: 'pickDone', next: 'sortPieces', nextParams: { left: 2 } })
    expect((await desk()).orderIds).toEqual(['taobao/1001', 'taobao/1002'])
    expect(await station.scans('pick', SHIRT_L, 'CMD-SHORT')).toEqual(['pieceSorted', 'notHere'])
    const posted = (await station.scan('pick', 'CMD-FINISH')).answer
    expect(posted).toMatchObject({ reason: 'pickDone', next: 'sortTheRest' })
    expect(await station.stock(SHIRT_L)).toMatchObject({ 'cart:taobao/1001': 1, 'cart:taobao/1002': 1 })
  })

  it('PIK-1 CMD-BACK goes back piece by piece, slots included, to the beginning', async () => {
    await settings({ confirmPuts: true })
    await station.scan('pick', 'CMD-NEXT')
    const before = await desk()
    await station.scans('pick', 'B-01-1-01', SHIRT_L, 'WALL-01', SHIRT_L)
    await station.scans('pick', 'CMD-BACK', 'CMD-BACK', 'CMD-BACK', 'CMD-BACK')
    expect({ ...(await desk()), undoHead: null }).toEqual({ ...before, undoHead: null })
    expect((await station.scan('pick', 'CMD-BACK')).answer.reason).toBe('nothingToUndo')
  })

  it('ORD-2 an order that is refunded leaves the batch, the others go on', async () => {
    await settings({})
    await station.scans('pick', 'CMD-NEXT', 'B-01-1-01', SHIRT_L)
    const refunded = testOrder(
      '1001',
      [
        [SHIRT_L, 1],
        [SHIRT_M, 1],
      ],
      { status: 'refunded' },
    )
    await station.run({ type: 'ImportOrders', file: 'r', orders: [refunded] })
    const scans = [SHIRT_L, 'ANS-1', SHIRT_L, SHIRT_L, 'B-02-1-01', SHIRT_M]
    expect(await station.scans('pick', ...scans)).toEqual([
      'orderCancelled',
      'orderDropped',
      'piecePicked',
      'piecePicked',
      'binRight',
      'pickDone',
    ])
    expect(await station.stock(SHIRT_L)).toMatchObject({ 'bin:B-01-1-01': 8, 'cart:taobao/1002': 2 })
  })

  it('PIK-1 a wave waits in batches that CMD-NEXT or their slip takes, and only once', async () => {
    await settings({})
    const ids = ['taobao/1001', 'taobao/1002', 'taobao/1003']
    await station.run({
      type: 'PlanWave',
      batches: [
        { orderIds: ids.slice(0, 2), heap: false },
        { orderIds: ids.slice(2), heap: true },
      ],
    })
    const again = await station.run({ type: 'PlanWave', batches: [{ orderIds: ids, heap: false }] })
    expect(again.answer.tag).toBe('nothingToPick')
    expect((await station.scan('pick', 'PC1B2')).answer.reason).toBe('pickOpened')
    expect(await station.scans('pick', 'B-02-1-01', SHIRT_M)).toEqual(['binRight', 'pickDone'])
    expect((await station.scan('pick', 'CMD-NEXT')).answer.params).toMatchObject({
      number: 'PC1B1',
      orders: 2,
    })
    await station.scans('pick', 'CMD-FINISH')
    expect((await station.scan('pick', 'CMD-HOLD')).answer.reason).toBe('noTask')
  })

  it('PIK-1 a batch that is given up lets its orders go back to the queue', async () => {
    await station.run({ type: 'PlanWave', batches: [{ orderIds: ['taobao/1001'], heap: false }] })
    const [task] = await station.store.read(TABLE_NAMES, (tx) => tx.where('held', 'area', 'pick'))
    await station.run({ type: 'DissolveBatch', taskId: task?.taskId ?? '' })
    expect((await station.scan('pick', '1001')).answer.reason).toBe('pickOpened')
  })
})

describe('orders of one piece', () => {
  it('PIK-1 are picked as one heap, and each is opened at packing by its piece, oldest deadline first', async () => {
    await stock([SHIRT_L, 'B-01-1-01', 3], [SHIRT_M, 'B-02-1-01', 2])
    await orders(['1001', [SHIRT_L, 1]], ['1002', [SHIRT_L, 1]], ['1003', [SHIRT_M, 1]])
    const orderIds = ['taobao/1001', 'taobao/1002', 'taobao/1003']
    await station.run({ type: 'PlanWave', batches: [{ orderIds, heap: true }] })
    expect(await station.scans('pick', 'CMD-HOLD')).toEqual(['noTask'])
    const scans = ['CMD-NEXT', 'B-01-1-01', SHIRT_L, SHIRT_L, 'B-02-1-01', SHIRT_M]
    expect(await station.scans('pick', ...scans)).toEqual([
      'batchOpened',
      'binRight',
      'piecePicked',
      'piecePicked',
      'binRight',
      'pickDone',
    ])
    for (const number of ['1001', '1002']) {
      const opened = (await station.scan('pack', SHIRT_L)).answer
      expect(opened).toMatchObject({ reason: 'parcelOpened', params: { number } })
      await station.scans('pack', SHIRT_L, 'G-215', 'BADGE-1002', 'CMD-FINISH')
    }
    expect((await station.scan('pack', SHIRT_L)).answer.reason).toBe('noTask')
  })
})

describe('papers of a batch', () => {
  it('PIK-1 LBL-1 the slip names bins in walking order, one row for one SKU, and where the pieces go', async () => {
    await stock([SHIRT_L, 'B-02-1-01', 5], [SHIRT_M, 'B-01-1-01', 5])
    await orders(['1001', [SHIRT_L, 1], [SHIRT_M, 1]], ['1002', [SHIRT_L, 2]])
    await settings({})
    await station.scan('pick', 'CMD-NEXT')
    const { stops, batch } = await desk()
    const input = { batchNo: 'PC1B1', orders: 2, stops, slots: batch?.slots ?? [] }
    const slip = batchSlip(input, { ...station.env, at: 0 })
    expect(slip.number).toBe('PC1B1')
    expect(slip.rows.map((row) => [row[0], row[3], row[4]])).toEqual([
      ['B-01-1-01', '1', '1号'],
      ['B-02-1-01', '3', '1号、2号×2'],
    ])
    expect(putWallLabel('WALL', 'WALL-03')).toMatchObject({ kind: 'put-wall', code: 'WALL-03', slot: '3' })
  })
})

describe('measured pieces of a batch', () => {
  it('PIK-3 RCV-4 the measure decides whose piece it is', async () => {
    await stockJeans(764, 770, 776)
    await orders(['2001', [JEANS, 1]], ['2002', [JEANS, 1]])
    await station.run({ type: 'ConfirmWanted', orderId: 'taobao/2001', lineNo: 1, measureMm: 762 })
    await station.run({ type: 'ConfirmWanted', orderId: 'taobao/2002', lineNo: 1, measureMm: 778 })
    await settings({})
    const scans = ['CMD-NEXT', 'A-01-1-01', JEANS, 'MM-776', JEANS, 'MM-770', JEANS, 'MM-765']
    expect(await station.scans('pick', ...scans)).toEqual([
      'batchOpened',
      'binRight',
      'measureWanted',
      'piecePicked',
      'measureWanted',
      'offMeasure',
      'measureWanted',
      'pickDone',
    ])
    expect(await station.stock(JEANS)).toMatchObject({
      'cart:taobao/2001@764': 1,
      'cart:taobao/2002@776': 1,
      'bin:A-01-1-01@770': 1,
    })
  })
})

describe('a short pick', () => {
  it('PIK-3 another bin is offered and the stop moves there; the doubted goods are given to nobody', async () => {
    await stock([SHIRT_L, 'B-01-1-01', 3], [SHIRT_L, 'B-02-1-01', 4])
    await orders(['3001', [SHIRT_L, 3]])
    await station.scans('pick', '3001', 'B-01-1-01', SHIRT_L)
    const asked = (await station.scan('pick', 'CMD-SHORT')).answer
    expect(asked).toMatchObject({
      reason: 'shortWanted',
      params: { missing: 2, bin: 'B-01-1-01' },
      choices: [{ tag: 'otherBin', params: { bins: 'B-02-1-01 ×2' } }, { tag: 'foundIt' }],
    })
    const moved = (await station.scan('pick', 'CMD-CONFIRM')).answer
    expect(moved).toMatchObject({ reason: 'stopMoved', next: 'goToBin', nextParams: { bin: 'B-02-1-01' } })
    expect(await countList()).toMatchObject([
      { kind: 'countBin', subject: 'B-01-1-01', reason: 'shortAtPicking' },
    ])
    expect(await station.scans('pick', 'B-02-1-01', SHIRT_L, SHIRT_L)).toEqual([
      'binRight',
      'piecePicked',
      'pickDone',
    ])
    // The ledger is as it was: two pieces stand in the bin by the books, and an order for three gets only the others.
    expect(await station.stock(SHIRT_L)).toMatchObject({
      'bin:B-01-1-01': 2,
      'bin:B-02-1-01': 2,
      'cart:taobao/3001': 3,
    })
    await orders(['3002', [SHIRT_L, 3]])
    expect(await flagOf('3002')).toBe('yellow')
    await station.run({ type: 'LiftShort', binCode: 'B-01-1-01', skuCode: SHIRT_L, measureMm: null })
    expect(await flagOf('3002')).toBe('red')
  })

  it('PIK-3 without another bin the order goes back yellow, the bin is on the count list, allocation leaves it out', async () => {
    await stock([SHIRT_L, 'B-01-1-01', 4])
    await orders(['3001', [SHIRT_L, 2]])
    await station.scans('pick', '3001', 'B-01-1-01')
    const asked = (await station.scan('pick', 'CMD-SHORT')).answer
    expect(asked.choices?.map((choice) => choice.tag)).toEqual(['sendBackOrder', 'foundIt'])
    expect((await station.scan('pick', 'ANS-1')).answer.reason).toBe('shortNoted')
    expect(await flagOf('3001')).toBe('yellow')
    expect(await countList()).toMatchObject([{ kind: 'countBin', subject: 'B-01-1-01' }])
    await orders(['3002', [SHIRT_L, 1]])
    expect(await flagOf('3002')).toBe('yellow')
    expect((await station.scan('pick', 'CMD-NEXT')).answer.next).toBe('queueEmpty')
    // Goods that are put there clear the doubt.
    await stock([SHIRT_L, 'B-01-1-01', 1])
    expect([await flagOf('3001'), await flagOf('3002')]).toEqual(['red', 'red'])
  })

  it('PIK-3 says nothing when the pieces are found after all, or another scan comes between', async () => {
    await stock([SHIRT_L, 'B-01-1-01', 4])
    await orders(['3001', [SHIRT_L, 2]])
    await station.scans('pick', '3001', 'B-01-1-01', 'CMD-SHORT', 'ANS-2', 'CMD-SHORT', SHIRT_L)
    expect((await station.scan('pick', 'ANS-1')).answer.reason).toBe('noQuestion')
    expect((await station.scan('pick', SHIRT_L)).answer.reason).toBe('pickDone')
    expect(await countList()).toEqual([])
  })

  it('PIK-3 asks for the bin first', async () => {
    await stock([SHIRT_L, 'B-01-1-01', 4])
    await orders(['3001', [SHIRT_L, 2]])
    expect(await station.scans('pick', 'CMD-SHORT', '3001', 'CMD-SHORT')).toEqual([
      'noTask',
      'pickOpened',
      'binWanted',
    ])
  })

  it('PIK-3 what was picked of the order is held in its cart, and can be put back', async () => {
    await stock([SHIRT_M, 'B-01-1-01', 2], [SHIRT_L, 'B-02-1-01', 2])
    await orders(['3001', [SHIRT_M, 1], [SHIRT_L, 1]])
    await station.scans('pick', '3001', 'B-01-1-01', SHIRT_M, 'B-02-1-01')
    const asked = (await station.scan('pick', 'CMD-SHORT')).answer
    expect(asked.choices?.map((choice) => choice.tag)).toEqual(['holdOrder', 'putBackOrder', 'foundIt'])
    await station.scan('pick', 'ANS-1')
    expect(await station.stock(SHIRT_M)).toMatchObject({ 'cart:taobao/3001': 1, 'bin:B-01-1-01': 1 })
    const offered = (await station.scan('pick', '3001')).answer
    expect(offered).toMatchObject({
      reason: 'notAllocated',
      choices: [{ tag: 'returnPieces' }, { tag: 'leavePieces' }],
    })
    const returned = (await station.scan('pick', 'ANS-1')).answer
    expect(returned).toMatchObject({ reason: 'piecesReturned', nextParams: { bins: 'B-01-1-01' } })
    expect(await station.stock(SHIRT_M)).toEqual({ supplier: -2, 'bin:B-01-1-01': 2 })
  })

  it('PIK-3 in a batch only the orders that lack pieces go back, and what they had goes back to its bins', async () => {
    await stock([SHIRT_M, 'B-01-1-01', 2], [SHIRT_L, 'B-02-1-01', 3])
    await orders(['3001', [SHIRT_M, 1], [SHIRT_L, 1]], ['3002', [SHIRT_M, 1], [SHIRT_L, 2]])
    await settings({})
    await station.scans('pick', 'CMD-NEXT', 'B-01-1-01', SHIRT_M, SHIRT_M, 'B-02-1-01', SHIRT_L, SHIRT_L)
    await station.scan('pick', 'CMD-SHORT')
    const back = (await station.scan('pick', 'ANS-2')).answer
    expect(back).toMatchObject({
      reason: 'shortNoted',
      params: { number: '3002' },
      nextParams: { slot: '2', bins: 'B-01-1-01、B-02-1-01' },
    })
    expect(await station.stock(SHIRT_L)).toMatchObject({ 'bin:B-02-1-01': 2, 'cart:taobao/3001': 1 })
    expect(await station.stock(SHIRT_M)).toMatchObject({ 'bin:B-01-1-01': 1, 'cart:taobao/3001': 1 })
    expect([await flagOf('3001'), await flagOf('3002')]).toEqual(['red', 'yellow'])
    expect(await slotOrder('WALL-02')).toBeUndefined()
  })
})
