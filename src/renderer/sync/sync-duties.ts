import type { StationEnvironment } from '../../shared/station/environment.ts'
import { keepLeases } from '../../shared/sync/keep-leases.ts'
import { keepNumbers } from '../../shared/sync/keep-numbers.ts'
import { offerSnapshot, SNAPSHOT_WORTH } from '../../shared/sync/snapshot.ts'
import { fillHistory, type SyncPorts, type SyncSession } from '../../shared/sync/sync-session.ts'
import { singleFlight } from './alarm.ts'

/** A lease lasts two minutes and is renewed after one. */
const LEASES_EVERY_MS = 15_000
const NUMBERS_EVERY_MS = 5_000
/** A courier without numbers gets some only when somebody loads them. */
const DRY_MS = 60_000
const OFFER_EVERY_MS = 600_000
/** While the past is still being fetched the next piece follows soon. */
const SOON_MS = 50

/**
 * What a station does with the hub beside the stream: its orders on the desk and its waybill numbers (SYN-2), the past
 * before a snapshot, and snapshots for those who come later.
 */
export interface SyncDuties {
  /** After each step of the stream; does what is due. */
  keep(): Promise<void>
  /** Something was done here: a task may have opened or left the desk. Waits for nothing. */
  nudged(): void
  /** When {@link keep} has something to do that was asked for; Infinity when nothing was. */
  dueInMs(): number
}

/** Makes the duties of one session. They do nothing while the hub does not answer: work goes on without it. */
export function createSyncDuties(
  session: SyncSession,
  ports: SyncPorts,
  env: () => StationEnvironment,
): SyncDuties {
  const { now } = ports
  const dryUntil = new Map<string, number>()
  let leasesAt = 0
  let numbersAt = 0
  let numbersWanted = true
  let moreHistory = true
  // Drawn, so that the stations of a shop do not all offer at once.
  let offeredAt = now() - OFFER_EVERY_MS * ports.dice()
  const hears = (): boolean => session.state.trouble === null && session.state.heardAt !== null
  const leases = singleFlight(async () => {
    if (!hears()) return
    leasesAt = now()
    await keepLeases(session, ports)
  })
  const numbers = async (): Promise<void> => {
    numbersAt = now()
    numbersWanted = false
    for (const courier of await keepNumbers(patient(session, dryUntil, now), ports, env()))
      dryUntil.set(courier, now() + DRY_MS)
  }
  const offer = singleFlight(async () => {
    const { hubSequence } = session.state
    const newest = await session.ask('snapshot', { sequence: null, part: 0 })
    const held = newest?.tag === 'part' ? newest.sequence : 0
    if (newest !== null && hubSequence - held >= SNAPSHOT_WORTH) await offerSnapshot(session, ports)
  })
  const whenIdle = async (): Promise<void> => {
    if (moreHistory) moreHistory = await fillHistory(session, ports)
    if (session.state.hubSequence < SNAPSHOT_WORTH || elapsed(offeredAt, now()) < OFFER_EVERY_MS) return
    offeredAt = now()
    // Reads everything twice, in small pieces; the stream does not wait for it.
    void offer()
  }
  return {
    keep: async () => {
      if (!hears()) return
      if (elapsed(leasesAt, now()) >= LEASES_EVERY_MS) await leases()
      if (session.state.phase !== 'current') {
        numbersWanted = true
        moreHistory = true
        return
      }
      if (elapsed(numbersAt, now()) >= NUMBERS_EVERY_MS) await numbers()
      await whenIdle()
    },
    nudged: () => {
      numbersWanted = true
      void leases()
    },
    dueInMs: () => {
      if (!hears() || session.state.phase !== 'current') return Number.POSITIVE_INFINITY
      if (moreHistory) return SOON_MS
      if (!numbersWanted) return Number.POSITIVE_INFINITY
      return Math.max(SOON_MS, NUMBERS_EVERY_MS - elapsed(numbersAt, now()))
    },
  }
}

/** A clock turned back counts as time gone by. */
const elapsed = (since: number, now: number): number => (now < since ? Number.POSITIVE_INFINITY : now - since)

/** The same session, but a courier that was dry is not asked for again for a while. */
function patient(
  session: SyncSession,
  dryUntil: ReadonlyMap<string, number>,
  now: () => number,
): SyncSession {
  const { state, plan, step, wake, hurry } = session
  return {
    state,
    plan,
    step,
    wake,
    hurry,
    ask: async (call, request) => {
      const until = call === 'grant' && 'courier' in request ? dryUntil.get(request.courier) : undefined
      const rests = until !== undefined && until > now() && until <= now() + DRY_MS
      return rests ? null : session.ask(call, request)
    },
  }
}
