import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPatch, diff } from './patch.ts'

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)

describe('patch', () => {
  it('PAK-9 goes forward and back between any two documents', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(applyPatch(before, diff(before, after))).toEqual(after)
        expect(applyPatch(after, diff(after, before))).toEqual(before)
      }),
    )
  })

  it('PAK-9 takes members named like what every object inherits for what they are', () => {
    for (const name of ['toString', '__proto__', 'constructor']) {
      const after = JSON.parse(`{"${name}":[1]}`) as unknown
      expect(diff({}, after)).toEqual([{ path: [name], value: [1] }])
      expect(applyPatch(after, diff(after, {}))).toEqual({})
    }
  })

  it('writes one small change for one counted piece among many lines', () => {
    const lines = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`S${i}`, { counted: i }]))
    const before = { lines }
    const after = { lines: { ...lines, S7: { counted: 8 } } }
    expect(diff(before, after)).toEqual([{ path: ['lines', 'S7', 'counted'], value: 8 }])
  })

  it('appends to and shortens a list without copying it', () => {
    expect(diff({ a: [1, 2] }, { a: [1, 2, 3] })).toEqual([{ path: ['a', '2'], value: 3 }])
    expect(diff({ a: [1, 2, 3] }, { a: [1] })).toEqual([{ path: ['a', 'length'], value: 1 }])
  })
})
