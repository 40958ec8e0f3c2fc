import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type {
  HostClient,
  HostRequest,
  HubCallAnswer,
  HubLink,
  HubWaitAnswer,
} from '../../shared/protocol/host-contract.ts'
import type { SyncRequest } from '../../shared/protocol/sync-messages.ts'
import type { EventEnvelope } from '../../shared/ledger/envelope.ts'
import { createMemoryStore } from '../../shared/station/memory-store.ts'
import type { StationStore } from '../../shared/station/store.ts'
import { openTestStation, type TestStation } from '../../shared/station/test-station.ts'
import { createSyncDriver, HUB_ID, type SyncDriver } from './sync-driver.ts'
import type { SyncView } from './sync-view.ts'

const IDENTITY = { stationId: 'station-a', generation: 'gen-1' }

/** A hub in a few lines, behind a host that counts what it is asked. */
function createFakeHost() {
  const calls: string[] = []
  const stream: EventEnvelope[] = []
  const waits: { after: number; answer: (answer: HubWaitAnswer) => void }[] = []
  const hub = {
    calls,
    stream,
    link: enrolled('hub-1') as HubLink,
    /** Instead of an answer. */
    trouble: null as HubCallAnswer | null,
    wait: null as HubWaitAnswer | null,
    /** A call that is not answered. */
    mute: null as string | null,
    tell: () => {
      for (const { after, answer } of waits.splice(0))
        answer(stream.length > after ? { tag: 'news', sequence: stream.length } : { tag: 'quiet' })
    },
  }
  const answers = (call: string, body: unknown): unknown => {
    switch (call) {
      case 'hello':
        return {
          tag: 'welcome',
          hubId: 'hub-1',
          warehouseId: 'main',
          hubTime: 0,
          sequence: stream.length,
          snapshot: null,
        }
      case 'push': {
        const results = (body as SyncRequest<'push'>).events.map(({ event }) => {
          const envelope = event as EventEnvelope
          stream.push(envelope)
          return { counter: envelope.counter, tag: 'ack', sequence: stream.length }
        })
        return { tag: 'taken', results }
      }
      case 'pull': {
        const { after } = body as SyncRequest<'pull'>
        const events = stream.slice(after).map((event, index) => ({ sequence: after + index + 1, event }))
        return { events, last: stream.length }
      }
      case 'grant':
        return { tag: 'dry' }
      case 'snapshot':
        return { tag: 'none' }
      case 'lease': {
        const { orderIds } = body as SyncRequest<'lease'>
        const more = { tag: 'granted', token: 1, stationId: 'station-a', stationName: 'A' }
        return { leases: orderIds.map((orderId) => ({ orderId, ...more, expiresAt: Date.now() + 120_000 })) }
      }
      default:
        return { tag: 'done' }
    }
  }
  const host = {
    call: async (method: string, request: unknown): Promise<unknown> => {
      if (method === 'hub.describe') return hub.link
      if (method === 'hub.wait') {
        calls.push('wait')
        if (hub.wait !== null) return hub.wait
        const { after } = request as HostRequest<'hub.wait'>
        return new Promise((resolve) => waits.push({ after, answer: resolve }))
      }
      const { call, body } = request as HostRequest<'hub.call'>
      calls.push(call)
      if (call === hub.mute) return { tag: 'unreachable', cause: 'timeout', detail: '' }
      return hub.trouble ?? { tag: 'answered', value: answers(call, body), clockOffsetMs: 250 }
    },
  } as unknown as HostClient
  return { ...hub, hub, host }
}

const enrolled = (hubId: string): HubLink => ({
  tag: 'enrolled',
  url: 'http://127.0.0.1:4400',
  hubId,
  warehouseId: 'main',
  since: 0,
  clockOffsetMs: null,
})

let fake: ReturnType<typeof createFakeHost>
let store: StationStore
let station: TestStation
let driver: SyncDriver
let views: SyncView[]
let fault: Error | null

const view = (): SyncView | undefined => views.at(-1)
const count = (call: string): number => fake.calls.filter((made) => made === call).length
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 2) })
  fault = null
  store = createMemoryStore({
    beforeCommit: () => {
      if (fault) throw fault
    },
  })
  station = openTestStation(store, IDENTITY)
  fake = createFakeHost()
  views = []
  driver = createSyncDriver({
    store,
    host: fake.host,
    identity: station.env.identity,
    appVersion: '1',
    env: () => station.env,
    now: () => Date.now(),
    dice: () => 0.5,
    yieldTurn: async () => undefined,
    report: (next) => views.push(next),
  })
  void driver.run()
})
afterEach(() => {
  vi.useRealTimers()
})

const setting = (value: string) => station.run({ type: 'SaveSettings', settings: { language: value } })

