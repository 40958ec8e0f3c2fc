import { groupBy } from '../shared/base/group-by.ts'
import type { SyncAnswer } from '../shared/protocol/sync-messages.ts'
import type { AppendBatch, GenerationRow, HubStore, HubTransaction, WantedCounters } from './hub-store.ts'
import {
  carryOver,
  counterKey,
  decidePush,
  generationKey,
  type IngestState,
  wantedCounters,
} from './ingest.ts'
import type { ReceivedPush } from './received-event.ts'
import { applyClaims, type WaybillClaim } from './waybill-claims.ts'

/** What a transaction of pushes came to. */
export interface TakenPushes {
  /** In the order of the pushes. */
  readonly answers: readonly SyncAnswer<'push'>[]
  readonly appended: number
  readonly lastSequence: number
}

/** Takes pushes of one warehouse in one transaction, in their order (SYN-1, SYN-3). */
export function takePushes(
  store: HubStore,
  warehouseId: string,
  pushes: readonly ReceivedPush[],
  now: number,
): Promise<TakenPushes> {
  return store.transaction({ lock: 'events', warehouseId }, async (tx) => {
    const state = await readState(tx, pushes)
    const before = state.lastSequence
    const batch = { events: [], generations: [], quarantined: [] }
    const claims: WaybillClaim[] = []
    const answers = pushes.map((push) => {
      const decision = decidePush(state, push, now)
      carryOver(state, decision)
      gather(batch, decision)
      claims.push(...decision.claims)
      return decision.answer
    })
    await write(tx, batch, claims)
    return { answers, appended: state.lastSequence - before, lastSequence: state.lastSequence }
  })
}

async function readState(tx: HubTransaction, pushes: readonly ReceivedPush[]): Promise<IngestState> {
  const lastSequence = await tx.lastSequence()
  const stations = [...new Set(pushes.map((push) => push.stationId))]
  const generations = new Map<string, GenerationRow>()
  for (const row of await tx.generations(stations)) generations.set(generationKey(row), row)
  const wanted = pushes
    .map((push) => wantedCounters(push, generations.get(generationKey(push))))
    .filter((counters): counters is WantedCounters => counters !== null)
  const held = wanted.length > 0 ? await tx.held(wanted) : []
  const opening = pushes.filter((push) => push.ticket !== null && !generations.has(generationKey(push)))
  const tickets = opening.length > 0 ? await tx.tickets(opening.map((push) => push.stationId)) : new Map()
  return {
    lastSequence,
    generations,
    tickets,
    held: new Map(held.map((event) => [counterKey(event), event])),
  }
}

interface GatheredBatch {
  readonly events: AppendBatch['events'][number][]
  readonly generations: AppendBatch['generations'][number][]
  readonly quarantined: AppendBatch['quarantined'][number][]
}

function gather(batch: GatheredBatch, decision: AppendBatch): void {
  batch.events.push(...decision.events)
  batch.generations.push(...decision.generations)
  batch.quarantined.push(...decision.quarantined)
}

async function write(
  tx: HubTransaction,
  batch: GatheredBatch,
  claims: readonly WaybillClaim[],
): Promise<void> {
  // A generation that several pushes went on with is written once, as the last of them left it.
  const generations = [...groupBy(batch.generations, generationKey).values()].flatMap((rows) =>
    rows.slice(-1),
  )
  if (batch.events.length + generations.length + batch.quarantined.length > 0) {
    await tx.append({ ...batch, generations })
  }
  if (claims.length === 0) return
  const rows = await tx.waybills([...new Set(claims.map((claim) => claim.key))])
  const changed = applyClaims(rows, claims)
  if (changed.length > 0) await tx.putWaybills(changed)
}
