import { describe, expect, it } from 'vitest'
import { unfitReason } from './fit.ts'

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { value }
  return value
}

describe('what JSON allows and the hub does not', () => {
  it('SEC-3 takes ordinary nesting and refuses what would eat the stack', () => {
    expect(unfitReason(nested(64), false)).toBeNull()
    expect(unfitReason(nested(65), false)).toMatch(/nested/)
    expect(unfitReason(JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), true)).toMatch(/nested/)
  })

  it('SEC-3 finds U+0000 in texts and names, unless texts are judged elsewhere', () => {
    expect(unfitReason({ a: ['x\0'] }, false)).toMatch(/U\+0000/)
    expect(unfitReason({ 'a\0': 1 }, false)).toMatch(/U\+0000/)
    expect(unfitReason({ a: ['x\0'], 'b\0': 1 }, true)).toBeNull()
    expect(
      unfitReason({ a: ["'; DROP TABLE events; --", '../../etc/passwd', '\u2028', '�'] }, false),
    ).toBeNull()
  })
})
