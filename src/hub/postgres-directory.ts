import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, readlink, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { type PostgresProgram, runProgram } from './postgres-program.ts'
import { HubStartError, thrownCode, thrownText } from './start-fault.ts'

const DATABASE_USER = 'packbench'
const DATABASE = 'packbench'

const AccessSchema = z.object({ port: z.number().int().positive(), password: z.string().min(20) })
/** How to get at the embedded PostgreSQL: kept in the hub's directory, readable by its owner alone. */
export type PostgresAccess = z.infer<typeof AccessSchema>

/** Where PostgreSQL's own files are. */
export function databaseDirectory(directory: string): string {
  return join(directory, 'postgres')
}

/** The address of the embedded PostgreSQL, password included. */
export function postgresUrl({ port, password }: PostgresAccess, database = DATABASE): string {
  return `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`
}

/** Reads the access file, or null where no hub has ever been. */
export async function readPostgresAccess(directory: string): Promise<PostgresAccess | null> {
  try {
    return AccessSchema.parse(JSON.parse(await readFile(accessPath(directory), 'utf8')))
  } catch (error) {
    if (thrownCode(error) === 'ENOENT') return null
    throw new HubStartError({
      tag: 'databaseBroken',
      detail: `${accessPath(directory)}: ${thrownText(error)}`,
    })
  }
}

/**
 * The access of this directory: a random password from the first start, and the port it had last time where that is
 * still free, because other hub processes and tools know it.
 */
export async function settleAccess(directory: string): Promise<PostgresAccess> {
  const known = await readPostgresAccess(directory)
  const port = known !== null && (await isFree(known.port)) ? known.port : await anyFreePort()
  const access = { port, password: known?.password ?? randomBytes(24).toString('base64url') }
  if (known?.port !== port) {
    const temporary = `${accessPath(directory)}.new`
    await writeFile(temporary, `${JSON.stringify(access)}\n`, { mode: 0o600 })
    await rename(temporary, accessPath(directory))
  }
  return access
}

function accessPath(directory: string): string {
  return join(directory, 'postgres.json')
}

/** Makes the database's files unless they are there; they get their name only when they are whole. */
export async function initialise(
  program: PostgresProgram,
  directory: string,
  access: PostgresAccess,
): Promise<void> {
  const home = databaseDirectory(directory)
  if ((await readText(join(home, 'PG_VERSION'))) !== null) return
  const unfinished = `${home}.new`
  const passwordFile = join(directory, 'postgres-password.new')
  await rm(unfinished, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  try {
    await mkdir(unfinished, { mode: 0o700 })
    await writeFile(passwordFile, `${access.password}\n`, { mode: 0o600, flag: 'wx' })
    if (program.owner !== null) {
      const { uid, gid } = program.owner
      await chown(unfinished, uid, gid)
      await chown(passwordFile, uid, gid)
    }
    await runProgram(program, program.initdb, [
      `--pgdata=${unfinished}`,
      '--auth=scram-sha-256',
      `--username=${DATABASE_USER}`,
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--data-checksums',
    ])
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(unfinished, home)
}

/**
 * Stops a PostgreSQL that a killed hub has left behind on these files. A process that merely has the number which its
 * file names (after a restart of the computer) is left alone.
 */
export async function stopLeftover(
  program: PostgresProgram,
  directory: string,
  access: PostgresAccess | null,
): Promise<void> {
  const home = databaseDirectory(directory)
  const pidFile = join(home, 'postmaster.pid')
  const lines = (await readText(pidFile))?.split('\n')
  const pid = Number(lines?.[0])
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return
  if (!(await worksOn(home, pid, Number(lines?.[3]), access))) {
    // PostgreSQL would take the stranger for a postmaster and refuse to start.
    if (process.platform === 'linux') await rm(pidFile, { force: true })
    return
  }
  const stop = (mode: string) =>
    runProgram(program, program.pgCtl, ['stop', '-D', home, '-m', mode, '-w', '-t', '20'])
  await stop('fast').catch(() => stop('immediate').catch(() => undefined))
}

async function worksOn(
  home: string,
  pid: number,
  port: number,
  access: PostgresAccess | null,
): Promise<boolean> {
  if (process.platform === 'linux') {
    return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === (await realpath(home))
  }
  if (access === null) return false
  const client = new pg.Client({ connectionString: postgresUrl({ ...access, port }, 'postgres') })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query("SELECT current_setting('data_directory') AS home")
    return (await realpath(String(rows[0]?.home))) === (await realpath(home))
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Waits until PostgreSQL takes connections (it may have a crash to recover from), and makes the hub's database.
 * @param gone true once the process has ended, so that nobody waits for it
 */
export async function awaitReady(access: PostgresAccess, gone: () => boolean): Promise<void> {
  for (const until = Date.now() + 120_000; ; await sleep(50)) {
    try {
      return await makeDatabase(access)
    } catch (error) {
      const starting = ['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(thrownCode(error) ?? '')
      if (gone() || !starting || Date.now() > until) throw error
    }
  }
}

async function makeDatabase(access: PostgresAccess): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl(access, 'postgres') })
  // A connection that breaks between two queries would otherwise end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return thrownCode(error) === 'EPERM'
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (thrownCode(error) === 'ENOENT') return null
    throw error
  }
}

function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  )
}

function anyFreePort(): Promise<number> {
  return listenOnce(0)
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
    })
  })
}
