import { z } from 'zod'
import { assertNever } from '../base/assert.ts'
import { type Recipient, RecipientSchema } from '../domain/orders/order.ts'
import type { HubCallAnswer } from '../protocol/host-contract.ts'
import {
  MOST_EVENTS_PER_PUSH,
  SYNC_PROTOCOL_VERSION,
  type SyncAnswer,
  type SyncCall,
  type SyncRequest,
  syncAnswerSchemas,
  type TravellingPerson,
} from '../protocol/sync-messages.ts'
import { applyHistory, applyStream, HISTORY, HUB_CURSOR, type StreamEvent } from '../station/apply-stream.ts'
import type { StationIdentity } from '../station/log-writer.ts'
import { noteQuarantine, readOutbox } from '../station/outbox.ts'
import { endUnsettled, settleNumbers } from '../station/settle-numbers.ts'
import type { ReadTx, StationStore } from '../station/store.ts'
import { type HistoryState, TABLE_NAMES } from '../station/tables.ts'
import {
  afterOutcome,
  nextAction,
  SYNC_START,
  type SyncAction,
  type SyncOutcome,
  type SyncState,
  type SyncTrouble,
} from './sync-step.ts'

/** What a session needs; nothing in here reads a clock or a die by itself. */
export interface SyncPorts {
  readonly store: StationStore
  readonly identity: StationIdentity
  readonly appVersion: string
  /** Carries one call to the hub; rejects only when the host itself cannot be reached. */
  call(call: SyncCall, body: unknown): Promise<HubCallAnswer>
  now(): number
  /** The hub's clock less this station's, milliseconds, as last heard. */
  clockOffsetMs(): number
  /** In [0, 1). */
  dice(): number
  /** Lets the screen and waiting scans have their turn between two transactions. */
  yieldTurn(): Promise<void>
  /** True when nobody has done anything here for a while; without it somebody may always be about to. */
  isQuiet?(): boolean
}

/** Events asked for at a time; each answer is applied in pieces. */
const PULL_LIMIT = 1000
/** A transaction that holds the store longer than this keeps a scan waiting (decision 13). */
const WANTED_MS = 15
/** While nobody works at the station, catching up goes before the scan that may come: below what a hand notices. */
const QUIET_MS = 100
const FIRST_PIECE = 25
const MOST_PIECE = 500
/** On a disk that alone takes longer than that for a commit, smaller pieces would only mean more commits. */
const LEAST_PIECE = 10

/** One station's talk with the hub: `step` does the next thing and says what it was. */
export interface SyncSession {
  readonly state: SyncState
  /** What would be done now, without doing it. */
  plan(): Promise<SyncAction>
  /** Does the next thing; a rest is only announced, the driver keeps it and calls {@link wake}. */
  step(): Promise<SyncAction>
  /** After a rest: with what was heard meanwhile, or nothing. */
  wake(news: { readonly sequence: number } | null): void
  /** A person asks for it, or the network came back: no more waiting. */
  hurry(): void
  /** One call outside the stream (leases, numbers); null when the hub did not answer it. */
  ask<C extends SyncCall>(call: C, request: SyncRequest<C>): Promise<SyncAnswer<C> | null>
}

/** Opens a session from the start; everything that must survive is in the store. */
export function createSyncSession(ports: SyncPorts): SyncSession {
  let state: SyncState = SYNC_START
  let piece = FIRST_PIECE
  let inStep = false
  const pass: Pass = { ticket: null }
  const settle = async (outcome: SyncOutcome): Promise<void> => {
    state = afterOutcome(state, outcome, { ...(await loadFacts(ports)), dice: ports.dice() })
  }
  const resize = (ms: number, count: number): void => {
    const wantedMs = ports.isQuiet?.() ? QUIET_MS : WANTED_MS
    if (count < piece && ms < wantedMs) return
    const better = ms > 0 ? Math.round((piece * wantedMs) / ms) : piece * 2
    piece = Math.max(LEAST_PIECE, Math.min(MOST_PIECE, piece * 2, better))
  }
  return {
    get state() {
      return state
    },
    plan: async () => nextAction(state, await loadFacts(ports)),
    step: async () => {
      const action = nextAction(state, await loadFacts(ports))
      const outcome = await perform(ports, action, { size: () => piece, resize, pass })
      if (outcome) await settle(outcome)
      if (!inStep && state.phase === 'current') {
        inStep = true
        await ports.store.write(['meta', 'records'], endUnsettled)
      }
      return action
    },
    wake: (news) => {
      const facts = { now: ports.now(), lastWaiting: 0, cursor: 0, dice: ports.dice() }
      const outcome: SyncOutcome = news ? { tag: 'news', sequence: news.sequence } : { tag: 'rested' }
      state = { ...afterOutcome(state, outcome, facts), phase: state.phase }
    },
    hurry: () => {
      state = { ...state, retryAt: 0, welcomed: false }
    },
    ask: async (call, request) => {
      const answer = await send(ports, call, request)
      return answer.tag === 'answer' ? answer.value : null
    },
  }
}

