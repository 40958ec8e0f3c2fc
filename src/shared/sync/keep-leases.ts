import type { Lease } from '../protocol/sync-messages.ts'
import type { ReadTx, StationStore } from '../station/store.ts'
import type { LeaseRow } from '../station/tables.ts'
import type { SyncPorts, SyncSession } from './sync-session.ts'

/** How long a lease holds without being renewed: a station that dies keeps an order from the others no longer. */
const LEASE_SECONDS = 120

/** What has to be asked for and given back. */
interface LeasePlan {
  readonly taskId: string
  readonly wanted: readonly string[]
  readonly done: readonly string[]
  readonly stale: readonly string[]
}

/**
 * Leases the orders on this station's desk and gives back those that left it (SYN-2, decision 7). Without an answer
 * nothing is changed: work goes on without a lease. Answers whether everything on the desk is this station's.
 */
export async function keepLeases(session: SyncSession, ports: SyncPorts): Promise<boolean> {
  const { store } = ports
  const plan = await store.read(['desk', 'leases'], (tx) => planLeases(tx, ports.now()))
  if (plan.stale.length > 0) await forget(store, plan.stale)
  if (plan.done.length > 0) {
    const released = await session.ask('release', { orderIds: [...plan.done] })
    if (released) await forget(store, plan.done)
  }
  if (plan.wanted.length === 0) return true
  const { taskId } = plan
  const answer = await session.ask('lease', { orderIds: [...plan.wanted], taskId, seconds: LEASE_SECONDS })
  if (answer === null) return false
  const rows = answer.leases.map((lease) => rowOf(lease, ports.clockOffsetMs()))
  await store.write(['leases'], async (tx) => tx.putMany('leases', rows))
  return rows.every((row) => row.tag === 'granted')
}

async function planLeases(tx: ReadTx, now: number): Promise<LeasePlan> {
  const [desk, leases] = await Promise.all([tx.range('desk', null, {}), tx.range('leases', null, {})])
  const tasks = desk.flatMap((task) => (task.area === 'pack' || task.area === 'pick' ? [task] : []))
  const onDesk = new Set(tasks.flatMap((task) => task.orderIds))
  const known = new Map(leases.map((lease) => [lease.orderId, lease]))
  const half = now + LEASE_SECONDS * 500
  const wanted = [...onDesk].filter((orderId) => {
    const lease = known.get(orderId)
    return lease === undefined || lease.expiresAt < (lease.tag === 'granted' ? half : now)
  })
  const gone = leases.filter((lease) => !onDesk.has(lease.orderId))
  return {
    taskId: tasks[0]?.taskId ?? '',
    wanted: wanted.slice(0, 200),
    done: gone.filter((lease) => lease.tag === 'granted').map((lease) => lease.orderId),
    stale: gone
      .filter((lease) => lease.tag === 'held' && lease.expiresAt < now)
      .map((lease) => lease.orderId),
  }
}

/** The hub's clock is not the station's; expiry is kept by the latter. */
const rowOf = (lease: Lease, offsetMs: number): LeaseRow => ({
  orderId: lease.orderId,
  tag: lease.tag,
  token: lease.token,
  stationId: lease.stationId,
  stationName: lease.stationName,
  expiresAt: lease.expiresAt - offsetMs,
})

const forget = (store: StationStore, orderIds: readonly string[]): Promise<void> =>
  store.write(['leases'], async (tx) => {
    for (const orderId of orderIds) tx.delete('leases', orderId)
  })
