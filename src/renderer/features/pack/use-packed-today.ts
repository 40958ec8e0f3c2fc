import { useEffect, useState } from 'react'
import { shopMidnight } from '../../../shared/domain/orders/deadline.ts'
import type { ParcelRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { turns } from '../../data/turns.ts'
import { useNow } from '../office/use-now.ts'

/** What the packer at the bench did today: parcels, seconds for each, scans that were stopped. */
export interface PackedToday {
  /** Who signed the last parcel; empty before the first. */
  readonly name: string
  readonly parcels: number
  /** From opening to finishing, the middle one of the day; null before the first. */
  readonly secondsEach: number | null
  readonly stops: number
}

const NOTHING: PackedToday = { name: '', parcels: 0, secondsEach: null, stops: 0 }
/** Reasons that say that something would have gone wrong. */
const MISTAKES: ReadonlySet<string> = new Set([
  'wrongSku',
  'surplusPiece',
  'offMeasure',
  'weightOff',
  'missingPiece',
])

/** Rows of a busy day are read a few at a time: a scan must not wait for them. */
const AT_ONCE = 100

/** How long it took, and how often it was stopped. */
interface Work {
  readonly packerId: string
  readonly name: string
  readonly at: number
  readonly seconds: number
  readonly stops: number
}

function workOf({ finish }: ParcelRow): Work | null {
  const first = finish?.trail[0]
  if (!finish || !first) return null
  const stops = finish.trail.filter(({ reason }) => MISTAKES.has(reason)).length
  const { packerId, packerName: name, at } = finish
  return { packerId, name, at, seconds: (at - first.at) / 1000, stops }
}

function sumUp(work: ReadonlyMap<string, Work>): PackedToday {
  const all = [...work.values()]
  const last = all.reduce<Work | null>(
    (latest, each) => (latest && latest.at > each.at ? latest : each),
    null,
  )
  if (!last) return NOTHING
  const own = all.filter(({ packerId }) => packerId === last.packerId)
  const seconds = own.map((each) => each.seconds).sort((a, b) => a - b)
  return {
    name: last.name,
    parcels: own.length,
    secondsEach: Math.round(seconds[seconds.length >> 1] ?? 0),
    stops: own.reduce((sum, each) => sum + each.stops, 0),
  }
}

/** Figures since the shop's midnight of whoever signed the last parcel; only new parcels are read. */
export function usePackedToday(): PackedToday {
  const { database, env } = useStation()
  const midnight = shopMidnight(useNow(60_000), env.shopClock)
  const [today, setToday] = useState(NOTHING)
  useEffect(() => {
    const work = new Map<string, Work>()
    let from = midnight
    let open = true
    const look = async (): Promise<void> => {
      const rows = await turns.later(() =>
        database.parcels.where('finishedAt').aboveOrEqual(from).limit(AT_ONCE).toArray(),
      )
      if (!open) return
      for (const row of rows) {
        from = Math.max(from, row.finishedAt)
        const done = workOf(row)
        if (done) work.set(row.parcelId, done)
      }
      setToday(sumUp(work))
      if (rows.length === AT_ONCE) setTimeout(() => void look(), 50)
    }
    void look()
    const timer = setInterval(() => void look(), 2_000)
    return () => {
      open = false
      clearInterval(timer)
    }
  }, [database, midnight])
  return today
}