async function loadFacts({ store, now }: SyncPorts) {
  return store.read(['records', 'meta'], async (tx) => {
    const last = await tx.range('records', 'outboxCounter', { from: 0, reverse: true, limit: 1 })
    const record = last[0]
    const lastWaiting = record?.kind === 'event' ? record.data.counter : 0
    return { now: now(), lastWaiting, cursor: await loadCursor(tx) }
  })
}

const loadCursor = async (tx: ReadTx): Promise<number> =>
  Number((await tx.get('meta', HUB_CURSOR))?.value ?? 0)

/** What the hub gave with its last welcome: with it this life may open its generation. */
interface Pass {
  ticket: string | null
}

interface Pieces {
  readonly pass: Pass
  size(): number
  resize(ms: number, count: number): void
}

async function perform(ports: SyncPorts, action: SyncAction, pieces: Pieces): Promise<SyncOutcome | null> {
  switch (action.act) {
    case 'hello':
      return hello(ports, pieces.pass)
    case 'push':
      return push(ports, action.afterCounter, pieces.pass)
    case 'pull':
      return pull(ports, action.after, pieces)
    case 'rest':
      return null
    default:
      return assertNever(action, 'action')
  }
}

async function hello(ports: SyncPorts, pass: Pass): Promise<SyncOutcome> {
  const answer = await send(ports, 'hello', {
    protocolVersion: SYNC_PROTOCOL_VERSION,
    appVersion: ports.appVersion,
    generation: ports.identity.generation,
    stationTime: ports.now(),
  })
  if (answer.tag !== 'answer') return answer
  if (answer.value.tag === 'welcome') {
    pass.ticket = answer.value.ticket ?? null
    return { tag: 'welcome', sequence: answer.value.sequence }
  }
  return { tag: 'failed', trouble: { tag: 'versionTooOld', detail: String(answer.value.minimum) } }
}

async function push(ports: SyncPorts, afterCounter: number, { ticket }: Pass): Promise<SyncOutcome> {
  const limit = MOST_EVENTS_PER_PUSH
  const batch = await ports.store.read(['records', 'meta', 'recipients'], (tx) =>
    readOutbox(tx, { afterCounter, limit }),
  )
  if (batch === null) return { tag: 'pushed', lastCounter: afterCounter, sequence: 0 }
  const { generation, opensAt, events, lastCounter } = batch
  const answer = await send(ports, 'push', {
    generation,
    opensAt,
    ...(ticket === null ? {} : { ticket }),
    events: events.map(({ event, people }) => ({
      event,
      ...(people ? { people: [...people] } : {}),
    })),
  })
  if (answer.tag !== 'answer') return answer
  const { value } = answer
  if (value.tag === 'gap') {
    // From where it wants to go on there is nothing to send: it had confirmed what it now asks for.
    const detail = `${generation} ${value.wantedCounter}`
    if (value.wantedCounter > afterCounter) return failed('hubBehind', detail)
    return { tag: 'gap', wantedCounter: value.wantedCounter }
  }
  if (value.tag === 'helloWanted') return { tag: 'helloWanted' }
  if (value.tag === 'generationClosed') return { tag: 'closed', lastCounter: value.lastCounter }
  const idOf = new Map(events.map(({ event }) => [event.counter, event.eventId]))
  const apart = value.results.flatMap((result): [string, string][] => {
    const eventId = idOf.get(result.counter)
    return result.tag === 'quarantined' && eventId ? [[eventId, result.reason ?? '']] : []
  })
  if (apart.length > 0)
    await ports.store.write(TABLE_NAMES, async (tx) => noteQuarantine(tx, apart, await loadCursor(tx)))
  const sequence = Math.max(0, ...value.results.map((result) => result.sequence ?? 0))
  return { tag: 'pushed', lastCounter, sequence }
}

async function pull(ports: SyncPorts, after: number, pieces: Pieces): Promise<SyncOutcome> {
  const answer = await send(ports, 'pull', { after, limit: PULL_LIMIT })
  if (answer.tag !== 'answer') return answer
  const page = answer.value.events.map(readStreamEvent)
  let expected = after
  for (const { sequence } of page) {
    expected++
    if (sequence !== expected)
      return { tag: 'failed', trouble: { tag: 'badAnswer', detail: `${sequence} ≠ ${expected}` } }
  }
  const apply = createApply(ports)
  for (let at = 0; at < page.length; ) {
    const part = page.slice(at, at + pieces.size())
    const began = ports.now()
    await apply(part)
    pieces.resize(ports.now() - began, part.length)
    at += part.length
    await ports.yieldTurn()
  }
  return { tag: 'pulled', last: Math.max(answer.value.last, expected) }
}

