import { eventIdOf, type EventEnvelope } from '../shared/ledger/envelope.ts'
import { HUB_STATION_ID, type SyncAnswer, type SyncRequest } from '../shared/protocol/sync-messages.ts'
import type { HubCaller } from './hub-service.ts'
import type { GenerationRow, HubStore, HubTransaction } from './hub-store.ts'
import { storableText } from './storable-text.ts'

/** A grant's answer, and the sequence of the event that it posted (null: none). */
export interface Granted {
  readonly answer: SyncAnswer<'grant'>
  readonly sequence: number | null
}

/**
 * Gives free waybill numbers to a station (decision 7, LBL-5), in pool order, as an event of the hub's own. The same
 * request again gets the same answer and no second block. Fewer than asked for are given when there are no more.
 */
export function grantWaybills(
  store: HubStore,
  caller: HubCaller,
  request: SyncRequest<'grant'>,
  at: { readonly hubId: string; readonly now: number },
): Promise<Granted> {
  const { requestId, count } = request
  const { stationId, warehouseId } = caller
  return store.transaction({ lock: 'events', warehouseId }, async (tx) => {
    const earlier = await tx.grantOf(stationId, requestId)
    if (earlier !== null) return { answer: { tag: 'granted', count: earlier }, sequence: null }
    const free = await tx.freeWaybills(storableText(request.courier), count)
    if (free.length === 0) return { answer: { tag: 'dry' }, sequence: null }
    await tx.putWaybills(free.map((row) => ({ ...row, state: 'held', holder: stationId })))
    const keys = free.map((row) => row.key)
    const body = { stationId, requestId, keys }
    const sequence = await postOwnEvent(tx, { ...at, warehouseId, commandId: requestId, body })
    await tx.putGrant({ stationId, requestId, count: keys.length, sequence })
    return { answer: { tag: 'granted', count: keys.length }, sequence }
  })
}

async function postOwnEvent(
  tx: HubTransaction,
  what: { hubId: string; now: number; warehouseId: string; commandId: string; body: unknown },
): Promise<number> {
  const generations = await tx.generations([HUB_STATION_ID])
  const own = generations.find((row) => row.generation === what.hubId)
  const counter = (own?.lastCounter ?? 0) + 1
  const identity = { stationId: HUB_STATION_ID, generation: what.hubId, counter }
  const envelope: EventEnvelope = {
    eventId: eventIdOf(identity),
    ...identity,
    warehouseId: what.warehouseId,
    type: 'WaybillsGranted',
    version: 1,
    at: what.now,
    personId: null,
    commandId: what.commandId,
    movements: [],
    entities: [],
    body: what.body,
  }
  const sequence = (await tx.lastSequence()) + 1
  const row: GenerationRow = {
    stationId: HUB_STATION_ID,
    generation: what.hubId,
    opensAt: own?.opensAt ?? 1,
    lastCounter: counter,
    closed: false,
  }
  const event = { ...identity, sequence, envelope: JSON.stringify(envelope), people: [] }
  await tx.append({ events: [event], generations: [row], quarantined: [] })
  return sequence
}
