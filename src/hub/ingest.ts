import { canonicalHash } from '../shared/ledger/canonical.ts'
import type { PushedResult, SyncAnswer } from '../shared/protocol/sync-messages.ts'
import type {
  AppendBatch,
  AppendedEvent,
  GenerationRow,
  HeldEvent,
  QuarantinedEvent,
  QuarantineReason,
  WantedCounters,
} from './hub-store.ts'
import { type ReceivedEvent, type ReceivedPush, sameContent } from './received-event.ts'
import type { WaybillClaim } from './waybill-claims.ts'

/** What the rules know of a warehouse when they look at a push. */
export interface IngestState {
  lastSequence: number
  /** By {@link generationKey}. */
  readonly generations: Map<string, GenerationRow>
  /** The ticket last given to each station whose generation the hub did not know. */
  readonly tickets: ReadonlyMap<string, string>
  /** What is held of the counters that are pushed, by {@link counterKey}. */
  readonly held: Map<string, HeldEvent>
}

/** What becomes of a push. */
export interface PushDecision extends AppendBatch {
  readonly answer: SyncAnswer<'push'>
  /** What the taken events say about waybill numbers. */
  readonly claims: readonly WaybillClaim[]
}

export const generationKey = (of: { stationId: string; generation: string }): string =>
  `${of.stationId}/${of.generation}`
export const counterKey = (of: { stationId: string; generation: string; counter: number }): string =>
  `${of.stationId}/${of.generation}/${of.counter}`

/** Which counters of a push the store may hold already, and the rules must see; null for none. */
export function wantedCounters(push: ReceivedPush, row: GenerationRow | undefined): WantedCounters | null {
  if (!row) return null
  const counters = countersOf(push, row).filter((counter) => counter <= row.lastCounter)
  const { stationId, generation } = push
  return counters.length === 0 ? null : { stationId, generation, counters }
}

/**
 * What becomes of a push (SYN-1). Either the whole push is taken, each event as accepted, duplicate or set aside; or it
 * leaves a hole, and nothing of it is. No physical fact is refused: what cannot stand in the order is kept aside.
 */
export function decidePush(state: Readonly<IngestState>, push: ReceivedPush, now: number): PushDecision {
  const known = state.generations.get(generationKey(push))
  const { stationId, generation, opensAt } = push
  if (!known && isOfAnotherLife(state, push)) return { ...NOTHING, answer: { tag: 'helloWanted' } }
  const row = known ?? { stationId, generation, opensAt, lastCounter: opensAt - 1, closed: false }
  const counters = countersOf(push, row)
  if (row.closed) return decideClosed(state, push, row, counters, now)
  const opensWrong = !known && counters[0] !== opensAt
  const wantedCounter = opensWrong ? opensAt : holeIn(row, counters)
  if (wantedCounter !== null) return { ...NOTHING, answer: { tag: 'gap', wantedCounter } }
  return decideOpen(state, push, { row, isNew: !known, counters, now })
}

const NOTHING = { events: [], generations: [], quarantined: [], claims: [] } as const

/**
 * A request may be under way for a long time. One of a life that the station has lost since, and of which the hub has
 * heard nothing yet, would otherwise open that life's generation and close the present one.
 */
function isOfAnotherLife({ tickets }: Readonly<IngestState>, { stationId, ticket }: ReceivedPush): boolean {
  return ticket !== null && tickets.get(stationId) !== ticket
}

/**
 * The counters that the events stand at. One without a readable counter stands behind the one before it (or before the
 * next readable one); where none says anything, the push goes on from what is held.
 */
function countersOf(push: ReceivedPush, row: GenerationRow): number[] {
  const readable = push.events.findIndex((event) => event.counter !== null)
  const anchor = push.events[readable]?.counter ?? row.lastCounter + 1
  let next = Math.max(1, anchor - Math.max(0, readable))
  return push.events.map((event) => {
    const counter = event.counter ?? next
    next = counter + 1
    return counter
  })
}

/** The counter that is missing before the push can be taken, or null. */
function holeIn(row: GenerationRow, counters: readonly number[]): number | null {
  let last = row.lastCounter
  for (const counter of counters) {
    if (counter > last + 1) return row.lastCounter + 1
    last = Math.max(last, counter)
  }
  return null
}

function decideOpen(
  state: IngestState,
  push: ReceivedPush,
  known: { row: GenerationRow; isNew: boolean; counters: readonly number[]; now: number },
): PushDecision {
  const taken = createTaking(state, push, known.now)
  let lastCounter = known.row.lastCounter
  for (const [index, event] of push.events.entries()) {
    const counter = known.counters[index] ?? lastCounter + 1
    if (counter <= lastCounter) {
      taken.again(event, counter)
      continue
    }
    lastCounter = counter
    if (event.flaw === null) taken.accept(event, counter)
    else taken.setAside(event, counter, event.flaw, true)
  }
  const generations: GenerationRow[] = []
  if (lastCounter > known.row.lastCounter) generations.push({ ...known.row, lastCounter })
  if (known.isNew) generations.push(...closeOthers(state, push))
  return { ...taken.rows, generations, answer: { tag: 'taken', results: taken.results } }
}

