import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a service misbehaves with one request. */
export type Mischief =
  | 'none'
  /** The number is given and the connection stays silent. */
  | 'silent'
  /** The number is given and its answer comes after {@link EwaybillDouble.lateMs}. */
  | 'late'
  /** The number is given and the connection breaks. */
  | 'reset'
  /** The number is given and the answer is a 500, a page, half an answer, or the answer twice in one. */
  | 'error500'
  | 'html'
  | 'truncated'
  | 'doubled'
  /** Nothing is given. */
  | 'error500Before'
  | 'busy'
  | 'noBalance'
  /** The number that is named has a wrong form, is a page, is empty, or is somebody else's. */
  | 'wrongNumber'
  | 'htmlNumber'
  | 'emptyNumber'
  | 'foreign'
  /** The answer to another order's request comes. */
  | 'otherAnswer'
  /** The service forgets that it knows the order and gives it a second number. */
  | 'second'
  /** A repeated order is named as such, without its number. */
  | 'repeatUnnamed'

/** What a double tells of one order's number. */
export interface Told {
  readonly key: string
  readonly number: string
  readonly repeated: boolean
}

/** What differs between the services. */
export interface DoubleParts {
  /** Null when the request is what the manual wants; else the answer that refuses it. */
  check(form: URLSearchParams): unknown
  kind(form: URLSearchParams): 'take' | 'return' | 'balance' | 'other'
  keyOf(form: URLSearchParams): string
  numberOf(form: URLSearchParams): string
  given(told: Told): unknown
  returned(known: boolean): unknown
  balance(left: number): unknown
  busy(): unknown
  noBalance(): unknown
  repeatUnnamed(key: string): unknown
  /** The `index`-th number, from 1. */
  number(index: number): string
}

/** A service on loopback that checks signatures and misbehaves as told. */
export interface EwaybillDouble {
  readonly url: string
  /** Decides each request that wants a number; `none` by default. */
  mischief: (key: string) => Mischief
  lateMs: number
  left: number
  /** Every number that it ever gave, by order. */
  readonly given: ReadonlyMap<string, readonly string[]>
  readonly returned: readonly string[]
  /** Forms as they came, in order. */
  readonly heard: readonly URLSearchParams[]
  close(): Promise<void>
}

/** Starts a double. */
export async function startEwaybillDouble(parts: DoubleParts): Promise<EwaybillDouble> {
  const given = new Map<string, string[]>()
  const returned: string[] = []
  const heard: URLSearchParams[] = []
  const timers = new Set<NodeJS.Timeout>()
  let minted = 0
  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const double: EwaybillDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mischief: () => 'none',
    lateMs: 60,
    left: 1000,
    given,
    returned,
    heard,
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  function give(key: string, again: boolean): Told {
    const known = given.get(key) ?? []
    const [first] = known
    if (first !== undefined && !again) return { key, number: first, repeated: true }
    const number = parts.number(++minted)
    given.set(key, [...known, number])
    return { key, number, repeated: false }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const part of request as AsyncIterable<Buffer>) text += part.toString('utf8')
    const form = new URLSearchParams(text)
    heard.push(form)
    const wire = answerTo(form, response)
    if (wire !== null) send(response, wire)
  }

  function answerTo(form: URLSearchParams, response: ServerResponse): Wire | null {
    const refusal = parts.check(form)
    if (refusal !== null) return json(refusal)
    const kind = parts.kind(form)
    if (kind === 'balance') return json(parts.balance(double.left))
    if (kind !== 'return') return take(form, response)
    const number = parts.numberOf(form)
    const known = [...given.values()].flat().includes(number)
    if (known) returned.push(number)
    return json(parts.returned(known))
  }

  /** What goes back on the wire; null: nothing, for now or for ever. */
  function take(form: URLSearchParams, response: ServerResponse): Wire | null {
    const key = parts.keyOf(form)
    const mischief = double.mischief(key)
    if (mischief === 'error500Before') return { status: 500, body: 'Internal Server Error' }
    if (mischief === 'busy') return json(parts.busy())
    if (mischief === 'noBalance' || double.left <= 0) return json(parts.noBalance())
    const told = give(key, mischief === 'second')
    double.left--
    const answer = json(parts.given(told))
    const named = (number: string): Wire => json(parts.given({ ...told, number }))
    const [otherKey, [otherNumber = ''] = []] = [...given].find(([one]) => one !== key) ?? [
      key,
      [told.number],
    ]
    switch (mischief) {
      case 'silent':
        return null
      case 'late':
        timers.add(setTimeout(() => send(response, answer), double.lateMs))
        return null
      case 'reset':
        response.socket?.destroy()
        return null
      case 'error500':
        return { status: 500, body: '<h1>500</h1>' }
      case 'html':
        return { status: 200, body: '<!doctype html><title>Gateway</title>' }
      case 'truncated':
        return { status: 200, body: answer.body.slice(0, Math.ceil(answer.body.length * 0.7)) }
      case 'doubled':
        return { status: 200, body: answer.body + answer.body }
      case 'wrongNumber':
        return named('77')
      case 'htmlNumber':
        return named('<b>error</b>')
      case 'emptyNumber':
        return named('')
      case 'foreign':
        return named(otherNumber)
      case 'otherAnswer':
        return json(parts.given({ key: otherKey, number: otherNumber, repeated: false }))
      case 'repeatUnnamed':
        return told.repeated ? json(parts.repeatUnnamed(key)) : answer
      default:
        return answer
    }
  }
  return double
}

interface Wire {
  readonly status: number
  readonly body: string
}

const json = (value: unknown): Wire => ({ status: 200, body: JSON.stringify(value) })

function send(response: ServerResponse, { status, body }: Wire): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(body)
}