describe('sync driver', () => {
  it('SYN-1 greets, sends what waits, fetches, and then listens', async () => {
    await setting('en')
    await pass(50)
    expect(fake.calls.slice(0, 5)).toEqual(['hello', 'snapshot', 'push', 'pull', 'wait'])
    expect(view()).toMatchObject({ phase: 'current', trouble: null, hubSequence: 1, clockOffsetMs: 250 })
  })

  it('SYN-1 a nudge sends at once, and news fetches at once', async () => {
    await pass(50)
    await setting('en')
    driver.nudge()
    await pass(0)
    expect(count('push')).toBe(1)
    const [first] = fake.stream
    if (!first) throw new Error('nothing was sent')
    fake.stream.push({
      ...first,
      stationId: 'station-b',
      generation: 'gen-b',
      eventId: 'station-b/gen-b/1',
      counter: 1,
    })
    fake.hub.tell()
    await pass(0)
    fake.hub.tell()
    await pass(50)
    const row = await store.read(['records'], (tx) => tx.where('records', 'eventId', 'station-b/gen-b/1'))
    expect(row).toHaveLength(1)
  })

  it('SYN-1 pulls nothing before the snapshot is whole', async () => {
    const event = await sample()
    await pass(50)
    fake.hub.mute = 'snapshot'
    fake.stream.push(event)
    driver.relink()
    await pass(10_000)
    expect(count('snapshot')).toBeGreaterThan(2)
    expect(count('pull')).toBe(0)
    fake.hub.mute = null
    await pass(10_000)
    expect(count('pull')).toBe(1)
    expect(view()).toMatchObject({ phase: 'current' })
  })

  it('SYN-1 backs off while the hub is away, and a person or the network ends the wait', async () => {
    fake.hub.trouble = { tag: 'unreachable', cause: 'refused', detail: 'x' }
    await pass(20_000)
    expect(view()).toMatchObject({ phase: 'offline', trouble: { tag: 'hubDown' } })
    // 0.75 s, 1.5 s, 3 s, 6 s: four tries in 20 s and one at the start.
    expect(count('hello')).toBe(5)
    fake.hub.trouble = null
    driver.hurry()
    await pass(10)
    expect(view()).toMatchObject({ phase: 'current', trouble: null })
  })

  it('SYN-1 a nudge does not knock at a hub that is away', async () => {
    fake.hub.trouble = { tag: 'unreachable', cause: 'timeout', detail: 'x' }
    await pass(10_000)
    const before = fake.calls.length
    for (let i = 0; i < 20; i++) driver.nudge()
    await pass(10)
    expect(fake.calls.length).toBe(before)
  })

  it('SYN-1 without news the hub is asked every few seconds instead, never in a tight loop', async () => {
    fake.hub.wait = { tag: 'unreachable', cause: 'other', detail: 'no web socket' }
    await pass(60_000)
    expect(count('hello')).toBeGreaterThan(8)
    expect(count('hello')).toBeLessThan(30)
    fake.hub.wait = { tag: 'quiet' }
    const before = fake.calls.length
    await pass(10_000)
    expect(fake.calls.length - before).toBeLessThan(12)
  })

  it('SYN-5 says nothing to a hub before there is one, and begins when it is joined', async () => {
    fake.hub.link = { tag: 'none' }
    driver.relink()
    await pass(100)
    fake.calls.length = 0
    driver.nudge()
    await pass(200_000)
    expect(fake.calls).toEqual([])
    expect(view()).toMatchObject({ link: { tag: 'none' }, phase: 'offline', trouble: null })
    fake.hub.link = enrolled('hub-1')
    driver.relink()
    await pass(50)
    expect(view()).toMatchObject({ phase: 'current', link: { tag: 'enrolled' } })
  })

  it('SYN-1 never mixes the streams of two hubs', async () => {
    await setting('en')
    await pass(50)
    fake.hub.link = enrolled('hub-2')
    driver.relink()
    fake.hub.tell()
    await pass(50)
    fake.calls.length = 0
    await pass(120_000)
    expect(fake.calls).toEqual([])
    expect(view()).toMatchObject({ phase: 'error', trouble: { tag: 'otherHub' } })
    expect(await store.read(['meta'], (tx) => tx.get('meta', HUB_ID))).toMatchObject({ value: 'hub-1' })
  })

  it('SYN-5 a full disk does not end the talk', async () => {
    await pass(50)
    fault = new DOMException('full', 'QuotaExceededError')
    const [, body] = [
      0,
      { ...(await sample()), eventId: 'station-b/gen-b/1', stationId: 'station-b', counter: 1 },
    ]
    fake.stream.push(body)
    fake.hub.tell()
    await pass(5_000)
    expect(view()).toMatchObject({ phase: 'error', trouble: { tag: 'diskFull' } })
    fault = null
    await pass(60_000)
    expect(view()).toMatchObject({ phase: 'current', trouble: null })
  })

  it('SYN-2 leases what is on the desk as soon as it lies there', async () => {
    await pass(50)
    await store.write(['desk'], async (tx) => {
      tx.put('desk', { area: 'pack', taskId: 't1', orderIds: ['o1'] } as never)
    })
    driver.nudge()
    await pass(0)
    expect(count('lease')).toBe(1)
    await store.write(['desk'], async (tx) => tx.delete('desk', 'pack'))
    driver.nudge()
    await pass(0)
    expect(count('release')).toBe(1)
  })

  it('LBL-5 a courier that was dry is asked again after a minute and not before', async () => {
    await pass(50)
    await store.write(['waybills'], async (tx) => {
      tx.put('waybills', { key: 'SF/1', number: '1', courier: 'SF', tenure: null } as never)
    })
    driver.nudge()
    await pass(30_000)
    expect(count('grant')).toBe(1)
    await pass(60_000)
    expect(count('grant')).toBe(2)
  })
})

async function sample(): Promise<EventEnvelope> {
  const other = openTestStation(createMemoryStore(), { stationId: 'station-b', generation: 'gen-b' })
  await other.run({ type: 'SaveSettings', settings: { language: 'en' } })
  const [record] = await other.store.read(['records'], (tx) => tx.range('records', null, {}))
  if (record?.kind !== 'event') throw new Error('no event')
  return record.data
}
