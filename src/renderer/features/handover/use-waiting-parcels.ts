import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ParcelRow } from '../../../shared/station/tables.ts'
import { COLLECTED } from '../../../shared/domain/shipping/collected.ts'
import { useStation } from '../../app/station-app.ts'

/** Parcels finished and not handed over, oldest first, as far as they were read. */
export interface WaitingParcels {
  readonly parcels: readonly Pick<
    ParcelRow,
    'parcelId' | 'waybillNumber' | 'courier' | 'finish' | 'finishedAt'
  >[]
  /** All there are for couriers; what buyers collect is among `couriers` alone. */
  readonly count: number
  /** By courier, the most first; of the parcels that were read. */
  readonly couriers: readonly { readonly courier: string; readonly count: number }[]
  /** More wait than were read, so the figures by courier are at least so many. */
  readonly more: boolean
}

/** A day's parcels of a large shop; beyond them the figures by courier are lower bounds. */
const READ = 1000

/** What waits for the couriers, followed as it changes (SHP-1). */
export function useWaitingParcels(): WaitingParcels | undefined {
  const { database } = useStation()
  return useLiveQuery(async () => {
    const packed = database.parcels
      .where('[state+finishedAt]')
      .between(['packed', 0], ['packed', Number.MAX_SAFE_INTEGER], true, true)
    const [read, all] = await Promise.all([packed.limit(READ).toArray(), packed.count()])
    const byCourier = new Map<string, number>()
    for (const { courier } of read) byCourier.set(courier, (byCourier.get(courier) ?? 0) + 1)
    const couriers = [...byCourier]
      .map(([courier, waiting]) => ({ courier, count: waiting }))
      .sort((a, b) => b.count - a.count)
    // What buyers collect is missing at no courier's pick-up (ORD-3, SHP-1).
    const parcels = read.filter(({ courier }) => courier !== COLLECTED)
    return { parcels, count: all - (read.length - parcels.length), couriers, more: all > read.length }
  }, [database])
}
