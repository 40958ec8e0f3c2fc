import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { systemErrorCode } from './system-error.ts'

/** A label, an export or a piece of evidence on its way to the page. */
export interface StationFile {
  readonly bytes: Uint8Array
  readonly contentType: string
  /** Set for what is always saved and never shown: exports, and labels in a printer's language. */
  readonly downloadName: string | null
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.zip': 'application/zip',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
}

/**
 * Reads `/files/<live|demo>/labels/<job id>.<pdf|zpl|tspl>`, `/files/<live|demo>/exports/<name>` or
 * `/files/<live|demo>/evidence/<yyyymmdd>/<clip id>.<n>.<webm|jpg|webp>`; null for every other path and for files that
 * are not there. A name is one segment without separators or dots in front, so it cannot leave its folder.
 * @param directories absolute path of each space
 */
export async function readStationFile(
  directories: { readonly live: string; readonly demo: string },
  pathname: string,
): Promise<StationFile | null> {
  const match = /^\/files\/(live|demo)\/(labels|exports|evidence\/\d{8})\/([^/]+)$/.exec(pathname)
  if (match === null) return null
  const [, space, folder = '', encoded = ''] = match
  const name = decodeSegment(encoded)
  if (name === null || name.startsWith('.') || /[/\\:\0]/.test(name)) return null
  if (folder === 'labels' && !/\.(pdf|zpl|tspl)$/.test(name)) return null
  const evidence = folder.startsWith('evidence/')
  if (evidence && !/\.(webm|jpg|webp)$/.test(name)) return null
  const bytes = await readPlainFile(
    join(space === 'live' ? directories.live : directories.demo, folder, name),
  )
  if (bytes === null) return null
  const contentType = CONTENT_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream'
  const shown = evidence || (folder === 'labels' && name.endsWith('.pdf'))
  return { bytes, contentType, downloadName: shown ? null : name }
}

/** One percent-encoded path segment, or null when the encoding is broken. */
export function decodeSegment(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return null
  }
}

async function readPlainFile(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null
    throw error
  }
}

/** `Content-Disposition` for a download whose name may hold any characters (RFC 6266, RFC 8187). */
export function attachmentHeader(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
