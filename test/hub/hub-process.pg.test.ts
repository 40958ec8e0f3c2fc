import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { enrol, fetchRaw, type HubClient, HubRefusedError } from '../support/hub-client.ts'
import { madeEvent, madePush } from '../support/hub-events.ts'
import {
  embeddedDatabaseUrl,
  embeddedPostmaster,
  type HubProcess,
  runHubProcess,
  saidCode,
  startHubProcess,
} from '../support/hub-process.ts'

let directory: string
const running: HubProcess[] = []

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'packbench-hub-'))
})
afterEach(async () => {
  for (const hub of running.splice(0).reverse()) {
    hub.kill('SIGTERM')
    await hub.ended
  }
  const left = embeddedPostmaster(directory)
  if (left !== null) endIfAlive(left)
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

function endIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // It had ended already.
  }
}

async function startHub(...args: readonly string[]): Promise<HubProcess> {
  const hub = await startHubProcess(args.length > 0 ? args : ['--port', '0', '--data', directory])
  running.push(hub)
  return hub
}

/** Everything of the warehouse, pull by pull. */
async function pullAll(client: HubClient) {
  const events = []
  for (let after = 0; ; ) {
    const page = await client.call('pull', { after, limit: 2000 })
    events.push(...page.events)
    const last = page.events.at(-1)
    if (last === undefined) return { events, last: page.last }
    after = last.sequence
  }
}

/** Each counter once, and sequences from 1 without a hole. */
function expectEachOnce(
  pulled: Awaited<ReturnType<typeof pullAll>>,
  wanted: ReadonlyMap<string, number>,
): void {
  const sequences = pulled.events.map(({ sequence }) => sequence)
  expect(sequences).toEqual(sequences.map((_, index) => index + 1))
  expect(pulled.last).toBe(sequences.length)
  for (const [stationId, count] of wanted) {
    const own = pulled.events.filter(({ event }) => event.stationId === stationId)
    expect(own.map(({ event }) => event.counter)).toEqual(Array.from({ length: count }, (_, n) => n + 1))
  }
}

/**
 * Pushes as a station's outbox does: the same batch again until it is acknowledged, in the end by a hub that may be
 * another one than it began with.
 * @returns how many events were acknowledged
 */
async function pushUntil(client: HubClient, stop: () => boolean, batch: number): Promise<number> {
  let acknowledged = 0
  while (!stop()) {
    try {
      const answer = await client.call('push', madePush(client, acknowledged + 1, batch))
      if (answer.tag !== 'taken') throw new Error(`push answered ${answer.tag}`)
      expect(answer.results.every(({ tag }) => tag === 'ack' || tag === 'duplicate')).toBe(true)
      acknowledged += batch
    } catch (error) {
      const unreachable = error instanceof Error && 'code' in error && typeof error.code === 'string'
      if (!unreachable && !(error instanceof HubRefusedError && error.status === 503)) throw error
      await sleep(50)
    }
  }
  return acknowledged
}

async function fourStations(hub: HubProcess): Promise<HubClient[]> {
  const first = await enrol(hub.url, saidCode(hub.err()), { stationId: 'station-0' })
  const stations = [first]
  for (const stationId of ['station-1', 'station-2', 'station-3']) {
    const { code } = await first.call('code', {})
    stations.push(await enrol(hub.url, code, { stationId }))
  }
  return stations
}

