import { create } from 'zustand'
import { NO_VIEW, type SyncView } from '../sync/sync-view.ts'

/** What keeps the journal from following; the work goes on all the same. */
export type JournalTrouble = 'notOwner' | 'diskFull' | 'unreachable' | 'refused'

interface StationStatus {
  /** Who is signed in. */
  readonly personId: string | null
  /** Records that are in the browser's database and not yet in the journal file. */
  readonly journalLag: number
  readonly journalTrouble: { readonly tag: JournalTrouble; readonly detail: string } | null
  /** False when the browser may evict the database under disk pressure; null while unknown. */
  readonly persisted: boolean | null
  /** How the station stands to its hub; what waits and what was set aside is in the database. */
  readonly sync: SyncView
}

/** What the frame shows of the running station; none of it is durable. */
export const useStationStatus = create<StationStatus>()(() => ({
  personId: null,
  journalLag: 0,
  journalTrouble: null,
  persisted: null,
  sync: NO_VIEW,
}))
