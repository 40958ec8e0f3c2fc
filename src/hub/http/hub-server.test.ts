import { randomBytes } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createHubClient,
  createStationKeys,
  enrol,
  fetchRaw,
  type HubClient,
  post,
} from '../../../test/support/hub-client.ts'
import { madeEvent, madePush } from '../../../test/support/hub-events.ts'
import {
  HubRefusalSchema,
  MOST_REQUEST_BYTES,
  SIGNATURE_WINDOW_MS,
} from '../../shared/protocol/sync-messages.ts'
import { createHubService, type HubService } from '../hub-service.ts'
import { createMemoryHubStore } from '../stores/memory-hub-store.ts'
import { type HubServer, startHubServer } from './hub-server.ts'
import { CLOSED_REVOKED, createNewsBoard, NEWS_TIMINGS, type NewsBoard } from './news-board.ts'

const WAREHOUSE = 'wh-a'
let now = Date.now()
let service: HubService
let server: HubServer
let board: NewsBoard
let url: string

beforeEach(async () => {
  now = Date.now()
  await startHub()
})
afterEach(async () => {
  await server.close()
  await service.close()
})

async function startHub(): Promise<void> {
  board = createNewsBoard({ ...NEWS_TIMINGS, pollMs: 50, checkMs: 50, pingMs: 100 }, () => false)
  service = createHubService({
    store: createMemoryHubStore(),
    clock: () => now,
    random: (bytes) => randomBytes(bytes),
    hubVersion: '0.0.0-test',
    onNews: (warehouseId, sequence) => board.tell(warehouseId, sequence),
  })
  const figures = { version: '0.0.0-test', stations: async () => [], open: false }
  server = await startHubServer({
    service,
    board,
    clock: () => now,
    port: 0,
    host: '127.0.0.1',
    tls: null,
    figures,
  })
  url = server.url
}

async function enrolled(stationId: string, warehouseId = WAREHOUSE): Promise<HubClient> {
  const { code } = await service.createCode(warehouseId)
  return enrol(url, code, { stationId })
}

function refusalOf(text: string): string {
  return HubRefusalSchema.parse(JSON.parse(text)).tag
}

