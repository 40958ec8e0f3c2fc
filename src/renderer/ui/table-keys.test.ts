import { describe, expect, it } from 'vitest'
import { type MoveKey, nextActiveRow } from './table-keys.ts'

const from = (active: number, key: MoveKey, rowCount = 100) =>
  nextActiveRow({ key, active, rowCount, pageRows: 10 })

describe('table keys', () => {
  it('moves by one, by a page and to the ends, and stays inside', () => {
    expect([from(-1, 'ArrowDown'), from(5, 'ArrowUp'), from(5, 'PageDown'), from(5, 'PageUp')]).toEqual([
      0, 4, 15, 0,
    ])
    expect([from(5, 'Home'), from(5, 'End'), from(99, 'ArrowDown'), from(95, 'PageDown')]).toEqual([
      0, 99, 99, 99,
    ])
  })

  it('has no active row in an empty table', () => {
    expect([from(-1, 'ArrowDown', 0), from(3, 'Home', 0)]).toEqual([-1, -1])
  })
})
