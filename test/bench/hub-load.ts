import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto'
import { Agent, request } from 'node:http'
import { promisify } from 'node:util'
import { gunzip, gzipSync } from 'node:zlib'
import { SIGNATURE_HEADERS, signedText, type SyncAnswer } from '../../src/shared/protocol/sync-messages.ts'
import { enrol, type HubClient } from '../support/hub-client.ts'
import { answerMessages } from './hub-processes.ts'
import { stationEvent } from './sync-events.ts'

/**
 * The stations, in a process of their own: enrolled each with its own key, every request signed and, above two
 * kilobytes, compressed as a station's host does it. Requests are made ready before the clock runs, so that what is
 * measured is the hub and not this process.
 */
export type LoadMessage =
  | { readonly do: 'enrol'; readonly url: string; readonly code: string; readonly stations: number }
  /** Pushes to come: `lanes` stations, each with `pushes` of `size` events; `again` repeats the last ones. */
  | {
      readonly do: 'preparePushes'
      readonly lanes: number
      readonly pushes: number
      readonly size: number
      readonly again?: boolean
    }
  /** Every lane pulls everything from `after` to `through` by pages. */
  | {
      readonly do: 'preparePulls'
      readonly lanes: number
      readonly after: number
      readonly through: number
      readonly size: number
    }
  | { readonly do: 'run'; readonly urls: readonly string[]; readonly expect: 'ack' | 'duplicate' | 'page' }

/** What a run came to. */
export interface LoadResult {
  readonly ms: number
  /** Of each request, milliseconds. */
  readonly latencies: readonly number[]
  /** Events that went through. */
  readonly events: number
  /** Mean bytes of an event, uncompressed JSON. */
  readonly eventBytes: number
}

interface Ready {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly events: number
}

const COMPRESS_FROM_BYTES = 2048
const unzip = promisify(gunzip)
const agent = new Agent({ keepAlive: true, maxSockets: 512 })
const stations: HubClient[] = []
const counters = new Map<string, number>()
let repeatable: { station: HubClient; from: number; size: number }[][] = []
let prepared: Ready[][] = []
let eventBytes = 0

answerMessages<LoadMessage>(async (message) => {
  switch (message.do) {
    case 'enrol':
      return enrolAll(message.url, message.code, message.stations)
    case 'preparePushes':
      return preparePushes(message)
    case 'preparePulls':
      return preparePulls(message)
    case 'run':
      return run(message.urls, message.expect)
  }
})

async function enrolAll(url: string, firstCode: string, count: number): Promise<void> {
  stations.length = 0
  counters.clear()
  let code = firstCode
  for (let n = 1; n <= count; n++) {
    const station = await enrol(url, code, { stationId: `station-${String(n).padStart(4, '0')}` })
    stations.push(station)
    if (n < count) code = (await station.call('code', {})).code
  }
}

function preparePushes(wanted: Extract<LoadMessage, { do: 'preparePushes' }>): void {
  if (!wanted.again) repeatable = laneOffsets(wanted)
  let bytes = 0
  let events = 0
  prepared = repeatable.map((pushes) =>
    pushes.map(({ station, from, size }) => {
      const list = Array.from({ length: size }, (_, index) => ({
        event: stationEvent(station.stationId, station.warehouseId, from + index),
      }))
      const text = JSON.stringify({ generation: 'g1', opensAt: 1, events: list })
      bytes += Buffer.byteLength(text)
      events += size
      return ready(station, '/v1/push', text, size)
    }),
  )
  eventBytes = bytes / events
}

function laneOffsets({ lanes, pushes, size }: { lanes: number; pushes: number; size: number }) {
  return stations.slice(0, lanes).map((station) => {
    const first = counters.get(station.stationId) ?? 1
    counters.set(station.stationId, first + pushes * size)
    return Array.from({ length: pushes }, (_, n) => ({ station, from: first + n * size, size }))
  })
}

function preparePulls(wanted: Extract<LoadMessage, { do: 'preparePulls' }>): void {
  const { lanes, after, through, size } = wanted
  prepared = stations.slice(0, lanes).map((station) => {
    const pages: Ready[] = []
    for (let at = after; at < through; at += size) {
      const limit = Math.min(size, through - at)
      pages.push(ready(station, '/v1/pull', JSON.stringify({ after: at, limit }), limit))
    }
    return pages
  })
}

function ready(station: HubClient, path: string, text: string, events: number): Ready {
  const plain = Buffer.from(text)
  const large = plain.length > COMPRESS_FROM_BYTES
  const body = large ? gzipSync(plain, { level: 4 }) : plain
  return {
    path,
    body,
    events,
    headers: {
      'content-type': 'application/json',
      'content-length': String(body.length),
      'accept-encoding': 'gzip',
      ...(large ? { 'content-encoding': 'gzip' } : {}),
      ...signature(station.stationId, station.keys.privateKey, path, plain),
    },
  }
}

function signature(stationId: string, key: KeyObject, path: string, body: Buffer): Record<string, string> {
  const time = Date.now()
  const nonce = randomBytes(16).toString('base64url')
  const bodySha256 = createHash('sha256').update(body).digest('hex')
  const text = signedText({ method: 'POST', path, time, nonce, bodySha256 })
  return {
    [SIGNATURE_HEADERS.station]: stationId,
    [SIGNATURE_HEADERS.time]: String(time),
    [SIGNATURE_HEADERS.nonce]: nonce,
    [SIGNATURE_HEADERS.signature]: sign(null, Buffer.from(text), key).toString('base64'),
  }
}

/** Every station sends its requests one after the other, all stations at once, spread over the hub's processes. */
async function run(
  urls: readonly string[],
  expect: Extract<LoadMessage, { do: 'run' }>['expect'],
): Promise<LoadResult> {
  const latencies: number[] = []
  const answers: Buffer[] = []
  const began = performance.now()
  const work = prepared.map(async (lane, index) => {
    const url = new URL(urls[index % urls.length] ?? '')
    for (const one of lane) {
      const sent = performance.now()
      const answer = await send(url, one)
      latencies.push(performance.now() - sent)
      // All of a page is read and unpacked; its rows are looked at afterwards, in the first one.
      if (expect !== 'page' || answers.length === 0) answers.push(answer)
    }
  })
  await Promise.all(work)
  const ms = performance.now() - began
  const events = prepared.flat().reduce((sum, one) => sum + one.events, 0)
  check(answers, expect)
  return { ms, latencies, events, eventBytes }
}

function send(url: URL, { path, headers, body }: Ready): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const sending = request(
      { host: url.hostname, port: url.port, path, method: 'POST', headers, agent },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const bytes = Buffer.concat(parts)
          if (response.statusCode !== 200) reject(new Error(`${response.statusCode}: ${bytes}`))
          else if (response.headers['content-encoding'] === 'gzip') unzip(bytes).then(resolve, reject)
          else resolve(bytes)
        })
      },
    )
    sending.on('error', reject)
    sending.end(body)
  })
}

/** A hub that answers fast and wrong has no figure. */
function check(answers: readonly Buffer[], expect: 'ack' | 'duplicate' | 'page'): void {
  for (const text of answers) {
    const answer: unknown = JSON.parse(text.toString('utf8'))
    if (expect === 'page') {
      const { events } = answer as SyncAnswer<'pull'>
      if (events.length === 0) throw new Error('an empty page')
    } else {
      const push = answer as SyncAnswer<'push'>
      if (push.tag !== 'taken' || push.results.some((result) => result.tag !== expect)) {
        throw new Error(`expected ${expect}: ${text.toString('utf8').slice(0, 300)}`)
      }
    }
  }
}