/** A station writes in one generation at a time: the first event of a younger one ends the others. */
function closeOthers(state: IngestState, push: ReceivedPush): GenerationRow[] {
  return [...state.generations.values()]
    .filter((row) => row.stationId === push.stationId && row.generation !== push.generation && !row.closed)
    .map((row) => ({ ...row, closed: true }))
}

function decideClosed(
  state: IngestState,
  push: ReceivedPush,
  row: GenerationRow,
  counters: readonly number[],
  now: number,
): PushDecision {
  const taken = createTaking(state, push, now)
  let isNew = false
  for (const [index, event] of push.events.entries()) {
    const counter = counters[index] ?? row.lastCounter + 1
    if (counter <= row.lastCounter) {
      taken.again(event, counter)
    } else {
      isNew = true
      taken.setAside(event, counter, 'generationClosed', false)
    }
  }
  const answer: SyncAnswer<'push'> = isNew
    ? { tag: 'generationClosed', lastCounter: row.lastCounter }
    : { tag: 'taken', results: taken.results }
  return { ...taken.rows, generations: [], answer }
}

/** Gathers what is taken of one push. */
function createTaking(state: IngestState, push: ReceivedPush, now: number) {
  const events: AppendedEvent[] = []
  const quarantined: QuarantinedEvent[] = []
  const claims: WaybillClaim[] = []
  const results: PushedResult[] = []
  /** What this push itself brought: it may say the same counter twice. */
  const own = new Map<number, HeldEvent>()
  const { stationId, generation } = push

  function accept(event: ReceivedEvent, counter: number): void {
    const sequence = state.lastSequence + events.length + 1
    const { envelope, people } = event
    events.push({ stationId, generation, counter, sequence, envelope, people })
    own.set(counter, { stationId, generation, counter, sequence, reason: null, envelope })
    claims.push(...event.claims)
    results.push({ counter, tag: 'ack', sequence })
  }

  function setAside(
    event: ReceivedEvent,
    counter: number,
    reason: QuarantineReason,
    consumed: boolean,
  ): void {
    const { envelope } = event
    const contentHash = canonicalHash(JSON.parse(envelope))
    const people = JSON.stringify(event.people.map((person) => JSON.parse(person.person)))
    const identity = { stationId, generation, counter }
    quarantined.push({ ...identity, contentHash, reason, consumed, envelope, people, at: now })
    if (consumed) own.set(counter, { ...identity, sequence: null, reason, envelope })
    // A number that was printed is printed, wherever its event stands.
    claims.push(...event.claims.filter((claim) => claim.what.tag === 'spent'))
    results.push(resultOf(counter, reason))
  }

  function again(event: ReceivedEvent, counter: number): void {
    const held = own.get(counter) ?? state.held.get(counterKey({ stationId, generation, counter }))
    if (!held) {
      // Below the generation's first counter nothing is held, and nothing can be.
      setAside(event, counter, 'malformed', false)
    } else if (!sameContent(held.envelope, event.envelope)) {
      setAside(event, counter, 'otherContent', false)
    } else if (held.reason !== null) {
      results.push(resultOf(counter, held.reason))
    } else {
      results.push({ counter, tag: 'duplicate', sequence: held.sequence })
    }
  }

  return { accept, setAside, again, results, rows: { events, quarantined, claims } }
}

function resultOf(counter: number, reason: QuarantineReason): PushedResult {
  // One that came too late is answered for its whole push, by `generationClosed`.
  const told = reason === 'generationClosed' ? {} : { reason }
  return { counter, tag: 'quarantined', sequence: null, ...told }
}

/** Carries a decision into the state, for the next push of the same transaction. */
export function carryOver(state: IngestState, decision: PushDecision): void {
  state.lastSequence += decision.events.length
  for (const row of decision.generations) state.generations.set(generationKey(row), row)
  for (const { stationId, generation, counter, sequence, envelope } of decision.events) {
    const identity = { stationId, generation, counter }
    state.held.set(counterKey(identity), { ...identity, sequence, reason: null, envelope })
  }
  for (const { stationId, generation, counter, reason, consumed, envelope } of decision.quarantined) {
    const identity = { stationId, generation, counter }
    if (consumed) state.held.set(counterKey(identity), { ...identity, sequence: null, reason, envelope })
  }
}
