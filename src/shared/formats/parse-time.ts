/** China Standard Time, the shop's zone unless it is set otherwise (architecture.md, decision 6). */
export const DEFAULT_OFFSET_MINUTES = 480

const TIME =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i

/**
 * A time of an export file to epoch milliseconds; null when it is none. `2026-10-01 01:00:25` is taken in the shop's
 * zone (`offsetMinutes` east of UTC), a written `+0800`, `+08:00`, `Z` or `UTC` outranks it. A date that the calendar
 * does not have is null, never shifted.
 */
export function parseTime(cell: string, offsetMinutes: number): number | null {
  const match = TIME.exec(cell)
  if (!match) return null
  const utc = utcOf(match)
  const zone = match[7]
  const offset = zone === undefined ? offsetMinutes : writtenOffset(zone)
  return utc === null || offset === null ? null : utc - offset * 60_000
}

function utcOf(match: RegExpExecArray): number | null {
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  const hour = Number(match[4] ?? 0)
  const minute = Number(match[5] ?? 0)
  const second = Number(match[6] ?? 0)
  if (year < 1970 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null
  const utc = Date.UTC(year, month - 1, day, hour, minute, second)
  // Days up to the 28th are in every month; the others are asked of the calendar.
  const exists = day >= 1 && (day <= 28 || new Date(utc).getUTCDate() === day)
  return exists ? utc : null
}

function writtenOffset(zone: string): number | null {
  if (/^(?:Z|UTC)$/i.test(zone)) return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(-2))
  if (hours > 14 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
