import { randomUUID } from 'node:crypto'
import { link, open, rename, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { readJsonIfThere, readTextIfThere } from './durable-file.ts'
import { isSameProcessAlive, ownIdentity } from './process-identity.ts'
import { systemErrorCode } from './system-error.ts'

const LOCK_FILE = 'station.lock'
const LockSchema = z.object({
  pid: z.number().int().positive(),
  bootId: z.string(),
  startedAt: z.number(),
  token: z.string(),
})

/** Held for as long as a process works on a directory. */
export interface ProcessLock {
  /** Gives the directory free; does nothing when the lock file is no longer ours. */
  release(): Promise<void>
}

/** The lock, or who holds it. */
export type LockAnswer =
  | { readonly tag: 'locked'; readonly lock: ProcessLock }
  | { readonly tag: 'inUse'; readonly pid: number }

/**
 * Takes the exclusive lock of a directory: a file with the holder's process number, boot and start time. A lock whose
 * process is gone (crash, power cut, a number since reused) is set aside and taken over. The file appears with its
 * content in one step (hard link), so nobody ever reads half a lock.
 */
export async function takeProcessLock(directory: string): Promise<LockAnswer> {
  const path = join(directory, LOCK_FILE)
  const token = randomUUID()
  const content = JSON.stringify({ ...(await ownIdentity()), token })
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await createExclusively(path, content, token)) {
      if (attempt > 0 && !(await stillHolds(path, token))) continue
      return { tag: 'locked', lock: { release: () => releaseLock(path, token) } }
    }
    const text = await readTextIfThere(path)
    if (text === null) continue
    const holder = parseLock(text)
    if (holder !== null && (await isSameProcessAlive(holder))) return { tag: 'inUse', pid: holder.pid }
    await setAsideStale(path, text)
  }
  return { tag: 'inUse', pid: parseLock((await readTextIfThere(path)) ?? '')?.pid ?? 0 }
}

function parseLock(text: string): z.infer<typeof LockSchema> | null {
  try {
    return LockSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

async function createExclusively(path: string, content: string, token: string): Promise<boolean> {
  const temporary = `${path}.${token}`
  try {
    await writeNew(temporary, content)
    await link(temporary, path)
    return true
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EEXIST') return false
    // File systems without hard links (FAT, some network shares): exclusive creation is the next best.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS' || code === 'EOPNOTSUPP') {
      return createPlainly(path, content)
    }
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

async function createPlainly(path: string, content: string): Promise<boolean> {
  try {
    await writeNew(path, content)
    return true
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false
    throw error
  }
}

async function writeNew(path: string, content: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(content)
  } finally {
    await handle.close()
  }
}

/** Two starters may judge the same lock stale; whoever finds that he moved a fresh one puts it back. */
async function setAsideStale(path: string, staleText: string): Promise<void> {
  const aside = `${path}.stale-${randomUUID()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return
    throw error
  }
  if ((await readTextIfThere(aside)) !== staleText) {
    try {
      await link(aside, path)
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error
    }
  }
  await rm(aside, { force: true })
}

/**
 * After a take-over another starter may have moved our fresh lock for a moment, and a third may have got in meanwhile:
 * a short wait outlasts that moment, and then the file says who holds it.
 */
async function stillHolds(path: string, token: string): Promise<boolean> {
  await sleep(100)
  return parseLock((await readTextIfThere(path)) ?? '')?.token === token
}

async function releaseLock(path: string, token: string): Promise<void> {
  const held = LockSchema.safeParse(await readJsonIfThere(path))
  if (held.success && held.data.token === token) await unlink(path)
}
