import { describe, expect, it } from 'vitest'
import {
  afterOutcome,
  nextAction,
  SYNC_START,
  type SyncFacts,
  type SyncOutcome,
  type SyncState,
} from './sync-step.ts'

const facts = (over: Partial<SyncFacts> = {}): SyncFacts => ({
  now: 1_000_000,
  lastWaiting: 0,
  cursor: 0,
  ...over,
})

const follow = (state: SyncState, outcomes: readonly SyncOutcome[], at: SyncFacts = facts()): SyncState =>
  outcomes.reduce((now, outcome) => afterOutcome(now, outcome, { ...at, dice: 0.5 }), state)

const DOWN: SyncOutcome = { tag: 'failed', trouble: { tag: 'hubDown', detail: '' } }

describe('sync step', () => {
  it('SYN-1 says hello, sends what waits, then fetches, then rests', () => {
    expect(nextAction(SYNC_START, facts())).toEqual({ act: 'hello' })
    const welcomed = follow(SYNC_START, [{ tag: 'welcome', sequence: 7 }], facts({ lastWaiting: 3 }))
    expect(welcomed.phase).toBe('pushing')
    expect(nextAction(welcomed, facts({ lastWaiting: 3 }))).toEqual({ act: 'push', afterCounter: 0 })
    const pushed = follow(
      welcomed,
      [{ tag: 'pushed', lastCounter: 3, sequence: 9 }],
      facts({ lastWaiting: 3 }),
    )
    expect(pushed.phase).toBe('pulling')
    expect(nextAction(pushed, facts({ lastWaiting: 3 }))).toEqual({ act: 'pull', after: 0 })
    const done = follow(pushed, [{ tag: 'pulled', last: 9 }], facts({ cursor: 9 }))
    expect(done.phase).toBe('current')
    expect(nextAction(done, facts({ cursor: 9 }))).toMatchObject({ act: 'rest', listening: true })
  })

  it('SYN-1 sends again from the start of the outbox after every lost connection', () => {
    const pushed = follow(SYNC_START, [
      { tag: 'welcome', sequence: 0 },
      { tag: 'pushed', lastCounter: 5, sequence: 5 },
    ])
    const back = follow(pushed, [DOWN, { tag: 'welcome', sequence: 5 }])
    expect(nextAction(back, facts({ lastWaiting: 5 }))).toEqual({ act: 'push', afterCounter: 0 })
  })

  it('SYN-1 goes back as far as the hub says', () => {
    const pushed = follow(SYNC_START, [
      { tag: 'welcome', sequence: 0 },
      { tag: 'pushed', lastCounter: 50, sequence: 50 },
    ])
    const gap = follow(pushed, [{ tag: 'gap', wantedCounter: 21 }])
    expect(nextAction(gap, facts({ lastWaiting: 60 }))).toEqual({ act: 'push', afterCounter: 20 })
  })

  it('SYN-1 waits longer with each failure, within bounds, and not all stations alike', () => {
    const waits: number[] = []
    let state = SYNC_START
    for (let n = 0; n < 12; n++) {
      state = afterOutcome(state, DOWN, { ...facts(), dice: 0.999 })
      waits.push(state.retryAt - facts().now)
    }
    expect(waits.every((wait, n) => n === 0 || wait >= (waits[n - 1] ?? 0))).toBe(true)
    expect(waits[0]).toBeLessThanOrEqual(1_000)
    expect(waits.at(-1)).toBeLessThanOrEqual(60_000)
    const other = afterOutcome(SYNC_START, DOWN, { ...facts(), dice: 0 })
    expect(other.retryAt).not.toBe(afterOutcome(SYNC_START, DOWN, { ...facts(), dice: 0.9 }).retryAt)
  })

  it('SYN-1 does not wait for ever when the clock is turned back', () => {
    const failed = follow(SYNC_START, [DOWN], facts({ now: 9_000_000_000 }))
    expect(nextAction(failed, facts({ now: 1_000 }))).toEqual({ act: 'hello' })
  })

  it('SYN-5 keeps the time since when the same trouble lasts, and names the next one anew', () => {
    const first = follow(SYNC_START, [DOWN], facts({ now: 1_000 }))
    const second = follow(first, [DOWN], facts({ now: 5_000 }))
    expect(second.since).toBe(1_000)
    const other: SyncOutcome = { tag: 'failed', trouble: { tag: 'revoked', detail: '' } }
    const third = follow(second, [other], facts({ now: 9_000 }))
    expect(third).toMatchObject({ since: 9_000, phase: 'error' })
    expect(follow(third, [{ tag: 'welcome', sequence: 0 }], facts({ now: 10_000 }))).toMatchObject({
      trouble: null,
      since: 10_000,
      phase: 'current',
    })
  })

  it('SYN-1 says hello again when the hub wants to hear who is there', () => {
    const state = follow(SYNC_START, [{ tag: 'welcome', sequence: 0 }, { tag: 'helloWanted' }])
    expect(state.trouble).toBeNull()
    expect(nextAction(state, facts({ lastWaiting: 2 }))).toEqual({ act: 'hello' })
    const again = follow(state, [{ tag: 'welcome', sequence: 0 }])
    expect(nextAction(again, facts({ lastWaiting: 2 }))).toEqual({ act: 'push', afterCounter: 0 })
  })

  it('SYN-1 a closed generation sends nothing more and still fetches', () => {
    const closed = follow(SYNC_START, [
      { tag: 'welcome', sequence: 4 },
      { tag: 'closed', lastCounter: 2 },
    ])
    expect(closed.trouble?.tag).toBe('generationClosed')
    expect(nextAction(closed, facts({ lastWaiting: 9 }))).toEqual({ act: 'pull', after: 0 })
    const heard = follow(closed, [{ tag: 'pulled', last: 4 }], facts({ cursor: 4 }))
    expect(heard.trouble?.tag).toBe('generationClosed')
    expect(heard.phase).toBe('error')
  })

  it('SYN-1 a hub that knows less than it had given is not followed', () => {
    const behind = follow(SYNC_START, [{ tag: 'welcome', sequence: 3 }], facts({ cursor: 8 }))
    expect(behind.trouble?.tag).toBe('hubBehind')
    expect(nextAction(behind, facts({ cursor: 8 })).act).toBe('rest')
  })
})
