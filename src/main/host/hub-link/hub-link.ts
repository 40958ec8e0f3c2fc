import {
  HostError,
  type HostRequest,
  type HostResponses,
  type HubLink,
} from '../../../shared/protocol/host-contract.ts'
import {
  EnrolAnswerSchema,
  type EnrolRequest,
  HubRefusalSchema,
  SYNC_PROTOCOL_VERSION,
} from '../../../shared/protocol/sync-messages.ts'
import type { MasterKeys } from '../master-keys.ts'
import { createQueue } from '../queue.ts'
import {
  type Enrolment,
  mintKeyPair,
  readEnrolment,
  removeEnrolment,
  type StationKeyPair,
  writeEnrolment,
} from './enrolment.ts'
import { createNews, type HubNews } from './news.ts'
import { type Signer, signatureHeaders } from './signing.ts'
import { createTransport, type Transport, type TransportAnswer } from './transport.ts'
import { notAHub } from './unreachable.ts'

const ENROL_TIMEOUT_MS = 20_000

/** This station's way to its hub. Methods are those of the contract. */
export interface HubLinkPort {
  describe(): HubLink
  enrol(request: HostRequest<'hub.enrol'>): Promise<HostResponses['hub.enrol']>
  leave(): Promise<HostResponses['hub.leave']>
  call(request: HostRequest<'hub.call'>): Promise<HostResponses['hub.call']>
  wait(request: HostRequest<'hub.wait'>): Promise<HostResponses['hub.wait']>
  /** Lets everybody go who waits for news. */
  endWaiting(): void
  close(): void
}

interface LinkOptions {
  /** The data directory. */
  readonly directory: string
  readonly stationId: string
  readonly appVersion: string
  readonly masters: MasterKeys
  /** Milliseconds since 1970 by the PC's clock. */
  now(): number
}

interface State {
  readonly options: LinkOptions
  readonly transport: Transport
  /** The keys of an enrolment whose answer was lost: with the same ones the hub takes the same code again. */
  unanswered: { readonly url: string; readonly code: string; readonly pair: StationKeyPair } | null
  enrolment: Enrolment | null
  news: HubNews | null
  /** Hub's clock less the PC's, milliseconds. */
  offsetMs: number | null
  closed: boolean
}

/** Opens the link as `hub.json` describes it; nothing is connected before the first call. */
export async function openHubLink(options: LinkOptions): Promise<HubLinkPort> {
  const enrolment = await readEnrolment(options.directory, options.masters)
  const transport = createTransport()
  const state: State = {
    options,
    transport,
    enrolment,
    unanswered: null,
    news: null,
    offsetMs: null,
    closed: false,
  }
  const queue = createQueue()
  return {
    describe: () => describe(state),
    enrol: (request) => queue(() => enrol(state, request)),
    leave: () => queue(() => leave(state)),
    call: (request) => call(state, request),
    wait: (request) => wait(state, request),
    endWaiting: () => state.news?.endWaiting(),
    close: () => {
      state.closed = true
      forgetConnection(state)
      transport.close()
    },
  }
}

function describe({ enrolment, offsetMs }: State): HubLink {
  if (enrolment === null) return { tag: 'none' }
  const { url, hubId, warehouseId, since } = enrolment
  return { tag: 'enrolled', url, hubId, warehouseId, since, clockOffsetMs: offsetMs }
}

async function enrol(state: State, request: HostRequest<'hub.enrol'>): Promise<HostResponses['hub.enrol']> {
  const { directory, stationId, appVersion, masters, now } = state.options
  const base = readHubUrl(request.url)
  const { unanswered } = state
  const again = unanswered?.url === base && unanswered.code === request.code
  const pair = again ? unanswered.pair : mintKeyPair()
  state.unanswered = { url: base, code: request.code, pair }
  const body: EnrolRequest = {
    protocolVersion: SYNC_PROTOCOL_VERSION,
    code: request.code,
    stationId,
    stationName: request.stationName,
    publicKey: pair.publicText,
    appVersion,
  }
  const answer = await state.transport.post({
    url: callUrl(base, '/v1/enrol'),
    headers: {},
    body: JSON.stringify(body),
    timeoutMs: ENROL_TIMEOUT_MS,
  })
  if (answer.tag === 'failed') return answer.unreachable
  const parsed = EnrolAnswerSchema.safeParse(parseJson(answer))
  if (!parsed.success) return notAHub(describeAnswer(answer))
  if (parsed.data.tag === 'refused') {
    state.unanswered = null
    return parsed.data
  }
  const { hubId, warehouseId, hubTime } = parsed.data
  const enrolment = { url: base, hubId, warehouseId, since: now() }
  await writeEnrolment(directory, masters, enrolment, pair)
  state.unanswered = null
  forgetConnection(state)
  state.enrolment = { ...enrolment, privateKey: pair.privateKey }
  learn(state, hubTime)
  return parsed.data
}

