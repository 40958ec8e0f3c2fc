import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCode128, moduleCount } from './code128.ts'

const printable = fc.string({
  unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)),
  minLength: 1,
  maxLength: 30,
})

describe('encodeCode128', () => {
  it('LBL-1 gives start, check and stop characters of eleven modules around the data', () => {
    // Start B, P B - O K, check, stop of 13 modules.
    expect(moduleCount(encodeCode128('PB-OK'))).toBe(11 * 7 + 13)
    expect(encodeCode128('PB-OK').slice(0, 6)).toEqual([2, 1, 1, 2, 1, 4])
    expect(encodeCode128('PB-OK').slice(-7)).toEqual([2, 3, 3, 1, 1, 1, 2])
  })

  it('LBL-1 packs digits two to a character', () => {
    expect(moduleCount(encodeCode128('12345678'))).toBe(11 * 6 + 13)
  })

  it('LBL-1 every printable code is whole characters of bars of one to four modules', () => {
    fc.assert(
      fc.property(printable, (code) => {
        const modules = encodeCode128(code)
        expect((moduleCount(modules) - 13) % 11).toBe(0)
        expect(modules.length % 2).toBe(1)
        expect(modules.every((width) => width >= 1 && width <= 4)).toBe(true)
      }),
    )
  })

  it.each(['', '面单', 'A\n', 'é'])('LBL-1 refuses %j', (code) => {
    expect(() => encodeCode128(code)).toThrow('not a printable code')
  })
})