describe('a hub process with its own database', () => {
  it('SYN-3 is ready in one line, enrols, takes events, gives them back and ends with 0', async () => {
    const hub = await startHub()
    expect(hub.out()).toBe(`Hub ready: ${hub.url}\n`)
    const station = await enrol(hub.url, saidCode(hub.err()))
    expect(await station.call('push', madePush(station, 1, 3))).toMatchObject({ tag: 'taken' })
    const { events } = await pullAll(station)
    expect(events.map(({ event }) => event)).toEqual([1, 2, 3].map((n) => madeEvent(station, n)))
    const health = await fetchRaw(hub.url, '/health')
    expect(JSON.parse(health.text)).toMatchObject({ ok: true, database: 'ok', sequence: 3, stations: 1 })
    expect((await fetchRaw(hub.url, '/')).text).toContain(station.stationId)
    hub.kill('SIGTERM')
    expect(await hub.ended).toBe(0)
    expect(embeddedPostmaster(directory)).toBeNull()
    expect(hub.out()).toBe(`Hub ready: ${hub.url}\n`)
  })

  it('SYN-3 holds every acknowledged event once after kill -9 of the hub under load', async () => {
    const hub = await startHub()
    const stations = await fourStations(hub)
    let stopped = false
    const pushing = stations.map((station, n) => pushUntil(station, () => stopped, 1 + n * 7))
    await sleep(1_500)
    hub.kill('SIGKILL')
    expect(await hub.ended).toBe('SIGKILL')
    // The database that it left behind is stopped, and its files go on with the next hub on the same port.
    expect(embeddedPostmaster(directory)).not.toBeNull()
    await startHub('--port', String(hub.port), '--data', directory)
    await sleep(1_000)
    stopped = true
    const counts = await Promise.all(pushing)
    expect(Math.min(...counts)).toBeGreaterThan(0)
    const [first] = stations
    if (first === undefined) throw new Error('no station')
    expectEachOnce(
      await pullAll(first),
      new Map(stations.map(({ stationId }, n) => [stationId, counts[n] ?? 0])),
    )
  })

  it('SYN-3 brings PostgreSQL back after kill -9 under load, with every acknowledged event once', async () => {
    const hub = await startHub()
    const stations = await fourStations(hub)
    let stopped = false
    const pushing = stations.map((station, n) => pushUntil(station, () => stopped, 1 + n * 7))
    await sleep(1_000)
    const killed = embeddedPostmaster(directory)
    if (killed === null) throw new Error('no database')
    process.kill(killed, 'SIGKILL')
    for (const until = Date.now() + 30_000; Date.now() < until; await sleep(100)) {
      const { status } = await fetchRaw(hub.url, '/health')
      if (status === 200 && embeddedPostmaster(directory) !== killed) break
    }
    await sleep(1_500)
    stopped = true
    const counts = await Promise.all(pushing)
    const [first] = stations
    if (first === undefined) throw new Error('no station')
    expectEachOnce(
      await pullAll(first),
      new Map(stations.map(({ stationId }, n) => [stationId, counts[n] ?? 0])),
    )
    expect(embeddedPostmaster(directory)).not.toBe(killed)
    const news = await first.openNews()
    const { last } = await first.call('pull', { after: 0, limit: 1 })
    await first.call('push', madePush(first, (counts[0] ?? 0) + 1, 1))
    expect(await news.above(last)).toBe(last + 1)
    news.close()
  })

  it('SEC-2 prints a new code while the hub runs', async () => {
    const hub = await startHub()
    const made = await runHubProcess(['code', '--data', directory])
    expect(made.code).toBe(0)
    expect(made.out.trim()).toMatch(/^[0-9A-Z-]{14}$/)
    const station = await enrol(hub.url, made.out.trim())
    await expect(enrol(hub.url, made.out.trim())).rejects.toThrow('codeUsed')
    expect((await station.call('stations', {})).stations).toHaveLength(1)
  })

  it('SEC-3 keeps SQL, path and control characters literally in PostgreSQL, and goes on', async () => {
    const hub = await startHub()
    const tricks = [
      "'; DROP TABLE events; --",
      '../../etc/passwd',
      '$1',
      'a\tb\nc\\N',
      '{},"',
      '\u0000\u0001\uFFFF😀',
    ]
    const name = "x'); DELETE FROM stations; --"
    const station = await enrol(hub.url, saidCode(hub.err()), { stationName: name })
    const events = tricks.map((trick, n) => ({
      event: madeEvent(station, n + 1, {
        type: trick,
        commandId: trick,
        entities: [trick],
        body: { [trick]: trick },
      }),
    }))
    const pushed = await station.call('push', { generation: 'g1', opensAt: 1, events })
    expect(pushed).toMatchObject({ tag: 'taken', results: tricks.map(() => ({ tag: 'ack' })) })
    expect((await pullAll(station)).events.map(({ event }) => event)).toEqual(
      events.map(({ event }) => event),
    )
    const orderIds = tricks.slice(0, -1)
    const { leases } = await station.call('lease', { orderIds, taskId: name, seconds: 60 })
    expect(leases.map(({ orderId }) => orderId).sort()).toEqual([...orderIds].sort())
    expect((await station.call('stations', {})).stations.map((row) => row.name)).toEqual([name])
  })

  it('SYN-3 says in both languages what is in its way', async () => {
    const hub = await startHub()
    const url = embeddedDatabaseUrl(directory)
    const twice = await runHubProcess(['--port', '0', '--data', directory])
    expect([twice.code, twice.err]).toEqual([
      1,
      expect.stringMatching(/另一个中心[\s\S]*in use by another hub/),
    ])
    const port = await runHubProcess(['--port', String(hub.port), '--database', url])
    expect([port.code, port.err]).toEqual([1, expect.stringMatching(/已被占用[\s\S]*is taken/)])
    const nobody = await runHubProcess(['--port', '0', '--database', 'postgres://u:secret@127.0.0.1:1/d'])
    expect([nobody.code, nobody.err]).toEqual([
      1,
      expect.stringMatching(/连不上数据库[\s\S]*cannot be reached/),
    ])
    expect(nobody.err).not.toContain('secret')
    for (const { out } of [twice, port, nobody]) expect(out).toBe('')
  })
})

describe('two hub processes on one database', () => {
  it('SYN-3 order all events once, and each tells what the other has taken', async () => {
    const one = await startHub()
    const two = await startHub('--port', '0', '--database', embeddedDatabaseUrl(directory))
    const stations = await fourStations(one)
    const [first, second] = stations
    if (first === undefined || second === undefined) throw new Error('no station')
    const news = await second.at(two.url).openNews()
    expect(await news.above(-1)).toBe(0)
    // By now both listen to PostgreSQL and look for themselves only every ten seconds.
    await sleep(2_500)
    const before = performance.now()
    for (let counter = 1; counter <= 4; counter++) {
      await first.call('push', madePush(first, counter, 1))
      expect(await news.above(counter - 1)).toBe(counter)
    }
    // Four looks ten seconds apart would have taken thirty seconds at least.
    expect(performance.now() - before).toBeLessThan(25_000)

    await Promise.all(
      stations.map(async (station, n) => {
        const at = n % 2 === 0 ? station : station.at(two.url)
        for (let round = 0; round < 20; round++) {
          await at.call('push', madePush(at, (n === 0 ? 5 : 1) + round * 5, 5))
        }
      }),
    )
    const counts = new Map(stations.map(({ stationId }, n) => [stationId, n === 0 ? 104 : 100]))
    expectEachOnce(await pullAll(first.at(two.url)), counts)
    expectEachOnce(await pullAll(first), counts)
    expect(await news.above(403)).toBe(404)

    await first.call('revoke', { stationId: second.stationId })
    expect((await news.closed).reason).toBe('revoked')
    await expect(second.at(two.url).call('stations', {})).rejects.toMatchObject({
      refusal: { tag: 'revoked' },
    })
  })
})
