import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gs1CheckDigit, hasGs1CheckDigit, isGtin, looksLikeGtin } from './gtin.ts'
import { checkS10, s10CheckDigit } from './s10.ts'
import { parseSscc } from './sscc.ts'
import { hintWaybillNumber } from './waybill-number-hints.ts'

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })

describe('GTIN', () => {
  it('CAT-1 checks GTIN-8, -12, -13 and -14', () => {
    for (const code of ['96385074', '036000291452', '4006381333931', '10614141000415', '6901000000004'])
      expect([code, isGtin(code)]).toEqual([code, true])
    for (const code of ['6901234567899', '4006381333932', '12345', '690100000000X', ''])
      expect([code, isGtin(code)]).toEqual([code, false])
    expect(looksLikeGtin('690100000000')).toBe(true)
    expect(looksLikeGtin('6901000000')).toBe(false)
  })

  it('CAT-1 finds every single wrong digit', () => {
    fc.assert(
      fc.property(digits(12), fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, at, shift) => {
        const code = body + gs1CheckDigit(body)
        expect(hasGs1CheckDigit(code)).toBe(true)
        const wrong = (Number(code[at]) + shift) % 10
        expect(hasGs1CheckDigit(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false)
      }),
    )
  })
})

describe('SSCC', () => {
  it('RCV-1 reads the three spellings and refuses a wrong digit', () => {
    for (const code of ['(00)095287654321012346', '00095287654321012346', '095287654321012346'])
      expect(parseSscc(code)).toBe('095287654321012346')
    expect(parseSscc('(00)095287654321012347')).toBeNull()
    expect(parseSscc('(01)09528765432101')).toBeNull()
  })
})

describe('S10', () => {
  it('LBL-5 checks postal numbers', () => {
    expect(checkS10('EE471108151FR')).toBe('valid')
    expect(checkS10('EE471108150FR')).toBe('badCheckDigit')
    expect(checkS10('773020000000001')).toBe('other')
    // a sum of 0 (mod 11) gives 11, written 5; a sum of 12, that is 1 (mod 11), gives 10, written 0
    expect(s10CheckDigit('00000000')).toBe(5)
    expect(s10CheckDigit('00004000')).toBe(0)
    expect(s10CheckDigit('00003000')).toBe(2)
  })
})

describe('hintWaybillNumber', () => {
  it('LBL-5 only doubts numbers that do not look like their courier’s', () => {
    expect(hintWaybillNumber('STO', '773020000000001')).toBeNull()
    expect(hintWaybillNumber('申通', '77302')).toBe('unusualWaybillNumber')
    expect(hintWaybillNumber('sf', 'sf1234567890123')).toBeNull()
    expect(hintWaybillNumber('圆通', 'YT123')).toBe('unusualWaybillNumber')
    expect(hintWaybillNumber('nobody', '1')).toBeNull()
    expect(hintWaybillNumber('EMS', 'EE471108150FR')).toBe('s10CheckDigit')
    expect(hintWaybillNumber('ZTO', '1', [])).toBeNull()
  })
})
