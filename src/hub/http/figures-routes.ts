import { isIP } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { EnrolledStation } from '../../shared/protocol/sync-messages.ts'
import { isLoopbackAddress } from '../command-line.ts'
import type { HubService } from '../hub-service.ts'
import { FIGURES_POLICY, healthOf, metricsOf, pageOf, type ShownFigures } from './figures.ts'
import type { NewsBoard } from './news-board.ts'
import { refuse } from './refusal.ts'

export interface FiguresOptions {
  readonly service: HubService
  readonly board: NewsBoard
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly version: string
  /** Every station of the hub, for the page. */
  readonly stations: () => Promise<readonly EnrolledStation[]>
  /** Answers everybody and not this computer alone. */
  readonly open: boolean
}

/** Counting is work for the database: whoever asks more often gets what was counted a moment ago. */
const FRESH_MS = 1_000

/** `GET /`, `/health` and `/metrics`: for the people and programs that look after the hub, on its own computer. */
export function addFigures(scope: FastifyInstance, options: FiguresOptions): void {
  const { clock, open } = options
  const look = lookNowAndThen(options)
  scope.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': FIGURES_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'packbench-hub-time': clock(),
    })
    if (open || isFromHere(request)) return undefined
    return refuse(
      reply,
      { tag: 'badRequest', detail: 'figures are shown on this computer alone' },
      clock(),
      403,
    )
  })
  scope.get('/health', async (_request, reply) => {
    const shown = await look()
    return reply.code(shown.figures.databaseOk ? 200 : 503).send(healthOf(shown))
  })
  scope.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsOf(await look())),
  )
  scope.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(pageOf(await look())))
}

/**
 * True for requests of this computer: not those that a relay on it passes on, and not those of a page whose name was
 * made to point here (DNS rebinding), which an address in the Host header cannot be.
 */
function isFromHere(request: FastifyRequest): boolean {
  const { headers, socket } = request
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) return false
  const host = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return isLoopbackAddress(socket.remoteAddress ?? '') && (isIP(host) !== 0 || host === 'localhost')
}

function lookNowAndThen(options: FiguresOptions): () => Promise<ShownFigures> {
  const startedAt = performance.now()
  let latest: { readonly at: number; readonly shown: Promise<ShownFigures> } | null = null
  return () => {
    const now = performance.now()
    if (latest === null || now - latest.at > FRESH_MS) latest = { at: now, shown: gather(options, startedAt) }
    return latest.shown
  }
}

async function gather(options: FiguresOptions, startedAt: number): Promise<ShownFigures> {
  const [figures, stations] = await Promise.all([
    options.service.figures(),
    options.stations().catch(() => null),
  ])
  return {
    figures,
    stations,
    version: options.version,
    uptimeSeconds: Math.floor((performance.now() - startedAt) / 1000),
    connections: options.board.connections(),
    now: options.clock(),
  }
}
