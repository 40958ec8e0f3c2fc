import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncDirectory } from './durable-file.ts'
import { systemErrorCode } from './system-error.ts'

/** A file that is read anywhere and written at a known end; a port, so that tests can let the disk fill up. */
export interface AppendFile {
  size(): Promise<number>
  /** Reads up to `length` bytes at `position`; fewer only at the end. */
  read(position: number, length: number): Promise<Uint8Array>
  /** Writes all bytes at `position` or throws, then possibly with a part written. */
  write(bytes: Uint8Array, position: number): Promise<void>
  /** Returns when everything written is on the disk. */
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

/** How the host opens such files. */
export type OpenAppendFile = (path: string) => Promise<AppendFile>

/** Opens or creates `path` with mode 0600; its name is durable when this returns. */
export const openAppendFile: OpenAppendFile = async (path) => {
  const { handle, created } = await openOrCreate(path)
  if (created) await syncDirectory(dirname(path))
  return {
    size: async () => (await handle.stat()).size,
    read: (position, length) => readFully(handle, position, length),
    write: (bytes, position) => writeFully(handle, bytes, position),
    sync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  }
}

async function openOrCreate(path: string): Promise<{ handle: FileHandle; created: boolean }> {
  try {
    return { handle: await open(path, 'r+'), created: false }
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error
    return { handle: await open(path, 'wx+', 0o600), created: true }
  }
}

async function readFully(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