describe('signed requests', () => {
  it('SEC-2 takes a signed push, gives it back with the next pull, and tells its time', async () => {
    const station = await enrolled('s1')
    const pushed = await station.call('push', madePush(station, 1, 3))
    expect(pushed).toMatchObject({ tag: 'taken', results: [{ tag: 'ack' }, { tag: 'ack' }, { tag: 'ack' }] })
    const pulled = await station.call('pull', { after: 0, limit: 10 })
    expect(pulled.events.map(({ event }) => event)).toEqual([1, 2, 3].map((n) => madeEvent(station, n)))
    const raw = await station.send('/v1/stations', '{}')
    expect(raw.headers['packbench-hub-time']).toBe(String(now))
  })

  it('SEC-2 takes compressed requests, signed over what they were before, and compresses answers', async () => {
    const station = await enrolled('s1')
    const pushed = await station.call('push', madePush(station, 1, 100), { gzip: true })
    expect(pushed.tag).toBe('taken')
    const raw = await station.send('/v1/pull', JSON.stringify({ after: 0, limit: 100 }))
    expect(raw.headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(raw.text).events).toHaveLength(100)
  })

  it('SEC-2 refuses forged signatures: another key, another body, another path', async () => {
    const station = await enrolled('s1')
    const { privateKey } = createStationKeys()
    const sends = [
      station.send('/v1/stations', '{}', { privateKey }),
      station.send('/v1/pull', '{"after":0,"limit":1}', { sentBody: Buffer.from('{"after":0,"limit":2}') }),
      station.send('/v1/stations', '{}', { headers: { 'packbench-signature': 'x' } }),
      station.send('/v1/stations', '{}', { headers: { 'packbench-time': String(now + 1) } }),
      station.send('/v1/stations', '{}', { headers: { 'packbench-nonce': 'another-nonce' } }),
      station.send('/v1/stations', '{}', { signedPath: '/v1/code' }),
      post(url, '/v1/stations', Buffer.from('{}'), {}),
    ]
    for (const raw of await Promise.all(sends)) {
      expect([raw.status, refusalOf(raw.text)]).toEqual([401, 'badSignature'])
    }
  })

  it('SEC-2 refuses a station that borrows another name', async () => {
    const [one, two] = [await enrolled('s1'), await enrolled('s2')]
    const raw = await one.send('/v1/stations', '{}', { headers: { 'packbench-station': two.stationId } })
    expect(refusalOf(raw.text)).toBe('badSignature')
    const stranger = await one.send('/v1/stations', '{}', { headers: { 'packbench-station': 'nobody' } })
    expect([stranger.status, refusalOf(stranger.text)]).toEqual([401, 'unknownStation'])
  })

  it('SEC-2 refuses what was signed too long ago or ahead, and says what time it is', async () => {
    const station = await enrolled('s1')
    for (const time of [now - SIGNATURE_WINDOW_MS - 1, now + SIGNATURE_WINDOW_MS + 1]) {
      const raw = await station.send('/v1/stations', '{}', { time })
      expect(raw.status).toBe(401)
      expect(JSON.parse(raw.text)).toMatchObject({ tag: 'clockOff', hubTime: now })
      expect(raw.headers['packbench-hub-time']).toBe(String(now))
    }
    const close = await station.send('/v1/stations', '{}', { time: now - SIGNATURE_WINDOW_MS + 5 })
    expect(close.status).toBe(200)
  })

  it('SEC-2 hears a request once', async () => {
    const station = await enrolled('s1')
    const options = { nonce: 'nonce-0001', time: now }
    const first = await station.send('/v1/stations', '{}', options)
    const [again, ...more] = await Promise.all(
      [1, 2, 3].map(() => station.send('/v1/stations', '{}', options)),
    )
    expect(first.status).toBe(200)
    for (const raw of [again, ...more]) expect(refusalOf(raw?.text ?? '')).toBe('replayed')
  })

  it('SEC-2 does not let a forger use up a nonce', async () => {
    const station = await enrolled('s1')
    const options = { nonce: 'nonce-0001', time: now }
    await station.send('/v1/stations', '{}', { ...options, privateKey: createStationKeys().privateKey })
    expect((await station.send('/v1/stations', '{}', options)).status).toBe(200)
  })

  it('SEC-2 refuses a revoked station and ends its web socket', async () => {
    const [manager, lost] = [await enrolled('s1'), await enrolled('s2')]
    const news = await lost.openNews()
    expect(await manager.call('revoke', { stationId: 's2' })).toEqual({ tag: 'revoked' })
    expect(await news.closed).toEqual({ code: CLOSED_REVOKED, reason: 'revoked' })
    await expect(lost.call('stations', {})).rejects.toMatchObject({
      status: 403,
      refusal: { tag: 'revoked' },
    })
    await expect(lost.openNews()).rejects.toMatchObject({ status: 403, refusal: { tag: 'revoked' } })
  })
})

describe('enrolment', () => {
  it('SEC-2 takes a code once', async () => {
    const { code } = await service.createCode(WAREHOUSE)
    await enrol(url, code, { stationId: 's1' })
    await expect(enrol(url, code, { stationId: 's2' })).rejects.toThrow('codeUsed')
    await expect(enrol(url, code, { stationId: 's1' })).rejects.toThrow('codeUsed')
  })

  it('SEC-2 refuses codes that are unknown or too old, and keys that are none', async () => {
    await expect(enrol(url, 'AAAA-BBBB-CCCC')).rejects.toThrow('codeUnknown')
    const { code } = await service.createCode(WAREHOUSE)
    const keys = { ...createStationKeys(), publicKey: 'A'.repeat(60) }
    await expect(enrol(url, code, { keys })).rejects.toThrow('badKey')
    now += 24 * 3_600_000 + 1
    await expect(enrol(url, code)).rejects.toThrow('codeExpired')
  })

  it("SEC-2 keeps one warehouse's data from another's stations", async () => {
    const [one, other] = [await enrolled('s1'), await enrolled('s2', 'wh-b')]
    await one.call('push', madePush(one, 1, 5))
    expect(await other.call('pull', { after: 0, limit: 10 })).toEqual({ events: [], last: 0 })
    const foreign = await other.call('push', madePush({ ...other, warehouseId: WAREHOUSE }, 1, 1))
    expect(foreign).toMatchObject({ results: [{ tag: 'quarantined', reason: 'otherWarehouse' }] })
    const { stations } = await other.call('stations', {})
    expect(stations.map(({ stationId }) => stationId)).toEqual(['s2'])
    expect(await other.call('revoke', { stationId: 's1' })).toEqual({ tag: 'unknown' })
    expect((await one.call('pull', { after: 0, limit: 10 })).last).toBe(5)
  })
})

