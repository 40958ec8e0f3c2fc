import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pieceOf } from '../byte-range.ts'
import type { Host } from '../host/host.ts'
import { attachmentHeader } from '../host/station-files.ts'
import { errorText } from '../host/system-error.ts'
import { CONTENT_SECURITY_POLICY, readPageFile } from '../page-files.ts'
import { judgeRequest, readCookie } from './guard.ts'
import { readBody } from './read-body.ts'
import { redirect, refuse, sendBytes, sendReply, sendText } from './respond.ts'
import { openSessions, type Sessions } from './sessions.ts'

/** A station served on loopback. */
export interface HttpStation {
  readonly port: number
  /** The address to open, launch token included. */
  readonly url: string
  /** Answers what is under way, then stops listening; the host stays open. */
  close(): Promise<void>
}

interface Served {
  readonly host: Host
  readonly sessions: Sessions
  readonly rendererRoot: string
  readonly port: number
  /** Cookies are shared by all ports of an address: two stations on one PC must not overwrite each other's. */
  readonly cookieName: string
}

const COOKIE_SECONDS = 400 * 24 * 3600

/**
 * Serves the renderer and the host's methods on 127.0.0.1 and nowhere else.
 * @param options.port 0 takes any free port (tests)
 * @throws system error `EADDRINUSE` when the port is taken: another port would be another origin with an empty database
 */
export async function startHttpStation(options: {
  readonly host: Host
  readonly rendererRoot: string
  readonly port: number
}): Promise<HttpStation> {
  const { host, rendererRoot } = options
  const sessions = await openSessions(host.directory)
  let served: Served | null = null
  const server = createServer((request, response) => {
    if (served === null) return void response.destroy()
    handle(served, request, response).catch((error: unknown) => {
      console.error(error)
      if (response.headersSent) response.destroy()
      else sendReply(response, { ok: false, fault: { tag: 'internal', detail: errorText(error) } })
    })
  })
  const port = await listen(server, options.port)
  served = { host, sessions, rendererRoot, port, cookieName: `packbench-${port}` }
  return {
    port,
    url: `http://127.0.0.1:${port}/?token=${sessions.launchToken}`,
    close: () => {
      host.endWaiting()
      return closeServer(server)
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

/** Requests under way get two seconds; a browser's idle connections would otherwise hold the process for ever. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), 2_000)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })
}

async function handle(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const verdict = judgeRequest(request, served.port)
  if (verdict.tag === 'redirect') return redirect(response, verdict.location)
  const url = parsePath(request.url)
  const api = url?.pathname.startsWith('/api/') === true
  if (verdict.tag === 'refuse') return refuse(response, api, verdict.reason)
  if (url === null) return sendText(response, 400, 'Bad request\n')
  const token = url.searchParams.get('token')
  if (request.method === 'GET' && url.pathname === '/' && token !== null) {
    return exchangeToken(served, request, response, token)
  }
  if (!hasSession(served, request)) return refuse(response, api, 'session')
  if (api) return answerCall(served, request, response, url.pathname.slice('/api/'.length))
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sendText(response, 405, 'Method not allowed\n', { Allow: 'GET, HEAD' })
  }
  if (url.pathname.startsWith('/files/')) return sendStationFile(served, request, response, url.pathname)
  return sendPageFile(served, request, response, url.pathname)
}

/** Taken apart without resolving dots: what looks like a way out is refused later, not silently made harmless. */
function parsePath(raw: string | undefined): { pathname: string; searchParams: URLSearchParams } | null {
  if (raw === undefined || !raw.startsWith('/')) return null
  const question = raw.indexOf('?')
  const pathname = question < 0 ? raw : raw.slice(0, question)
  return { pathname, searchParams: new URLSearchParams(question < 0 ? '' : raw.slice(question)) }
}

function hasSession({ sessions, cookieName }: Served, request: IncomingMessage): boolean {
  const secret = readCookie(request.headers.cookie, cookieName)
  return secret !== null && sessions.isSession(secret)
}

/** Gives the browser its cookie and takes the token out of the address bar and the history. */
async function exchangeToken(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
): Promise<void> {
  const known = hasSession(served, request)
  if (!served.sessions.isLaunchToken(token)) {
    // A bookmark of an earlier start, in a browser that is known: nothing to complain about.
    return known ? redirect(response, '/') : refuse(response, false, 'session')
  }
  const cookie: Record<string, string> = known
    ? {}
    : {
        'Set-Cookie': `${served.cookieName}=${await served.sessions.open()}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}`,
      }
  redirect(response, '/', cookie)
}

async function answerCall(
  { host }: Served,
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
): Promise<void> {
  const bad = (status: number, detail: string) =>
    sendReply(response, { ok: false, fault: { tag: 'badRequest', detail } }, status)
  if (request.method !== 'POST') return bad(405, 'POST is wanted')
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    return bad(415, 'application/json is wanted')
  }
  const body = await readBody(request)
  if (body.tag === 'broken') return void response.destroy()
  if (body.tag === 'tooLarge') return bad(413, 'the request is larger than 32 MB')
  const parsed = parseJson(body.text)
  if (parsed === undefined) return bad(400, 'no JSON')
  sendReply(response, await host.call(method, parsed))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function sendPageFile(
  { rendererRoot }: Served,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  const file = await readPageFile(rendererRoot, pathname)
  if (file === null) return sendText(response, 404, 'Not found\n')
  sendBytes(request, response, file.bytes, {
    'Content-Type': file.contentType,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  })
}

/** Labels may be shown in the browser's PDF viewer, which a strict policy would keep from starting. */
async function sendStationFile(
  { host }: Served,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  const file = await host.readFile(pathname)
  if (file === null) return sendText(response, 404, 'Not found\n')
  const piece = pieceOf(file.bytes, request.headers.range ?? null)
  if (piece.status === 416) return sendText(response, 416, 'Range not satisfiable\n', piece.headers)
  const headers = {
    ...piece.headers,
    'Content-Type': file.contentType,
    'Content-Security-Policy': "frame-ancestors 'none'",
    'Cache-Control': 'private, no-cache',
    ...(file.downloadName === null ? {} : { 'Content-Disposition': attachmentHeader(file.downloadName) }),
  }
  sendBytes(request, response, piece.bytes, headers, piece.status)
}
