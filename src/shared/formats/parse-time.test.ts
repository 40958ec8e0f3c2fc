import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_OFFSET_MINUTES, parseTime } from './parse-time.ts'

const iso = (cell: string, offset = DEFAULT_OFFSET_MINUTES) => {
  const time = parseTime(cell, offset)
  return time === null ? null : new Date(time).toISOString()
}

describe('parseTime', () => {
  it('ORD-3 reads the shop’s local time, and a written zone before it', () => {
    expect(iso('2026-10-01 01:00:25')).toBe('2026-09-30T17:00:25.000Z')
    expect(iso('2026-10-01 01:00:25', 0)).toBe('2026-10-01T01:00:25.000Z')
    expect(iso('2026-10-01 01:00:00 +0800', 0)).toBe('2026-09-30T17:00:00.000Z')
    expect(iso('2026-10-01T01:00:00-05:30')).toBe('2026-10-01T06:30:00.000Z')
    expect(iso('2026-10-01T01:00:00.123Z')).toBe('2026-10-01T01:00:00.000Z')
    expect(iso('2026/3/5 9:07')).toBe('2026-03-05T01:07:00.000Z')
    expect(iso('2026-10-01')).toBe('2026-09-30T16:00:00.000Z')
  })

  it('ORD-1 knows no days that the calendar does not have', () => {
    for (const cell of [
      '2026-02-29 00:00:00',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '2026-01-01 24:00',
      '昨天',
      '',
    ])
      expect([cell, iso(cell)]).toEqual([cell, null])
    expect(iso('2028-02-29')).not.toBeNull()
  })

  it('ORD-1 gives back every second of this century', () => {
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800, max: 4_102_444_799 }), (seconds) => {
        const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
        expect(parseTime(text, 480)).toBe((seconds - 480 * 60) * 1000)
      }),
    )
  })
})
