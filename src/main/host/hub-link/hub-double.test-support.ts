import { createHash, createPublicKey, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type WebSocket, WebSocketServer } from 'ws'
import {
  EnrolRequestSchema,
  SIGNATURE_HEADERS,
  SIGNATURE_WINDOW_MS,
  signedText,
} from '../../../shared/protocol/sync-messages.ts'

/** A hub on loopback that enrols, checks signatures and nonces, and answers what the test wants. */
export interface HubDouble {
  readonly url: string
  /** Added to the PC's clock. */
  clockOffsetMs: number
  /** Milliseconds before an answer to a call; null answers never. */
  delayMs: number | null
  /** So many answers to an enrolment get lost on their way. */
  loseEnrolments: number
  /** Public keys in the order of enrolments. */
  readonly enrolledKeys: string[]
  /** Ends connections to the news with this refusal instead of taking them. */
  refuseNews: string | null
  answer: (call: string, body: unknown) => unknown
  readonly heard: {
    readonly path: string
    readonly encoding: string | undefined
    readonly socketPort: number
  }[]
  /** What was wrong with requests that were refused. */
  readonly refused: string[]
  readonly news: Set<WebSocket>
  /** Tells everybody. */
  tell(sequence: number): void
  close(): Promise<void>
}

export async function startHubDouble(port = 0): Promise<HubDouble> {
  const keys = new Map<string, string>()
  const nonces = new Set<string>()
  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  const sockets = new WebSocketServer({ noServer: true })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const hub: HubDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clockOffsetMs: 0,
    delayMs: 0,
    loseEnrolments: 0,
    enrolledKeys: [],
    refuseNews: null,
    answer: () => ({}),
    heard: [],
    refused: [],
    news: new Set(),
    tell: (sequence) => {
      for (const socket of hub.news) socket.send(JSON.stringify({ sequence }))
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of hub.news) socket.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const hubTime = (): number => Date.now() + hub.clockOffsetMs

  function judge(request: IncomingMessage, body: Buffer): string | null {
    const header = (name: string): string => String(request.headers[name] ?? '')
    const [station, time, nonce] = [
      SIGNATURE_HEADERS.station,
      SIGNATURE_HEADERS.time,
      SIGNATURE_HEADERS.nonce,
    ].map(header) as [string, string, string]
    const key = keys.get(station)
    if (key === undefined) return 'unknownStation'
    if (Math.abs(Number(time) - hubTime()) > SIGNATURE_WINDOW_MS) return 'clockOff'
    const text = signedText({
      method: request.method ?? '',
      path: request.url ?? '',
      time: Number(time),
      nonce,
      bodySha256: createHash('sha256').update(body).digest('hex'),
    })
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    const signature = Buffer.from(header(SIGNATURE_HEADERS.signature), 'base64')
    if (!verify(null, Buffer.from(text), publicKey, signature)) return 'badSignature'
    if (nonces.has(nonce)) return 'replayed'
    nonces.add(nonce)
    return null
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) raw.push(part)
    const encoding = request.headers['content-encoding']
    const body = encoding === 'gzip' ? gunzipSync(Buffer.concat(raw)) : Buffer.concat(raw)
    const path = request.url ?? ''
    hub.heard.push({ path, encoding, socketPort: request.socket.remotePort ?? 0 })
    if (path === '/v1/enrol') {
      const answer = enrol(body)
      if (hub.loseEnrolments-- > 0) return void response.destroy()
      return reply(response, 200, answer)
    }
    const refusal = judge(request, body)
    if (refusal !== null) {
      hub.refused.push(refusal)
      return reply(response, 401, { tag: refusal, detail: 'test', hubTime: hubTime() })
    }
    if (hub.delayMs === null) return
    await new Promise((resolve) => setTimeout(resolve, hub.delayMs ?? 0))
    reply(response, 200, hub.answer(path.slice('/v1/'.length), JSON.parse(body.toString('utf8'))))
  }

  function enrol(body: Buffer): unknown {
    const { code, stationId, publicKey } = EnrolRequestSchema.parse(JSON.parse(body.toString('utf8')))
    if (code !== 'GOOD-CODE') return { tag: 'refused', reason: 'codeUnknown' }
    keys.set(stationId, publicKey)
    hub.enrolledKeys.push(publicKey)
    return { tag: 'enrolled', hubId: 'hub-1', warehouseId: 'w-1', hubTime: hubTime() }
  }

  function reply(response: ServerResponse, status: number, value: unknown): void {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'packbench-hub-time': String(hubTime()),
    })
    response.end(gzipSync(text))
  }

  server.on('upgrade', (request, socket, head) => {
    const refusal = hub.refuseNews ?? judge(request, Buffer.alloc(0))
    if (refusal !== null) {
      hub.refused.push(refusal)
      const body = JSON.stringify({ tag: refusal, detail: 'test', hubTime: hubTime() })
      socket.end(
        `HTTP/1.1 403 Forbidden\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      )
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      hub.news.add(opened)
      opened.on('close', () => hub.news.delete(opened))
    })
  })
  return hub
}
