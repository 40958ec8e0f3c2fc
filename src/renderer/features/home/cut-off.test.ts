import { describe, expect, it } from 'vitest'
import { DEFAULT_SHOP_CLOCK } from '../../../shared/domain/orders/deadline.ts'
import { cutOffOf, hoursAndMinutes } from './cut-off.ts'

/** 2026-11-22 at this time in Shanghai. */
const at = (hour: number, minute: number): number => Date.UTC(2026, 10, 22, hour - 8, minute)

describe('cut-off', () => {
  it('ORD-3 counts down to 16:00 on the shop clock', () => {
    expect(cutOffOf(at(14, 36), DEFAULT_SHOP_CLOCK)).toEqual({ at: at(16, 0), minutesLeft: 84 })
    expect(cutOffOf(at(15, 59) + 30_000, DEFAULT_SHOP_CLOCK).minutesLeft).toBe(1)
  })

  it('ORD-3 goes below zero after it, until the shop day ends', () => {
    expect(cutOffOf(at(16, 30), DEFAULT_SHOP_CLOCK).minutesLeft).toBe(-30)
    expect(cutOffOf(at(24, 0), DEFAULT_SHOP_CLOCK).minutesLeft).toBe(16 * 60)
  })

  it('writes hours and minutes', () => {
    expect([84, -30, 5, 960].map(hoursAndMinutes)).toEqual(['1:24', '0:30', '0:05', '16:00'])
  })
})
