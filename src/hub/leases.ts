import type { Lease, SyncAnswer, SyncRequest } from '../shared/protocol/sync-messages.ts'
import type { HubCaller } from './hub-service.ts'
import type { HubStore, LeaseRow } from './hub-store.ts'
import { storableText } from './storable-text.ts'

/** What a request for one order changes (null: nothing), and what it hears. */
export interface LeaseDecision {
  readonly row: LeaseRow | null
  readonly lease: Omit<Lease, 'orderId'>
}

/**
 * Who may work on an order (SYN-2, decision 7). The token grows with every lease that is not a renewal and is never
 * given twice, so that of two parcels of one order the one that was meant can be told.
 */
export function decideLease(
  row: LeaseRow | undefined,
  asked: { readonly orderId: string; readonly taskId: string; readonly milliseconds: number },
  caller: HubCaller,
  now: number,
): LeaseDecision {
  const live = row !== undefined && row.expiresAt > now
  if (live && row.stationId !== caller.stationId) {
    const { token, stationId, stationName, expiresAt } = row
    return { row: null, lease: { tag: 'held', token, stationId, stationName, expiresAt } }
  }
  const next: LeaseRow = {
    orderId: asked.orderId,
    stationId: caller.stationId,
    stationName: caller.name,
    taskId: asked.taskId,
    token: live ? row.token : (row?.token ?? 0) + 1,
    expiresAt: Math.max(now + asked.milliseconds, live ? row.expiresAt : 0),
  }
  const { token, stationId, stationName, expiresAt } = next
  return { row: next, lease: { tag: 'granted', token, stationId, stationName, expiresAt } }
}

/** Leases orders to a station, each for itself; answers in the order asked. */
export async function leaseOrders(
  store: HubStore,
  caller: HubCaller,
  request: SyncRequest<'lease'>,
  now: number,
): Promise<SyncAnswer<'lease'>> {
  const taskId = storableText(request.taskId)
  const milliseconds = request.seconds * 1000
  const keys = [...new Set(request.orderIds.map(storableText))]
  const decided = await store.transaction({ lock: 'leases', warehouseId: caller.warehouseId }, async (tx) => {
    const rows = new Map((await tx.leases(keys)).map((row) => [row.orderId, row]))
    const decisions = new Map(
      keys.map((orderId) => {
        const asked = { orderId, taskId, milliseconds }
        return [orderId, decideLease(rows.get(orderId), asked, caller, now)] as const
      }),
    )
    const changed = [...decisions.values()].flatMap(({ row }) => (row ? [row] : []))
    if (changed.length > 0) await tx.putLeases(changed)
    return decisions
  })
  const leases = request.orderIds.flatMap((orderId) => {
    const decision = decided.get(storableText(orderId))
    return decision ? [{ orderId, ...decision.lease }] : []
  })
  return { leases }
}

/** Gives back what the station holds; what others hold stays. The tokens stay used. */
export async function releaseOrders(
  store: HubStore,
  caller: HubCaller,
  request: SyncRequest<'release'>,
): Promise<SyncAnswer<'release'>> {
  const keys = [...new Set(request.orderIds.map(storableText))]
  await store.transaction({ lock: 'leases', warehouseId: caller.warehouseId }, async (tx) => {
    const own = (await tx.leases(keys)).filter((row) => row.stationId === caller.stationId)
    if (own.length > 0) await tx.putLeases(own.map((row) => ({ ...row, expiresAt: 0 })))
  })
  return { tag: 'done' }
}
