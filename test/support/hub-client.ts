import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http'
import { gunzipSync, gzipSync } from 'node:zlib'
import { WebSocket } from 'ws'
import {
  EnrolAnswerSchema,
  HubRefusalSchema,
  type HubRefusal,
  SIGNATURE_HEADERS,
  signedText,
  SYNC_PROTOCOL_VERSION,
  type SyncAnswer,
  type SyncCall,
  type SyncRequest,
  syncAnswerSchemas,
} from '../../src/shared/protocol/sync-messages.ts'

/** A station's key pair, as its host would keep it. */
export interface StationKeys {
  readonly privateKey: KeyObject
  /** SPKI DER in base64. */
  readonly publicKey: string
}

/** What came back, taken apart but not judged. */
export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Uncompressed. */
  readonly text: string
}

/** What a test may do otherwise than a station does. */
export interface SendOptions {
  /** Signed time, milliseconds since 1970. */
  readonly time?: number
  readonly nonce?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sends the body compressed; the signature is over what it was before. */
  readonly gzip?: boolean
  /** Signs for this path instead. */
  readonly signedPath?: string
  /** Signs with this key instead. */
  readonly privateKey?: KeyObject
  /** Sends these bytes instead of the signed ones. */
  readonly sentBody?: Buffer
}

/** News of the hub, as they come. */
export interface HubNews {
  /** The next sequence above `after`; rejects when the socket is closed first or nothing comes in time. */
  above(after: number, timeoutMs?: number): Promise<number>
  /** Every sequence heard so far, in order. */
  readonly heard: readonly number[]
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  close(): void
}

/** The hub would not hear the request. */
export class HubRefusedError extends Error {
  override readonly name = 'HubRefusedError'
  constructor(
    readonly refusal: HubRefusal,
    readonly status: number,
  ) {
    super(`${status} ${refusal.tag}: ${refusal.detail}`)
  }
}

/** A station that speaks to a hub: signs, sends, parses. */
export interface HubClient {
  readonly url: string
  readonly stationId: string
  readonly hubId: string
  readonly warehouseId: string
  readonly keys: StationKeys
  /** @throws HubRefusedError; system errors when nobody answers */
  call<C extends SyncCall>(call: C, body: SyncRequest<C>, options?: SendOptions): Promise<SyncAnswer<C>>
  /** Any signed POST, whatever it holds. */
  send(path: string, body: Buffer | string, options?: SendOptions): Promise<RawAnswer>
  /** @throws HubRefusedError when the hub does not open the web socket */
  openNews(options?: SendOptions): Promise<HubNews>
  /** The same station at another process of the hub. */
  at(url: string): HubClient
}

// One connection per request under way, used again afterwards, as a station's host does.
const agent = new Agent({ keepAlive: true, maxSockets: 256 })
const NEWS_PATH = '/v1/news'

/** Makes a station's key pair. */
export function createStationKeys(): StationKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') }
}

/**
 * Enrols a station with a one-time code.
 * @throws Error naming the reason when the hub does not take it in
 */
export async function enrol(
  url: string,
  code: string,
  station: { readonly stationId?: string; readonly stationName?: string; readonly keys?: StationKeys } = {},
): Promise<HubClient> {
  const keys = station.keys ?? createStationKeys()
  const stationId = station.stationId ?? `station-${randomUUID().slice(0, 8)}`
  const body = {
    protocolVersion: SYNC_PROTOCOL_VERSION,
    code,
    stationId,
    stationName: station.stationName ?? stationId,
    publicKey: keys.publicKey,
    appVersion: '0.0.0-test',
  }
  const raw = await post(url, '/v1/enrol', Buffer.from(JSON.stringify(body)), {})
  throwIfRefused(raw)
  const answer = EnrolAnswerSchema.parse(JSON.parse(raw.text))
  if (answer.tag === 'refused') throw new Error(`not enrolled: ${answer.reason}`)
  return createHubClient({ url, stationId, keys, hubId: answer.hubId, warehouseId: answer.warehouseId })
}

