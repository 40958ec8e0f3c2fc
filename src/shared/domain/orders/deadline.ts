/** Where the shop's day begins and ends; hours are settings (ORD-3). */
export interface ShopClock {
  /** Minutes east of UTC; 480 for Asia/Shanghai, which has no summer time. */
  readonly utcOffsetMinutes: number
  readonly cutOffHour: number
}

export const DEFAULT_SHOP_CLOCK: ShopClock = { utcOffsetMinutes: 480, cutOffHour: 16 }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Midnight of the shop's day that holds `at`, epoch milliseconds. */
export function shopMidnight(at: number, clock: ShopClock): number {
  const offsetMs = clock.utcOffsetMinutes * 60_000
  return Math.floor((at + offsetMs) / DAY_MS) * DAY_MS - offsetMs
}

/** `YYYYMMDD` of the shop's day, for document numbers. */
export function shopDay(at: number, clock: ShopClock): string {
  const shifted = new Date(at + clock.utcOffsetMinutes * 60_000)
  return shifted.toISOString().slice(0, 10).replaceAll('-', '')
}

/** `YYYY-MM-DD HH:mm` on the shop's clock, for documents. */
export function shopTime(at: number, clock: ShopClock): string {
  const shifted = new Date(at + clock.utcOffsetMinutes * 60_000)
  return shifted.toISOString().slice(0, 16).replace('T', ' ')
}

/**
 * When an order must have left the house (ORD-3): paid before the cut-off, it ships the same day; paid later, within
 * 24 hours of payment.
 */
export function shippingDeadline(paidAt: number, clock: ShopClock): number {
  const midnight = shopMidnight(paidAt, clock)
  const paidBeforeCutOff = paidAt < midnight + clock.cutOffHour * HOUR_MS
  return paidBeforeCutOff ? midnight + DAY_MS - 1 : paidAt + DAY_MS
}
