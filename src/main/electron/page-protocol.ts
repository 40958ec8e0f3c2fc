import { protocol } from 'electron'
import { pieceOf } from '../byte-range.ts'
import type { Host } from '../host/host.ts'
import { attachmentHeader } from '../host/station-files.ts'
import { COMMON_HEADERS, CONTENT_SECURITY_POLICY, readPageFile } from '../page-files.ts'

/** Serves the renderer and the station's files under `packbench://station`, with the same headers as over HTTP. */
export function servePage(host: Host, rendererRoot: string): void {
  protocol.handle('packbench', async (request) => {
    const pathname = readPathname(request.url)
    if (pathname === null || request.method !== 'GET') return notFound()
    return pathname.startsWith('/files/')
      ? stationFile(host, pathname, request.headers.get('range'))
      : pageFile(rendererRoot, pathname)
  })
}

function readPathname(address: string): string | null {
  const url = new URL(address)
  return url.host === 'station' ? url.pathname : null
}

async function pageFile(rendererRoot: string, pathname: string): Promise<Response> {
  const file = await readPageFile(rendererRoot, pathname)
  if (file === null) return notFound()
  return new Response(Buffer.from(file.bytes), {
    headers: {
      ...COMMON_HEADERS,
      'Content-Type': file.contentType,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'Cache-Control': file.immutable ? 'max-age=31536000, immutable' : 'no-cache',
    },
  })
}

async function stationFile(host: Host, pathname: string, range: string | null): Promise<Response> {
  const file = await host.readFile(pathname)
  if (file === null) return notFound()
  const download: Record<string, string> =
    file.downloadName === null ? {} : { 'Content-Disposition': attachmentHeader(file.downloadName) }
  const piece = pieceOf(file.bytes, range)
  if (piece.status === 416)
    return new Response(null, { status: 416, headers: { ...COMMON_HEADERS, ...piece.headers } })
  return new Response(Buffer.from(piece.bytes), {
    status: piece.status,
    headers: {
      ...COMMON_HEADERS,
      ...piece.headers,
      ...download,
      'Content-Type': file.contentType,
      'Cache-Control': 'no-cache',
    },
  })
}

function notFound(): Response {
  return new Response('Not found\n', { status: 404, headers: COMMON_HEADERS })
}
