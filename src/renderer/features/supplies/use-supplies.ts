import { useLiveQuery } from '../../data/use-live-query.ts'
import { isSupplyLow } from '../../../shared/domain/supplies/supply.ts'
import { shopMidnight } from '../../../shared/domain/orders/deadline.ts'
import type { SupplyRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { useNow } from '../office/use-now.ts'

/** The present pace is that of the last seven days, today among them. */
const PACE_DAYS = 7
const DAY_MS = 86_400_000
/** A shop has a handful of supplies. */
const MOST = 200

/** In use first, then by name; undefined while they are read. */
export function useSupplies(): readonly SupplyRow[] | undefined {
  const { database } = useStation()
  return useLiveQuery(async () => {
    const rows = await database.supplies.limit(MOST).toArray()
    return rows
      .filter((row) => row.stamp !== null)
      .sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, 'zh-CN'))
  }, [database])
}

/** Those that run out. */
export function useLowSupplies(): readonly SupplyRow[] {
  const { database } = useStation()
  return (
    useLiveQuery(
      async () => (await database.supplies.limit(MOST).toArray()).filter(isSupplyLow),
      [database],
    ) ?? []
  )
}

/** Parcels of the last days, for how long supplies last; a shop younger than that has its own first day. */
export function usePace(): { readonly parcels: number; readonly days: number } {
  const { database, env } = useStation()
  const midnight = shopMidnight(useNow(60_000), env.shopClock)
  const since = midnight - (PACE_DAYS - 1) * DAY_MS
  return (
    useLiveQuery(async () => {
      const recent = database.parcels.where('finishedAt').aboveOrEqual(since)
      const [parcels, first] = await Promise.all([
        recent.count(),
        database.parcels.where('finishedAt').above(0).first(),
      ])
      const begun = Math.max(since, first?.finishedAt ?? since)
      const days = Math.min(PACE_DAYS, Math.max(1, Math.ceil((midnight + DAY_MS - begun) / DAY_MS)))
      return { parcels, days }
    }, [database, since, midnight]) ?? { parcels: 0, days: PACE_DAYS }
  )
}
