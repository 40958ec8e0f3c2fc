import { beforeEach, describe, expect, it } from 'vitest'
import type { PackTask } from '../domain/packing/pack-task.ts'
import { executeScan } from './execute-scan.ts'
import { TABLE_NAMES } from './tables.ts'
import { createTestStation, type TestStation, testOrder } from './test-station.ts'
import { learnWeights } from './weights/learn-weights.ts'

const SHIRT = '2004-奶油-L'
const SHIRT_CODE = '6901000000022'
const OTHER_CODE = '6901000000039'
const CUP = '2010-琥珀-500ML'
const CUP_CODE = '6901000000046'
const JEANS = '2031-深蓝-31'

let station: TestStation

beforeEach(async () => {
  station = await createTestStation()
})

const desk = async (): Promise<PackTask> => {
  const task = await station.store.read(TABLE_NAMES, (tx) => tx.get('desk', 'pack'))
  if (task?.area !== 'pack') throw new Error('no parcel on the bench')
  return task
}

const stockUp = (...pieces: readonly string[]): Promise<string[]> =>
  station.scans('receive', 'CMD-NEW', ...pieces, 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')

const order = (number: string, lines: readonly (readonly [string, number])[]) =>
  station.run({ type: 'ImportOrders', file: `${number}.csv`, orders: [testOrder(number, lines)] })

/** Shirts of 214 g and cups of 322 g in a bag of 12 g, packed one by one and two by two. */
async function history(): Promise<void> {
  await stockUp(SHIRT_CODE, 'QTY-60', CUP_CODE, 'QTY-60')
  await station.scans('putaway', SHIRT_CODE, 'QTY-60', 'B-01-1-01', CUP_CODE, 'QTY-60', 'A-01-1-01')
  for (let at = 0; at < 24; at += 1) {
    const grams = (at % 3) - 1
    const shirt = at % 2 === 0
    const lines: [string, number][] = at % 6 === 5 ? [[SHIRT, 1], [CUP, 1]] : [[shirt ? SHIRT : CUP, 1]] // biome-ignore format: two short forms
    const weight = 12 + lines.reduce((sum, [sku]) => sum + (sku === SHIRT ? 214 : 322), 0) + grams
    await order(`H${at}`, lines)
    const pieces = lines.map(([sku]) => (sku === SHIRT ? SHIRT_CODE : CUP_CODE))
    const reasons = await station.scans(
      'pack',
      `H${at}`,
      ...pieces,
      `G-${weight}`,
      'BADGE-1002',
      'CMD-FINISH',
    )
    if (reasons.at(-1) !== 'finished') throw new Error(`${at} ${reasons.join(' ')}`)
  }
  while ((await learnWeights(station.store)).more);
}

describe('weight of a parcel', () => {
  it('PAK-4 a new parcel is judged by what earlier ones weighed, not by the catalogue', async () => {
    await history()
    await order('1', [
      [SHIRT, 1],
      [CUP, 1],
    ])
    const opened = await station.scan('pack', '1')
    expect(opened.answer.reason).toBe('parcelOpened')
    const { expected } = await desk()
    // The catalogue says 210 and 330.
    expect(Math.abs((expected?.grams ?? 0) - 548)).toBeLessThanOrEqual(3)
    expect(expected?.spreadGrams).toBeLessThan(40)
    expect(await station.scans('pack', SHIRT_CODE, CUP_CODE, 'G-549')).toEqual([
      'piecePacked',
      'parcelComplete',
      'weightTaken',
    ])
    expect((await desk()).weighing).toMatchObject({ verdict: 'fits', source: 'hand', accepted: null })
  })

  it('PAK-4 names the piece that the weight lacks and keeps the parcel open until somebody has looked', async () => {
    await history()
    await order('1', [
      [SHIRT, 1],
      [CUP, 1],
    ])
    await station.scans('pack', '1', SHIRT_CODE, CUP_CODE)
    const off = await station.scan('pack', 'G-226')
    expect(off.answer).toMatchObject({
      verdict: 'stop',
      reason: 'weightOff',
      rule: 'PAK-4',
      next: 'suspectMissing',
    })
    expect(off.answer.params.title).toContain('2010')
    expect(String(off.answer.params.off)).toMatch(/^−32\d$/)
    expect(await station.scans('pack', 'BADGE-1002', 'CMD-FINISH', 'ANS-1', 'CMD-FINISH')).toEqual([
      'signed',
      'weightOff',
      'weightAccepted',
      'finished',
    ])
    const parcels = await station.store.read(TABLE_NAMES, (tx) => tx.where('parcels', 'orderCodes', '1'))
    expect(parcels[0]?.finish?.weighing).toMatchObject({
      verdict: 'flagged',
      accepted: { reason: 'contentsChecked', name: '张主管' },
    })
  })

  it('PAK-4 weighed again after mending, the parcel goes on; a piece taken out asks for its weight again', async () => {
    await history()
    await order('1', [[SHIRT, 2]])
    await station.scans('pack', '1', SHIRT_CODE, SHIRT_CODE)
    expect((await station.scan('pack', 'G-226')).answer.reason).toBe('weightOff')
    expect((await station.scan('pack', 'G-440')).answer.reason).toBe('weightTaken')
    expect(await station.scans('pack', 'CMD-BACK', 'CMD-BACK', 'CMD-BACK')).toEqual([
      'undone',
      'undone',
      'undone',
    ])
    expect(await desk()).toMatchObject({ weightGrams: null, lines: [{ pieces: [{}] }] })
    expect(await station.scans('pack', SHIRT_CODE, 'CMD-FINISH')).toEqual(['parcelComplete', 'weightWanted'])
  })

  it('PAK-4 a parcel that was flagged teaches nothing', async () => {
    await history()
    const before = await station.store.read(TABLE_NAMES, (tx) => tx.get('weights', `sku:${CUP}`))
    await order('1', [[CUP, 1]])
    await station.scans('pack', '1', CUP_CODE, 'G-660', 'BADGE-1002', 'ANS-1')
    await station.scans('pack', 'G-660', 'ANS-1', 'CMD-FINISH')
    await learnWeights(station.store)
    const after = await station.store.read(TABLE_NAMES, (tx) => tx.get('weights', `sku:${CUP}`))
    expect(after?.flags).toBe((before?.flags ?? 0) + 1)
    expect(after?.learned.meanGrams).toBe(before?.learned.meanGrams)
  })

  it('PAK-4 the pan’s readings stay with the parcel, and a scale’s weight is told from a typed one', async () => {
    await order('1', [[SHIRT, 1]])
    await stockUp(SHIRT_CODE)
    await station.scans('putaway', SHIRT_CODE, 'B-01-1-01')
    await station.scans('pack', '1', SHIRT_CODE)
    const scaleTrace = Array.from({ length: 200 }, (_, at) => [at * 20, Math.min(226, at * 3)] as const)
    await executeScan(station.store, station.env, {
      commandId: 'w1',
      area: 'pack',
      raw: 'G-226',
      at: 1,
      personId: null,
      scaleTrace,
    })
    const { weighing } = await desk()
    expect(weighing?.source).toBe('scale')
    expect(weighing?.trace.length).toBeLessThanOrEqual(60)
    expect(weighing?.trace.at(-1)).toEqual([3980, 226])
  })

  it('PAK-4 with nothing learned yet a parcel is never held up', async () => {
    await stockUp(SHIRT_CODE)
    await station.scans('putaway', SHIRT_CODE, 'B-01-1-01')
    await order('1', [[SHIRT, 1]])
    expect(await station.scans('pack', '1', SHIRT_CODE, 'G-900')).toEqual([
      'parcelOpened',
      'parcelComplete',
      'weightTaken',
    ])
  })
})

describe('a piece off its measure', () => {
  beforeEach(async () => {
    await stockUp(JEANS, 'MM-772', JEANS, 'MM-775')
    await station.scans('putaway', JEANS, 'MM-772', 'A-01-1-01', JEANS, 'MM-775', 'A-01-1-01')
    await order('2001', [[JEANS, 1]])
    await station.scans('pack', '2001', 'MM-770', '2001', JEANS)
  })

  it('PAK-3 goes only with a supervisor’s badge and a reason, and both stay with the piece', async () => {
    expect(await station.scans('pack', 'MM-790', 'ANS-1', 'BADGE-1002', 'BADGE-1001')).toEqual([
      'offMeasure',
      'signatureWanted',
      'roleWanted',
      'measureOverridden',
    ])
    const piece = (await desk()).lines[0]?.pieces[0]
    expect(piece).toMatchObject({ measuredMm: 790, override: { reason: 'buyerAgreed', name: '张主管' } })
    await station.scans('pack', 'G-640', 'BADGE-1002')
    expect((await station.scan('pack', 'CMD-FINISH')).answer.reason).toBe('finished')
  })

  it('PAK-3 the question does not outlive another scan, and the piece stays blocked', async () => {
    expect(await station.scans('pack', 'MM-790', OTHER_CODE, 'ANS-1', 'BADGE-1001', 'CMD-FINISH')).toEqual([
      'offMeasure',
      'wrongSku',
      'noQuestion',
      'signedIn',
      'measureWanted',
    ])
  })

  it('PAK-9 CMD-OVERRIDE asks for the reasons, and CMD-BACK takes the override back', async () => {
    expect(await station.scans('pack', 'MM-790', 'CMD-OVERRIDE', 'ANS-3', 'BADGE-1001', 'CMD-BACK')).toEqual([
      'offMeasure',
      'reasonWanted',
      'signatureWanted',
      'measureOverridden',
      'undone',
    ])
    expect((await desk()).lines[0]?.pieces[0]?.measuredMm).toBeNull()
  })
})

describe('bags, boxes, sizes', () => {
  const supply = (supplyId: string, name: string, packing: boolean) =>
    station.run({
      type: 'SaveSupply',
      supply: {
        supplyId,
        name,
        unit: 'piece',
        perParcel: 1,
        perReprint: 0,
        warnBelow: 0,
        active: true,
        packing,
      },
    })

  it('PAK-4 LBL-6 a parcel goes into one bag or box: that one is used, and its weight is learned', async () => {
    await supply('bag-s', '小袋', true)
    await supply('box-m', '中箱', true)
    await supply('tape', '胶带', false)
    await stockUp(SHIRT_CODE)
    await station.scans('putaway', SHIRT_CODE, 'B-01-1-01')
    await order('1', [[SHIRT, 1]])
    await station.scans('pack', '1', SHIRT_CODE)
    expect((await desk()).packing).toBe('bag-s')
    expect(await station.scans('pack', 'BOX-M', 'G-340', 'BADGE-1002', 'CMD-FINISH')).toEqual([
      'packingChosen',
      'weightTaken',
      'signed',
      'finished',
    ])
    const used = await station.store.read(TABLE_NAMES, (tx) => tx.range('supplies', null, {}))
    expect(Object.fromEntries(used.map((row) => [row.supplyId, row.used]))).toEqual({
      'bag-s': 0,
      'box-m': 1,
      tape: 1,
    })
    await learnWeights(station.store)
    const learned = await station.store.read(TABLE_NAMES, (tx) => tx.get('weights', 'packing:box-m'))
    expect(learned?.learned.parcels).toBe(1)
  })

  it('PAK-5 a size is kept longest side first, with what its volume counts for', async () => {
    await stockUp(SHIRT_CODE)
    await station.scans('putaway', SHIRT_CODE, 'B-01-1-01')
    await order('1', [[SHIRT, 1]])
    await station.scans('pack', '1', SHIRT_CODE)
    const sized = await station.scan('pack', 'SIZE-200-300-150')
    expect(sized.answer).toMatchObject({
      reason: 'sizeTaken',
      params: { length: 300, width: 200, height: 150, volumetric: 1500 },
    })
  })
})
