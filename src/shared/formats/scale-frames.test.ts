import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createDialectDetector,
  createFrameReader,
  SCALE_DIALECTS,
  type ScaleDialect,
} from './scale-frames.ts'
import { toledoFrame } from './scale-frames.test-support.ts'
import type { ScaleReading } from './scale-reading.ts'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

const read = (dialect: ScaleDialect, ...parts: readonly (string | Uint8Array)[]): readonly ScaleReading[] => {
  const reader = createFrameReader(dialect)
  return parts.flatMap((part) => reader.push(typeof part === 'string' ? bytesOf(part) : part))
}

const stable = (grams: number): ScaleReading => ({ grams, state: 'stable' })
const moving = (grams: number): ScaleReading => ({ grams, state: 'moving' })
const OVER: ScaleReading = { grams: 0, state: 'overload' }
const UNDER: ScaleReading = { grams: 0, state: 'underload' }

describe('A&D frames', () => {
  const cases: readonly (readonly [string, readonly ScaleReading[]])[] = [
    ['ST,NT,+  00.658kg\r\n', [stable(658)]],
    ['US,GS,+  00.6585kg\r\n', [moving(659)]],
    ['ST,+001234.5  g\r\n', [stable(1235)]],
    ['ST,OK,+0001.234 kg\r\n', [stable(1234)]],
    ['ST,GS,-  0.012kg\r', [stable(-12)]],
    ['ST,NT,+   1.000lb\n', [stable(454)]],
    ['OL,NT,+9999.999kg\r\n', [OVER]],
    ['OL,NT,+         kg\r\n', [OVER]],
    ['OL,-9999999.9  g\r\n', [UNDER]],
    ['ST,TR,+  00.100kg\r\n', []],
    ['QT,+00012345 PC\r\n', []],
    ['ST,NT,+  0.6.58kg\r\n', []],
    ['ST,NT,+  00.658\r\n', []],
    ['T,NT,+  00.658kg\r\n', []],
    ['ST,NT,+  0\u00000.658kg\r\n', []],
    ['\u0007x9\u007fUS,NT,+  00.658kg\r\n', [moving(658)]],
  ]
  it.each(cases)('PAK-4 reads %j', (line, readings) => {
    expect(read('ad', line)).toEqual(readings)
  })
  it('PAK-4 reads bytes that carry a parity bit', () => {
    const withParity = bytesOf('ST,NT,+  00.658kg\r\n').map((byte) => byte | 0x80)
    expect(read('ad', withParity)).toEqual([stable(658)])
  })
})

describe('MT-SICS frames', () => {
  const cases: readonly (readonly [string, readonly ScaleReading[]])[] = [
    ['S S     658.00 g\r\n', [stable(658)]],
    ['S D     658.49 g\r\n', [moving(658)]],
    ['S S      -0.50 kg\r\n', [stable(-500)]],
    ['S S    - 12.00 g\r\n', [stable(-12)]],
    ['S +\r\n', [OVER]],
    ['S -\r\n', [UNDER]],
    ['S I\r\nES\r\nS D\r\n', []],
    ['xS S     658.00 g\r\n', []],
    ['S S     658.00 PCS\r\n', []],
    ['\u0011#S S     658.00 g  \r\n', [stable(658)]],
  ]
  it.each(cases)('PAK-4 reads %j', (line, readings) => {
    expect(read('sics', line)).toEqual(readings)
  })
})

describe('Toledo frames', () => {
  const frame = toledoFrame
  it('PAK-4 takes the decimal point and the unit from the status bytes', () => {
    const weights = [
      frame({ digits: 658, decimals: 3, unit: 'kg' }),
      frame({ digits: 6580, decimals: 1, unit: 'g' }),
      frame({ digits: 658, decimals: 0, unit: 'g' }),
      frame({ digits: 66, decimals: -1, unit: 'g' }),
      frame({ digits: 1000, decimals: 3, unit: 'lb' }),
    ]
    const bytes = weights.flatMap((one) => [...one])
    expect(read('toledo', Uint8Array.from([...bytes, 0x02]))).toEqual([658, 658, 658, 660, 454].map(stable))
  })
  it('PAK-4 tells motion, the sign and both ends of the range', () => {
    const frames = [
      frame({ digits: 12, motion: true }),
      frame({ digits: 12, negative: true }),
      frame({ digits: 0, outOfRange: true }),
      frame({ digits: 0, outOfRange: true, negative: true }),
    ]
    expect(read('toledo', ...frames)).toEqual([moving(12), stable(-12), OVER, UNDER])
  })
  it('PAK-4 believes no frame whose checksum is wrong, and none of its digits', () => {
    const broken = frame({ digits: 658 })
    broken[7] = 0x39
    expect(read('toledo', frame({ digits: 12 }), broken, frame({ digits: 13 }))).toEqual([12, 13].map(stable))
  })
  it('PAK-4 reads frames without a checksum at their end, once that is certain', () => {
    const reader = createFrameReader('toledo')
    const heard = [1, 2, 3, 4, 5].map((digits) => reader.push(frame({ digits, checksum: false })).length)
    expect(heard).toEqual([0, 0, 1, 1, 1])
  })
  it('PAK-4 believes no spoilt frame whose checksum looks like the start of the next one', () => {
    const all = Array.from({ length: 1_000 }, (_, digits) => frame({ digits }))
    const spoilt = all.filter((one) => one[17] === 0x02)
    expect(spoilt.length).toBeGreaterThan(0)
    for (const one of spoilt) {
      one[1] = 0x2c
      expect(read('toledo', one, frame({ digits: 12 }))).toEqual([stable(12)])
    }
  })
  it('PAK-4 finds the next frame behind a torn one', () => {
    const torn = frame({ digits: 500 }).slice(0, 9)
    expect(read('toledo', torn, frame({ digits: 600 }), frame({ digits: 601 }))).toEqual(
      [600, 601].map(stable),
    )
  })
})