describe('what comes in wrong', () => {
  it('SEC-3 refuses bodies that are too large, plain and as a zip bomb', async () => {
    const station = await enrolled('s1')
    const large = Buffer.alloc(MOST_REQUEST_BYTES + 1, 0x20)
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024, 0x20))
    expect(bomb.length).toBeLessThan(MOST_REQUEST_BYTES)
    const headers = { 'content-encoding': 'gzip' }
    for (const options of [{ sentBody: large }, { sentBody: bomb, headers }]) {
      const raw = await station.send('/v1/push', '{}', options)
      expect([raw.status, refusalOf(raw.text)]).toEqual([413, 'tooLarge'])
    }
    expect((await station.send('/v1/stations', '{}')).status).toBe(200)
  })

  it('SEC-3 does not read the body of somebody unknown', async () => {
    const keys = createStationKeys()
    const stranger = createHubClient({ url, stationId: 'x1', keys, hubId: '', warehouseId: '' })
    const raw = await stranger.send('/v1/push', Buffer.alloc(MOST_REQUEST_BYTES + 1))
    expect(refusalOf(raw.text)).toBe('unknownStation')
  })

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['another shape', '{"after":"0","limit":1}'],
    ['a number out of range', '{"after":-1,"limit":99999}'],
    ['a list', '[]'],
    ['nesting without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a polluting member', '{"__proto__":{"after":0,"limit":1}}'],
  ])('SEC-3 refuses %s', async (_name, body) => {
    const station = await enrolled('s1')
    const raw = await station.send('/v1/pull', body)
    expect([raw.status, refusalOf(raw.text)]).toEqual([400, 'badRequest'])
  })

  it('SEC-3 refuses broken compression and other encodings and types', async () => {
    const station = await enrolled('s1')
    const wrong: readonly Record<string, string>[] = [
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br' },
      { 'content-encoding': 'gzip, gzip' },
      { 'content-type': 'text/plain' },
    ]
    for (const headers of wrong) {
      const raw = await station.send('/v1/stations', '{}', { headers })
      expect([raw.status, refusalOf(raw.text)]).toEqual([400, 'badRequest'])
    }
  })

  it('SEC-3 knows no other calls, however they are spelled', async () => {
    const station = await enrolled('s1')
    const paths = [
      '/v1/constructor',
      '/v1/push/',
      '/v1/',
      '/v1/../v1/x',
      '/v1/%2e%2e/push',
      '/etc/passwd',
      '/V1/push',
    ]
    for (const path of paths) {
      const raw = await station.send(path, '{}')
      expect([raw.status, refusalOf(raw.text)]).toEqual([404, 'unknownCall'])
    }
    expect(refusalOf((await fetchRaw(url, '/v1/push')).text)).toBe('unknownCall')
    expect(refusalOf((await fetchRaw(url, '/v1/news')).text)).not.toBe('internal')
  })

  it('SEC-3 answers no web page, whatever it asks', async () => {
    const station = await enrolled('s1')
    const headers = { origin: 'https://evil.example' }
    for (const raw of [
      await station.send('/v1/stations', '{}', { headers }),
      await post(url, '/v1/enrol', Buffer.from('{}'), headers),
      await fetchRaw(url, '/v1/push', { method: 'OPTIONS', headers }),
    ]) {
      expect(raw.status).toBe(403)
      expect(raw.headers['access-control-allow-origin']).toBeUndefined()
    }
    await expect(station.openNews({ headers })).rejects.toMatchObject({ status: 403 })
  })

  const tricks = [
    "'; DROP TABLE events; --",
    '" OR 1=1 --',
    '../../../etc/passwd',
    '..\\..\\windows\\system32',
    '%2e%2e%2f',
    '$1',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '\u202Eevil\u2028',
    '收件人 😀 \\u0000',
    '__proto__',
  ]
  it.each(tricks)('SEC-3 keeps %j literally in every text field', async (trick) => {
    const { code } = await service.createCode(WAREHOUSE)
    const station = await enrol(url, code, { stationId: 's1', stationName: trick })
    const event = madeEvent(station, 1, {
      type: trick,
      commandId: trick,
      personId: trick,
      entities: [trick],
      body: { [trick]: trick },
      [`x-${trick}`]: trick,
    })
    const people = [{ personRef: trick, sealed: trick }]
    await station.call('push', { generation: 'g1', opensAt: 1, events: [{ event, people }] })
    const { events } = await station.call('pull', { after: 0, limit: 10 })
    expect(events).toEqual([{ sequence: 1, event, people }])
    expect((await station.call('stations', {})).stations[0]?.name).toBe(trick)
    const lease = { orderIds: [trick], taskId: trick, seconds: 60 }
    expect((await station.call('lease', lease)).leases[0]).toMatchObject({
      orderId: trick,
      stationName: trick,
    })
    expect(await station.call('release', { orderIds: [trick] })).toEqual({ tag: 'done' })
    const grant = { requestId: 'r1', courier: trick.slice(0, 20), count: 1 }
    expect(await station.call('grant', grant)).toEqual({ tag: 'dry' })
    await expect(station.call('revoke', { stationId: trick })).rejects.toMatchObject({ status: 400 })
  })
})

