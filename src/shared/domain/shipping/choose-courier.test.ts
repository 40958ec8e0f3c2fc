import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseCourier, isIn, type ParcelFacts, reaches } from './choose-courier.ts'
import {
  type CourierTable,
  CourierTableSchema,
  DEFAULT_COURIER_TABLE,
  readCourierTable,
} from './choose-courier-table.ts'
import { readCourierWish } from './choose-courier-wish.ts'

const KUNSHAN = { country: 'CN', province: '江苏省', city: '苏州市', district: '昆山市' }
const TAIPEI = { country: 'CN', province: '台湾省', city: '台北市', district: '信义区' }

const facts = (over: Partial<ParcelFacts> = {}): ParcelFacts => ({
  whereto: KUNSHAN,
  source: 'taobao',
  deliveryMode: 'courier',
  weightGrams: 600,
  valueFen: 12_900,
  fragile: false,
  wish: { wanted: [], unwanted: [] },
  isOurs: () => true,
  ...over,
})

const withRule = (rule: Omit<CourierTable['rules'][number], 'active'>): CourierTable => ({
  ...DEFAULT_COURIER_TABLE,
  rules: [{ ...rule, active: true }],
})

describe('the wish in a message', () => {
  it.each([
    ['请发顺丰', ['SF'], []],
    ['麻烦发EMS，谢谢', ['EMS'], []],
    ['不要圆通', [], ['YTO']],
    ['不要圆通和申通，发顺丰', ['SF'], ['YTO', 'STO']],
    ['别发申通! 中通可以', ['ZTO'], ['STO']],
    ['please NOT by YTO; SF if possible', ['SF'], ['YTO']],
    ['发圆通，不要圆通', [], ['YTO']],
    ['STOP, size 31, LISF', [], []],
    ['要新的!!', [], []],
  ])('ORD-7 reads %s', (text, wanted, unwanted) => {
    expect(readCourierWish([text])).toEqual({ wanted, unwanted })
  })
})

describe('regions', () => {
  it('ORD-7 are beginnings of names from the large to the small', () => {
    expect(isIn('江苏', KUNSHAN)).toBe(true)
    expect(isIn('江苏 苏州', KUNSHAN)).toBe(true)
    expect(isIn('昆山', KUNSHAN)).toBe(true)
    expect(isIn('江苏 昆山', KUNSHAN)).toBe(true)
    expect(isIn('苏州 江苏', KUNSHAN)).toBe(false)
    expect(isIn('江苏 南京', KUNSHAN)).toBe(false)
  })

  it('ORD-5 ORD-7 a courier reaches what its list does not hold, and what nobody knows', () => {
    expect(reaches(DEFAULT_COURIER_TABLE, 'STO', KUNSHAN)).toBe(true)
    expect(reaches(DEFAULT_COURIER_TABLE, 'STO', TAIPEI)).toBe(false)
    expect(reaches(DEFAULT_COURIER_TABLE, 'EMS', TAIPEI)).toBe(true)
    expect(reaches(DEFAULT_COURIER_TABLE, 'STO', null)).toBe(true)
  })
})

describe('the courier of a parcel', () => {
  it('ORD-7 is 申通, EMS where it does not reach, and says why', () => {
    expect(chooseCourier(DEFAULT_COURIER_TABLE, facts())).toMatchObject({
      courier: 'STO',
      because: { ruleId: 'usual' },
      passedOver: [],
    })
    expect(chooseCourier(DEFAULT_COURIER_TABLE, facts({ whereto: TAIPEI }))).toMatchObject({
      courier: 'EMS',
      because: { ruleId: 'fallback' },
      passedOver: [{ ruleId: 'usual', courier: 'STO', why: 'unreachable' }],
      reached: true,
    })
  })

  it('ORD-7 is the wished one, priced as the table says: 圆通 as 申通, 顺丰 as EMS', () => {
    const wish = (courier: string) => facts({ wish: { wanted: [courier], unwanted: [] } })
    expect(chooseCourier(DEFAULT_COURIER_TABLE, wish('YTO'))).toMatchObject({
      courier: 'YTO',
      because: { ruleId: 'wish', matched: [{ what: 'wish', value: 'YTO' }] },
      price: { priceAs: 'STO', surchargeFen: 0 },
    })
    expect(chooseCourier(DEFAULT_COURIER_TABLE, wish('SF'))).toMatchObject({
      courier: 'SF',
      price: { priceAs: 'EMS' },
    })
  })

  it('ORD-7 a wish that cannot be met is passed over, and why', () => {
    const wish = { wanted: ['DBL', 'SF'], unwanted: [] }
    const choice = chooseCourier(DEFAULT_COURIER_TABLE, facts({ wish, isOurs: (code) => code === 'STO' }))
    expect(choice.courier).toBe('STO')
    expect(choice.passedOver).toEqual([
      { ruleId: 'wish', courier: 'DBL', why: 'notOffered' },
      { ruleId: 'wish', courier: 'SF', why: 'notOurs' },
    ])
    expect(choice.price).toBeNull()
  })

  it('ORD-7 a refused courier is passed over as long as the shop has another', () => {
    const wish = { wanted: [], unwanted: ['STO'] }
    expect(chooseCourier(DEFAULT_COURIER_TABLE, facts({ wish })).courier).toBe('EMS')
    const alone = chooseCourier(DEFAULT_COURIER_TABLE, facts({ wish, isOurs: (code) => code === 'STO' }))
    expect(alone.courier).toBe('STO')
    expect(alone.passedOver).toContainEqual({ ruleId: 'fallback', courier: 'EMS', why: 'notOurs' })
  })

  it('ORD-7 the first rule that fits decides, and only when all its conditions are met', () => {
    const table: CourierTable = {
      ...DEFAULT_COURIER_TABLE,
      rules: [
        { ruleId: 'off', when: {}, courier: 'JD', active: false },
        { ruleId: 'heavy', when: { weightOverGrams: 3000, regions: ['江苏'] }, courier: 'DBL', active: true },
        { ruleId: 'glass', when: { fragile: true }, courier: 'SF', active: true },
      ],
    }
    expect(chooseCourier(table, facts({ weightGrams: 3001 })).because).toEqual({
      ruleId: 'heavy',
      matched: [
        { what: 'regions', value: '江苏' },
        { what: 'weightOverGrams', value: 3001 },
      ],
    })
    expect(chooseCourier(table, facts({ weightGrams: 3000 })).courier).toBe('STO')
    expect(chooseCourier(table, facts({ weightGrams: 3001, whereto: null, fragile: true })).courier).toBe(
      'SF',
    )
    // A figure that nobody knows meets no condition on it.
    expect(chooseCourier(table, facts({ weightGrams: null })).courier).toBe('STO')
  })

  it.each([
    [{ sources: ['shopify' as const] }, { source: 'shopify' as const }],
    [{ deliveryModes: ['door'] }, { deliveryMode: 'door' }],
    [{ weightUnderGrams: 500 }, { weightGrams: 499 }],
    [{ valueOverFen: 100_000 }, { valueFen: 100_001 }],
    [{ fragile: true }, { fragile: true }],
  ])('ORD-7 knows the condition %j', (when, over) => {
    const table = withRule({ ruleId: 'r', when, courier: 'ZTO' })
    expect(chooseCourier(table, facts(over)).courier).toBe('ZTO')
    expect(chooseCourier(table, facts()).courier).toBe('STO')
  })
})

