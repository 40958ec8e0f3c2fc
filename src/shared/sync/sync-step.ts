/**
 * What a station does next towards the hub, and what it thinks of the answer: a state machine without IO (SYN-1).
 * Whoever drives it carries out the action and hands the outcome back.
 */

/** What the head bar shows (interface.md, Sync state). */
export type SyncPhase = 'offline' | 'pushing' | 'pulling' | 'current' | 'error'

/** Why the station and the hub do not talk, or not well; the words and the remedy are the screen's. */
export type SyncTrouble =
  | {
      readonly tag: 'noNetwork' | 'nameUnknown' | 'hubDown' | 'timeout' | 'tls' | 'hostGone'
      readonly detail: string
    }
  | {
      readonly tag: 'revoked' | 'unknownStation' | 'badSignature' | 'hubFault' | 'badAnswer'
      readonly detail: string
    }
  /** The hub speaks a newer protocol than this station. */
  | { readonly tag: 'versionTooOld'; readonly detail: string }
  /** A younger copy of this station has written to the hub: this one is a leftover. */
  | { readonly tag: 'generationClosed'; readonly detail: string }
  /** The hub has forgotten what it had confirmed: it was restored from an older state. */
  | { readonly tag: 'hubBehind'; readonly detail: string }
  | { readonly tag: 'diskFull'; readonly detail: string }

/** Troubles that no waiting mends: a person has to do something first. */
const LASTING: ReadonlySet<SyncTrouble['tag']> = new Set([
  'revoked',
  'unknownStation',
  'badSignature',
  'versionTooOld',
  'generationClosed',
  'hubBehind',
])

export interface SyncState {
  readonly phase: SyncPhase
  /** The hub has answered `hello` since the last failure. */
  readonly welcomed: boolean
  /** Last counter sent and taken since then; what is above it in the outbox is to be sent. */
  readonly pushedThrough: number
  /** The warehouse's last sequence as far as heard. */
  readonly hubSequence: number
  /** Failures in a row. */
  readonly failures: number
  /** Not before this moment, milliseconds since 1970. */
  readonly retryAt: number
  readonly trouble: SyncTrouble | null
  /** When trouble began, or since when the station is in step; null before the first contact. */
  readonly since: number | null
  /** When the hub last answered. */
  readonly heardAt: number | null
  /** A younger generation exists: nothing is sent any more, pulling goes on. */
  readonly closed: boolean
}

export const SYNC_START: SyncState = {
  phase: 'offline',
  welcomed: false,
  pushedThrough: 0,
  hubSequence: 0,
  failures: 0,
  retryAt: 0,
  trouble: null,
  since: null,
  heardAt: null,
  closed: false,
}

/** Where the station stands. */
export interface SyncFacts {
  readonly now: number
  /** Highest counter in the outbox; 0 when it is empty. */
  readonly lastWaiting: number
  readonly cursor: number
}

export type SyncAction =
  | { readonly act: 'hello' }
  | { readonly act: 'push'; readonly afterCounter: number }
  | { readonly act: 'pull'; readonly after: number }
  /** Nothing to do for so long, unless there is news or new work. */
  | { readonly act: 'rest'; readonly ms: number; readonly listening: boolean }

/** Even without news the hub is asked now and then: a notice may have been lost. */
const IDLE_MS = 20_000

/** The next action. Sending comes before fetching: what only this station has is the more endangered. */
export function nextAction(state: SyncState, facts: SyncFacts): SyncAction {
  const wait = state.retryAt - facts.now
  // A longer wait than was ever set means that the clock was turned back.
  if (wait > 0 && wait <= MOST_WAIT_MS) return { act: 'rest', ms: wait, listening: false }
  if (!state.welcomed) return { act: 'hello' }
  if (!state.closed && facts.lastWaiting > state.pushedThrough)
    return { act: 'push', afterCounter: state.pushedThrough }
  if (facts.cursor < state.hubSequence) return { act: 'pull', after: facts.cursor }
  return { act: 'rest', ms: IDLE_MS, listening: true }
}

