import { constants } from 'node:fs'
import { access, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type {
  BackupFile,
  BackupState,
  BackupWriteAnswer,
  HostRequest,
  HostResponses,
} from '../../../shared/protocol/host-contract.ts'
import { createQueue } from '../queue.ts'
import { errorText, isDiskFull, systemErrorCode } from '../system-error.ts'
import { type BackupSource, collectParts } from './collect.ts'
import { loadAge } from './load-age.ts'
import { backupFileName, backupTime, stationPrefix } from './names.ts'
import { type BackupSettings, readSettings, writeSettings } from './settings.ts'
import { writeArchive } from './write-archive.ts'

const CHECK_EVERY_MS = 5 * 60_000
/** A full disk is not filled again at every check. */
const AFTER_FAILURE_MS = 30 * 60_000
const HOUR_MS = 3_600_000
const UNWRITABLE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'EEXIST',
  'EINVAL',
  'ENAMETOOLONG',
])

/** Time as the schedule sees it. */
export interface BackupClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs a task every so often until the returned function is called. */
  every(ms: number, task: () => void): () => void
}

/** The PC's clock; it does not keep the process alive. */
export const systemClock: BackupClock = {
  now: Date.now,
  every: (ms, task) => {
    const timer = setInterval(task, ms)
    timer.unref()
    return () => clearInterval(timer)
  },
}

/** Backups of the live space. Methods are those of the contract. */
export interface Backups {
  describe(): Promise<BackupState>
  begin(): Promise<HostResponses['backup.begin']>
  configure(request: HostRequest<'backup.configure'>): Promise<BackupState>
  /** While one is being written, the answer is that one's. */
  write(): Promise<BackupWriteAnswer>
  /** Breaks off what is under way; its part is removed. */
  close(): Promise<void>
}

interface State {
  readonly source: BackupSource
  readonly clock: BackupClock
  readonly ending: AbortController
  settings: BackupSettings
  running: Promise<BackupWriteAnswer> | null
  failedAt: number | null
}

/** Opens the backups as `backup.json` describes them and starts their schedule. */
export async function openBackups(source: BackupSource, clock: BackupClock): Promise<Backups> {
  const settings = await readSettings(source.directory)
  const ending = new AbortController()
  const state: State = { source, clock, ending, settings, running: null, failedAt: null }
  const queue = createQueue()
  const stop = clock.every(CHECK_EVERY_MS, () => {
    if (isDue(state)) void write(state)
  })
  return {
    describe: () => describe(state),
    begin: () => queue(() => begin(state)),
    configure: (request) => queue(() => configure(state, request)),
    write: () => write(state),
    close: async () => {
      stop()
      ending.abort(new Error('the station is ending'))
      await state.running
    },
  }
}

function targetOf({ settings, source }: State): string {
  return settings.directory ?? join(source.directory, 'backups')
}

async function describe(state: State): Promise<BackupState> {
  const { recipient, everyHours, keep, evidence, lastAt, trouble } = state.settings
  const directory = targetOf(state)
  const listed = await listFiles(state)
  return {
    ready: recipient !== null,
    directory,
    everyHours,
    keep,
    evidence,
    files: listed.files,
    totalBytes: listed.files.reduce((sum, file) => sum + file.bytes, 0),
    lastAt,
    trouble: trouble ?? listed.trouble,
  }
}

/** Newest first. That the own folder is not there yet is no trouble; that a chosen one is gone is. */
async function listFiles(state: State): Promise<{ files: BackupFile[]; trouble: BackupState['trouble'] }> {
  const directory = targetOf(state)
  const files: BackupFile[] = []
  try {
    for (const name of await readdir(directory)) {
      const at = backupTime(state.source.stationId, name)
      if (at === null) continue
      const path = join(directory, name)
      files.push({ name, path, at, bytes: (await stat(path)).size })
    }
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT' || state.settings.directory !== null) {
      return { files, trouble: { tag: 'notWritable', detail: errorText(error) } }
    }
  }
  files.sort((a, b) => b.at - a.at)
  return { files, trouble: null }
}

async function begin(state: State): Promise<HostResponses['backup.begin']> {
  if (state.settings.recipient !== null) return { tag: 'alreadyBegun' }
  const { generateX25519Identity, identityToRecipient } = await loadAge()
  const recoveryCode = await generateX25519Identity()
  await save(state, { recipient: await identityToRecipient(recoveryCode) })
  return { tag: 'begun', recoveryCode }
}

