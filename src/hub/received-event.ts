import { canonicalJson } from '../shared/ledger/canonical.ts'
import { eventIdOf } from '../shared/ledger/envelope.ts'
import {
  type PushedEvent,
  type SyncRequest,
  type TravellingPerson,
  TravellingEventSchema,
} from '../shared/protocol/sync-messages.ts'
import type { HubCaller } from './hub-service.ts'
import type { PersonRow } from './hub-store.ts'
import { storableText } from './storable-text.ts'
import { type WaybillClaim, waybillClaims } from './waybill-claims.ts'

/** A pushed event, read once and before any lock is held. */
export interface ReceivedEvent {
  /** As it says itself; null when nothing readable stands there. */
  readonly counter: number | null
  /** JSON text as it came, unknown members included (SYN-4). */
  readonly envelope: string
  readonly people: readonly PersonRow[]
  /** Why it can have no place in the warehouse's order. */
  readonly flaw: 'malformed' | 'otherWarehouse' | 'otherStation' | null
  /** What it says about waybill numbers; empty for a flawed one. */
  readonly claims: readonly WaybillClaim[]
}

/** A push, read. */
export interface ReceivedPush {
  readonly stationId: string
  readonly generation: string
  readonly opensAt: number
  /** What its `hello` was given; null from a station of a version that knows no tickets. */
  readonly ticket: string | null
  readonly events: readonly ReceivedEvent[]
}

/** Reads a push of a station. Costs a parse of each event and no look at the store. */
export function receivePush(caller: HubCaller, request: SyncRequest<'push'>): ReceivedPush {
  const { generation, opensAt, ticket = null } = request
  const events = request.events.map((pushed) => receiveEvent(caller, generation, pushed))
  return { stationId: caller.stationId, generation, opensAt, ticket, events }
}

function receiveEvent(caller: HubCaller, generation: string, pushed: PushedEvent): ReceivedEvent {
  const parsed = TravellingEventSchema.safeParse(pushed.event)
  const flaw = parsed.success ? flawOf(caller, generation, parsed.data) : 'malformed'
  return {
    counter: readCounter(pushed.event),
    envelope: JSON.stringify(pushed.event) ?? 'null',
    people: (pushed.people ?? []).map(personRow),
    flaw,
    claims: parsed.success && flaw === null ? waybillClaims(parsed.data) : [],
  }
}

function flawOf(
  caller: HubCaller,
  generation: string,
  event: { stationId: string; generation: string; counter: number; warehouseId: string; eventId: string },
): ReceivedEvent['flaw'] {
  if (event.stationId !== caller.stationId) return 'otherStation'
  if (event.warehouseId !== caller.warehouseId) return 'otherWarehouse'
  // Stations keep events by their id: one that says another's id would hide it.
  return event.generation === generation && event.eventId === eventIdOf(event) ? null : 'malformed'
}

function readCounter(event: unknown): number | null {
  if (typeof event !== 'object' || event === null || !('counter' in event)) return null
  const counter = event.counter
  return typeof counter === 'number' && Number.isSafeInteger(counter) && counter > 0 ? counter : null
}

function personRow(person: TravellingPerson): PersonRow {
  return { personRef: storableText(person.personRef), person: JSON.stringify(person) }
}

/** True when two JSON texts say the same, whatever the order of their members. */
export function sameContent(a: string, b: string): boolean {
  return a === b || canonicalJson(JSON.parse(a)) === canonicalJson(JSON.parse(b))
}