describe('any dialect', () => {
  const grams = fc.integer({ min: -9_999, max: 99_999 })
  const framesOf: Readonly<Record<ScaleDialect, (grams: number, sure: boolean) => Uint8Array>> = {
    ad: (value, sure) =>
      bytesOf(
        `${sure ? 'ST' : 'US'},NT,${value < 0 ? '-' : '+'}${(Math.abs(value) / 1000).toFixed(3).padStart(8)}kg\r\n`,
      ),
    sics: (value, sure) => bytesOf(`S ${sure ? 'S' : 'D'} ${value.toFixed(2).padStart(10)} g\r\n`),
    toledo: (value, sure) =>
      toledoFrame({ digits: Math.abs(value), decimals: 0, unit: 'g', negative: value < 0, motion: !sure }),
  }
  const frames = fc.array(fc.record({ grams, sure: fc.boolean() }), { minLength: 1, maxLength: 12 })
  /** Cuts at any places, noise lines between the frames. */
  const cut = (bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] => {
    const at = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])].sort(
      (left, right) => left - right,
    )
    return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
  }
  const places = fc.array(fc.nat(2_000), { maxLength: 40 })

  it.each(SCALE_DIALECTS)('PAK-4 reads what was sent however it is split: %s', (dialect) => {
    fc.assert(
      fc.property(frames, places, (sent, at) => {
        const bytes = Uint8Array.from(sent.flatMap((one) => [...framesOf[dialect](one.grams, one.sure)]))
        const readings = read(dialect, ...cut(bytes, at))
        expect(readings).toEqual(sent.map((one) => (one.sure ? stable(one.grams) : moving(one.grams))))
      }),
    )
  })

  it.each(SCALE_DIALECTS)('PAK-4 gives the same of the same noisy bytes however split: %s', (dialect) => {
    const noise = fc.uint8Array({ maxLength: 30 })
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, grams), { maxLength: 8 }), places, (sent, at) => {
        const bytes = Uint8Array.from(
          sent.flatMap(([between, value]) => [...between, ...framesOf[dialect](value, true)]),
        )
        const whole = read(dialect, bytes)
        expect(read(dialect, ...cut(bytes, at))).toEqual(whole)
        for (const { grams: value } of whole) expect(Number.isSafeInteger(value)).toBe(true)
      }),
    )
  })

  it.each(SCALE_DIALECTS)('PAK-4 makes nothing of garbage: %s', (dialect) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(read(dialect, bytes)).toEqual([])
      }),
    )
  })

  it.each(SCALE_DIALECTS)('PAK-4 believes no frame of which one byte is spoilt: %s', (dialect) => {
    fc.assert(
      fc.property(grams, fc.nat(), (value, place) => {
        const frame = framesOf[dialect](value, true)
        // The line feed behind a carriage return carries nothing.
        const at = place % (dialect === 'toledo' ? frame.length : frame.length - 1)
        fc.pre(frame[at] !== 0x23)
        frame[at] = 0x23
        expect(read(dialect, frame, '\r')).toEqual([])
      }),
    )
  })

  it.each(SCALE_DIALECTS)('PAK-4 finds out by itself which dialect it hears: %s', (dialect) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), grams, places, (noise, value, at) => {
        const one = [...framesOf[dialect](value, true)]
        const bytes = Uint8Array.from([...noise, 0x0d, ...one, ...one, ...one, ...one])
        const detector = createDialectDetector()
        const heard = cut(bytes, at).map((part) => detector.push(part)?.dialect ?? null)
        expect(heard.at(-1)).toBe(dialect)
        expect(new Set(heard.filter((found) => found !== null)).size).toBe(1)
      }),
    )
  })

  it('PAK-4 takes no other text for a scale', () => {
    const detector = createDialectDetector()
    const texts = ['$GPGGA,123519,4807.038,N*47\r\n', 'AT+CSQ\r\nOK\r\n', '6901000000318\r\n', 'S 12 kg\r\n']
    for (let round = 0; round < 5; round++) {
      for (const text of texts) expect(detector.push(bytesOf(text))).toBeNull()
    }
  })
})
