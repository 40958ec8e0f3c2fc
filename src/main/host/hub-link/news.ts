import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { HubUnreachable, HubWaitAnswer } from '../../../shared/protocol/host-contract.ts'
import { HubRefusalSchema } from '../../../shared/protocol/sync-messages.ts'
import { readHubTime } from './transport.ts'
import { notAHub, timedOut, unreachableFrom } from './unreachable.ts'

const HANDSHAKE_MS = 10_000
/** A cable pulled out says nothing: silence this long ends the connection. */
const HEARTBEAT_MS = 20_000
/** With nobody waiting the page is gone, and the connection goes too. */
const IDLE_MS = 60_000
const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000

const MessageSchema = z.object({ sequence: z.number().int().nonnegative() })

/** The hub's "new sequence n", over one connection that is opened when first asked for. */
export interface HubNews {
  /** Never rejects and never takes longer than `timeoutMs`. */
  wait(after: number, timeoutMs: number): Promise<HubWaitAnswer>
  /** Answers everybody who waits with `quiet`; the connection stays. */
  endWaiting(): void
  close(): void
}

interface Waiter {
  readonly after: number
  finish(answer: HubWaitAnswer): void
}

interface NewsOptions {
  /** `ws://…/v1/news`. */
  readonly url: URL
  /** Signs the request anew at every attempt. */
  sign(): Record<string, string>
  /** Hears the hub's clock, milliseconds since 1970. */
  learn(hubTime: number): void
  /** From 0 to 1, spreads the attempts of many stations. */
  random(): number
}

interface State extends NewsOptions {
  socket: WebSocket | null
  /** The highest that the hub has named; -1 before. */
  sequence: number
  readonly waiters: Set<Waiter>
  failures: number
  /** Why there is no connection; null while there is one or none was tried. */
  trouble: HubUnreachable | null
  retry: NodeJS.Timeout | null
  idle: NodeJS.Timeout | null
  closed: boolean
}

/** Makes the listener; nothing is connected before the first {@link HubNews.wait}. */
export function createNews(options: NewsOptions): HubNews {
  const state: State = {
    ...options,
    socket: null,
    sequence: -1,
    waiters: new Set(),
    failures: 0,
    trouble: null,
    retry: null,
    idle: null,
    closed: false,
  }
  return {
    wait: (after, timeoutMs) => wait(state, after, timeoutMs),
    endWaiting: () => answerAll(state, { tag: 'quiet' }),
    close: () => {
      state.closed = true
      answerAll(state, { tag: 'quiet' })
      for (const timer of [state.retry, state.idle]) clearTimeout(timer ?? undefined)
      state.socket?.terminate()
    },
  }
}

function wait(state: State, after: number, timeoutMs: number): Promise<HubWaitAnswer> {
  if (state.closed) return Promise.resolve({ tag: 'quiet' })
  connect(state)
  if (state.sequence > after) return Promise.resolve({ tag: 'news', sequence: state.sequence })
  return new Promise((resolve) => {
    const timer = setTimeout(() => waiter.finish(atTimeout(state, timeoutMs)), timeoutMs)
    const waiter: Waiter = {
      after,
      finish: (answer) => {
        clearTimeout(timer)
        state.waiters.delete(waiter)
        if (state.waiters.size === 0) goIdle(state)
        resolve(answer)
      },
    }
    state.waiters.add(waiter)
    clearTimeout(state.idle ?? undefined)
  })
}

function atTimeout(state: State, timeoutMs: number): HubWaitAnswer {
  if (state.socket?.readyState === WebSocket.OPEN) return { tag: 'quiet' }
  if (state.trouble !== null) return state.trouble
  // Somebody who only looks in has not given a first connection its time.
  return timeoutMs === 0 ? { tag: 'quiet' } : timedOut(timeoutMs)
}

function goIdle(state: State): void {
  clearTimeout(state.idle ?? undefined)
  if (state.closed) return
  state.idle = setTimeout(() => state.socket?.close(), IDLE_MS)
  state.idle.unref()
}

function answerAll(state: State, answer: HubWaitAnswer): void {
  for (const waiter of [...state.waiters]) waiter.finish(answer)
}

function connect(state: State): void {
  if (state.socket !== null || state.retry !== null || state.closed) return
  const socket = new WebSocket(state.url, {
    headers: state.sign(),
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: 64 * 1024,
    perMessageDeflate: false,
  })
  state.socket = socket
  let trouble: HubUnreachable | null = null
  let opened = false
  let beat: NodeJS.Timeout | undefined
  socket.on('open', () => {
    opened = true
    state.failures = 0
    state.trouble = null
    beat = keepAlive(socket)
  })
  socket.on('message', (data) => hear(state, data.toString()))
  socket.on('unexpected-response', (_request, response) => {
    void readRefusal(state, response).then((detail) => {
      trouble = notAHub(detail)
      socket.terminate()
    })
  })
  socket.on('error', (error) => {
    trouble ??= /handshake has timed out/.test(error.message)
      ? timedOut(HANDSHAKE_MS)
      : unreachableFrom(error)
  })
  socket.on('close', (_code, reason) => {
    if (reason.length > 0) trouble ??= notAHub(reason.toString().slice(0, 100))
    clearInterval(beat)
    state.socket = null
    ended(state, opened, trouble)
  })
}

/** A lost connection is mended while people wait; an attempt that failed is told to them, and the next one takes longer. */
function ended(state: State, opened: boolean, trouble: HubUnreachable | null): void {
  if (state.closed) return
  if (opened && state.waiters.size === 0) return
  state.trouble = trouble ?? notAHub('the connection ended')
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** state.failures)
  state.failures++
  state.retry = setTimeout(
    () => {
      state.retry = null
      if (state.waiters.size > 0) connect(state)
    },
    delay * (0.5 + state.random() / 2),
  )
  state.retry.unref()
  if (!opened) answerAll(state, state.trouble)
}

function hear(state: State, text: string): void {
  const sequence = readSequence(text)
  if (sequence === null || sequence <= state.sequence) return
  state.sequence = sequence
  for (const waiter of [...state.waiters]) {
    if (sequence > waiter.after) waiter.finish({ tag: 'news', sequence })
  }
}

function readSequence(text: string): number | null {
  try {
    return MessageSchema.parse(JSON.parse(text)).sequence
  } catch {
    return null
  }
}

function keepAlive(socket: WebSocket): NodeJS.Timeout {
  let alive = true
  socket.on('pong', () => {
    alive = true
  })
  const beat = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, HEARTBEAT_MS)
  beat.unref()
  return beat
}

/** Why the hub would not open the connection, in a word; its clock is learned for the next attempt. */
async function readRefusal(state: State, response: IncomingMessage): Promise<string> {
  const header = readHubTime(response)
  if (header !== null) state.learn(header)
  const status = `HTTP ${response.statusCode ?? 0}`
  try {
    let text = ''
    for await (const part of response as AsyncIterable<Buffer>) {
      text += part.toString('utf8')
      if (text.length > 10_000) return status
    }
    const refusal = HubRefusalSchema.parse(JSON.parse(text))
    state.learn(refusal.hubTime)
    return `${status} ${refusal.tag}`
  } catch {
    return status
  }
}
