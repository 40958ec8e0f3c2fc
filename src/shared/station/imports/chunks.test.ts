import { describe, expect, it } from 'vitest'
import { chunkCommandId, nextChunkRows, nextRange, recordedRanges } from './chunks.ts'

describe('import chunks', () => {
  it('ORD-1 the same file asks for the ranges that were recorded, whatever the pace of today', () => {
    const hash = 'a'.repeat(64)
    const ids = [
      { from: 0, to: 50 },
      { from: 120, to: 130 },
    ].map((range) => chunkCommandId(hash, range))
    const recorded = recordedRanges(hash, [...ids, 'imp-other-0-10', `${ids[0]}-x`])
    const taken = []
    for (let at = 0; at < 200; ) {
      const range = nextRange(at, 200, { rows: 40, recorded })
      taken.push([range.from, range.to])
      at = range.to
    }
    expect(taken).toEqual([
      [0, 50],
      [50, 90],
      [90, 120],
      [120, 130],
      [130, 170],
      [170, 200],
    ])
  })

  it('decision 13: slow chunks shrink, quick ones grow, both within bounds', () => {
    expect(nextChunkRows(100, 50)).toBe(30)
    expect(nextChunkRows(50, 15)).toBe(50)
    expect(nextChunkRows(50, 1)).toBe(100)
    expect(nextChunkRows(25, 500)).toBe(25)
    expect(nextChunkRows(1000, 0)).toBe(1000)
  })
})
