import type { HostClient, UnreachableCause } from '../../shared/protocol/host-contract.ts'
import { HUB_CURSOR } from '../../shared/station/apply-stream.ts'
import type { StationDatabase } from '../data/station-database.ts'
import { HUB_ID } from './sync-driver.ts'

/** Why a hub was not joined; each has its words. */
export type RefusedReason =
  | 'codeUnknown'
  | 'codeUsed'
  | 'codeExpired'
  | 'badKey'
  | 'versionTooOld'
  | UnreachableCause
  | 'badUrl'
  | 'hostGone'
  | 'otherWarehouse'
  | 'otherHub'

export type ConnectOutcome =
  | { readonly tag: 'connected' }
  | { readonly tag: 'refused'; readonly reason: RefusedReason; readonly detail: string }

const refused = (reason: RefusedReason, detail = ''): ConnectOutcome => ({ tag: 'refused', reason, detail })

/**
 * Joins a hub with a one-time code. A hub that this station's records cannot go to is left again at once: one of
 * another warehouse, or another one than that which confirmed them so far. Never rejects.
 */
export async function connectHub(
  { host, database, warehouseId }: { host: HostClient; database: StationDatabase; warehouseId: string },
  request: { readonly url: string; readonly code: string; readonly stationName: string },
): Promise<ConnectOutcome> {
  try {
    const answer = await host.call('hub.enrol', request)
    if (answer.tag === 'refused') return refused(answer.reason)
    if (answer.tag === 'unreachable') return refused(answer.cause, answer.detail)
    const reason = await mismatch(database, warehouseId, answer)
    if (reason === null) return { tag: 'connected' }
    await host.call('hub.leave', {})
    return refused(reason, answer.warehouseId)
  } catch (error) {
    const detail = String(error)
    return refused(/badRequest/.test(detail) ? 'badUrl' : 'hostGone', detail)
  }
}

async function mismatch(
  database: StationDatabase,
  warehouseId: string,
  hub: { readonly hubId: string; readonly warehouseId: string },
): Promise<'otherWarehouse' | 'otherHub' | null> {
  if (hub.warehouseId !== warehouseId) return 'otherWarehouse'
  const [known, cursor] = await database.meta.bulkGet([HUB_ID, HUB_CURSOR])
  const bound = known !== undefined && Number(cursor?.value ?? 0) > 0
  return bound && known.value !== hub.hubId ? 'otherHub' : null
}
