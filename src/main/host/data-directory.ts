import { randomUUID } from 'node:crypto'
import { mkdir, statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readTextIfThere, writeFileDurably } from './durable-file.ts'
import { takeProcessLock } from './process-lock.ts'
import { StartError } from './start-error.ts'
import { errorText, isDiskFull, systemErrorCode } from './system-error.ts'

export const STATION_FILE = 'station.json'
/** `station.json`. */
export const StationSchema = z.object({ stationId: z.string().min(1) })
const UNWRITABLE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'ENAMETOOLONG',
  'EINVAL',
  'ENOENT',
])

/** A directory that this process alone works on. */
export interface DataDirectory {
  /** Absolute path. */
  readonly path: string
  /** Bytes that this user may still write, null where the system does not tell. */
  freeBytes(): Promise<number | null>
  /** Gives the directory free for the next process. */
  release(): Promise<void>
}

/**
 * Creates (if need be) and locks the data directory.
 * @throws StartError `directoryInUse`, `directoryUnwritable` or `diskFull`
 */
export async function openDataDirectory(given: string): Promise<DataDirectory> {
  const path = resolve(given)
  const lock = await orStartError(path, async () => {
    await mkdir(path, { recursive: true, mode: 0o700 })
    return takeProcessLock(path)
  })
  if (lock.tag === 'inUse') throw new StartError({ tag: 'directoryInUse', directory: path, pid: lock.pid })
  return { path, freeBytes: () => readFreeBytes(path), release: lock.lock.release }
}

/** Turns a system error of start-up into its tagged {@link StartError}; other errors pass through. */
export async function orStartError<T>(directory: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    const detail = errorText(error)
    if (isDiskFull(error)) throw new StartError({ tag: 'diskFull', directory, detail })
    if (UNWRITABLE.has(systemErrorCode(error) ?? '')) {
      throw new StartError({ tag: 'directoryUnwritable', directory, detail })
    }
    throw error
  }
}

/** The station's id, minted when the directory is first opened. */
export async function readOrMintStationId(directory: string): Promise<string> {
  const path = join(directory, STATION_FILE)
  const text = await readTextIfThere(path)
  // A damaged file is an error and not a reason for a new identity: the browser's database is named after the old one.
  if (text !== null) return StationSchema.parse(JSON.parse(text)).stationId
  const stationId = randomUUID()
  await writeFileDurably(path, `${JSON.stringify({ stationId })}\n`, 0o600)
  return stationId
}

/** Bytes that this user may still write on the disk of `path`; null where the system does not tell. */
export async function readFreeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  } catch {
    return null
  }
}
