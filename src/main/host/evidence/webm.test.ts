import { describe, expect, it } from 'vitest'
import { recordedChunks } from './evidence.test-support.ts'
import { measureWebm, withDurationSlot } from './webm.ts'

describe('the duration of a recording', () => {
  const [first = Buffer.alloc(0), ...rest] = recordedChunks(3)
  const slotted = Buffer.from(withDurationSlot(first) ?? [])

  it('PAK-8 makes room for it in the header and leaves everything else as it was', () => {
    expect(slotted.length).toBeGreaterThan(first.length)
    expect(measureWebm(first).duration).toBeNull()
    const { duration, durationMs } = measureWebm(Buffer.concat([slotted, ...rest]))
    expect(durationMs).toBe(3000)
    expect(Buffer.from(duration?.bytes ?? []).readDoubleBE()).toBe(3000)
    expect(slotted.subarray(-1000)).toEqual(first.subarray(-1000))
    expect(slotted.readUInt16BE((duration?.position ?? 0) - 3)).toBe(0x4489)
    // Once is enough.
    expect(withDurationSlot(slotted)).toBe(slotted)
  })

  it('PAK-8 waits for the rest of a header that the recorder cut in two', () => {
    for (let length = 0; length < 50; length++)
      expect(withDurationSlot(first.subarray(0, length)), `${length} bytes`).toBeNull()
  })

  it('PAK-8 counts up to the last whole frame of a recording that was torn off', () => {
    const whole = Buffer.concat([slotted, ...rest])
    const torn = whole.subarray(0, whole.length - 150)
    const { durationMs, goodEnd } = measureWebm(torn)
    expect(durationMs).toBe(2900)
    expect(goodEnd).toBeLessThan(torn.length)
    expect(measureWebm(whole.subarray(0, goodEnd)).durationMs).toBe(2900)
  })

  it('PAK-8 takes anything that is no recording as it comes', () => {
    const text = Buffer.from('no webm at all '.repeat(2000))
    for (const bytes of [Buffer.alloc(20_000), text, Buffer.alloc(20_000, 0xff)]) {
      expect(withDurationSlot(bytes)).toBe(bytes)
      expect(measureWebm(bytes).durationMs).toBe(0)
    }
  })
})
