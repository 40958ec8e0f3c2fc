import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { z } from 'zod'
import { errorText } from '../system-error.ts'

/** Where IPP is spoken: `uri` names the printer inside the messages, the rest is how to get there. */
export interface IppEndpoint {
  readonly uri: string
  readonly secure: boolean
  readonly host: string
  readonly port: number
  readonly path: string
  /** A local socket instead of host and port, as CUPS has one. */
  readonly socketPath: string | null
}

/** Attributes by name; several values come as an array, several groups of a kind as several objects. */
export type IppAttributes = Readonly<Record<string, unknown>>

/** `status`: of RFC 8011, or `http-403` and the like when it did not even come to that. */
export type IppAnswer =
  | { readonly tag: 'answered'; readonly status: string; readonly groups: IppAttributes }
  /** `sent`: bytes of the request had left. */
  | { readonly tag: 'unreachable'; readonly sent: boolean; readonly error: unknown; readonly detail: string }

interface IppCall {
  readonly operation: string
  readonly attributes: IppAttributes
  readonly job?: IppAttributes
  readonly data?: Uint8Array
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Awaited between the connection and the first byte; what it throws passes through. */
  readonly beforeBytes?: () => Promise<void>
}

/** @throws Error for anything but `ipp:`, `ipps:`, `http:` and `https:` addresses */
export function ippEndpoint(address: string): IppEndpoint {
  const url = new URL(address)
  const scheme = url.protocol.slice(0, -1)
  if (!['ipp', 'ipps', 'http', 'https'].includes(scheme)) throw new Error(`no IPP address: ${scheme}`)
  const secure = scheme === 'ipps' || scheme === 'https'
  const usual = scheme === 'http' ? 80 : scheme === 'https' ? 443 : 631
  const port = url.port === '' ? usual : Number(url.port)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const path = `${url.pathname === '' ? '/' : url.pathname}${url.search}`
  const uri = `${secure ? 'ipps' : 'ipp'}://${url.hostname}:${port}${path}`
  return { uri, secure, host, port, path, socketPath: null }
}

/** One request and its answer; rejects only with what `beforeBytes` threw. */
export async function callIpp(endpoint: IppEndpoint, call: IppCall): Promise<IppAnswer> {
  const { serialize, parse } = await import('@sealsystems/ipp')
  const head = serialize({
    version: '2.0',
    operation: call.operation,
    'operation-attributes-tag': {
      'attributes-charset': 'utf-8',
      'attributes-natural-language': 'en',
      ...call.attributes,
    },
    ...(call.job === undefined ? {} : { 'job-attributes-tag': call.job }),
  })
  const body = call.data === undefined ? head : Buffer.concat([head, call.data])
  const answer = await post(endpoint, body, call)
  if ('refusal' in answer) return { tag: 'answered', status: answer.refusal, groups: {} }
  if ('error' in answer) {
    return { tag: 'unreachable', ...answer, detail: errorText(answer.error).slice(0, 300) }
  }
  try {
    const { statusCode, ...groups } = parse(answer.octets)
    return { tag: 'answered', status: String(statusCode), groups }
  } catch (error) {
    return { tag: 'unreachable', sent: true, error, detail: `no IPP answer: ${errorText(error)}` }
  }
}

type Posted =
  | { readonly octets: Buffer }
  | { readonly refusal: string }
  | { readonly sent: boolean; readonly error: unknown }

const MAX_ANSWER_BYTES = 4 * 1024 * 1024

function post(endpoint: IppEndpoint, body: Uint8Array, call: IppCall): Promise<Posted> {
  const { secure, host, port, path, socketPath } = endpoint
  const options: RequestOptions = {
    ...(socketPath === null ? { host, port } : { socketPath, host: 'localhost' }),
    path,
    method: 'POST',
    agent: false,
    headers: { 'Content-Type': 'application/ipp', 'Content-Length': body.length },
    signal: call.signal,
  }
  return new Promise((resolve, reject) => {
    let sent = false
    const request = (secure ? httpsRequest : httpRequest)(options)
    const fail = (error: unknown): void => {
      clearTimeout(timer)
      resolve({ sent, error })
      request.destroy()
    }
    const timer = setTimeout(() => fail(new Error(`no answer in ${call.timeoutMs} ms`)), call.timeoutMs)
    request.on('error', fail)
    request.on('response', (response) => {
      const { statusCode = 0 } = response
      if (statusCode >= 400 && statusCode < 500) {
        // The request was understood, and not carried out.
        clearTimeout(timer)
        resolve({ refusal: `http-${statusCode}` })
        return request.destroy()
      }
      if (statusCode !== 200) return fail(new Error(`HTTP ${statusCode}`))
      const parts: Buffer[] = []
      let length = 0
      response.on('data', (part: Buffer) => {
        length += part.length
        parts.push(part)
        if (length > MAX_ANSWER_BYTES) fail(new Error('the answer is too long'))
      })
      response.on('error', fail)
      response.on('aborted', () => fail(new Error('the answer broke off')))
      response.on('end', () => {
        clearTimeout(timer)
        resolve({ octets: Buffer.concat(parts) })
      })
    })
    const send = async (): Promise<void> => {
      try {
        await call.beforeBytes?.()
      } catch (error) {
        clearTimeout(timer)
        request.destroy()
        return reject(error)
      }
      sent = true
      request.end(body)
    }
    request.on('socket', (socket) => {
      const connected = secure ? 'secureConnect' : 'connect'
      if (socket.connecting) socket.once(connected, () => void send())
      else void send()
    })
  })
}

/** The first group of a kind. */
export function firstGroup(groups: IppAttributes, name: string): IppAttributes {
  return allGroups(groups, name)[0] ?? {}
}

const GroupSchema = z.record(z.string(), z.unknown())

/** All groups of a kind; one printer or job each. */
export function allGroups(groups: IppAttributes, name: string): readonly IppAttributes[] {
  const found = groups[name]
  if (found === undefined) return []
  return (Array.isArray(found) ? found : [found]).flatMap((group) => {
    const parsed = GroupSchema.safeParse(group)
    return parsed.success ? [parsed.data] : []
  })
}

/** The values of an attribute as words, none when it is missing. */
export function words(attributes: IppAttributes, name: string): readonly string[] {
  const value = attributes[name]
  if (value === undefined || value === null || value === '') return []
  return (Array.isArray(value) ? value : [value]).map(String)
}
