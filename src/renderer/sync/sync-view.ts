import type { HubLink } from '../../shared/protocol/host-contract.ts'
import type { StationTrouble } from '../../shared/sync/diagnose.ts'
import type { SyncPhase, SyncState } from '../../shared/sync/sync-step.ts'

/** How this station stands to its hub, the same in every window of the browser profile. */
export interface SyncView {
  /** Null until the host has said whether there is a hub. */
  readonly link: HubLink | null
  readonly phase: SyncPhase
  readonly trouble: StationTrouble | null
  /** When the trouble began, or since when the station is in step. */
  readonly since: number | null
  readonly heardAt: number | null
  /** The warehouse's last sequence as far as heard. */
  readonly hubSequence: number
  readonly clockOffsetMs: number | null
  /** When the next attempt is due; 0 when none is. */
  readonly retryAt: number
}

export const NO_VIEW: SyncView = {
  link: null,
  phase: 'offline',
  trouble: null,
  since: null,
  heardAt: null,
  hubSequence: 0,
  clockOffsetMs: null,
  retryAt: 0,
}

/** What a session's state looks like from outside. */
export function viewOf(link: HubLink, state: SyncState, clockOffsetMs: number | null): SyncView {
  const { phase, trouble, since, heardAt, hubSequence, retryAt } = state
  return { link, phase, trouble, since, heardAt, hubSequence, retryAt, clockOffsetMs }
}
