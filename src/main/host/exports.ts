import { open, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type ExportAnswer, HostError } from '../../shared/protocol/host-contract.ts'
import { syncDirectory } from './durable-file.ts'
import { systemErrorCode } from './system-error.ts'

/** File systems take 255 bytes; the rest is room for an appended number. */
const MAX_NAME_BYTES = 200
const WINDOWS_RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i

/**
 * A file name that every system takes and that names nothing but a file in its directory: no separators, control
 * characters or other signs that Windows forbids, no device names, no leading dots, no trailing dots or blanks.
 */
export function safeFileName(wanted: string): string {
  const plain = wanted
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/gu, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '')
  const extension = shorten(extname(plain), 20)
  const stem = shorten(plain.slice(0, plain.length - extname(plain).length), MAX_NAME_BYTES - 20).trimEnd()
  // Windows reads a device name up to the first dot, whatever follows.
  const device = WINDOWS_RESERVED.test((stem.split('.')[0] ?? '').trim())
  return `${device ? '_' : ''}${stem === '' ? 'export' : stem}${extension}`
}

function shorten(text: string, maxBytes: number): string {
  let short = ''
  let bytes = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxBytes) break
    short += character
  }
  return short
}

/**
 * Writes an export under a name of its own: `name.csv`, then `name (2).csv` … Nothing is ever overwritten.
 * @throws HostError `badRequest` when `base64` is none; system errors (a full disk) pass through, the part is removed
 */
export async function writeExport(directory: string, wanted: string, base64: string): Promise<ExportAnswer> {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    throw new HostError({ tag: 'badRequest', detail: 'base64' })
  }
  const bytes = Buffer.from(base64, 'base64')
  const safe = safeFileName(wanted)
  const extension = extname(safe)
  const stem = safe.slice(0, safe.length - extension.length)
  for (let number = 1; ; number++) {
    const name = number === 1 ? safe : `${stem} (${number})${extension}`
    const path = join(directory, name)
    if (await writeNewFile(path, bytes)) {
      await syncDirectory(directory)
      return { name, path }
    }
  }
}

async function writeNewFile(path: string, bytes: Uint8Array): Promise<boolean> {
  let handle: Awaited<ReturnType<typeof open>>
  try {
    handle = await open(path, 'wx', 0o600)
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false
    throw error
  }
  try {
    await handle.writeFile(bytes)
    await handle.sync()
    await handle.close()
    return true
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(path, { force: true })
    throw error
  }
}
