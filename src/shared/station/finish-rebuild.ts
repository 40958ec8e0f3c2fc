import { dropOpenWork } from './drop-open-work.ts'
import type { StationEnvironment } from './environment.ts'
import { beginUnsettled, type SettledNumbers, settleNumbers } from './settle-numbers.ts'
import type { StationStore } from './store.ts'
import { TABLE_NAMES } from './tables.ts'

/** Key in `meta` of a rebuilt database until {@link finishRebuild} has run. */
export const REBUILT = 'rebuilt'

/** How the database came back. */
export interface RebuiltNote {
  readonly from: 'journal' | 'hub'
  /** The journal may lack its end: nobody knows how far down the line of numbers the lost station got. */
  readonly setAside: boolean
}

/**
 * Ends a rebuild (SEC-4, LBL-5), all of it in one transaction: numbers that the lost station may have used leave this
 * station's use, those that the hub's stream still brings included; where the journal may lack its end, open work
 * leaves the desk, for it may have been posted.
 */
export function finishRebuild(input: {
  readonly store: StationStore
  readonly env: StationEnvironment
  /** Waybill jobs that this PC has printed (`print.jobs`). */
  readonly jobIds: readonly string[]
  readonly setAside: boolean
  /** Milliseconds since 1970. */
  readonly at: number
}): Promise<SettledNumbers> {
  const { store, env, jobIds, setAside, at } = input
  const { identity, newId } = env
  return store.write(TABLE_NAMES, async (tx) => {
    await beginUnsettled(tx, { printedJobs: jobIds, doubtful: setAside })
    if (setAside) await dropOpenWork(tx, { newId, at })
    tx.delete('meta', REBUILT)
    const commandId = `${identity.generation}-settle`
    return settleNumbers(tx, { identity, commandId, at, personId: null })
  })
}
