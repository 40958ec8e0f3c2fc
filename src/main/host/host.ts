import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  HOST_CONTRACT_VERSION,
  HostError,
  type HostMethod,
  type HostReply,
  type HostRequest,
  type HostResponses,
  hostRequestSchemas,
  type Space as SpaceName,
  type StationDescription,
} from '../../shared/protocol/host-contract.ts'
import { type OpenAppendFile, openAppendFile } from './append-file.ts'
import { type DataDirectory, openDataDirectory, orStartError } from './data-directory.ts'
import { writeExport } from './exports.ts'
import { type KeySealer, type MasterKeys, openMasterKeys } from './master-keys.ts'
import { hashPin, verifyPin } from './pins.ts'
import { createPrintJobs, type LabelPort, type PrintJobs } from './print-jobs.ts'
import { createQueue } from './queue.ts'
import { openSpace, type Space } from './space.ts'
import { readStationFile, type StationFile } from './station-files.ts'
import { errorText, isDiskFull, systemErrorCode } from './system-error.ts'

/** What a host needs from its entry point. */
export interface HostOptions {
  readonly directory: string
  readonly host: 'electron' | 'http'
  readonly appVersion: string
  readonly labels: LabelPort
  /** Seals the master key where the operating system has a key store; null in plain Node. */
  readonly sealer: KeySealer | null
  /** Receives defects that a page only sees as `internal`; standard error by default. */
  readonly report?: (error: unknown) => void
  /** Replaced in tests only. */
  readonly openFile?: OpenAppendFile
}

/** The station behind either transport. */
export interface Host {
  readonly directory: string
  /** Parses, carries out and answers one request; never rejects. Method and request may be anything. */
  call(method: string, request: unknown): Promise<HostReply>
  /** A label or an export by its path `/files/…`, null when there is none. */
  readFile(pathname: string): Promise<StationFile | null>
  /** Ends what is under way and gives the data directory free. */
  close(): Promise<void>
}

/** A space with what prints into it. */
interface OpenSpace {
  readonly space: Space
  readonly jobs: PrintJobs
}

interface HostState {
  readonly options: HostOptions
  readonly data: DataDirectory
  readonly masters: MasterKeys
  readonly live: OpenSpace
  /** Demo data is opened when first asked for. */
  demo: Promise<OpenSpace> | null
}

type Handlers = { [M in HostMethod]: (request: HostRequest<M>) => Promise<HostResponses[M]> }

