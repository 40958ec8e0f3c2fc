import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScaleReading, ScaleState } from '../../formats/scale-reading.ts'
import { createStableWeight, MOST_TRACE_POINTS, type StableWeight, type WeightLock } from './stable-weight.ts'

interface Locked extends WeightLock {
  readonly atMs: number
}

/** A pan of which the scale tells the weight ten times a second. */
function createPan(weight: StableWeight = createStableWeight()) {
  let atMs = 1_000
  const locks: Locked[] = []
  const tell = (reading: ScaleReading): void => {
    atMs += 100
    const lock = weight.take(reading, atMs)
    if (lock !== null) locks.push({ ...lock, atMs })
  }
  return {
    weight,
    locks,
    tell,
    now: () => atMs,
    wait: (ms: number) => {
      atMs += ms
    },
    say: (grams: readonly number[], state: ScaleState = 'moving') => {
      for (const one of grams) tell({ grams: one, state })
    },
  }
}

describe('stable weight', () => {
  it('PAK-4 takes a weight when the scale says that it rests, with the way it came', () => {
    const pan = createPan()
    pan.say([0], 'stable')
    pan.say([120, 480, 671, 660])
    pan.say([658, 658, 658], 'stable')
    expect(pan.locks.map(({ grams }) => grams)).toEqual([658])
    expect(pan.locks[0]?.trace.map(({ grams }) => grams)).toEqual([0, 120, 480, 671, 660, 658, 658])
    expect(pan.locks[0]?.trace[0]?.atMs).toBe(0)
  })

  it('PAK-4 takes a weight from a scale that never says so, 320 to 520 ms after it came to rest', () => {
    const pan = createPan()
    pan.say([0, 300, 640])
    const restingSince = pan.now()
    pan.say([658, 659, 658, 658, 659, 658])
    expect(pan.locks).toHaveLength(1)
    const after = (pan.locks[0]?.atMs ?? 0) - restingSince
    expect(after).toBeGreaterThanOrEqual(320)
    expect(after).toBeLessThanOrEqual(520)
  })

  it('PAK-4 takes nothing from a moving pan, nor from one that creeps', () => {
    const pan = createPan()
    pan.say([0, 300, 640, 655, 661, 657, 660, 656, 661, 657, 659, 661])
    pan.say(Array.from({ length: 40 }, (_, step) => 700 + step))
    expect(pan.locks).toEqual([])
  })

  it('PAK-4 takes nothing negative, nothing of an empty pan and nothing out of range', () => {
    const pan = createPan()
    pan.say([-658, -658, -658, -658, -658, -658], 'stable')
    pan.say([19, 19, 19, 19, 19, 19], 'stable')
    for (let round = 0; round < 6; round++) pan.tell({ grams: 0, state: 'overload' })
    for (let round = 0; round < 6; round++) pan.tell({ grams: 0, state: 'underload' })
    expect(pan.locks).toEqual([])
  })

  it('PAK-4 takes one parcel once, and a stuck scale never again', () => {
    const pan = createPan()
    pan.say([0, 0])
    pan.say(Array.from({ length: 500 }, () => 658))
    pan.say(
      Array.from({ length: 500 }, () => 658),
      'stable',
    )
    pan.wait(600_000)
    pan.say([400, 400, 400, 400, 400, 400], 'stable')
    expect(pan.locks.map(({ grams }) => grams)).toEqual([658])
  })

  it('PAK-4 takes the next parcel once the pan was empty, tared or lifted off', () => {
    const pan = createPan()
    pan.say([658, 658], 'stable')
    pan.say([0, 0])
    pan.say([658, 658], 'stable')
    pan.say([-40], 'stable')
    pan.say([700, 700], 'stable')
    pan.tell({ grams: 0, state: 'underload' })
    pan.tell({ grams: 0, state: 'underload' })
    pan.say([710, 710], 'stable')
    expect(pan.locks.map(({ grams }) => grams)).toEqual([658, 658, 700, 710])
  })

  it('PAK-4 does not take a parcel again that bounced once', () => {
    const pan = createPan()
    pan.say([658, 658], 'stable')
    pan.say([3])
    pan.say([658, 658, 658, 658, 658])
    expect(pan.locks).toHaveLength(1)
  })

  it('PAK-4 does not put readings together that were apart, nor believe a single frame', () => {
    const pan = createPan()
    for (let round = 0; round < 5; round++) {
      pan.tell({ grams: 658, state: 'stable' })
      pan.wait(5_000)
    }
    pan.say([1_658], 'stable')
    pan.say([640])
    expect(pan.locks).toEqual([])
  })

  it('PAK-4 weighs again without an empty pan when somebody asks', () => {
    const pan = createPan()
    pan.say([658, 658, 658, 658], 'stable')
    expect(pan.weight.armed()).toBe(false)
    pan.weight.weighAgain()
    pan.say([912, 912, 912], 'stable')
    expect(pan.locks.map(({ grams }) => grams)).toEqual([658, 912])
  })

  it('PAK-4 locks at rest only, never twice without an empty pan, whatever the pan does', () => {
    const step = fc.record({
      grams: fc.oneof(fc.integer({ min: -50, max: 60 }), fc.integer({ min: 500, max: 505 })),
      state: fc.constantFrom<ScaleState>('stable', 'moving', 'overload', 'underload'),
      times: fc.integer({ min: 1, max: 6 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const told: ScaleReading[] = []
        const pan = createPan()
        let seen = 0
        let emptied = true
        for (const { grams, state, times } of steps) {
          for (let time = 0; time < times; time++) {
            pan.tell({ grams, state })
            told.push({ grams, state })
            if (state === 'underload' || (state !== 'overload' && grams < 20)) emptied = true
            const lock = pan.locks[seen]
            if (lock === undefined) continue
            seen++
            expect(emptied).toBe(true)
            emptied = false
            expect(lock.grams).toBe(grams)
            expect(lock.grams).toBeGreaterThanOrEqual(20)
            expect(Math.abs((told.at(-2)?.grams ?? 0) - grams)).toBeLessThanOrEqual(1)
            expect(lock.trace.length).toBeLessThanOrEqual(MOST_TRACE_POINTS)
          }
        }
      }),
    )
  })
})