const courierCode: fc.Arbitrary<string> = fc.constantFrom('STO', 'EMS', 'SF', 'YTO', 'ZTO')
const region = fc.constantFrom('江苏', '江苏 苏州', '台湾', '西藏', '昆山')
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const conditions = fc.record(
  {
    regions: fc.array(region, { maxLength: 3 }),
    sources: fc.array(fc.constantFrom('taobao' as const, 'shopify' as const), { maxLength: 2 }),
    weightOverGrams: fc.nat(5000),
    weightUnderGrams: fc.integer({ min: 1, max: 5000 }),
    valueOverFen: fc.nat(50_000),
    fragile: fc.boolean(),
    wish: fc.boolean(),
  },
  { requiredKeys: [] },
)
const tables: fc.Arbitrary<CourierTable> = fc.record({
  version: fc.constant(1 as const),
  rules: fc.array(
    fc.record({
      ruleId: fc.uuid(),
      when: conditions,
      courier: fc.oneof(courierCode, fc.constant('wished')),
      active: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
  usual: courierCode,
  fallback: courierCode,
  unreachable: fc.array(fc.record({ courier: courierCode, regions: fc.array(region, { maxLength: 3 }) }), {
    maxLength: 4,
  }),
  wishes: fc.array(fc.record({ courier: courierCode, priceAs: courierCode, surchargeFen: fc.nat(5000) }), {
    maxLength: 3,
  }),
})
const codes = fc.array(courierCode, { maxLength: 2 })
const parcels: fc.Arbitrary<ParcelFacts> = fc
  .record({
    whereto: optional(fc.constantFrom(KUNSHAN, TAIPEI)),
    weightGrams: optional(fc.nat(6000)),
    valueFen: optional(fc.nat(60_000)),
    fragile: fc.boolean(),
    wanted: codes,
    unwanted: codes,
    ours: codes,
  })
  .map(({ wanted, unwanted, ours, whereto, weightGrams, valueFen, fragile }) =>
    facts({
      whereto: whereto ?? null,
      weightGrams: weightGrams ?? null,
      valueFen: valueFen ?? null,
      fragile,
      wish: { wanted: wanted.filter((code) => !unwanted.includes(code)), unwanted },
      isOurs: (code) => ours.includes(code),
    }),
  )

describe('any table', () => {
  it('ORD-7 gives every parcel exactly one courier, of a line of the table that says so', () => {
    fc.assert(
      fc.property(tables, parcels, (table, parcel) => {
        const choice = chooseCourier(table, parcel)
        const { ruleId } = choice.because
        const rule = table.rules.find((candidate) => candidate.active && candidate.ruleId === ruleId)
        const lines: Record<string, readonly string[]> = {
          usual: [table.usual],
          fallback: [table.fallback],
          ...(rule ? { [ruleId]: rule.courier === 'wished' ? parcel.wish.wanted : [rule.courier] } : {}),
        }
        expect(lines[ruleId]).toContain(choice.courier)
        // Only the last resort may go where its courier does not.
        expect(choice.reached).toBe(reaches(table, choice.courier, parcel.whereto))
        if (ruleId !== 'fallback') expect(choice.reached).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('ORD-7 survives its way through the shop’s settings', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const stored: unknown = JSON.parse(JSON.stringify(table))
        expect(readCourierTable(stored)).toEqual(CourierTableSchema.parse(table))
      }),
    )
    expect(readCourierTable({ version: 99 })).toBe(DEFAULT_COURIER_TABLE)
    expect(readCourierTable(undefined)).toBe(DEFAULT_COURIER_TABLE)
  })
})