async function leave(state: State): Promise<{ tag: 'done' }> {
  await removeEnrolment(state.options.directory)
  forgetConnection(state)
  state.enrolment = null
  return { tag: 'done' }
}

async function call(state: State, request: HostRequest<'hub.call'>): Promise<HostResponses['hub.call']> {
  if (state.enrolment === null) return { tag: 'notEnrolled' }
  const path = `/v1/${request.call}`
  const url = callUrl(state.enrolment.url, path)
  const signer = signerOf(state, state.enrolment)
  const body = JSON.stringify(request.body ?? {})
  const started = performance.now()
  for (let retried = false; ; retried = true) {
    const headers = signatureHeaders(signer, { method: 'POST', path, time: hubNow(state), body })
    // A retry shares the time of the call: whoever asked for one second is not kept waiting for two.
    const timeoutMs = Math.max(1, Math.ceil(request.timeoutMs - (performance.now() - started)))
    const answer = await state.transport.post({ url, headers, body, timeoutMs })
    if (answer.tag === 'failed') {
      if (answer.stale && !retried) continue
      return answer.unreachable
    }
    if (answer.hubTime !== null) learn(state, answer.hubTime)
    const judged = judge(state, answer)
    if (judged.tag === 'refused' && judged.refusal.tag === 'clockOff' && !retried) continue
    return judged
  }
}

/** Only a refusal is parsed; the value of an answer is the page's to judge. */
function judge(state: State, answer: TransportAnswer): HostResponses['hub.call'] {
  const value = parseJson(answer)
  if (value === undefined) return notAHub(describeAnswer(answer))
  if (answer.status === 200) return { tag: 'answered', value, clockOffsetMs: state.offsetMs ?? 0 }
  const refusal = HubRefusalSchema.safeParse(value)
  if (!refusal.success) return notAHub(describeAnswer(answer))
  learn(state, refusal.data.hubTime)
  return { tag: 'refused', refusal: refusal.data, clockOffsetMs: state.offsetMs ?? 0 }
}

async function wait(state: State, request: HostRequest<'hub.wait'>): Promise<HostResponses['hub.wait']> {
  const { enrolment } = state
  if (enrolment === null) return { tag: 'notEnrolled' }
  if (state.closed) return { tag: 'quiet' }
  state.news ??= openNews(state, enrolment)
  return state.news.wait(request.after, request.timeoutMs)
}

function openNews(state: State, enrolment: Enrolment): HubNews {
  const path = '/v1/news'
  const signer = signerOf(state, enrolment)
  const url = callUrl(enrolment.url, path)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return createNews({
    url,
    sign: () => signatureHeaders(signer, { method: 'GET', path, time: hubNow(state), body: '' }),
    learn: (hubTime) => learn(state, hubTime),
    random: Math.random,
  })
}

/** @throws HostError `internal` when the key is sealed for another host of this directory */
function signerOf(state: State, { privateKey }: Enrolment): Signer {
  if (privateKey === null) {
    const detail = "the station's key for the hub can only be opened by the desktop app"
    throw new HostError({ tag: 'internal', detail })
  }
  return { stationId: state.options.stationId, privateKey }
}

function forgetConnection(state: State): void {
  state.news?.close()
  state.news = null
  state.offsetMs = null
}

function learn(state: State, hubTime: number): void {
  state.offsetMs = hubTime - state.options.now()
}

function hubNow(state: State): number {
  return state.options.now() + (state.offsetMs ?? 0)
}

/** The hub's address without a slash at its end; a path in front of `/v1` is kept, for a hub behind a relay. */
function readHubUrl(text: string): string {
  const url = new URL(text)
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || !plain) {
    throw new HostError({ tag: 'badRequest', detail: 'url' })
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

function callUrl(base: string, path: string): URL {
  return new URL(`${base}${path}`)
}

function parseJson({ text }: TransportAnswer): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describeAnswer({ status, contentType }: TransportAnswer): string {
  return `HTTP ${status} ${contentType}`.trim().slice(0, 200)
}
