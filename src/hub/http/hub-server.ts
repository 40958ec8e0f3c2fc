import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSecureContext } from 'node:tls'
import compress from '@fastify/compress'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import { MOST_REQUEST_BYTES } from '../../shared/protocol/sync-messages.ts'
import type { HubService } from '../hub-service.ts'
import { HubStartError, tell, thrownCode, thrownText } from '../start-fault.ts'
import { addFigures, type FiguresOptions } from './figures-routes.ts'
import type { NewsBoard } from './news-board.ts'
import { HUB_TIME_HEADER, type Refusal, refuse } from './refusal.ts'
import { addSyncCalls } from './sync-routes.ts'

/** What a served hub needs. */
export interface HubServerOptions {
  readonly service: HubService
  readonly board: NewsBoard
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly port: number
  readonly host: string
  /** Paths of PEM files. */
  readonly tls: { readonly certificate: string; readonly key: string } | null
  readonly figures: Omit<FiguresOptions, 'service' | 'board' | 'clock'>
}

/** A hub that answers. */
export interface HubServer {
  readonly port: number
  readonly url: string
  /** Refuses what is new, finishes what runs, closes the web sockets. The service stays open. */
  close(): Promise<void>
}

/** What runs gets this long when the hub ends: a push that takes longer is sent again, and found to be held. */
const ENDING_PATIENCE_MS = 15_000

/** Requests under way, and whether the hub has begun to end. */
export interface Traffic {
  running: number
  ending: boolean
}

/**
 * Serves a hub over HTTP, or HTTPS with a certificate.
 * @throws HubStartError `portTaken`, `addressUnknown`, `tlsUnreadable`
 */
export async function startHubServer(options: HubServerOptions): Promise<HubServer> {
  const { service, board, clock, figures } = options
  const traffic: Traffic = { running: 0, ending: false }
  const app = await createApp(options)
  answerTrouble(app, clock)
  await app.register(compress, {
    encodings: ['gzip'],
    requestEncodings: ['gzip'],
    threshold: 1024,
    // Most of the gain for a tenth of the time; the second half of it would cost more than a local network does.
    zlibOptions: { level: 1 },
  })
  await app.register(websocket, { options: { maxPayload: 1024, perMessageDeflate: false } })
  countTraffic(app, traffic)
  app.websocketServer.on('headers', (headers: string[]) => headers.push(`${HUB_TIME_HEADER}: ${clock()}`))
  await app.register(async (scope) => addSyncCalls(scope, { service, board, clock, traffic }), {
    prefix: '/v1',
  })
  await app.register(async (scope) => addFigures(scope, { ...figures, service, board, clock }))
  const port = await listen(app, options)
  board.start(service)
  const scheme = options.tls === null ? 'http' : 'https'
  const name = ['0.0.0.0', '::'].includes(options.host) ? '127.0.0.1' : options.host
  const shown = name.includes(':') ? `[${name}]` : name
  return { port, url: `${scheme}://${shown}:${port}/`, close: () => closeApp(app, board, traffic) }
}

async function createApp({ tls }: HubServerOptions): Promise<FastifyInstance> {
  const common = {
    bodyLimit: MOST_REQUEST_BYTES,
    requestTimeout: 60_000,
    // The routes answer for themselves while the hub ends.
    return503OnClosing: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  } as const
  if (tls === null) return Fastify(common)
  const https = await readTls(tls)
  // Fastify's type names the server's class, and nothing here depends on which it is.
  return Fastify({ ...common, https }) as unknown as FastifyInstance
}

async function readTls(tls: { certificate: string; key: string }): Promise<{ cert: Buffer; key: Buffer }> {
  try {
    const [cert, key] = await Promise.all([readFile(tls.certificate), readFile(tls.key)])
    createSecureContext({ cert, key })
    return { cert, key }
  } catch (error) {
    throw new HubStartError({ tag: 'tlsUnreadable', detail: thrownText(error) })
  }
}

function countTraffic(app: FastifyInstance, traffic: Traffic): void {
  app.addHook('onRequest', async (request, reply) => {
    // A web socket runs until one side ends it, and the hub does that itself.
    if (request.ws) return
    traffic.running++
    reply.raw.once('close', () => {
      traffic.running--
    })
  })
}

/** Every failure leaves as a refusal; what went wrong inside is for standard error and not for the network. */
function answerTrouble(app: FastifyInstance, clock: () => number): void {
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, { tag: 'unknownCall', detail: 'there is nothing here' }, clock()),
  )
  app.setErrorHandler((error: FastifyError, request, reply: FastifyReply) => {
    const refusal = refusalOf(error)
    if (refusal.tag === 'internal') complain(request.url, error)
    return refuse(reply, refusal, clock())
  })
}

function refusalOf(error: FastifyError): Refusal {
  const status = error.statusCode ?? 500
  if (status === 413) {
    return { tag: 'tooLarge', detail: `a request may have ${MOST_REQUEST_BYTES} bytes, uncompressed` }
  }
  if (status >= 400 && status < 500) return { tag: 'badRequest', detail: error.message }
  return { tag: 'internal', detail: 'the hub could not do this now; its log says why' }
}

let complainedAt = Number.NEGATIVE_INFINITY

/** Once a second at most: a database that is away fails every request. */
function complain(url: string, error: unknown): void {
  const now = performance.now()
  if (now - complainedAt < 1_000) return
  complainedAt = now
  const path = JSON.stringify(url.slice(0, 100))
  tell({
    zh: `请求 ${path} 未能完成：${thrownText(error)}`,
    en: `Request ${path} could not be answered: ${thrownText(error)}`,
  })
}

async function listen(app: FastifyInstance, { host, port }: HubServerOptions): Promise<number> {
  try {
    await app.listen({ host, port, exclusive: true })
  } catch (error) {
    await app.close()
    const code = thrownCode(error)
    if (code === 'EADDRINUSE') throw new HubStartError({ tag: 'portTaken', port })
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAFNOSUPPORT') {
      throw new HubStartError({ tag: 'addressUnknown', address: host, detail: code })
    }
    throw error
  }
  const address = (app.server as Server).address()
  return typeof address === 'object' && address !== null ? address.port : port
}

async function closeApp(app: FastifyInstance, board: NewsBoard, traffic: Traffic): Promise<void> {
  traffic.ending = true
  for (const until = Date.now() + ENDING_PATIENCE_MS; traffic.running > 0 && Date.now() < until; ) {
    await sleep(20)
  }
  board.close()
  await app.close()
}
