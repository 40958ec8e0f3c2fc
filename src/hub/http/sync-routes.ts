import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  EnrolRequestSchema,
  type SyncAnswer,
  type SyncCall,
  type SyncRequest,
  syncRequestSchemas,
} from '../../shared/protocol/sync-messages.ts'
import type { HubCaller, HubService } from '../hub-service.ts'
import { unfitReason } from './fit.ts'
import type { Traffic } from './hub-server.ts'
import type { NewsBoard } from './news-board.ts'
import { HUB_TIME_HEADER, type Refusal, refuse } from './refusal.ts'
import { type Claim, createSignatureCheck, type SignatureCheck } from './signature.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the headers of a signed request have been found good. */
    claim: Claim | null
  }
}

interface SyncRoutes {
  readonly service: HubService
  readonly board: NewsBoard
  readonly clock: () => number
  readonly traffic: Traffic
}

const NOTHING = Buffer.alloc(0)

/** `POST /enrol`, `POST /<call>` for every call of the protocol, and the web socket `/news`. */
export function addSyncCalls(scope: FastifyInstance, routes: SyncRoutes): void {
  const { service, clock } = routes
  const check = createSignatureCheck(service, clock)
  scope.decorateRequest('claim', null)
  guardBorder(scope, routes)
  takeBytes(scope)
  scope.setNotFoundHandler((_request, reply) =>
    refuse(reply, { tag: 'unknownCall', detail: 'there is no such call' }, clock()),
  )
  addEnrolment(scope, routes)
  const onRequest = (request: FastifyRequest, reply: FastifyReply) =>
    claimOrRefuse(check, clock, request, reply)
  for (const call of Object.keys(syncRequestSchemas) as SyncCall[]) {
    scope.post(`/${call}`, { onRequest }, (request, reply) => answerCall(routes, check, call, request, reply))
  }
  addNews(scope, routes, check, onRequest)
}

/** What holds for everything below `/v1`: the hub's time with each answer, no web page, nothing new while it ends. */
function guardBorder(scope: FastifyInstance, { clock, traffic }: SyncRoutes): void {
  scope.addHook('onRequest', async (request, reply) => {
    reply.header(HUB_TIME_HEADER, clock()).header('cache-control', 'no-store')
    // Browsers send it with every request that a page of theirs makes to somebody else; a station's host never does.
    if (request.headers.origin !== undefined) {
      return refuse(reply, { tag: 'badRequest', detail: 'the hub answers no web page' }, clock(), 403)
    }
    if (traffic.ending) {
      reply.header('connection', 'close')
      return refuse(reply, { tag: 'ending', detail: 'the hub is being stopped' }, clock())
    }
  })
}

/** Bodies stay bytes until their signature has been checked: that is what was signed. */
function takeBytes(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
}

function addEnrolment(scope: FastifyInstance, { service, clock }: SyncRoutes): void {
  scope.post('/enrol', { bodyLimit: 16_384 }, async (request, reply) => {
    const read = readBody(bytesOf(request), EnrolRequestSchema, false)
    if (read.tag === 'refused') return refuse(reply, read.refusal, clock())
    return reply.send(await service.enrol(read.value))
  })
}

async function claimOrRefuse(
  check: SignatureCheck,
  clock: () => number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const outcome = await check.claim(request.headers)
  if (outcome.tag === 'refused') return refuse(reply, outcome.refusal, clock())
  request.claim = outcome.claim
  return undefined
}

async function answerCall(
  { service, board, clock }: SyncRoutes,
  check: SignatureCheck,
  call: SyncCall,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = bytesOf(request)
  const heard = await hear(check, request, body)
  if (heard.tag === 'refused') return refuse(reply, heard.refusal, clock())
  // An event's own content is judged event by event, so that a bad one is set aside and does not stop the others.
  const read = readBody<SyncRequest<SyncCall>>(body, syncRequestSchemas[call], call === 'push')
  if (read.tag === 'refused') return refuse(reply, read.refusal, clock())
  const { caller } = heard
  if (call === 'pull') {
    const json = await service.pullJson(caller, read.value as SyncRequest<'pull'>)
    return reply.type('application/json; charset=utf-8').send(json)
  }
  const answer: SyncAnswer<SyncCall> = await service.answer(caller, call, read.value)
  if (call === 'revoke') board.drop((read.value as SyncRequest<'revoke'>).stationId)
  return reply.send(answer)
}

function addNews(
  scope: FastifyInstance,
  { board, clock }: SyncRoutes,
  check: SignatureCheck,
  onRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>,
): void {
  const preHandler = async (request: FastifyRequest, reply: FastifyReply) => {
    const heard = await hear(check, request, NOTHING)
    return heard.tag === 'refused' ? refuse(reply, heard.refusal, clock()) : undefined
  }
  scope.get('/news', { websocket: true, onRequest, preHandler }, (socket, request) => {
    if (request.claim === null) socket.terminate()
    else board.connect(socket, request.claim.caller)
  })
}

type Heard =
  | { readonly tag: 'heard'; readonly caller: HubCaller }
  | { readonly tag: 'refused'; readonly refusal: Refusal }

async function hear(check: SignatureCheck, request: FastifyRequest, body: Buffer): Promise<Heard> {
  const { claim } = request
  if (claim === null) return { tag: 'refused', refusal: { tag: 'badSignature', detail: 'not signed' } }
  const outcome = await check.verify(claim, { method: request.method, path: request.url, body })
  return outcome.tag === 'refused' ? outcome : { tag: 'heard', caller: claim.caller }
}

function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : NOTHING
}

interface Parser<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } }
}
interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

type Read<T> =
  | { readonly tag: 'read'; readonly value: T }
  | { readonly tag: 'refused'; readonly refusal: Refusal }

/** Bytes to a request. The detail names the first thing wrong, by its place and never by its content. */
function readBody<T>(body: Buffer, schema: Parser<T>, allowNul: boolean): Read<T> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return wrong('the body is no JSON in UTF-8')
  }
  const unfit = unfitReason(json, allowNul)
  if (unfit !== null) return wrong(unfit)
  const parsed = schema.safeParse(json)
  if (parsed.success) return { tag: 'read', value: parsed.data }
  const issue = parsed.error.issues[0]
  return wrong(
    issue === undefined ? 'malformed' : `${issue.path.map(String).join('.')}: ${issue.message}`.slice(0, 300),
  )
}

function wrong(detail: string): { tag: 'refused'; refusal: Refusal } {
  return { tag: 'refused', refusal: { tag: 'badRequest', detail } }
}
