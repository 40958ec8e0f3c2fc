import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, open, readFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DirectoryLock, lockDirectory } from './directory-lock.ts'
import {
  awaitReady,
  databaseDirectory,
  initialise,
  type PostgresAccess,
  postgresUrl,
  readPostgresAccess,
  settleAccess,
  stopLeftover,
} from './postgres-directory.ts'
import {
  commandOf,
  findPostgresProgram,
  type PostgresProgram,
  programThatReaches,
  runProgram,
} from './postgres-program.ts'
import { HubStartError, tell, thrownText } from './start-fault.ts'

/** A real PostgreSQL of the hub's own, on 127.0.0.1, for as long as the hub runs. */
export interface EmbeddedPostgres {
  readonly url: string
  /** Stops PostgreSQL in order and gives the directory free. */
  stop(): Promise<void>
}

interface Running {
  readonly program: PostgresProgram
  readonly directory: string
  readonly access: PostgresAccess
  readonly lock: DirectoryLock
  child: ChildProcess
  stopping: boolean
}

const MOST_LOG_BYTES = 8 * 1024 * 1024
/** A PostgreSQL that was killed leaves children behind for a moment, and its successor waits for them. */
const START_PATIENCE_MS = 30_000
const RESTART_PATIENCE_MS = 90_000

/**
 * Starts PostgreSQL on `directory/postgres` and keeps it running: one that was left behind by a killed hub is stopped
 * first, and one that dies is started again on the same port (SYN-3).
 * @param onLost PostgreSQL died and could not be brought back; nothing more can be done here
 * @throws HubStartError
 */
export async function startEmbeddedPostgres(
  directory: string,
  onLost: (detail: string) => void,
): Promise<EmbeddedPostgres> {
  const lock = await openDirectory(directory)
  try {
    const program = await openProgram(directory)
    await stopLeftover(program, directory, await readPostgresAccess(directory))
    const access = await settleAccess(directory)
    await initialise(program, directory, access)
    const child = await startPatiently(program, directory, access, START_PATIENCE_MS, () => false)
    if (child === null) throw new Error('stopped while starting')
    const running: Running = { program, directory, access, lock, child, stopping: false }
    supervise(running, onLost)
    return { url: postgresUrl(access), stop: () => stop(running) }
  } catch (error) {
    await lock.release()
    if (error instanceof HubStartError) throw error
    throw new HubStartError({ tag: 'databaseBroken', detail: thrownText(error) })
  }
}

async function openProgram(directory: string): Promise<PostgresProgram> {
  const program = await findPostgresProgram()
  // The database's user must walk through; what else is in here stays closed to it by its own mode.
  await chmod(directory, program.owner === null ? 0o700 : 0o711)
  return programThatReaches(program, [program.postgres, databaseDirectory(directory)])
}

async function openDirectory(directory: string): Promise<DirectoryLock> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const lock = await lockDirectory(directory)
    if (lock !== null) return lock
  } catch (error) {
    throw new HubStartError({ tag: 'directoryUnwritable', directory, detail: thrownText(error) })
  }
  throw new HubStartError({ tag: 'directoryInUse', directory })
}

/** Starts until it stands; null when it is not wanted any more. @throws Error of the last attempt */
async function startPatiently(
  program: PostgresProgram,
  directory: string,
  access: PostgresAccess,
  patienceMs: number,
  unwanted: () => boolean,
): Promise<ChildProcess | null> {
  for (const until = Date.now() + patienceMs; !unwanted(); await sleep(250)) {
    try {
      return await startOnce(program, directory, access)
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
  return null
}

async function startOnce(
  program: PostgresProgram,
  directory: string,
  access: PostgresAccess,
): Promise<ChildProcess> {
  const home = databaseDirectory(directory)
  const logPath = join(directory, 'postgres.log')
  const logBytes = await stat(logPath).then(
    ({ size }) => size,
    () => 0,
  )
  if (logBytes > MOST_LOG_BYTES) await truncate(logPath)
  const log = await open(logPath, 'a', 0o600)
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'logging_collector=off']
  const args = ['-D', home, '-p', String(access.port), ...settings.flatMap((setting) => ['-c', setting])]
  // A group of its own: Ctrl-C is for the hub, which first finishes what runs and then stops the database.
  const command = commandOf(program, program.postgres, args)
  const child = spawn(command.file, command.args, {
    ...command.owner,
    env: program.environment,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', () => {
    ended = true
  })
  await log.close()
  try {
    await awaitReady(access, () => ended)
    return child
  } catch (error) {
    if (!ended) child.kill('SIGQUIT')
    throw new Error(`${thrownText(error)} | ${await lastWords(logPath)}`)
  }
}

async function lastWords(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-3).join(' | ')
}

function supervise(running: Running, onLost: (detail: string) => void): void {
  running.child.once('exit', (code, signal) => {
    if (running.stopping) return
    tell({
      zh: `内置数据库意外停止（${signal ?? code}），正在重新启动…`,
      en: `The embedded database has stopped unexpectedly (${signal ?? code}); starting it again …`,
    })
    restart(running, onLost).catch((error: unknown) => onLost(thrownText(error)))
  })
}

async function restart(running: Running, onLost: (detail: string) => void): Promise<void> {
  const { program, directory, access } = running
  const child = await startPatiently(program, directory, access, RESTART_PATIENCE_MS, () => running.stopping)
  if (child === null) return
  running.child = child
  if (running.stopping) return void (await endChild(running))
  supervise(running, onLost)
  tell({ zh: '内置数据库已恢复。', en: 'The embedded database is back.' })
}

async function stop(running: Running): Promise<void> {
  if (running.stopping) return
  running.stopping = true
  await endChild(running)
  await running.lock.release()
}

/** Fast shutdown first (sessions end, a checkpoint is written), the harder ways only if that does not come to an end. */
async function endChild(running: Running): Promise<void> {
  const { child, program, directory } = running
  const ended = () => child.exitCode !== null || child.signalCode !== null
  const waitFor = async (ms: number) => {
    for (const until = Date.now() + ms; !ended() && Date.now() < until; ) await sleep(20)
  }
  if (process.platform === 'win32' && !ended()) {
    const args = ['stop', '-D', databaseDirectory(directory), '-m', 'fast', '-w']
    await runProgram(program, program.pgCtl, args).catch(() => undefined)
  }
  for (const [signal, ms] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (ended()) return
    child.kill(signal)
    await waitFor(ms)
  }
}
