import { beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_PACKING_RULES } from '../domain/packing/packing-rules.ts'
import type { PackTask } from '../domain/packing/pack-task.ts'
import { DEFAULT_COURIER_TABLE } from '../domain/shipping/choose-courier-table.ts'
import { executeCommand } from './execute-command.ts'
import { TABLE_NAMES } from './tables.ts'
import { createTestStation, type TestStation, testOrder } from './test-station.ts'

const SHIRT = '2004-奶油-L'
const SHIRT_CODE = '6901000000022'
const JEANS = '2031-深蓝-31'

let station: TestStation

beforeEach(async () => {
  station = await createTestStation()
  await station.scans('receive', 'CMD-NEW', SHIRT_CODE, 'QTY-9', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', SHIRT_CODE, 'QTY-9', 'B-01-1-01')
})

const order = (number: string, lines: readonly (readonly [string, number])[]) =>
  station.run({ type: 'ImportOrders', file: `${number}.csv`, orders: [testOrder(number, lines)] })

const desk = async (): Promise<PackTask> => {
  const task = await station.store.read(TABLE_NAMES, (tx) => tx.get('desk', 'pack'))
  if (task?.area !== 'pack') throw new Error('no parcel on the bench')
  return task
}

const finishOf = async (number: string) => {
  const parcels = await station.store.read(TABLE_NAMES, (tx) => tx.where('parcels', 'orderCodes', number))
  return parcels[0]?.finish
}

const save = async (settings: Record<string, unknown>): Promise<string> =>
  (await station.run({ type: 'SaveSettings', settings })).answer.tag

describe('packing rules at the bench', () => {
  it('PAK-6 the parcel carries the rules of its goods, and what the badge confirmed stays with it', async () => {
    await order('1', [[SHIRT, 1]])
    await station.scans('pack', '1')
    expect((await desk()).rules).toEqual([{ of: '', lines: ['@flat', '@sealed', '@taped', '@labelFront'] }])
    const categories = [{ category: 'T恤', lines: ['折好'] }]
    expect(await save({ packingRules: { ...DEFAULT_PACKING_RULES, categories } })).toBe('done')
    // The open parcel keeps what was shown.
    expect(await station.scans('pack', SHIRT_CODE, 'G-210', 'BADGE-1002', 'CMD-FINISH')).toContain('finished')
    expect((await finishOf('1'))?.rules).toMatchObject([{ of: '' }])
    await order('2', [[SHIRT, 1]])
    await station.scans('pack', '2', SHIRT_CODE, 'G-210', 'BADGE-1002', 'CMD-FINISH')
    expect((await finishOf('2'))?.rules).toEqual([{ of: 'T恤', lines: ['折好'] }])
  })

  it('PAK-6 PAK-7 a badge before the goods are there confirms nothing: it says who stands at the bench', async () => {
    await order('1', [[SHIRT, 2]])
    const early = await station.scans('pack', '1', SHIRT_CODE)
    expect(early).toEqual(['parcelOpened', 'piecePacked'])
    const { answer } = await station.scan('pack', 'BADGE-1002')
    expect(answer).toMatchObject({
      reason: 'signedIn',
      verdict: 'right',
      next: 'packNext',
      nextParams: { left: 1 },
    })
    expect((await desk()).signature).toBeNull()
    expect(await station.scans('pack', 'BADGE-7777')).toEqual(['unknownBadge'])
    expect(await station.scans('pack', SHIRT_CODE, 'G-420', 'CMD-FINISH')).toContain('signatureWanted')
    expect(await station.scans('pack', 'BADGE-1002', 'CMD-FINISH')).toEqual(['signed', 'finished'])
  })

  it('PAK-6 SEC-1 rules are a manager’s, and those that no screen could show are refused', async () => {
    expect(await save({ packingRules: { ...DEFAULT_PACKING_RULES, usual: [] } })).toBe('packingRulesFaulty')
    const long = ['x'.repeat(33)]
    expect(await save({ packingRules: { ...DEFAULT_PACKING_RULES, usual: long } })).toBe('packingRulesFaulty')
    const asked = await executeCommand(station.store, station.env, {
      type: 'SaveSettings',
      settings: { packingRules: DEFAULT_PACKING_RULES },
      commandId: 'c-clerk',
      at: Date.UTC(2026, 10, 23),
      personId: 'p-clerk',
    })
    expect(asked.answer.tag).toBe('roleWanted')
  })
})

describe('size', () => {
  it('PAK-5 the volume counts by the divisor of the contract with the parcel’s courier', async () => {
    await order('1', [[SHIRT, 1]])
    await station.scans('pack', '1')
    const usual = await station.scan('pack', 'SIZE-300-200-100')
    expect(usual.answer.params).toMatchObject({ volumetric: 1000, divisor: 6000 })
    const divisors = [
      { courier: 'SF', divisor: 12_000 },
      { courier: 'STO', divisor: 8000 },
    ]
    expect(await save({ courierRules: { ...DEFAULT_COURIER_TABLE, divisors } })).toBe('done')
    const agreed = await station.scan('pack', 'SIZE-300-200-100')
    expect(agreed.answer.params).toMatchObject({ volumetric: 750, divisor: 8000 })
    await station.scans('pack', SHIRT_CODE, 'G-210', 'BADGE-1002', 'CMD-FINISH')
    expect(await finishOf('1')).toMatchObject({ sizeMm: [300, 200, 100], volumetricGrams: 750 })
  })

  it('PAK-5 a divisor outside of what couriers agree to is refused', async () => {
    const of = (divisor: number) => ({ ...DEFAULT_COURIER_TABLE, divisors: [{ courier: 'SF', divisor }] })
    expect(await save({ courierRules: of(999) })).toBe('courierRulesFaulty')
    expect(await save({ courierRules: of(20_001) })).toBe('courierRulesFaulty')
    expect(await save({ courierRules: of(1000) })).toBe('done')
  })
})

describe('CMD-WEIGH', () => {
  it('PAK-4 names the next piece while pieces are missing, and asks for the weight once all are in', async () => {
    await order('1', [[SHIRT, 2]])
    await station.scans('pack', '1', SHIRT_CODE)
    expect((await station.scan('pack', 'CMD-WEIGH')).answer).toMatchObject({
      verdict: 'ask',
      reason: 'weightWanted',
      next: 'packNext',
    })
    await station.scans('pack', SHIRT_CODE)
    expect((await station.scan('pack', 'CMD-WEIGH')).answer).toMatchObject({
      reason: 'weightWanted',
      next: 'weigh',
    })
    // There was no weight to take back: the last scan is still the shirt.
    await station.scans('pack', 'CMD-BACK')
    expect((await desk()).lines[0]?.pieces).toHaveLength(1)
  })

  it('PAK-4 takes a weight back, and CMD-BACK gives it again', async () => {
    await order('1', [[SHIRT, 1]])
    await station.scans('pack', '1', SHIRT_CODE, 'G-210', 'CMD-WEIGH')
    expect((await desk()).weightGrams).toBeNull()
    await station.scans('pack', 'CMD-BACK')
    expect((await desk()).weightGrams).toBe(210)
  })

  it('ORD-6 asks for the wanted measure first where that is open', async () => {
    await order('1', [[JEANS, 1]])
    await station.scans('pack', '1')
    expect((await station.scan('pack', 'CMD-WEIGH')).answer.reason).toBe('measureWanted')
  })
})
