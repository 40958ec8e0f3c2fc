import { beforeEach, describe, expect, it } from 'vitest'
import { executeCommand } from './execute-command.ts'
import { TABLE_NAMES } from './tables.ts'
import { createTestStation, type TestStation, testOrder } from './test-station.ts'

let station: TestStation
beforeEach(async () => {
  station = await createTestStation()
})

const JEANS = '2031-深蓝-31'
const SHIRT = '2004-奶油-L'
const SHIRT_CODE = '6901000000022'

async function stockShirts(quantity: number): Promise<void> {
  await station.scans(
    'receive',
    'CMD-NEW',
    SHIRT_CODE,
    `QTY-${quantity}`,
    'CMD-FINISH',
    'BADGE-1002',
    'BADGE-1001',
  )
  await station.scans('putaway', SHIRT_CODE, `QTY-${quantity}`, 'B-01-1-01')
}

describe('receive', () => {
  it('RCV-1 counts two quick scans as two pieces and posts nothing before two people signed (RCV-7)', async () => {
    expect(await station.scans('receive', 'CMD-NEW', SHIRT_CODE, SHIRT_CODE, 'CMD-FINISH')).toEqual([
      'receiveOpened',
      'pieceCounted',
      'pieceCounted',
      'signatureWanted',
    ])
    expect(await station.stock(SHIRT)).toEqual({})
    expect(await station.scans('receive', 'BADGE-1002', 'BADGE-1002', 'BADGE-1001')).toEqual([
      'signed',
      'samePerson',
      'posted',
    ])
    expect(await station.stock(SHIRT)).toEqual({ supplier: -2, dock: 2 })
  })

  it('RCV-4 counts a measured piece under its measure and refuses a second scan before the tape', async () => {
    const reasons = await station.scans(
      'receive',
      'CMD-NEW',
      JEANS,
      JEANS,
      'MM-2000',
      'MM-772',
      JEANS,
      'MM-765',
      'CMD-FINISH',
    )
    expect(reasons).toEqual([
      'receiveOpened',
      'measureWanted',
      'measureWanted',
      'measureOutOfRange',
      'measured',
      'measureWanted',
      'measured',
      'signatureWanted',
    ])
    await station.scans('receive', 'BADGE-1002', 'BADGE-1001')
    expect(await station.stock(JEANS)).toEqual({
      'supplier@772': -1,
      'dock@772': 1,
      'supplier@765': -1,
      'dock@765': 1,
    })
  })

  it('RCV-2 stops at an unknown code, links it, and loses nothing counted', async () => {
    const reasons = await station.scans(
      'receive',
      'CMD-NEW',
      SHIRT_CODE,
      'NEWCODE',
      'ANS-1',
      SHIRT,
      'NEWCODE',
    )
    expect(reasons).toEqual([
      'receiveOpened',
      'pieceCounted',
      'unknownCode',
      'linkWanted',
      'codeLinked',
      'pieceCounted',
    ])
    const task = await station.store.read(TABLE_NAMES, (tx) => tx.get('desk', 'receive'))
    expect(task?.area === 'receive' && task.lines[SHIRT]?.counted).toBe(3)
  })

  it('PAK-9 undoes scan after scan to the task’s start', async () => {
    await station.scans('receive', 'CMD-NEW', SHIRT_CODE, SHIRT_CODE, 'QTY-12', 'CMD-DEFECT')
    expect(
      await station.scans('receive', 'CMD-BACK', 'CMD-BACK', 'CMD-BACK', 'CMD-BACK', 'CMD-BACK'),
    ).toEqual(['undone', 'undone', 'undone', 'undone', 'nothingToUndo'])
    const task = await station.store.read(TABLE_NAMES, (tx) => tx.get('desk', 'receive'))
    expect(task?.area === 'receive' && task.lines).toEqual({})
  })
})

