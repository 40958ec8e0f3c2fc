import { describe, expect, it } from 'vitest'
import {
  DEFAULT_SHOP_CLOCK,
  DEFAULT_STEP_HOURS,
  shippingDeadline,
  shopDateEnd,
  shopDayEnd,
  stepHoursOf,
  stepTargets,
} from './deadline.ts'

const HOUR = 3_600_000
/** 22 November 2026 on the shop's clock. */
const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 22, hour - 8, minute)

describe('deadlines', () => {
  it('ORD-3 paid before the cut-off ships the same day, later within the hours that are set', () => {
    const clock = { ...DEFAULT_SHOP_CLOCK, cutOffHour: 16 }
    expect(shippingDeadline(at(15, 59), clock)).toBe(at(24) - 1)
    expect(shippingDeadline(at(16), clock)).toBe(at(16) + 24 * HOUR)
    expect(shippingDeadline(at(16), { ...clock, shipWithinHours: 36 })).toBe(at(16) + 36 * HOUR)
  })

  it('ORD-3 an agreed day ends at midnight of the shop, and a day that does not exist is none', () => {
    expect(shopDateEnd('2026-11-22', DEFAULT_SHOP_CLOCK)).toBe(at(24) - 1)
    expect(shopDateEnd('2026-02-30', DEFAULT_SHOP_CLOCK)).toBeNull()
    expect(shopDateEnd('soon', DEFAULT_SHOP_CLOCK)).toBeNull()
    expect(shopDayEnd(at(3), DEFAULT_SHOP_CLOCK)).toBe(at(24) - 1)
  })

  it('ORD-3 each step has a target that never comes after the deadline', () => {
    const deadlineAt = at(24) - 1
    const hours = DEFAULT_STEP_HOURS
    expect(stepTargets({ paidAt: at(9), deadlineAt, agreed: false }, hours)).toEqual({
      pick: at(11),
      pack: at(13),
      handOver: at(17),
    })
    const late = stepTargets({ paidAt: at(23), deadlineAt, agreed: false }, hours)
    expect(late).toEqual({ pick: deadlineAt, pack: deadlineAt, handOver: deadlineAt })
    const agreed = stepTargets({ paidAt: at(9), deadlineAt: deadlineAt + 72 * HOUR, agreed: true }, hours)
    expect(agreed.handOver).toBe(deadlineAt + 72 * HOUR)
    expect(agreed.pick).toBe(agreed.handOver - 6 * HOUR)
  })

  it('ORD-3 settings that make no sense leave the targets as delivered', () => {
    expect(stepHoursOf({ pick: 1, pack: 'x', handOver: -3 })).toEqual({ ...DEFAULT_STEP_HOURS, pick: 1 })
  })
})
