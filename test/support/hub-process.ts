import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const BUILT_HUB = join(dirname(fileURLToPath(import.meta.url)), '../../out/main/hub.js')
const START_LIMIT_MS = 60_000

/** A hub in a process of its own. */
export interface HubProcess {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Everything said on standard output and standard error so far. */
  out(): string
  err(): string
  kill(signal: NodeJS.Signals): void
  /** Exit code, or the signal's name. */
  readonly ended: Promise<number | NodeJS.Signals | null>
}

/** What a process said, and how it ended. */
export interface FinishedProcess {
  readonly code: number | NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

/**
 * Starts the built hub and waits for its ready line.
 * @throws Error with all it said when it ends or takes too long instead
 */
export async function startHubProcess(args: readonly string[]): Promise<HubProcess> {
  const run = spawnHub(args)
  const port = await new Promise<number>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the hub ${why}: ${run.out()}${run.err()}`))
    const timer = setTimeout(() => {
      run.child.kill('SIGKILL')
      fail('was not ready in time')
    }, START_LIMIT_MS)
    run.child.stdout?.on('data', () => {
      const found = /^Hub ready: https?:\/\/[^\s/]+:(\d+)\/$/m.exec(run.out())
      if (found === null) return
      clearTimeout(timer)
      resolve(Number(found[1]))
    })
    run.ended.then((code) => {
      clearTimeout(timer)
      fail(`ended with ${code}`)
    })
  })
  // What was said on standard error before that line comes by another pipe.
  await sleep(50)
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    pid: run.child.pid ?? 0,
    out: run.out,
    err: run.err,
    kill: (signal) => void run.child.kill(signal),
    ended: run.ended,
  }
}

/** Runs the built hub to its end: for commands, and for starts that must fail. */
export async function runHubProcess(args: readonly string[]): Promise<FinishedProcess> {
  const run = spawnHub(args)
  const code = await run.ended
  return { code, out: run.out(), err: run.err() }
}

/** The enrolment code that a hub without stations says at its start. */
export function saidCode(err: string): string {
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2,}/.exec(err)?.[0]
  if (code === undefined) throw new Error(`no enrolment code in: ${err}`)
  return code
}

/** The database of an embedded hub's directory, for a second hub on it. */
export function embeddedDatabaseUrl(directory: string): string {
  const { port, password } = JSON.parse(readFileSync(join(directory, 'postgres.json'), 'utf8')) as {
    port: number
    password: string
  }
  return `postgres://packbench:${password}@127.0.0.1:${port}/packbench`
}

/** Process number of the embedded PostgreSQL, or null when none runs. */
export function embeddedPostmaster(directory: string): number | null {
  const file = join(directory, 'postgres/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
}

function spawnHub(args: readonly string[]): {
  readonly child: ChildProcess
  out(): string
  err(): string
  readonly ended: HubProcess['ended']
} {
  if (!existsSync(BUILT_HUB)) throw new Error('out/main/hub.js is missing: run npm run build first')
  const child = spawn(process.execPath, [BUILT_HUB, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    said.err += String(chunk)
  })
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code))
  })
  return { child, ended, out: () => said.out, err: () => said.err }
}
