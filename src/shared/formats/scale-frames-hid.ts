import { gramsOf, OVERLOAD, type ScaleReading, UNDERLOAD } from './scale-reading.ts'

/** HID usage page of weighing devices (HID Point of Sale usage tables). */
export const HID_SCALE_USAGE_PAGE = 0x8d

/** Status of a data report: what is not here (a fault, to be calibrated, to be zeroed) is no weight. */
const STATES = new Map<number, ScaleReading['state']>([
  [2, 'stable'],
  [3, 'moving'],
  [4, 'stable'],
  [5, 'underload'],
  [6, 'overload'],
])

/** Weight units of the usage page that parcels are weighed in. */
const UNITS = new Map([
  [1, 'mg'],
  [2, 'g'],
  [3, 'kg'],
  [8, 't'],
  [11, 'oz'],
  [12, 'lb'],
])

const REPORT_BYTES = 5
const STABLE_AT_ZERO = 2

/**
 * A scale data report of usage page 0x8D: status, unit, power of ten (signed), weight (two bytes, low one first).
 * Null when it tells no weight.
 * @param report the bytes after the report id
 */
export function readHidReport(report: Uint8Array): ScaleReading | null {
  if (report.length < REPORT_BYTES) return null
  const [status = 0, unitCode = 0, power = 0, low = 0, high = 0] = report
  const state = STATES.get(status)
  if (state === undefined) return null
  if (state === 'overload') return OVERLOAD
  // A tared scale that is relieved says "below zero" and a weight without its sign: it cannot be told.
  if (state === 'underload') return UNDERLOAD
  const unit = UNITS.get(unitCode)
  const digits = low + high * 256
  // A Dymo at rest on zero names no unit.
  if (unit === undefined) return status === STABLE_AT_ZERO && digits === 0 ? { grams: 0, state } : null
  const exponent = power > 127 ? power - 256 : power
  const grams = Math.abs(exponent) > 12 ? null : gramsOf(digits, -exponent, unit)
  return grams === null ? null : { grams, state }
}
