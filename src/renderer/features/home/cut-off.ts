import { type ShopClock, shopMidnight } from '../../../shared/domain/orders/deadline.ts'

const HOUR_MS = 3_600_000

/** How long until the cut-off of the shop's day (ORD-3); negative minutes once it has passed. */
export interface CutOff {
  readonly at: number
  readonly minutesLeft: number
}

/** Orders paid before this ship today. Minutes are rounded up, so that the last minute reads 1, not 0. */
export function cutOffOf(now: number, clock: ShopClock): CutOff {
  const at = shopMidnight(now, clock) + clock.cutOffHour * HOUR_MS
  return { at, minutesLeft: Math.ceil((at - now) / 60_000) }
}

/** `1:24` for 84 minutes; the sign is the caller's. */
export function hoursAndMinutes(minutes: number): string {
  const whole = Math.abs(minutes)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
