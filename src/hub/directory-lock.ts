import { createHash } from 'node:crypto'
import { realpath, rm } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { thrownCode } from './start-fault.ts'

/** Held for as long as a hub works on a directory. */
export interface DirectoryLock {
  release(): Promise<void>
}

/**
 * Takes the exclusive lock of a directory, or null when another process has it. The lock is a local socket named after
 * the directory's real path: the operating system gives it free when its holder dies, however it dies, so there is no
 * stale lock to judge where the system has names that go with their process (Linux, Windows).
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock | null> {
  const name = lockName(await realpath(directory))
  const server = await listenOn(name)
  if (server !== null) return lockOf(server)
  // Elsewhere a socket is a file that stays behind: nobody answers on it, so nobody holds it.
  if (!name.startsWith(tmpdir()) || (await answers(name))) return null
  await rm(name, { force: true })
  const second = await listenOn(name)
  return second === null ? null : lockOf(second)
}

function lockName(path: string): string {
  const id = `packbench-hub-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`
  if (process.platform === 'linux') return `\0${id}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${id}`
  return join(tmpdir(), `${id}.sock`)
}

function listenOn(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error) => {
      if (thrownCode(error) === 'EADDRINUSE') resolve(null)
      else reject(error)
    })
    server.listen(name, () => resolve(server))
  })
}

function lockOf(server: Server): DirectoryLock {
  server.unref()
  return { release: () => new Promise((resolve) => void server.close(() => resolve())) }
}

function answers(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(name)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
