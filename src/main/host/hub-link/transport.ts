import { Agent, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, Agent as TlsAgent } from 'node:https'
import { pipeline } from 'node:stream'
import { promisify } from 'node:util'
import { createGunzip, gzip } from 'node:zlib'
import type { HubUnreachable } from '../../../shared/protocol/host-contract.ts'
import { timedOut, unreachableFrom } from './unreachable.ts'

/** Larger answers are cut off: no call of the protocol needs them. */
const MOST_ANSWER_BYTES = 64 * 1024 * 1024
/** Below this a body fits into two packets anyway. */
const COMPRESS_FROM_BYTES = 2048
/** The hub's clock on every answer, milliseconds since 1970. */
const HUB_TIME_HEADER = 'packbench-hub-time'

const compress = promisify(gzip)

/** What came back. */
export interface TransportAnswer {
  readonly tag: 'answer'
  readonly status: number
  /** Milliseconds since 1970, null when the answer does not say. */
  readonly hubTime: number | null
  readonly contentType: string
  readonly text: string
}

/** `stale`: a kept connection had been closed by the other end, so that the request should be tried on a new one. */
export interface TransportFailure {
  readonly tag: 'failed'
  readonly unreachable: HubUnreachable
  readonly stale: boolean
}

/** Connections to hubs, kept alive between calls. */
export interface Transport {
  post(request: {
    readonly url: URL
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly timeoutMs: number
  }): Promise<TransportAnswer | TransportFailure>
  /** Ends what is under way. */
  close(): void
}

/** Makes a transport; no connection is opened before the first call. */
export function createTransport(mostAnswerBytes: number = MOST_ANSWER_BYTES): Transport {
  const agents = {
    'http:': new Agent({ keepAlive: true, maxSockets: 8 }),
    'https:': new TlsAgent({ keepAlive: true, maxSockets: 8 }),
  }
  const underWay = new Set<AbortController>()
  return {
    post: async ({ url, headers, body, timeoutMs }) => {
      const controller = new AbortController()
      underWay.add(controller)
      let late = false
      const timer = setTimeout(() => {
        late = true
        controller.abort()
      }, timeoutMs)
      const attempt = { reused: false }
      try {
        const agent = url.protocol === 'https:' ? agents['https:'] : agents['http:']
        const payload = await encode(body)
        const sent = { url, agent, headers: { ...headers, ...payload.headers }, bytes: payload.bytes }
        return await readAnswer(await send(sent, controller.signal, attempt), mostAnswerBytes)
      } catch (error) {
        const unreachable = late ? timedOut(timeoutMs) : unreachableFrom(error)
        return { tag: 'failed', unreachable, stale: attempt.reused && !controller.signal.aborted }
      } finally {
        clearTimeout(timer)
        underWay.delete(controller)
      }
    },
    close: () => {
      for (const controller of underWay) controller.abort()
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

async function encode(body: string): Promise<{ bytes: Uint8Array; headers: Record<string, string> }> {
  const plain = Buffer.from(body)
  const large = plain.length > COMPRESS_FROM_BYTES
  const bytes = large ? await compress(plain, { level: 4 }) : plain
  return {
    bytes,
    headers: {
      'content-type': 'application/json',
      'content-length': String(bytes.length),
      'accept-encoding': 'gzip',
      ...(large ? { 'content-encoding': 'gzip' } : {}),
    },
  }
}

function send(
  sent: { url: URL; agent: Agent; headers: Record<string, string>; bytes: Uint8Array },
  signal: AbortSignal,
  attempt: { reused: boolean },
): Promise<IncomingMessage> {
  const { url, agent, headers, bytes } = sent
  const open = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = open(url, { method: 'POST', agent, headers, signal }, (response) => {
      attempt.reused = false
      resolve(response)
    })
    request.on('error', (error) => {
      attempt.reused = request.reusedSocket
      reject(error)
    })
    request.end(bytes)
  })
}

async function readAnswer(response: IncomingMessage, mostBytes: number): Promise<TransportAnswer> {
  const zipped = response.headers['content-encoding'] === 'gzip'
  // A broken connection must reach the reader through the decoder as well.
  const body = zipped ? pipeline(response, createGunzip(), () => undefined) : response
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes) {
      response.destroy()
      throw new Error(`the answer is larger than ${mostBytes} bytes`)
    }
    parts.push(part)
  }
  return {
    tag: 'answer',
    status: response.statusCode ?? 0,
    hubTime: readHubTime(response),
    contentType: response.headers['content-type'] ?? '',
    text: Buffer.concat(parts).toString('utf8'),
  }
}

/** The hub's clock as an answer's header gives it; null when it does not. */
export function readHubTime(response: IncomingMessage): number | null {
  const value = response.headers[HUB_TIME_HEADER]
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null
}