/**
 * Opens the data directory and everything in it.
 * @throws StartError when the directory is in use, unwritable or full
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const data = await openDataDirectory(options.directory)
  try {
    const { masters, live } = await orStartError(data.path, async () => {
      const opened = await openMasterKeys(data.path, options.sealer)
      return { masters: opened, live: await openSpaceAt(data.path, opened, options) }
    })
    const state: HostState = { options, data, masters, live, demo: null }
    const handlers = createHandlers(state)
    const report = options.report ?? ((error: unknown) => console.error(error))
    return {
      directory: data.path,
      call: (method, request) => answer(handlers, method, request, report),
      readFile: (pathname) => readStationFile({ live: data.path, demo: join(data.path, 'demo') }, pathname),
      close: () => closeHost(state),
    }
  } catch (error) {
    await data.release()
    throw error
  }
}

async function openSpaceAt(directory: string, masters: MasterKeys, options: HostOptions): Promise<OpenSpace> {
  const space = await openSpace({ directory, masters, openFile: options.openFile ?? openAppendFile })
  return { space, jobs: createPrintJobs(join(directory, 'labels'), options.labels) }
}

function pick(state: HostState, name: SpaceName): Promise<OpenSpace> {
  if (name === 'live') return Promise.resolve(state.live)
  if (state.demo === null) {
    const opening = openSpaceAt(join(state.data.path, 'demo'), state.masters, state.options)
    state.demo = opening
    // A failure (a full disk) must not stay: the next call tries anew.
    opening.catch(() => {
      if (state.demo === opening) state.demo = null
    })
  }
  return state.demo
}

function createHandlers(state: HostState): Handlers {
  const { labels } = state.options
  const resets = createQueue()
  return {
    'station.describe': async ({ space }) => describe(state, (await pick(state, space)).space),
    'station.claim': async ({ space, ...rest }) => (await pick(state, space)).space.claim(rest),
    'station.reset-demo': () => resets(() => resetDemo(state)),
    'journal.append': async ({ space, ...rest }) => (await pick(state, space)).space.append(rest),
    'journal.read': async ({ space, cursor, limit }) => (await pick(state, space)).space.read(cursor, limit),
    'journal.verify': async ({ space }) => (await pick(state, space)).space.verify(),
    'people.forget': async ({ space, databaseId, personRef }) =>
      (await pick(state, space)).space.forgetPerson(databaseId, personRef),
    'print.submit': async ({ space, jobId, document }) =>
      (await pick(state, space)).jobs.submit(jobId, document),
    'label.layout': async ({ document }) => labels.layout(document),
    'file.export': async ({ space, name, base64 }) =>
      writeExport(join((await pick(state, space)).space.directory, 'exports'), name, base64),
    'pin.hash': async ({ pin }) => ({ hash: await hashPin(pin) }),
    'pin.verify': async ({ pin, hash }) => ({ ok: await verifyPin(pin, hash) }),
  }
}

async function describe(state: HostState, space: Space): Promise<StationDescription> {
  return {
    host: state.options.host,
    contractVersion: HOST_CONTRACT_VERSION,
    appVersion: state.options.appVersion,
    stationId: state.data.stationId,
    dataDirectory: state.data.path,
    ownerDatabaseId: space.owner(),
    journal: space.journalState(),
    freeBytes: await state.data.freeBytes(),
    keysSealed: state.masters.sealed,
    notices: space.repairs.map((detail) => ({ tag: 'journalTailCut' as const, detail })),
  }
}

/** The old directory leaves in one step, so that a crash in the middle leaves either all of the demo or none of it. */
async function resetDemo(state: HostState): Promise<{ tag: 'done' }> {
  const { space } = await pick(state, 'demo')
  await space.close()
  const trash = join(state.data.path, `demo.trash-${randomUUID()}`)
  try {
    await rename(space.directory, trash)
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error
  } finally {
    state.demo = null
  }
  await rm(trash, { recursive: true, force: true })
  return { tag: 'done' }
}

async function closeHost(state: HostState): Promise<void> {
  try {
    await state.live.space.close()
    const demo = await state.demo?.catch(() => null)
    await demo?.space.close()
  } finally {
    await state.data.release()
  }
}

async function answer(
  handlers: Handlers,
  method: string,
  request: unknown,
  report: (error: unknown) => void,
): Promise<HostReply> {
  if (!isHostMethod(method)) {
    return { ok: false, fault: { tag: 'unknownMethod', detail: String(method).slice(0, 100) } }
  }
  try {
    return { ok: true, value: await dispatch(handlers, method, request) }
  } catch (error) {
    if (error instanceof HostError) return { ok: false, fault: error.fault }
    if (isDiskFull(error)) return { ok: false, fault: { tag: 'diskFull', detail: errorText(error) } }
    report(error)
    return { ok: false, fault: { tag: 'internal', detail: errorText(error) } }
  }
}

function isHostMethod(method: string): method is HostMethod {
  return Object.hasOwn(hostRequestSchemas, method)
}

function dispatch<M extends HostMethod>(handlers: Handlers, method: M, request: unknown): Promise<unknown> {
  const parsed = hostRequestSchemas[method].safeParse(request)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const detail = `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'request'}`
    throw new HostError({ tag: 'badRequest', detail })
  }
  return handlers[method](parsed.data as HostRequest<M>)
}
