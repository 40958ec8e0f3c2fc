import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { decodeSegment } from './host/station-files.ts'

/** One file of the built renderer. */
export interface PageFile {
  readonly bytes: Uint8Array
  readonly contentType: string
  /** True when the name carries a hash of the content, so that it may be cached for good. */
  readonly immutable: boolean
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
}

/**
 * The page may load its own files and nothing else. Inline styles are needed by the widget library, which writes its
 * styles at run time; inline scripts are not allowed anywhere.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Sent with everything that leaves the host, whatever the transport. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // The camera for our own page; nobody on the floor is listened to.
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
}

/**
 * Reads a file of the renderer; `/` is `index.html`, since routes stand behind the `#`. Null when there is none or when
 * the path leads out of `root`, by dots, by separators in disguise or by a link.
 */
export async function readPageFile(root: string, pathname: string): Promise<PageFile | null> {
  const segments = pathname === '/' ? ['index.html'] : pathname.split('/').slice(1).map(decodeSegment)
  const safe = segments.every((part) => part !== null && /^[^./\\:\0][^/\\:\0]*$/.test(part))
  if (!safe) return null
  try {
    const base = await realpath(root)
    const path = await realpath(join(base, ...segments.map((part) => part ?? '')))
    if (!path.startsWith(base + sep) || !(await stat(path)).isFile()) return null
    const contentType = CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'
    const immutable = /^\/assets\/.*-[\w-]{8}\.\w+$/.test(pathname)
    return { bytes: await readFile(path), contentType, immutable }
  } catch {
    return null
  }
}
