import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { systemErrorCode } from './system-error.ts'

const run = promisify(execFile)

/** Tells one process from another that later got the same number. */
export interface ProcessIdentity {
  readonly pid: number
  /** Changes at each boot where the system tells (Linux); otherwise empty. */
  readonly bootId: string
  /** Start of the process: clock ticks since boot on Linux, milliseconds since 1970 elsewhere. */
  readonly startedAt: number
}

/** Start times outside Linux come in whole seconds and from a clock that may be set: this far apart is the same. */
const START_TOLERANCE_MS = 5_000

/** The identity of this process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  const ticks = await linuxStartTicks(process.pid)
  const startedAt = ticks ?? Math.round(Date.now() - process.uptime() * 1000)
  return { pid: process.pid, bootId: await readBootId(), startedAt }
}

/**
 * True when the very process still lives: same boot, its number is taken, and by a process that started at the same
 * time. Where the start time cannot be found out it counts as living: a false "in use" is harmless, two writers are not.
 */
export async function isSameProcessAlive(identity: ProcessIdentity): Promise<boolean> {
  const bootId = await readBootId()
  if (bootId !== identity.bootId) return false
  if (!isPidAlive(identity.pid)) return false
  const ticks = await linuxStartTicks(identity.pid)
  if (ticks !== null) return ticks === identity.startedAt
  const startedAt = await askStartTime(identity.pid)
  return startedAt === null || Math.abs(startedAt - identity.startedAt) <= START_TOLERANCE_MS
}

function isPidAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemErrorCode(error) === 'EPERM'
  }
}

async function readBootId(): Promise<string> {
  try {
    return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
  } catch {
    return ''
  }
}

/** Field 22 of /proc/PID/stat; counted behind the last bracket, because a program's name may hold blanks. */
async function linuxStartTicks(pid: number): Promise<number | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    return Number.isFinite(ticks) ? ticks : null
  } catch {
    return null
  }
}

async function askStartTime(pid: number): Promise<number | null> {
  try {
    const { stdout } =
      process.platform === 'win32'
        ? await run('powershell.exe', [
            '-NoProfile',
            '-Command',
            `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`,
          ])
        : await run('ps', ['-o', 'lstart=', '-p', String(pid)], { env: { ...process.env, LC_ALL: 'C' } })
    const time = Date.parse(stdout.trim())
    return Number.isNaN(time) ? null : time
  } catch {
    return null
  }
}