/** What came of an action. */
export type SyncOutcome =
  | { readonly tag: 'welcome'; readonly sequence: number }
  | { readonly tag: 'pushed'; readonly lastCounter: number; readonly sequence: number }
  | { readonly tag: 'gap'; readonly wantedCounter: number }
  | { readonly tag: 'closed'; readonly lastCounter: number }
  /** The hub wants to hear who is there before it opens a generation. */
  | { readonly tag: 'helloWanted' }
  | { readonly tag: 'pulled'; readonly last: number }
  /** Somebody says that the hub has more than we know. */
  | { readonly tag: 'news'; readonly sequence: number }
  /** A rest ended without news. */
  | { readonly tag: 'rested' }
  | { readonly tag: 'failed'; readonly trouble: SyncTrouble }

/** The state after an action; `dice` in [0, 1) spreads the retries of many stations. */
export function afterOutcome(
  state: SyncState,
  outcome: SyncOutcome,
  facts: SyncFacts & { readonly dice: number },
): SyncState {
  if (outcome.tag === 'failed') return failed(state, outcome.trouble, facts)
  const heard = outcome.tag === 'rested' ? state : heardFrom(state, facts.now)
  return shown(applied(heard, outcome, facts), facts)
}

function heardFrom(state: SyncState, now: number): SyncState {
  const mended = state.trouble !== null && !state.closed
  return {
    ...state,
    failures: 0,
    retryAt: 0,
    heardAt: now,
    trouble: mended ? null : state.trouble,
    since: mended || state.since === null ? now : state.since,
  }
}

function applied(
  state: SyncState,
  outcome: Exclude<SyncOutcome, { tag: 'failed' }>,
  facts: SyncFacts,
): SyncState {
  switch (outcome.tag) {
    case 'welcome':
      return {
        ...state,
        welcomed: true,
        // What was sent before the connection broke may not have arrived: it is sent again, which does no harm.
        pushedThrough: 0,
        hubSequence: outcome.sequence,
        ...(outcome.sequence < facts.cursor ? behind(outcome.sequence, facts) : {}),
      }
    case 'pushed':
      return {
        ...state,
        pushedThrough: Math.max(state.pushedThrough, outcome.lastCounter),
        hubSequence: Math.max(state.hubSequence, outcome.sequence),
      }
    case 'gap':
      return { ...state, pushedThrough: outcome.wantedCounter - 1 }
    case 'closed':
      return {
        ...state,
        closed: true,
        since: facts.now,
        trouble: { tag: 'generationClosed', detail: String(outcome.lastCounter) },
      }
    case 'pulled':
      return { ...state, hubSequence: outcome.last }
    case 'news':
      return { ...state, hubSequence: Math.max(state.hubSequence, outcome.sequence) }
    case 'helloWanted':
      return { ...state, welcomed: false }
    case 'rested':
      // Asking anew says hello: the cheapest way to hear how far the hub is.
      return { ...state, welcomed: false }
  }
}

function behind(sequence: number, facts: SyncFacts): Partial<SyncState> {
  return {
    welcomed: false,
    retryAt: facts.now + MOST_WAIT_MS,
    since: facts.now,
    trouble: { tag: 'hubBehind', detail: `${sequence} < ${facts.cursor}` },
  }
}

const FIRST_WAIT_MS = 1_000
const MOST_WAIT_MS = 60_000

function failed(
  state: SyncState,
  trouble: SyncTrouble,
  facts: { readonly now: number; readonly dice: number },
): SyncState {
  const failures = state.failures + 1
  const most = LASTING.has(trouble.tag)
    ? MOST_WAIT_MS
    : Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
  return {
    ...state,
    welcomed: false,
    failures,
    // Half of the wait is certain, half is drawn: a hundred stations must not come back in the same moment.
    retryAt: facts.now + Math.round(most / 2 + (most / 2) * facts.dice),
    trouble,
    since: state.trouble?.tag === trouble.tag ? state.since : facts.now,
    phase:
      LASTING.has(trouble.tag) || trouble.tag === 'diskFull' || trouble.tag === 'hubFault'
        ? 'error'
        : 'offline',
  }
}

function shown(state: SyncState, facts: SyncFacts): SyncState {
  if (state.trouble !== null) return { ...state, phase: 'error' }
  if (!state.welcomed) return { ...state, phase: state.heardAt === null ? 'offline' : state.phase }
  const next = nextAction(state, facts)
  const phase = next.act === 'push' ? 'pushing' : next.act === 'pull' ? 'pulling' : 'current'
  return { ...state, phase }
}
