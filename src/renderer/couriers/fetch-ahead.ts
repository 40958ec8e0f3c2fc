import type { CourierTakeAnswer, CourierTrouble } from '../../shared/protocol/courier-contract.ts'
import type { HostClient } from '../../shared/protocol/host-contract.ts'
import type { StationEnvironment } from '../../shared/station/environment.ts'
import { executeCommand } from '../../shared/station/execute-command.ts'
import {
  FETCH_TABLES,
  type FetchPlan,
  type FetchWish,
  planFetches,
} from '../../shared/station/plan-fetches.ts'
import { asideOf } from '../../shared/station/project.ts'
import type { StationStore } from '../../shared/station/store.ts'
import type { WaybillRow } from '../../shared/station/tables.ts'

/** What fetching is made of; the clock and the dice come in, so that it can be shown in a test. */
export interface FetchAheadParts {
  readonly store: StationStore
  readonly host: HostClient
  env(): StationEnvironment
  now(): number
  /** In [0, 1). */
  dice(): number
  /** A number was recorded or given back. */
  onChange(): void
}

/** Keeps numbers from e-waybill services ahead of the packers (LBL-5), so that packing goes on without a network. */
export interface FetchAhead {
  /** What is due now; answers after how many milliseconds to come back. Never rejects. */
  round(): Promise<number>
  /** The network is back, or a person has changed an account: no more waiting. */
  hurry(): void
}

/** Orders of a round: in between, new ones and packed ones are looked at again. */
const PER_ROUND = 20
/** Some of them may be resting. */
const MOST_PLANNED = 60
/** Services allow a few requests a second; the station's own work goes first. */
const AT_ONCE = 3
const RELEASES_PER_ROUND = 6
const SOON_MS = 50
const IDLE_MS = 5_000
/** Nobody has an account: somebody will say so when they make one. */
const NO_ACCOUNT_MS = 60_000
const HOST_GONE_MS = 5_000
const FIRST_PAUSE_MS = 5_000
const MOST_PAUSE_MS = 600_000
/** Nothing gets better here by itself: a person has to look. */
const HOUR_MS = 3_600_000

/** These are not the order's: with any other order the answer would be the same. */
const OF_THE_ACCOUNT: ReadonlySet<CourierTrouble> = new Set([
  'noNetwork',
  'timeout',
  'serviceDown',
  'badSignature',
  'badAccount',
  'noBalance',
  'noAccount',
  'diskFull',
])

interface State {
  readonly parts: FetchAheadParts
  /** Accounts that are not asked before this. */
  readonly pausedUntil: Map<string, number>
  readonly failures: Map<string, number>
  /** Parcels and numbers that are left alone before this, by key. */
  readonly skippedUntil: Map<string, number>
}

/** Makes it; nothing happens before the first round. */
export function createFetchAhead(parts: FetchAheadParts): FetchAhead {
  const state: State = { parts, pausedUntil: new Map(), failures: new Map(), skippedUntil: new Map() }
  return {
    round: () => oneRound(state).catch(() => HOST_GONE_MS),
    hurry: () => {
      state.pausedUntil.clear()
      state.failures.clear()
      state.skippedUntil.clear()
    },
  }
}

async function oneRound(state: State): Promise<number> {
  const { store, host, env } = state.parts
  const { accounts } = await host.call('courier.accounts', {})
  const usable = accounts.filter(({ account, hasSecret }) => account.active && hasSecret)
  if (accounts.length === 0) return NO_ACCOUNT_MS
  const { identity, shop } = env()
  const plan = await store.read(FETCH_TABLES, (tx) =>
    planFetches(tx, {
      ...identity,
      accounts: usable.map(({ account }) => account),
      shop,
      most: MOST_PLANNED,
    }),
  )
  const more = await fetchSome(state, plan)
  const released = await releaseSome(state, plan)
  return more || released ? SOON_MS : IDLE_MS
}

/** True when there is more to fetch at once. */
async function fetchSome(state: State, { wishes }: FetchPlan): Promise<boolean> {
  const due = wishes.filter(
    ({ request }) =>
      rested(state.pausedUntil, request.accountId, state) &&
      rested(state.skippedUntil, request.parcelKey, state),
  )
  const now = due.slice(0, PER_ROUND)
  for (let at = 0; at < now.length; at += AT_ONCE) {
    const some = now.slice(at, at + AT_ONCE)
    const outcomes = await Promise.all(some.map((wish) => fetchOne(state, wish)))
    if (outcomes.includes('stop')) return false
  }
  return due.length > 0
}

