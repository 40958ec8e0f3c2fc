import { describe, expect, it } from 'vitest'
import { expectWeight } from './expect-weight.ts'
import { judgeWeight } from './judge-weight.ts'
import { learnWeight, noteFlagged } from './learn-weight.ts'
import type { Lookalike } from './name-suspects.ts'
import { skuWeight, type WeighedParcel, type WeightBook, type WeightRecord } from './weight-book.ts'

const JEANS = '2031/深蓝/31'
const SHIRT = '8008/白/M'
const SOCKS = '5005/灰/均码'

/** A drawn number, the same in every run, about nought with a standard deviation of one. */
function createGauss(seed: number): () => number {
  let state = seed
  const uniform = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return (state + 1) / 2_147_483_649
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

function createShop(catalogue: Readonly<Record<string, number>>) {
  const skus = new Map<string, WeightRecord>()
  const packings = new Map<string, WeightRecord>()
  const book: WeightBook = {
    sku: (code) => skus.get(code),
    packing: (code) => packings.get(code),
    catalogueGrams: (code) => catalogue[code] ?? null,
  }
  const keep = (records: ReadonlyMap<string, WeightRecord>): void => {
    for (const [code, record] of records) skus.set(code, record)
  }
  return {
    book,
    learn: (parcel: WeighedParcel): void => {
      const learned = learnWeight(parcel, book)
      keep(learned.skus)
      packings.set(parcel.packing, learned.packing)
    },
    flag: (parcel: WeighedParcel): void => keep(noteFlagged(parcel, book)),
    judge: (parcel: WeighedParcel, lookalikes: readonly Lookalike[] = []) =>
      judgeWeight(parcel, book, () => lookalikes),
  }
}

const parcel = (goods: Readonly<Record<string, number>>, grams: number): WeighedParcel => ({
  lines: Object.entries(goods).map(([skuCode, quantity]) => ({ skuCode, quantity })),
  packing: 'bag-M',
  grams,
})

/** Jeans weigh 620 ± 6 g, shirts 190 ± 3 g, socks 40 ± 1.5 g, the bag 16 ± 1 g. */
const TRUE = { [JEANS]: [620, 6], [SHIRT]: [190, 3], [SOCKS]: [40, 1.5] } as const
const CATALOGUE = { [JEANS]: 600, [SHIRT]: 200, [SOCKS]: 40 }

function packed(goods: Readonly<Record<string, number>>, gauss: () => number): WeighedParcel {
  let grams = 16 + gauss() + 1.2 * gauss()
  for (const [code, quantity] of Object.entries(goods)) {
    const [mean, spread] = TRUE[code as keyof typeof TRUE]
    for (let piece = 0; piece < quantity; piece++) grams += mean + spread * gauss()
  }
  return parcel(goods, Math.round(grams))
}

const MIXES: readonly Readonly<Record<string, number>>[] = [
  { [JEANS]: 1 },
  { [SHIRT]: 1 },
  { [JEANS]: 1, [SHIRT]: 1 },
  { [SOCKS]: 2, [SHIRT]: 1 },
  { [SHIRT]: 2 },
  { [JEANS]: 1, [SOCKS]: 1 },
]

function experienced(seed: number, parcels: number, catalogue: Readonly<Record<string, number>> = CATALOGUE) {
  const shop = createShop(catalogue)
  const gauss = createGauss(seed)
  for (let n = 0; n < parcels; n++) shop.learn(packed(MIXES[n % MIXES.length] ?? {}, gauss))
  return { ...shop, gauss }
}

describe('weighing', () => {
  it('PAK-4 learns what pieces and bags weigh from parcels that held several things', () => {
    const { book } = experienced(1, 120)
    for (const [code, [mean, spread]] of Object.entries(TRUE)) {
      const learned = skuWeight(book, code)
      expect(Math.abs(learned.meanGrams - mean), code).toBeLessThan(3)
      expect(Math.sqrt(learned.spread), code).toBeLessThan(3 * spread)
    }
    const expected = expectWeight({ lines: [{ skuCode: JEANS, quantity: 1 }], packing: 'bag-M' }, book)
    expect(Math.abs(expected.grams - 636)).toBeLessThan(4)
    expect(expected.parcels).toBeGreaterThan(10)
  })

  it('PAK-4 lets right parcels pass, hardly ever stopping one', () => {
    const { judge, gauss } = experienced(2, 120)
    let stopped = 0
    for (let n = 0; n < 600; n++)
      if (judge(packed(MIXES[n % MIXES.length] ?? {}, gauss)).tag !== 'fits') stopped++
    expect(stopped).toBeLessThanOrEqual(6)
  })

  it('PAK-4 names the missing piece by its weight', () => {
    const { judge } = experienced(3, 120)
    const verdict = judge(parcel({ [JEANS]: 1, [SHIRT]: 1 }, 206))
    expect(verdict.tag).toBe('flagged')
    expect(verdict.offGrams).toBeCloseTo(-620, -1)
    expect(verdict.suspects[0]).toMatchObject({ fault: 'missing', skuCode: JEANS })
    expect(verdict.suspects[0]?.share).toBeGreaterThan(0.9)
  })

  it('PAK-4 names a surplus piece, a second bag, and what was taken instead', () => {
    const { judge } = experienced(4, 120)
    expect(judge(parcel({ [SHIRT]: 1 }, 396)).suspects[0]).toMatchObject({ fault: 'surplus', skuCode: SHIRT })
    expect(judge(parcel({ [SHIRT]: 1 }, 222)).suspects[0]).toMatchObject({ fault: 'extraPacking' })
    const swapped = judge(parcel({ [SHIRT]: 1 }, 636), [{ skuCode: JEANS, share: 1 }])
    expect(swapped.suspects[0]).toMatchObject({ fault: 'swapped', skuCode: SHIRT, otherSkuCode: JEANS })
  })

  it('PAK-4 names together what weight cannot tell apart', () => {
    const { judge } = experienced(5, 120, { ...CATALOGUE, twinA: 620, twinB: 622 })
    const twins = ['twinA', 'twinB'].map((skuCode) => ({ skuCode, share: 0.5 }))
    const verdict = judge(parcel({ [SHIRT]: 1 }, 637), twins)
    expect(verdict.suspects.map((one) => one.otherSkuCode).sort()).toEqual(['twinA', 'twinB'])
  })

  it('PAK-4 needs a relative and an absolute excess: tape and a slip stop no parcel', () => {
    const { judge } = experienced(6, 400)
    expect(judge(parcel({ [SOCKS]: 1 }, 60)).tag).toBe('fits')
    expect(judge(parcel({ [JEANS]: 2, [SHIRT]: 2 }, 1640)).tag).toBe('fits')
  })

  it('PAK-4 finds out by itself that the catalogue is wrong altogether', () => {
    const { book, judge, gauss } = experienced(7, 60, { ...CATALOGUE, [JEANS]: 62 })
    expect(Math.abs(skuWeight(book, JEANS).meanGrams - 620)).toBeLessThan(5)
    expect(skuWeight(book, JEANS).catalogueFits).toBe(false)
    expect(judge(packed({ [JEANS]: 1 }, gauss)).tag).toBe('fits')
    expect(judge(parcel({ [JEANS]: 1, [SHIRT]: 1 }, 206)).tag).toBe('flagged')
  })

  it('PAK-4 stops no parcel of goods that were never weighed', () => {
    const { judge } = experienced(8, 60, { ...CATALOGUE, new: 300 })
    expect(judge(parcel({ new: 1 }, 360)).tag).toBe('fits')
  })

  it('PAK-4 learns nothing from a flagged parcel, and forgets what one after the other contradicts', () => {
    const { book, judge, flag, learn, gauss } = experienced(9, 120)
    const before = skuWeight(book, SHIRT)
    // A new delivery of heavier cloth.
    const heavier = parcel({ [SHIRT]: 1 }, 260)
    expect(judge(heavier).tag).toBe('flagged')
    flag(heavier)
    expect(skuWeight(book, SHIRT)).toEqual(before)
    flag(heavier)
    flag(heavier)
    expect(judge(heavier).tag).not.toBe('flagged')
    for (let n = 0; n < 6; n++) learn(parcel({ [SHIRT]: 1 }, 260 + Math.round(gauss())))
    expect(judge(heavier).tag).toBe('fits')
    expect(judge(parcel({ [SHIRT]: 1 }, 206)).tag).toBe('flagged')
  })

  it('PAK-4 does not forget for single faults among many right parcels', () => {
    const { book, flag, learn, gauss } = experienced(10, 120)
    const before = skuWeight(book, SHIRT).meanGrams
    for (let round = 0; round < 10; round++) {
      flag(parcel({ [SHIRT]: 1 }, 16))
      for (let n = 0; n < 4; n++) learn(packed({ [SHIRT]: 1 }, gauss))
    }
    expect(Math.abs(skuWeight(book, SHIRT).meanGrams - before)).toBeLessThan(3)
  })
})