describe('news', () => {
  it('SYN-1 tells how far the warehouse is, and whenever it grows', async () => {
    const [one, two] = [await enrolled('s1'), await enrolled('s2')]
    const news = await two.openNews()
    expect(await news.above(-1)).toBe(0)
    await one.call('push', madePush(one, 1, 3))
    expect(await news.above(2)).toBe(3)
    const late = await one.openNews()
    expect(await late.above(-1)).toBe(3)
    for (const { close } of [news, late]) close()
  })

  it('SYN-1 says nothing about other warehouses', async () => {
    const [one, other] = [await enrolled('s1'), await enrolled('s2', 'wh-b')]
    const news = await other.openNews()
    await one.call('push', madePush(one, 1, 3))
    await other.call('push', madePush(other, 1, 1))
    expect(await news.above(0)).toBe(1)
    expect(news.heard).toEqual([0, 1])
    news.close()
  })

  it('SYN-1 gathers many pushes into few messages, the last number among them', async () => {
    const [one, two] = [await enrolled('s1'), await enrolled('s2')]
    const news = await two.openNews()
    for (let counter = 1; counter <= 60; counter++) await one.call('push', madePush(one, counter, 1))
    expect(await news.above(59)).toBe(60)
    expect(news.heard).toEqual([...news.heard].sort((a, b) => a - b))
    expect(news.heard.length).toBeLessThan(60)
    news.close()
  })

  it('SEC-2 opens no web socket without a signature', async () => {
    const station = await enrolled('s1')
    const { privateKey } = createStationKeys()
    await expect(station.openNews({ privateKey })).rejects.toMatchObject({ refusal: { tag: 'badSignature' } })
    const time = now - SIGNATURE_WINDOW_MS - 1
    await expect(station.openNews({ time })).rejects.toMatchObject({ refusal: { tag: 'clockOff' } })
  })
})

describe('figures', () => {
  it('SEC-3 shows figures to this computer alone', async () => {
    for (const path of ['/', '/health', '/metrics']) {
      const own = await fetchRaw(url, path)
      expect(own.status).toBe(200)
      expect(own.headers['content-security-policy']).toContain("default-src 'none'")
      const foreign: readonly Record<string, string>[] = [
        { 'x-forwarded-for': '192.168.1.7' },
        { forwarded: 'for=192.168.1.7' },
        { host: 'evil.example' },
      ]
      for (const headers of foreign) expect((await fetchRaw(url, path, { headers })).status).toBe(403)
    }
  })

  it('SYN-3 counts what there is', async () => {
    const station = await enrolled('s1')
    await station.call('push', madePush(station, 1, 3))
    const health = JSON.parse((await fetchRaw(url, '/health')).text)
    expect(health).toMatchObject({ ok: true, events: 3, sequence: 3, stations: 1, quarantined: 0 })
    expect((await fetchRaw(url, '/metrics')).text).toContain('packbench_hub_events 3\n')
  })
})

describe('ending', () => {
  it('SYN-3 finishes what runs, refuses what is new and ends web sockets', async () => {
    const station = await enrolled('s1')
    const news = await station.openNews()
    const answer = service.answer.bind(service)
    let begin = (): void => undefined
    let release = (): void => undefined
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    service.answer = async (caller, call, request) => {
      begin()
      await released
      return answer(caller, call, request)
    }
    const running = station.call('push', madePush(station, 1, 500))
    await begun
    const closed = server.close()
    release()
    expect(await running).toMatchObject({ tag: 'taken' })
    await closed
    expect((await news.closed).code).toBe(1001)
    await expect(station.call('stations', {})).rejects.toThrow()
  })

  it('SYN-3 says that it is ending to whoever comes while something still runs', async () => {
    const station = await enrolled('s1')
    const { hostname, port } = new URL(url)
    const slow = httpRequest({
      hostname,
      port,
      method: 'POST',
      path: '/v1/enrol',
      headers: { 'content-type': 'application/json', 'content-length': '100' },
    })
    slow.on('error', () => undefined)
    slow.write('{')
    await sleep(50)
    const closed = server.close()
    await expect(station.call('stations', {})).rejects.toMatchObject({
      status: 503,
      refusal: { tag: 'ending', hubTime: now },
    })
    slow.destroy()
    await closed
  })
})
