import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeWebStream } from 'node:stream/web'
import { createGzip } from 'node:zlib'
import { type Pack, pack } from 'tar-stream'
import { syncDirectory } from '../durable-file.ts'
import type { ArchivePart } from './collect.ts'
import { loadAge } from './load-age.ts'

/**
 * Writes the parts as one file: tar, gzip, age (age-encryption.org/v1, one X25519 recipient), a chunk in memory at a
 * time. It grows under `temporary`, is forced to the disk, read again and compared, and only then gets its name.
 * @param options.recipient `age1…`
 * @returns bytes of the file
 * @throws system errors and whatever the parts throw; no part of the file stays then
 */
export async function writeArchive(options: {
  readonly path: string
  readonly temporary: string
  readonly recipient: string
  readonly parts: AsyncIterable<ArchivePart>
  readonly signal: AbortSignal
}): Promise<number> {
  const { path, temporary, signal } = options
  let written: FileSum
  try {
    written = await writeEncrypted(options)
    const found = await hashFile(temporary, signal)
    if (found.bytes !== written.bytes || found.sha256 !== written.sha256) {
      throw new Error('the disk did not keep what was written')
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await syncDirectory(dirname(path))
  return written.bytes
}

interface FileSum {
  readonly bytes: number
  readonly sha256: string
}

async function writeEncrypted(options: {
  readonly temporary: string
  readonly recipient: string
  readonly parts: AsyncIterable<ArchivePart>
  readonly signal: AbortSignal
}): Promise<FileSum> {
  // Ends the packing when the writing fails: a full disk must not leave files open behind it.
  const ending = new AbortController()
  const signal = AbortSignal.any([options.signal, ending.signal])
  const handle = await open(options.temporary, 'wx', 0o600)
  const tar = pack()
  const zip = createGzip()
  const packed = Promise.all([fillPack(tar, options.parts, signal), pipeline(tar, zip, { signal })])
  packed.catch((error: unknown) => zip.destroy(error instanceof Error ? error : new Error(String(error))))
  try {
    const sum = createHash('sha256')
    let bytes = 0
    for await (const chunk of await encrypt(zip, options.recipient)) {
      signal.throwIfAborted()
      await handle.writeFile(chunk)
      sum.update(chunk)
      bytes += chunk.length
    }
    await packed
    await handle.sync()
    return { bytes, sha256: sum.digest('hex') }
  } finally {
    ending.abort()
    await packed.catch(() => undefined)
    await handle.close()
  }
}

async function encrypt(plain: Readable, recipient: string): Promise<AsyncIterable<Uint8Array>> {
  const { Encrypter } = await loadAge()
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const encrypted = await encrypter.encrypt(Readable.toWeb(plain) as ReadableStream<Uint8Array>)
  return Readable.fromWeb(encrypted as NodeWebStream<Uint8Array>)
}

async function fillPack(tar: Pack, parts: AsyncIterable<ArchivePart>, signal: AbortSignal): Promise<void> {
  try {
    for await (const part of parts) await addPart(tar, part, signal)
    tar.finalize()
  } catch (error) {
    tar.destroy(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
}

function addPart(tar: Pack, { name, size, chunks }: ArchivePart, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    const done = (error?: Error | null): void => {
      signal.removeEventListener('abort', stop)
      if (error) reject(error)
      else resolve()
    }
    if (signal.aborted) return stop()
    const header = { name, size, mode: 0o600, mtime: new Date(0) }
    if (size === 0) return void tar.entry(header, Buffer.alloc(0), done)
    const entry = tar.entry(header, done)
    entry.on('error', reject)
    void pour(entry, chunks, signal).catch(reject)
  })
}

async function pour(
  entry: NodeJS.WritableStream,
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  for await (const chunk of chunks) {
    signal.throwIfAborted()
    if (!entry.write(chunk)) await drained(entry, signal)
  }
  entry.end()
}

function drained(entry: NodeJS.WritableStream, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    entry.once('drain', () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
  })
}

async function hashFile(path: string, signal: AbortSignal): Promise<FileSum> {
  const sum = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { signal }) as AsyncIterable<Uint8Array>) {
    sum.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: sum.digest('hex') }
}
