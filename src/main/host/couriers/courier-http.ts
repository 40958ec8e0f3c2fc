import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { UnreachableCause } from '../../../shared/protocol/host-contract.ts'
import { unreachableFrom } from '../hub-link/unreachable.ts'

/** Larger answers are no answers: a number and its codes take a few kilobytes. */
const MOST_ANSWER_BYTES = 256 * 1024

export interface ServiceAnswer {
  readonly tag: 'answer'
  readonly status: number
  readonly text: string
}

/** `sent`: the other end may have read the request, so that what it asked for may have been done. */
export interface ServiceFailure {
  readonly tag: 'failed'
  readonly cause: UnreachableCause
  readonly detail: string
  readonly sent: boolean
}

export interface FormPost {
  readonly url: URL
  readonly form: Readonly<Record<string, string>>
  /** How long the caller waits. */
  readonly timeoutMs: number
  /** How long the answer is listened for all the same: a number that comes late should not be lost. */
  readonly lateMs: number
  onLate(answer: ServiceAnswer): void
}

/** Sends forms, each on a connection of its own: on a kept one a doubled answer would be taken for the next one's. */
export interface FormSender {
  post(post: FormPost): Promise<ServiceAnswer | ServiceFailure>
  /** Ends what is under way, late answers too. */
  close(): void
}

/** Makes a sender; nothing is connected before the first post. */
export function createFormSender(mostBytes: number = MOST_ANSWER_BYTES): FormSender {
  const underWay = new Set<AbortController>()
  return {
    post: (post) => sendOne(post, underWay, mostBytes),
    close: () => {
      for (const controller of underWay) controller.abort()
    },
  }
}

async function sendOne(
  post: FormPost,
  underWay: Set<AbortController>,
  mostBytes: number,
): Promise<ServiceAnswer | ServiceFailure> {
  const controller = new AbortController()
  underWay.add(controller)
  const attempt = { connected: false }
  const whole = exchange(post, controller.signal, attempt, mostBytes)
  const end = setTimeout(() => controller.abort(), post.timeoutMs + post.lateMs)
  const done = whole.then(
    (answer) => answer,
    (error: unknown) => failureOf(error, attempt.connected),
  )
  void done.then(() => {
    clearTimeout(end)
    underWay.delete(controller)
  })
  let patience: NodeJS.Timeout | undefined
  const tooLong = new Promise<'late'>((resolve) => {
    patience = setTimeout(() => resolve('late'), post.timeoutMs)
  })
  const first = await Promise.race([done, tooLong])
  clearTimeout(patience)
  if (first !== 'late') return first
  // Not even connected: nothing was asked, and nothing will be.
  if (!attempt.connected) controller.abort()
  else void done.then((answer) => answer.tag === 'answer' && post.onLate(answer))
  return { tag: 'failed', cause: 'timeout', detail: `${post.timeoutMs} ms`, sent: attempt.connected }
}

function failureOf(error: unknown, sent: boolean): ServiceFailure {
  const { cause, detail } = unreachableFrom(error)
  return { tag: 'failed', cause, detail, sent }
}

async function exchange(
  { url, form }: FormPost,
  signal: AbortSignal,
  attempt: { connected: boolean },
  mostBytes: number,
): Promise<ServiceAnswer> {
  const bytes = Buffer.from(new URLSearchParams(form).toString())
  const secure = url.protocol === 'https:'
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'content-length': String(bytes.length),
    accept: 'application/json',
    connection: 'close',
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const open = secure ? requestHttps : requestHttp
    const request = open(url, { method: 'POST', agent: false, headers, signal }, resolve)
    request.on('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        attempt.connected = true
      })
    })
    request.on('error', reject)
    request.end(bytes)
  })
  return { tag: 'answer', status: response.statusCode ?? 0, text: await readText(response, mostBytes) }
}

async function readText(response: IncomingMessage, mostBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes) {
      response.destroy()
      throw new Error(`the answer is larger than ${mostBytes} bytes`)
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
