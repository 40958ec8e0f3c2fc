import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanCode, cleanText, isScientificNumber } from './clean-cell.ts'
import { safeCell } from './formula-safe.ts'

describe('cleanCode', () => {
  it('ORD-1 unwraps what platforms put around digits', () => {
    expect(cleanCode('="1930000000000744"')).toBe('1930000000000744')
    expect(cleanCode("'17191853373")).toBe('17191853373')
    expect(cleanCode("'")).toBe('')
    expect(cleanCode('\ufeff 1930\u00a0\t')).toBe('1930')
    expect(cleanCode('=1+1')).toBe('=1+1')
  })
})

describe('cleanText', () => {
  it('ORD-1 leaves a message as it was written', () => {
    expect(cleanText('=1+1')).toBe('=1+1')
    expect(cleanText(" 's-Gravenhage\u00a02 ")).toBe("'s-Gravenhage 2")
    expect(cleanText('="x"')).toBe('="x"')
  })

  it('SEC-3 reads back what an own export guarded', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('=', '+', '"', ' ', '1', 'a', '＝', '\t') }), (text) => {
        expect(cleanText(String(safeCell(text)))).toBe(cleanText(text))
      }),
    )
  })
})

describe('isScientificNumber', () => {
  it('LBL-5 REC-1 tells a shortened number from a code', () => {
    for (const cell of ['7.73E+14', '7.73e+14', '1E+12', '1,93E+15'])
      expect(isScientificNumber(cell)).toBe(true)
    for (const cell of ['2E5', '773020000000001', 'A1E+12', '1.5', 'E+14'])
      expect(isScientificNumber(cell)).toBe(false)
  })
})