/** A clock turned back counts as time gone by. */
function rested(until: ReadonlyMap<string, number>, key: string, { parts }: State): boolean {
  const end = until.get(key)
  return end === undefined || parts.now() >= end || end - parts.now() > HOUR_MS
}

async function fetchOne(state: State, wish: FetchWish): Promise<'on' | 'stop'> {
  const { host } = state.parts
  const answer = await host.call('courier.take', wish.request)
  if (answer.tag === 'refused') return refused(state, wish, answer)
  state.failures.delete(wish.request.accountId)
  await record(state, wish, answer)
  return 'on'
}

/** The command's id comes from the parcel's key, so that a number is recorded once, whatever breaks off in between. */
async function record(
  { parts, skippedUntil }: State,
  { orderId, request }: FetchWish,
  { number }: Extract<CourierTakeAnswer, { tag: 'taken' }>,
): Promise<void> {
  const { parcelKey, accountId } = request
  const { courier, waybillNumber, sortCode, labelData } = number
  const { answer } = await executeCommand(parts.store, parts.env(), {
    type: 'RecordFetchedWaybill',
    commandId: `fetched-${parcelKey}`,
    at: parts.now(),
    personId: null,
    parcelKey,
    orderId,
    courier,
    number: waybillNumber,
    sortCode,
    accountId,
    labelData,
  })
  if (answer.tag === 'foreignNumber') skippedUntil.set(parcelKey, parts.now() + HOUR_MS)
  parts.onChange()
}

function refused(
  state: State,
  { request }: FetchWish,
  answer: Extract<CourierTakeAnswer, { tag: 'refused' }>,
): 'on' | 'stop' {
  const { parts, failures, pausedUntil, skippedUntil } = state
  const { accountId, parcelKey } = request
  const { trouble, again, afterMs } = answer
  if (!OF_THE_ACCOUNT.has(trouble)) {
    skippedUntil.set(parcelKey, parts.now() + (again ? afterMs : HOUR_MS))
    return 'on'
  }
  const failed = (failures.get(accountId) ?? 0) + 1
  failures.set(accountId, failed)
  const doubling = FIRST_PAUSE_MS * 2 ** Math.min(failed - 1, 10)
  const pauseMs = again ? Math.min(MOST_PAUSE_MS, Math.max(afterMs, doubling)) : MOST_PAUSE_MS
  // Stations that lost the same network do not come back all at once.
  const jittered = pauseMs * (0.5 + parts.dice() / 2)
  pausedUntil.set(accountId, parts.now() + jittered)
  // Should it be this one order after all, others come first next time.
  skippedUntil.set(parcelKey, parts.now() + jittered * 2)
  return 'stop'
}

/** True when something was given back. */
async function releaseSome(state: State, { releases }: FetchPlan): Promise<boolean> {
  const due = releases
    .filter((row) => rested(state.skippedUntil, row.key, state))
    .slice(0, RELEASES_PER_ROUND)
  let released = false
  for (const row of due) released = (await releaseOne(state, row)) || released
  return released
}

/** Troubles after which the service may take it back all the same, later. */
const PASSING: ReadonlySet<CourierTrouble> = new Set([
  'noNetwork',
  'timeout',
  'serviceDown',
  'badSignature',
  'badAccount',
  'diskFull',
])

/** First nobody here can use it any more, then the service hears of it, then it is written off. */
async function releaseOne(state: State, row: WaybillRow): Promise<boolean> {
  const { parts, skippedUntil } = state
  const { store, env, host, now } = parts
  const { key: waybillKey, fetched } = row
  if (fetched === undefined) return false
  const base = { at: now(), personId: null, waybillKey }
  await executeCommand(store, env(), { type: 'SetFetchedAside', commandId: env().newId(), ...base })
  const aside = await store.read(['waybills'], async (tx) => (await tx.get('waybills', waybillKey))?.tenure)
  // The order was opened again meanwhile, or its parcel has taken the number.
  if (aside?.holder !== asideOf(env().identity.stationId)) return false
  const { parcelKey, accountId } = fetched
  const answer = await host.call('courier.return', { parcelKey, accountId })
  if (answer.tag === 'refused' && PASSING.has(answer.trouble)) {
    skippedUntil.set(waybillKey, now() + MOST_PAUSE_MS * (0.5 + parts.dice() / 2))
    return false
  }
  const reason = answer.tag === 'returned' ? 'returned' : 'notTakenBack'
  await executeCommand(store, env(), { type: 'WriteOffFetched', commandId: env().newId(), ...base, reason })
  parts.onChange()
  return true
}