/**
 * Applies pieces of a page. Nobody else's events are looked for in the log, where they can only be after a rebuild; the
 * log's unique index says so, and the rest of the page is taken with all the looking.
 */
function createApply({ store, identity, now }: SyncPorts): (part: readonly StreamEvent[]) => Promise<void> {
  let own: string | null = identity.stationId
  const write = (part: readonly StreamEvent[]): Promise<void> =>
    store.write(TABLE_NAMES, async (tx) => {
      const cursor = await loadCursor(tx)
      const fresh = part.filter(({ sequence }) => sequence > cursor)
      const last = part.at(-1)?.sequence ?? cursor
      if (fresh.length === 0) return
      await applyStream(tx, fresh, last, own)
      await settleNumbers(tx, { identity, commandId: `settle-${last}`, at: now(), personId: null })
    })
  return async (part) => {
    try {
      await write(part)
    } catch (error) {
      if (own === null || !isDuplicate(error)) throw error
      own = null
      await write(part)
    }
  }
}

/** What IndexedDB and the store in memory say of a second row with a unique value. */
const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && /^(ConstraintError|InvariantError)$/.test(error.name)

/**
 * Fetches a piece of what came before the snapshot that this station began from, when there is nothing better to do.
 * Answers whether there is more.
 */
export async function fillHistory(session: SyncSession, ports: SyncPorts): Promise<boolean> {
  const { store } = ports
  const history = await store.read(['meta'], async (tx) => (await tx.get('meta', HISTORY))?.value)
  if (!history) return false
  const { cursor, upTo } = history as HistoryState
  const answer = await session.ask('pull', { after: cursor, limit: HISTORY_LIMIT })
  if (answer === null) return false
  const page = answer.events.map(readStreamEvent)
  const last = page.at(-1)?.sequence ?? upTo
  for (let at = 0; at < page.length; at += FIRST_PIECE) {
    const part = page.slice(at, at + FIRST_PIECE)
    const through = part.at(-1)?.sequence ?? last
    await store.write(TABLE_NAMES, (tx) => applyHistory(tx, part, through))
    await ports.yieldTurn()
  }
  return last < upTo
}

/** Smaller than a pull of what is new: nobody waits for it. */
const HISTORY_LIMIT = 200

function readStreamEvent({ sequence, event, people }: SyncAnswer<'pull'>['events'][number]): StreamEvent {
  return people ? { sequence, event, people: people.flatMap(readRecipient) } : { sequence, event }
}

function readRecipient(person: TravellingPerson): Recipient[] {
  const parsed = RecipientSchema.safeParse(person)
  return parsed.success ? [parsed.data] : []
}

type Sent<C extends SyncCall> =
  | { readonly tag: 'answer'; readonly value: SyncAnswer<C> }
  | { readonly tag: 'failed'; readonly trouble: SyncTrouble }

const failed = (tag: SyncTrouble['tag'], detail: string): { tag: 'failed'; trouble: SyncTrouble } => ({
  tag: 'failed',
  trouble: { tag, detail } as SyncTrouble,
})

async function send<C extends SyncCall>(ports: SyncPorts, call: C, body: SyncRequest<C>): Promise<Sent<C>> {
  let answer: HubCallAnswer
  try {
    answer = await ports.call(call, body)
  } catch (error) {
    return failed('hostGone', String(error))
  }
  switch (answer.tag) {
    case 'answered': {
      const schema: z.ZodType = syncAnswerSchemas[call]
      const parsed = schema.safeParse(answer.value)
      if (!parsed.success) return failed('badAnswer', z.prettifyError(parsed.error).slice(0, 200))
      return { tag: 'answer', value: parsed.data as SyncAnswer<C> }
    }
    case 'refused':
      return failed(troubleOfRefusal(answer.refusal.tag), answer.refusal.detail)
    case 'notEnrolled':
      return failed('unknownStation', '')
    case 'unreachable':
      return failed(
        answer.cause === 'refused' || answer.cause === 'other' ? 'hubDown' : answer.cause,
        answer.detail,
      )
    default:
      return assertNever(answer, 'answer')
  }
}

function troubleOfRefusal(
  tag: Extract<HubCallAnswer, { tag: 'refused' }>['refusal']['tag'],
): SyncTrouble['tag'] {
  switch (tag) {
    case 'revoked':
    case 'unknownStation':
    case 'badSignature':
      return tag
    case 'ending':
      return 'hubDown'
    default:
      return 'hubFault'
  }
}
