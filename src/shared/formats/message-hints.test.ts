import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suggestWaistMm } from './message-hints.ts'

describe('suggestWaistMm', () => {
  it.each([
    ['腰围要77厘米的,不要大', 770],
    ['腰围 2尺3', 767],
    ['腰围二尺三', 767],
    ['腰围2尺3寸左右', 767],
    ['腰围2.3尺', 767],
    ['waist 77cm', 770],
    ['Waist: 30 inches please', 762],
    ['腰围７７公分', 770],
    ['我腰围80', 800],
    ['腰 775mm', 775],
    ['77厘米的腰围，裤长100厘米', 770],
    ['身高170 腰围78cm', 780],
    ['请发顺丰，腰围77cm', 770],
  ])('ORD-6 reads %s', (message, mm) => {
    expect(suggestWaistMm(message)).toBe(mm)
  })

  it.each([
    ['请发顺丰'],
    ['要新的!!'],
    ['=1+1'],
    ['腰围31'],
    ['腰围大一点'],
    ['臀围77厘米'],
    ['裤长 100cm'],
    ['腰围77厘米或者腰围80厘米'],
    ['腰围770厘米'],
    ['77号'],
    [''],
  ])('ORD-6 suggests nothing for %s', (message) => {
    expect(suggestWaistMm(message)).toBeNull()
  })

  it('ORD-6 reads every believable waist in centimetres, and never throws', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 110 }), fc.string(), (cm, tail) => {
        expect(suggestWaistMm(`腰围${cm}厘米`)).toBe(cm * 10)
        suggestWaistMm(tail)
      }),
    )
  })
})