describe('putaway', () => {
  it('PUT-2 suggests the category’s bin and then the bin that holds the same', async () => {
    await station.scans('receive', 'CMD-NEW', SHIRT_CODE, 'QTY-3', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
    const first = await station.scan('putaway', SHIRT_CODE)
    expect(first.answer).toMatchObject({
      reason: 'pieceInHand',
      next: 'suggest.sameCategory',
      nextParams: { bin: 'B-01-1-01' },
    })
    expect((await station.scan('putaway', 'B-01-1-02')).answer.reason).toBe('putAway')
    expect((await station.scan('putaway', SHIRT_CODE)).answer).toMatchObject({
      next: 'suggest.sameSku',
      nextParams: { bin: 'B-01-1-02' },
    })
  })

  it('PAK-9 the first piece is taken back as well, and CMD-CONFIRM says yes to a question', async () => {
    expect(await station.scans('putaway', SHIRT_CODE, 'CMD-BACK', JEANS, 'CMD-BACK', 'CMD-BACK')).toEqual([
      'pieceInHand',
      'undone',
      'measureWanted',
      'undone',
      'nothingToUndo',
    ])
    expect(await station.scans('putaway', SHIRT_CODE, 'B-01-1-01', 'CMD-CONFIRM', 'CMD-CONFIRM')).toEqual([
      'pieceInHand',
      'notOnDock',
      'putAway',
      'notHere',
    ])
  })

  it('PUT-3 stops at a wrong kind, a full bin, and asks about goods that the dock does not have', async () => {
    await station.scans('receive', 'CMD-NEW', SHIRT_CODE, 'QTY-4', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
    expect(
      await station.scans(
        'putaway',
        SHIRT_CODE,
        'P-01-1-01',
        'QTY-4',
        'B-01-1-02',
        'QTY-5',
        'B-01-1-01',
        'ANS-1',
      ),
    ).toEqual([
      'pieceInHand',
      'wrongBinKind',
      'pieceInHand',
      'binFull',
      'pieceInHand',
      'notOnDock',
      'putAway',
    ])
    expect(await station.stock(SHIRT)).toEqual({ supplier: -4, adjustment: -1, 'bin:B-01-1-01': 5 })
  })
})

describe('pick and pack', () => {
  beforeEach(async () => {
    await stockShirts(5)
    await station.run({
      type: 'ImportOrders',
      file: 'o.csv',
      orders: [
        testOrder('1001', [
          [SHIRT, 1],
          [SHIRT, 1],
        ]),
      ],
    })
  })

  it.each([
    [{}, '卢**'],
    [{ 'maskWaybill:STO': true }, '卢**'],
    [{ 'maskWaybill:STO': false }, '卢小明'],
    [{ 'maskWaybill:SF': false }, '卢**'],
  ])('LBL-2 with the settings %j the waybill of STO names %s', async (settings, name) => {
    await station.run({ type: 'SaveSettings', settings })
    await station.scans('pick', 'CMD-NEXT', 'B-01-1-01', SHIRT_CODE, SHIRT_CODE)
    await station.scans('pack', '1001', SHIRT_CODE, 'QTY-2', 'G-430', 'BADGE-1002', 'CMD-FINISH')
    const job = await station.store.read(['printJobs'], (tx) => tx.get('printJobs', 'waybill-77300000000100'))
    expect(job?.document.kind === 'waybill' && job.document.recipient.name).toBe(name)
  })

  it('PIK-2 PAK-1 PAK-10 goes from bin to packed with a waybill number, and ships once', async () => {
    expect(
      await station.scans('pick', 'CMD-NEXT', SHIRT_CODE, 'B-01-1-02', 'B-01-1-01', SHIRT_CODE, SHIRT_CODE),
    ).toEqual(['pickOpened', 'binWanted', 'wrongBin', 'binRight', 'piecePicked', 'pickDone'])
    expect(await station.stock(SHIRT)).toEqual({ supplier: -5, 'bin:B-01-1-01': 3, 'cart:taobao/1001': 2 })
    const reasons = await station.scans(
      'pack',
      '1001',
      '2004-奶油-M',
      SHIRT_CODE,
      'CMD-FINISH',
      SHIRT_CODE,
      SHIRT_CODE,
      'CMD-FINISH',
      'G-430',
      'CMD-FINISH',
      'BADGE-1002',
      'CMD-FINISH',
    )
    expect(reasons).toEqual([
      'parcelOpened',
      'wrongSku',
      'piecePacked',
      'missingPiece',
      'parcelComplete',
      'surplusPiece',
      'weightWanted',
      'weightTaken',
      'signatureWanted',
      'signed',
      'finished',
    ])
    expect(await station.stock(SHIRT)).toEqual({ supplier: -5, 'bin:B-01-1-01': 3, packed: 2 })
    expect(await station.scans('pack', '1001', '77300000000100')).toEqual([
      'alreadyFinished',
      'alreadyFinished',
    ])
  })

  it('PAK-10 voids before hand-over: pieces back where they came from, number burnt', async () => {
    await station.scans('pack', '1001', SHIRT_CODE, 'QTY-2', 'G-430', 'BADGE-1002', 'CMD-FINISH')
    expect(await station.scans('pack', '1001', 'ANS-2', 'ANS-1')).toEqual([
      'alreadyFinished',
      'reasonWanted',
      'voided',
    ])
    expect(await station.stock(SHIRT)).toEqual({ supplier: -5, 'bin:B-01-1-01': 5 })
    expect(await station.scans('pack', '1001', SHIRT_CODE, 'QTY-2', 'G-430', 'BADGE-1002')).toContain(
      'parcelOpened',
    )
    const outcome = await station.scan('pack', 'CMD-FINISH')
    expect(outcome.answer.params.waybill).toBe('77300000000101')
    expect(outcome.printJobIds).toEqual(['waybill-77300000000101'])
  })

  it('PAK-9 a stray answer after another scan voids nothing', async () => {
    await station.scans('pack', '1001', SHIRT_CODE, 'QTY-2', 'G-430', 'BADGE-1002', 'CMD-FINISH')
    expect(await station.scans('pack', '1001', 'NONSENSE', 'ANS-2')).toEqual([
      'alreadyFinished',
      'unknownCode',
      'noQuestion',
    ])
  })

  it('ORD-2 stops an open parcel when the order is refunded', async () => {
    await station.scans('pack', '1001', SHIRT_CODE)
    const refunded = testOrder(
      '1001',
      [
        [SHIRT, 1],
        [SHIRT, 1],
      ],
      { status: 'refunded', statusText: '退款成功' },
    )
    await station.run({ type: 'ImportOrders', file: 'o2.csv', orders: [refunded] })
    expect(await station.scans('pack', SHIRT_CODE, 'CMD-FINISH', 'ANS-1', '1001')).toEqual([
      'orderCancelled',
      'orderCancelled',
      'answered',
      'orderCancelled',
    ])
    expect(await station.stock(SHIRT)).toEqual({ supplier: -5, 'bin:B-01-1-01': 5 })
  })

  it('SHP-1 SHP-2 hands over, names a weight that differs, and signs', async () => {
    await station.scans('pack', '1001', SHIRT_CODE, 'QTY-2', 'G-430', 'BADGE-1002', 'CMD-FINISH')
    expect(
      await station.scans(
        'handover',
        'STO',
        '77300000000100',
        '77300000000100',
        'G-900',
        'CMD-FINISH',
        '77300000000100',
        'G-440',
        'FEN-320',
        'CMD-FINISH',
        'COURIER-LI',
      ),
    ).toEqual([
      'handoverOpened',
      'parcelHanded',
      'alreadyHanded',
      'weightOff',
      'weightOff',
      'weightOff',
      'weightNoted',
      'feeNoted',
      'courierSignatureWanted',
      'handedOver',
    ])
    expect(await station.stock(SHIRT)).toEqual({ supplier: -5, 'bin:B-01-1-01': 3, customer: 2 })
    expect(await station.scans('pack', '1001', 'ANS-2')).toEqual(['alreadyFinished', 'noQuestion'])
  })

  it('LBL-4 reprints with a reason and counts the copy', async () => {
    await station.scans('pack', '1001', SHIRT_CODE, 'QTY-2', 'G-430', 'BADGE-1002', 'CMD-FINISH')
    expect(await station.scans('pack', 'CMD-REPRINT')).toEqual(['reasonWanted'])
    const outcome = await station.scan('pack', 'ANS-1')
    expect(outcome.answer.params).toMatchObject({ copy: 1 })
    expect(outcome.printJobIds).toEqual(['waybill-77300000000100-1'])
  })

  it('PIK-2 a pick that was put aside goes on by its order number', async () => {
    await station.scans('pick', '1001', 'B-01-1-01', SHIRT_CODE, 'CMD-HOLD')
    expect((await station.scan('pick', '1001')).answer.reason).toBe('resumed')
    expect(await station.scans('pick', 'B-01-1-01', SHIRT_CODE)).toEqual(['binRight', 'pickDone'])
  })

  it('PAK-2 a held parcel and one after a crash open where they stood', async () => {
    await station.scans('pack', '1001', SHIRT_CODE, 'CMD-HOLD')
    expect((await station.scan('pack', '1001')).answer).toMatchObject({
      reason: 'resumed',
      nextParams: { left: 1 },
    })
  })
})

describe('measured lines', () => {
  it('ORD-6 PAK-3 asks the wanted waist first, measures again, and blocks what is off', async () => {
    await station.scans(
      'receive',
      'CMD-NEW',
      JEANS,
      'MM-772',
      JEANS,
      'MM-790',
      'CMD-FINISH',
      'BADGE-1002',
      'BADGE-1001',
    )
    await station.scans('putaway', JEANS, 'MM-772', 'A-01-1-01', JEANS, 'MM-790', 'A-01-1-01')
    const order = testOrder('2001', [[JEANS, 1]], { message: '腰围要77厘米的,不要大' })
    await station.run({ type: 'ImportOrders', file: 'o.csv', orders: [order] })
    const opened = await station.scan('pack', '2001')
    expect(opened.answer).toMatchObject({ reason: 'measureWanted', params: { suggestedMm: 770 } })
    expect(
      await station.scans(
        'pack',
        'ANS-1',
        '2001',
        JEANS,
        'CMD-FINISH',
        'MM-790',
        'MM-768',
        'G-640',
        'BADGE-1002',
        'CMD-FINISH',
      ),
    ).toEqual([
      'wantedConfirmed',
      'parcelOpened',
      'measureWanted',
      'measureWanted',
      'offMeasure',
      'parcelComplete',
      'weightTaken',
      'signed',
      'finished',
    ])
    expect(await station.stock(JEANS)).toMatchObject({ 'packed@772': 1, 'bin:A-01-1-01@790': 1 })
  })
})

describe('allocation', () => {
  it('ORD-6 serves the oldest deadline first, shows yellow, and releases when goods come in', async () => {
    const late = testOrder('3002', [[SHIRT, 1]], { deadlineAt: 2000 })
    const early = testOrder('3001', [[SHIRT, 1]], { deadlineAt: 1000 })
    await station.run({ type: 'ImportOrders', file: 'o.csv', orders: [late, early] })
    const flags = () =>
      station.store.read(TABLE_NAMES, async (tx) => {
        const rows = await tx.range('readiness', null, {})
        return rows.map((row) => [row.orderId, row.flag])
      })
    expect(await flags()).toEqual([
      ['taobao/3001', 'yellow'],
      ['taobao/3002', 'yellow'],
    ])
    await stockShirts(1)
    expect(await flags()).toEqual([
      ['taobao/3001', 'red'],
      ['taobao/3002', 'yellow'],
    ])
    expect(await station.scans('pack', '3002')).toEqual(['notAllocated'])
    await station.scans('receive', 'CMD-NEW', SHIRT_CODE, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
    await station.scans('putaway', SHIRT_CODE, 'B-01-1-01')
    expect(await flags()).toEqual([
      ['taobao/3001', 'red'],
      ['taobao/3002', 'red'],
    ])
  })
})

describe('bins', () => {
  it('ORD-6 a bin that is no longer for sale takes its goods out of the allocation', async () => {
    await stockShirts(1)
    await station.run({ type: 'ImportOrders', file: 'o', orders: [testOrder('6001', [[SHIRT, 1]])] })
    const bin = { code: 'B-01-1-01', capacity: 120, category: 'T恤' }
    await station.run({ type: 'ImportBins', file: 'b', bins: [{ ...bin, kind: 'quarantine' }] })
    expect(await station.scans('pack', '6001')).toEqual(['notAllocated'])
    await station.run({ type: 'ImportBins', file: 'b', bins: [{ ...bin, kind: 'pick' }] })
    expect(await station.scans('pack', '6001')).toEqual(['parcelOpened'])
  })
})

describe('commands', () => {
  it('SEC-1 only a manager changes people and the shop, checked where it is decided', async () => {
    const save = (personId: string | null) =>
      executeCommand(station.store, station.env, {
        type: 'SaveSettings',
        settings: { cutOffHour: 3 },
        commandId: station.env.newId(),
        at: 1,
        personId,
      })
    expect((await save('p-clerk')).answer.tag).toBe('roleWanted')
    expect((await save(null)).answer.tag).toBe('roleWanted')
    const stored = () => station.store.read(['settings'], (tx) => tx.count('settings'))
    expect(await stored()).toBe(0)
    expect((await save('p-manager')).answer.tag).toBe('done')
    expect(await stored()).toBe(1)
  })

  it('ORD-1 the same file again changes nothing; a final status is not taken back', async () => {
    const order = testOrder('4001', [[SHIRT, 1]])
    const counts = async (orders: (typeof order)[]) =>
      (await station.run({ type: 'ImportOrders', file: 'o', orders })).answer.counts
    expect(await counts([order])).toEqual({ accepted: 1, unchanged: 0 })
    expect(await counts([order])).toEqual({ accepted: 0, unchanged: 1 })
    expect(await counts([testOrder('4001', [[SHIRT, 1]], { status: 'closed' })])).toEqual({
      accepted: 1,
      unchanged: 0,
    })
    expect(await counts([order])).toEqual({ accepted: 0, unchanged: 1 })
  })

  it('LBL-5 stops plainly when the pool is dry and keeps the parcel', async () => {
    const dry = await createTestStation()
    await dry.store.write(TABLE_NAMES, async (tx) => {
      for (const row of await tx.range('waybills', null, {})) tx.delete('waybills', row.key)
    })
    station = dry
    await stockShirts(1)
    await dry.run({ type: 'ImportOrders', file: 'o', orders: [testOrder('5001', [[SHIRT, 1]])] })
    expect(await dry.scans('pack', '5001', SHIRT_CODE, 'G-210', 'BADGE-1002', 'CMD-FINISH')).toContain(
      'poolDry',
    )
    await dry.run({
      type: 'LoadWaybills',
      file: 'p',
      waybills: [{ courier: 'STO', number: '1', sortCode: '', position: 1 }],
    })
    expect(await dry.scans('pack', 'CMD-FINISH')).toEqual(['finished'])
  })
})