/** A client of a station that is enrolled already. */
export function createHubClient(
  station: Pick<HubClient, 'url' | 'stationId' | 'keys' | 'hubId' | 'warehouseId'>,
): HubClient {
  const { url, stationId, keys } = station

  const headersOf = (method: string, path: string, body: Buffer, options: SendOptions) => {
    const time = options.time ?? Date.now()
    const nonce = options.nonce ?? randomUUID()
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    const text = signedText({ method, path: options.signedPath ?? path, time, nonce, bodySha256 })
    return {
      [SIGNATURE_HEADERS.station]: stationId,
      [SIGNATURE_HEADERS.time]: String(time),
      [SIGNATURE_HEADERS.nonce]: nonce,
      [SIGNATURE_HEADERS.signature]: sign(
        null,
        Buffer.from(text),
        options.privateKey ?? keys.privateKey,
      ).toString('base64'),
      ...options.headers,
    }
  }

  const send = (path: string, text: Buffer | string, options: SendOptions = {}) => {
    const body = Buffer.from(text)
    const sent = options.sentBody ?? (options.gzip === true ? gzipSync(body, { level: 1 }) : body)
    const encoding: Record<string, string> = options.gzip === true ? { 'content-encoding': 'gzip' } : {}
    return post(url, path, sent, { ...encoding, ...headersOf('POST', path, body, options) })
  }

  return {
    ...station,
    send,
    async call(call, body, options) {
      const raw = await send(`/v1/${call}`, JSON.stringify(body), options)
      throwIfRefused(raw)
      return syncAnswerSchemas[call].parse(JSON.parse(raw.text)) as SyncAnswer<typeof call>
    },
    openNews: (options = {}) => openNews(url, headersOf('GET', NEWS_PATH, Buffer.alloc(0), options)),
    at: (other) => createHubClient({ ...station, url: other }),
  }
}

function throwIfRefused(raw: RawAnswer): void {
  if (raw.status === 200) return
  throw new HubRefusedError(HubRefusalSchema.parse(JSON.parse(raw.text)), raw.status)
}

/** A POST of JSON without a signature. */
export function post(
  url: string,
  path: string,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<RawAnswer> {
  return fetchRaw(url, path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** One request; the path goes out as it is, dots and all. */
export function fetchRaw(
  url: string,
  path: string,
  options: {
    readonly method?: string
    readonly body?: Buffer
    readonly headers?: Readonly<Record<string, string>>
  } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const { method = 'GET', body, headers = {} } = options
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) }
    const sending = httpRequest(
      { hostname, port, path, method, agent, headers: { 'accept-encoding': 'gzip', ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const bytes = Buffer.concat(chunks)
          const text = response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: text.toString('utf8'),
          })
        })
      },
    )
    sending.on('error', reject)
    sending.end(body)
  })
}

function openNews(url: string, headers: Record<string, string>): Promise<HubNews> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(new URL(NEWS_PATH, url).href.replace(/^http/, 'ws'), { headers })
    const heard: number[] = []
    const listeners = new Set<() => void>()
    socket.on('message', (data) => {
      heard.push((JSON.parse(String(data)) as { sequence: number }).sequence)
      for (const listener of listeners) listener()
    })
    const closed = new Promise<{ code: number; reason: string }>((done) => {
      socket.on('close', (code, reason) => done({ code, reason: String(reason) }))
    })
    socket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const refusal = HubRefusalSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
        reject(new HubRefusedError(refusal, response.statusCode ?? 0))
      })
    })
    socket.on('error', reject)
    socket.on('open', () =>
      resolve({ heard, closed, close: () => socket.close(), above: waitAbove(heard, listeners, closed) }),
    )
  })
}

function waitAbove(
  heard: readonly number[],
  listeners: Set<() => void>,
  closed: HubNews['closed'],
): HubNews['above'] {
  return (after, timeoutMs = 20_000) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = heard.find((sequence) => sequence > after)
        if (found === undefined) return
        settle()
        resolve(found)
      }
      const fail = (text: string) => {
        settle()
        reject(new Error(`no news above ${after}: ${text}; heard ${heard.join(' ')}`))
      }
      const timer = setTimeout(() => fail(`nothing in ${timeoutMs} ms`), timeoutMs)
      const settle = () => {
        clearTimeout(timer)
        listeners.delete(look)
      }
      listeners.add(look)
      closed.then(({ code }) => fail(`closed with ${code}`))
      look()
    })
}
