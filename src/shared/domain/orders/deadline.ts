/** Where the shop's day begins and ends; hours are settings (ORD-3). */
export interface ShopClock {
  /** Minutes east of UTC; 480 for Asia/Shanghai, which has no summer time. */
  readonly utcOffsetMinutes: number
  readonly cutOffHour: number
  /** At the latest so long after payment it ships; 24 where the shop has not said. */
  readonly shipWithinHours?: number
}

export const DEFAULT_SHOP_CLOCK: ShopClock = { utcOffsetMinutes: 480, cutOffHour: 16 }

export const SHIP_WITHIN_HOURS = 24

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
 * 24 hours of payment, or the hours that the shop has set.
 */
export function shippingDeadline(paidAt: number, clock: ShopClock): number {
  const midnight = shopMidnight(paidAt, clock)
  const paidBeforeCutOff = paidAt < midnight + clock.cutOffHour * HOUR_MS
  return paidBeforeCutOff
    ? midnight + DAY_MS - 1
    : paidAt + (clock.shipWithinHours ?? SHIP_WITHIN_HOURS) * HOUR_MS
}

/** The last millisecond of the shop's day that holds `at`: what is due by then goes out today. */
export const shopDayEnd = (at: number, clock: ShopClock): number => shopMidnight(at, clock) + DAY_MS - 1

/** The end of a day `YYYY-MM-DD` on the shop's clock, epoch ms; null for a day that does not exist. */
export function shopDateEnd(date: string, clock: ShopClock): number | null {
  const utc = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== date) return null
  return utc - clock.utcOffsetMinutes * 60_000 + DAY_MS - 1
}

/** Hours after payment by which each step of an order shall be done (ORD-3). */
export interface StepHours {
  readonly pick: number
  readonly pack: number
  readonly handOver: number
}

export const DEFAULT_STEP_HOURS: StepHours = { pick: 2, pack: 4, handOver: 8 }

export const STEPS = ['pick', 'pack', 'handOver'] as const
export type Step = (typeof STEPS)[number]

/**
 * When each step shall be done, epoch ms (ORD-3): so many hours after payment, never later than the deadline. With an
 * agreed ship date, or without a time of payment, they count back from the deadline as far as hand-over's hours reach.
 */
export function stepTargets(
  order: { readonly paidAt: number | null; readonly deadlineAt: number; readonly agreed: boolean },
  hours: StepHours,
): Readonly<Record<Step, number>> {
  const { paidAt, deadlineAt, agreed } = order
  const start = agreed || paidAt === null ? deadlineAt - hours.handOver * HOUR_MS : paidAt
  const by = (step: Step): number => Math.min(deadlineAt, start + hours[step] * HOUR_MS)
  return { pick: by('pick'), pack: by('pack'), handOver: by('handOver') }
}

/** Step targets as they were saved; what is missing or makes no sense is as delivered. */
export function stepHoursOf(saved: Readonly<Partial<Record<Step, unknown>>>): StepHours {
  const hours = (step: Step): number => {
    const value = saved[step]
    return typeof value === 'number' && value > 0 ? value : DEFAULT_STEP_HOURS[step]
  }
  return { pick: hours('pick'), pack: hours('pack'), handOver: hours('handOver') }
}
