/** What of a file is sent: a piece as asked for, the whole, or nothing because the piece lies behind its end. */
export type FilePiece =
  | {
      readonly status: 200 | 206
      readonly bytes: Uint8Array
      readonly headers: Readonly<Record<string, string>>
    }
  | { readonly status: 416; readonly headers: Readonly<Record<string, string>> }

/**
 * Cuts out what a `Range` header asks for (RFC 9110, section 14): players move about in a clip by it. Anything but one
 * plain range of bytes is answered with the whole file, as the standard allows.
 */
export function pieceOf(bytes: Uint8Array, range: string | null): FilePiece {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? '')
  const [, from = '', to = ''] = match ?? []
  const headers = { 'Accept-Ranges': 'bytes' }
  if (match === null || (from === '' && to === '')) return { status: 200, bytes, headers }
  const total = bytes.length
  const start = from === '' ? Math.max(0, total - Number(to)) : Number(from)
  const last = from === '' || to === '' ? total - 1 : Math.min(Number(to), total - 1)
  if (start > last) return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${total}` } }
  const contentRange = `bytes ${start}-${last}/${total}`
  return {
    status: 206,
    bytes: bytes.subarray(start, last + 1),
    headers: { ...headers, 'Content-Range': contentRange },
  }
}