/** What was chosen is kept even when it cannot be written just now: a stick may be plugged in again. */
async function configure(state: State, wanted: HostRequest<'backup.configure'>): Promise<BackupState> {
  const { directory, everyHours, keep, evidence } = wanted
  await save(state, { directory, everyHours, keep, evidence })
  const trouble = await prepareTarget(targetOf(state))
  state.failedAt = null
  await save(state, { trouble })
  return describe(state)
}

async function save(state: State, changes: Partial<BackupSettings>): Promise<void> {
  const next = { ...state.settings, ...changes }
  await writeSettings(state.source.directory, next)
  state.settings = next
}

/**
 * Makes the folder if need be; null when it can be written to. Only its last level is made: what stands for a stick
 * that is not plugged in must not be made up on the PC's own disk.
 */
async function prepareTarget(directory: string): Promise<BackupState['trouble']> {
  if (!isAbsolute(directory)) return { tag: 'notWritable', detail: directory }
  try {
    await makeFolder(directory)
    await access(directory, constants.W_OK | constants.X_OK)
    return null
  } catch (error) {
    return troubleOf(error)
  }
}

async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 })
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST' || !(await stat(directory)).isDirectory()) throw error
  }
}

function troubleOf(error: unknown): NonNullable<BackupState['trouble']> {
  const detail = errorText(error)
  if (isDiskFull(error)) return { tag: 'diskFull', detail }
  return { tag: UNWRITABLE.has(systemErrorCode(error) ?? '') ? 'notWritable' : 'failed', detail }
}

/** A clock that was set back must not put the next backup off for a year. */
function isDue({ settings, clock, failedAt, running }: State): boolean {
  const { recipient, everyHours, lastAt } = settings
  if (recipient === null || everyHours === null || running !== null) return false
  const now = clock.now()
  if (failedAt !== null && now >= failedAt && now - failedAt < AFTER_FAILURE_MS) return false
  return lastAt === null || lastAt > now || now - lastAt >= everyHours * HOUR_MS
}

function write(state: State): Promise<BackupWriteAnswer> {
  const { recipient } = state.settings
  if (recipient === null) return Promise.resolve({ tag: 'notReady' })
  state.running ??= writeOne(state, recipient).finally(() => {
    state.running = null
  })
  return state.running
}

async function writeOne(state: State, recipient: string): Promise<BackupWriteAnswer> {
  try {
    const trouble = await prepareTarget(targetOf(state))
    if (trouble !== null) return await fail(state, trouble)
    const file = await writeFile(state, recipient)
    state.failedAt = null
    await save(state, { lastAt: file.at, trouble: null })
    await removeOld(state)
    return { tag: 'written', file }
  } catch (error) {
    return fail(state, troubleOf(error))
  }
}

async function writeFile(state: State, recipient: string): Promise<BackupFile> {
  const { source, settings, clock, ending } = state
  const directory = targetOf(state)
  const names = await readdir(directory)
  for (const name of names.filter((one) => isLeftOver(source.stationId, one))) {
    await rm(join(directory, name), { force: true })
  }
  let at = Math.floor(clock.now() / 1000) * 1000
  while (names.includes(backupFileName(source.stationId, at))) at += 1000
  const name = backupFileName(source.stationId, at)
  const path = join(directory, name)
  const parts = collectParts(source, { at, evidence: settings.evidence })
  const temporary = `${path}.tmp`
  const bytes = await writeArchive({ path, temporary, recipient, parts, signal: ending.signal })
  return { name, path, bytes, at }
}

/** Only one is written at a time, so what bears such a name now was broken off. */
function isLeftOver(stationId: string, name: string): boolean {
  return name.startsWith(`packbench-${stationPrefix(stationId)}-`) && name.endsWith('.pbk.tmp')
}

/** When even the note of it cannot be written, the person still gets the answer. */
async function fail(state: State, trouble: NonNullable<BackupState['trouble']>): Promise<BackupWriteAnswer> {
  // Broken off by the end of the station: the next start makes up for it, and nobody needs to act.
  if (state.ending.signal.aborted) return trouble
  state.failedAt = state.clock.now()
  state.settings = { ...state.settings, trouble }
  await writeSettings(state.source.directory, state.settings).catch(() => undefined)
  return trouble
}

/** A failure to remove old ones is not one of the backup that was just written. */
async function removeOld(state: State): Promise<void> {
  const { files } = await listFiles(state)
  for (const file of files.slice(state.settings.keep)) {
    await rm(file.path, { force: true }).catch(() => undefined)
  }
}
