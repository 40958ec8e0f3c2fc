import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeWebStream } from 'node:stream/web'
import { createGunzip } from 'node:zlib'
import { type Extract, extract } from 'tar-stream'
import { errorText, systemErrorCode } from '../system-error.ts'
import { loadAge } from './load-age.ts'
import { type Manifest, ManifestSchema } from './manifest.ts'
import { isArchiveName, MANIFEST_NAME } from './names.ts'

const AGE_HEAD = 'age-encryption.org/v1\n'
const MOST_MANIFEST_BYTES = 64 * 1024

/** Why a file is no backup that can be restored. */
export type ArchiveFault = { readonly tag: 'notFound' | 'wrongCode' | 'damaged'; readonly detail: string }

/** Carries an {@link ArchiveFault} out of the streams. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
  constructor(readonly fault: ArchiveFault) {
    super(`${fault.tag}: ${fault.detail}`)
  }
}

/** What an archive held. */
export interface Unpacked {
  readonly manifest: Manifest
  /** Names of the files, with `/`, the manifest apart. */
  readonly files: readonly string[]
}

/**
 * Decrypts and unpacks a backup into an empty folder; every file is forced to the disk. Age authenticates each 64 kB
 * and the end, so that nothing changed or cut off gets through; the names are checked all the same, because who knows
 * the public half of the code can make an archive.
 * @param recoveryCode as typed: letter case, blanks and dashes at the wrong places do not matter
 * @throws ArchiveError for the file's faults; system errors of the disk pass through
 */
export async function unpackArchive(path: string, recoveryCode: string, folder: string): Promise<Unpacked> {
  await requireAgeFile(path)
  const { Decrypter } = await loadAge()
  const decrypter = new Decrypter()
  try {
    decrypter.addIdentity(readRecoveryCode(recoveryCode))
  } catch (error) {
    throw new ArchiveError({ tag: 'wrongCode', detail: errorText(error) })
  }
  const source = createReadStream(path)
  try {
    const plain = await decrypter.decrypt(Readable.toWeb(source) as ReadableStream<Uint8Array>)
    const tar = extract()
    const files: string[] = []
    const [piped, taken] = await Promise.allSettled([
      pipeline(Readable.fromWeb(plain as NodeWebStream<Uint8Array>), createGunzip(), tar),
      takeEntries(tar, folder, files),
    ])
    // When the taking ends it all, the pipe only knows that it was broken off.
    if (taken.status === 'rejected' && isOwnReason(taken.reason)) throw taken.reason
    if (piped.status === 'rejected') throw piped.reason
    if (taken.status === 'rejected') throw taken.reason
    return { manifest: taken.value, files }
  } catch (error) {
    throw toArchiveError(error)
  } finally {
    source.destroy()
  }
}

/** `AGE-SECRET-KEY-1…` as somebody types it from paper. */
function readRecoveryCode(typed: string): string {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  return letters.replace(/^AGESECRETKEY/, 'AGE-SECRET-KEY-')
}

async function requireAgeFile(path: string): Promise<void> {
  const head = Buffer.alloc(AGE_HEAD.length)
  try {
    const handle = await open(path, 'r')
    try {
      await handle.read(head, 0, head.length, 0)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw new ArchiveError({ tag: 'notFound', detail: errorText(error) })
  }
  if (head.toString('latin1') !== AGE_HEAD) throw damaged('no backup file')
}

async function takeEntries(tar: Extract, folder: string, files: string[]): Promise<Manifest> {
  let manifest: Manifest | null = null
  for await (const entry of tar) {
    const { name, type } = entry.header
    if (type !== 'file' || !isArchiveName(name)) throw damaged(`entry ${name.slice(0, 100)}`)
    if (manifest === null) {
      manifest = await readManifest(name, entry)
    } else {
      if (name === MANIFEST_NAME || files.includes(name)) throw damaged(`entry ${name} twice`)
      files.push(name)
      await writeEntry(join(folder, name), entry)
    }
  }
  if (manifest === null) throw damaged('empty')
  return manifest
}

async function readManifest(name: string, entry: AsyncIterable<unknown>): Promise<Manifest> {
  if (name !== MANIFEST_NAME) throw damaged('no manifest')
  const parts: Buffer[] = []
  let size = 0
  for await (const part of entry as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_MANIFEST_BYTES) throw damaged('manifest')
    parts.push(part)
  }
  return ManifestSchema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')))
}

async function writeEntry(path: string, entry: AsyncIterable<unknown>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const handle = await open(path, 'wx', 0o600)
  try {
    for await (const part of entry as AsyncIterable<Buffer>) await handle.writeFile(part)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isOwnReason(error: unknown): boolean {
  return error instanceof ArchiveError || isSystemError(error)
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && systemErrorCode(error) !== null
}

/** What a disk says passes through; everything else that goes wrong in here is the file's fault. */
function toArchiveError(error: unknown): unknown {
  if (error instanceof ArchiveError) return error
  if (isSystemError(error)) return error
  const detail = errorText(error)
  if (detail.startsWith('no identity matched')) return new ArchiveError({ tag: 'wrongCode', detail })
  return damaged(detail)
}

function damaged(detail: string): ArchiveError {
  return new ArchiveError({ tag: 'damaged', detail })
}
