import type { IncomingMessage } from 'node:http'

/** What the border makes of a request before anything of it is used. */
export type GuardVerdict =
  | { readonly tag: 'pass' }
  /** `localhost` is another origin with another database: the page must always live under 127.0.0.1. */
  | { readonly tag: 'redirect'; readonly location: string }
  | { readonly tag: 'refuse'; readonly reason: 'host' | 'origin' }

/**
 * Judges where a request comes from.
 * - Host must be our own address: a foreign name that resolves to 127.0.0.1 (DNS rebinding) is refused.
 * - Origin, when sent, must be our own; a POST must prove it by Origin or `Sec-Fetch-Site: same-origin`.
 * - Other pages of this PC on other ports count as the same *site*, so that SameSite cookies come along with their
 *   requests; the fetch metadata gives them away. Following a link to us remains possible.
 */
export function judgeRequest(request: IncomingMessage, port: number): GuardVerdict {
  const own = `127.0.0.1:${port}`
  const { host, origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const reading = request.method === 'GET' || request.method === 'HEAD'
  if (host === `localhost:${port}` && request.method === 'GET' && origin === undefined) {
    return { tag: 'redirect', location: `http://${own}${ownPath(request.url)}` }
  }
  if (host !== own) return { tag: 'refuse', reason: 'host' }
  if (origin !== undefined && origin !== `http://${own}`) return { tag: 'refuse', reason: 'origin' }
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  const following = reading && request.headers['sec-fetch-mode'] === 'navigate'
  if (foreignSite && !following) return { tag: 'refuse', reason: 'origin' }
  if (!reading && origin === undefined && site !== 'same-origin') return { tag: 'refuse', reason: 'origin' }
  return { tag: 'pass' }
}

/** Only a path: `//elsewhere` or a full address in the request line must not steer the redirect away. */
function ownPath(url: string | undefined): string {
  return url !== undefined && /^\/(?![/\\])/.test(url) ? url : '/'
}

/** The value of a cookie, or null. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}
