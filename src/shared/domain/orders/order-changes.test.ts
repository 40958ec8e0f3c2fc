import { describe, expect, it } from 'vitest'
import { testOrder } from '../../station/test-station.ts'
import { addressMark } from './address-mark.ts'
import { FIRST_EXTRA_LINE } from './extras.ts'
import { linesInSigns, orderChanges } from './order-changes.ts'

const order = (lines: [string, number][], mark = 'aaaaaa') => {
  const { platform } = testOrder('1', lines, { addressMark: mark })
  return { orderId: platform.orderId, platform }
}
const line = (lineNo: number, skuCode: string, quantity: number, wantedMm: number | null = null) => ({
  orderId: 'taobao/1',
  lineNo,
  skuCode,
  quantity,
  wantedMm,
})

describe('changes of an order on the bench', () => {
  it('ORD-2 nothing is said of an order that is as it was, nor of extras and other orders', () => {
    const bench = [
      line(1, 'A', 2),
      { ...line(1, 'B', 1), orderId: 'taobao/2' },
      line(FIRST_EXTRA_LINE, 'GLUE', 1),
    ]
    expect(orderChanges(bench, order([['A', 2]]), 'aaaaaa')).toEqual([])
    expect(orderChanges(bench, order([['A', 2]]))).toEqual([])
  })

  it('ORD-2 names lines that came, went or changed, and another address', () => {
    const bench = [line(1, 'A', 2), line(2, 'B', 1)]
    const changes = orderChanges(bench, order([['A', 3]]), 'bbbbbb')
    expect(changes).toEqual([
      { tag: 'quantity', skuCode: 'A', was: 2, now: 3 },
      { tag: 'lineGone', skuCode: 'B', quantity: 1 },
      { tag: 'address' },
    ])
    expect(linesInSigns(changes)).toBe('A 2→3、−B ×1')
    const other = orderChanges(
      bench,
      order([
        ['A', 2],
        ['C', 1],
      ]),
    )
    expect(linesInSigns(other)).toBe('−B ×1、+C ×1')
  })

  it('ORD-2 another wanted measure is a change', () => {
    const now = { ...order([['A', 1]]), wanted: { 1: { measureMm: 780 } } }
    expect(linesInSigns(orderChanges([line(1, 'A', 1, 770)], now))).toBe('A 770→780 mm')
    expect(orderChanges([line(1, 'A', 1, 780)], now)).toEqual([])
  })
})

describe('mark of an address', () => {
  const { recipient } = testOrder('1', [['A', 1]])

  it('ORD-2 tells addresses apart and does not mind blanks or a masked phone', () => {
    const mark = addressMark(recipient)
    expect(mark).toMatch(/^[0-9a-f]{6}$/)
    expect(addressMark({ ...recipient, street: `${recipient.street} ` })).toBe(mark)
    expect(addressMark({ ...recipient, phone: '171****3373' })).toBe(mark)
    for (const field of ['name', 'street', 'district', 'city'] as const)
      expect(addressMark({ ...recipient, [field]: `${recipient[field]}x` })).not.toBe(mark)
    expect(addressMark({ ...recipient, phone: '17100003374' })).not.toBe(mark)
  })
})
