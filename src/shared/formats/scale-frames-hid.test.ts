import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHidReport } from './scale-frames-hid.ts'

const report = (status: number, unit: number, power: number, weight: number): Uint8Array =>
  Uint8Array.from([status, unit, power & 0xff, weight & 0xff, weight >> 8])

describe('HID scale reports', () => {
  it.each([
    ['658 g at rest', report(4, 2, 0, 658), { grams: 658, state: 'stable' }],
    ['23.2 oz at rest', report(4, 11, -1, 232), { grams: 658, state: 'stable' }],
    ['1.5 lb', report(4, 12, -1, 15), { grams: 680, state: 'stable' }],
    ['0.658 kg in motion', report(3, 3, -3, 658), { grams: 658, state: 'moving' }],
    ['rest at zero, without a unit', report(2, 0, 0, 0), { grams: 0, state: 'stable' }],
    ['below zero', report(5, 2, 0, 80), { grams: 0, state: 'underload' }],
    ['above its range', report(6, 11, -1, 0), { grams: 0, state: 'overload' }],
    ['a fault', report(1, 2, 0, 658), null],
    ['carat', report(4, 4, 0, 658), null],
    ['a power of ten out of reach', report(4, 2, 100, 658), null],
    ['too few bytes', Uint8Array.from([4, 2, 0, 1]), null],
  ] as const)('PAK-4 reads %s', (_name, bytes, reading) => {
    expect(readHidReport(bytes)).toEqual(reading)
  })

  it('PAK-4 makes a whole number or nothing of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const reading = readHidReport(bytes)
        if (reading !== null) expect(Number.isSafeInteger(reading.grams)).toBe(true)
      }),
    )
  })
})
