import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GRAMS, MILLIMETRES, parseCount, parseFen, parseMeasure } from './parse-number.ts'

const value = (result: { ok: boolean; value?: unknown; error?: unknown }) =>
  result.ok ? result.value : result.error

describe('parseFen', () => {
  it('CAT-3 reads amounts as shops write them', () => {
    const cases = {
      '51.39': 5139,
      '0元': 0,
      '¥1,234.50': 123450,
      '￥8': 800,
      '36,71': 3671,
      '1.234,5': 123450,
    }
    for (const [cell, fen] of Object.entries(cases))
      expect([cell, value(parseFen(cell))]).toEqual([cell, fen])
    expect(value(parseFen('３６．７'))).toBe(3670)
    expect(value(parseFen('36.7100'))).toBe(3671)
  })

  it('CAT-4 refuses what is no amount in fen', () => {
    for (const cell of ['36.705', 'abc', '1.2.3', '', '1,23,4', '--1', '12元起', 'NaN', '0x10', '1e3'])
      expect([cell, value(parseFen(cell))]).toEqual([cell, 'badAmount'])
    expect(value(parseFen('-5.00'))).toBe('outOfRange')
    expect(value(parseFen('99999999999999999999'))).toBe('outOfRange')
    expect(value(parseFen('7.73E+14'))).toBe('scientificNumber')
  })

  it('CAT-3 gives back every fen amount that is written with two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), (fen) => {
        const text = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
        expect(value(parseFen(text))).toBe(fen)
      }),
    )
  })
})

describe('parseCount', () => {
  it('ORD-1 reads pieces and refuses the rest by reason', () => {
    const cases = {
      '2': 2,
      '2.00': 2,
      '1,200': 1200,
      '3件': 'wrongUnit',
      '-1': 'outOfRange',
      '1.5': 'badNumber',
    }
    for (const [cell, wanted] of Object.entries(cases))
      expect([cell, value(parseCount(cell))]).toEqual([cell, wanted])
    expect(value(parseCount('7.73E+14'))).toBe('scientificNumber')
  })
})

describe('parseMeasure', () => {
  it('CAT-4 takes the column’s own unit and refuses every other', () => {
    const grams = {
      '180': 180,
      '180 g': 180,
      '180克': 180,
      '168.4': 168,
      '0.18kg': 'wrongUnit',
      '0.18': 'wrongUnit',
    }
    for (const [cell, wanted] of Object.entries(grams))
      expect([cell, value(parseMeasure(cell, GRAMS))]).toEqual([cell, wanted])
    expect(value(parseMeasure('77cm', MILLIMETRES))).toBe('wrongUnit')
    expect(value(parseMeasure('77.5', MILLIMETRES))).toBe('wrongUnit')
    expect(value(parseMeasure('770mm', MILLIMETRES))).toBe(770)
    expect(value(parseMeasure('0', GRAMS))).toBe('outOfRange')
    expect(value(parseMeasure('-3', GRAMS))).toBe('outOfRange')
    expect(value(parseMeasure('heavy', GRAMS))).toBe('badNumber')
  })
})
