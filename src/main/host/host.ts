import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  HOST_CONTRACT_VERSION,
  type HostReply,
  type HostRequest,
  type RestoreAnswer,
  type Space as SpaceName,
  type StationDescription,
} from '../../shared/protocol/host-contract.ts'
import { answerCall, type Handlers } from './answer-call.ts'
import { type OpenAppendFile, openAppendFile } from './append-file.ts'
import { type BackupClock, type Backups, openBackups, systemClock } from './backup/backups.ts'
import { type PreparedRestore, prepareRestore } from './backup/restore.ts'
import { finishRestore } from './backup/restored-files.ts'
import { type CourierPort, createCouriers } from './couriers/couriers.ts'
import {
  type DataDirectory,
  openDataDirectory,
  orStartError,
  readFreeBytes,
  readOrMintStationId,
} from './data-directory.ts'
import { type Evidence, openEvidence } from './evidence/evidence.ts'
import { evidenceHandlers } from './evidence/evidence-handlers.ts'
import { type EvidenceDesk, openEvidenceDesk } from './evidence/evidence-settings.ts'
import { writeExport } from './exports.ts'
import { type HubLinkPort, openHubLink } from './hub-link/hub-link.ts'
import { type KeySealer, type MasterKeys, openMasterKeys } from './master-keys.ts'
import { hashPin, verifyPin } from './pins.ts'
import { type LabelPort, openPrintJobs, type PrintJobs } from './print-jobs.ts'
import { discoverPrinters } from './printers/discovery.ts'
import { fileOnlyBook, openPrinterBook, type PrinterBook } from './printers/printer-book.ts'
import { listPrinters, probePrinter, removePrinter, savePrinter } from './printers/printer-desk.ts'
import type { SilentPrint } from './printers/windows-printer.ts'
import { createQueue } from './queue.ts'
import { scaleHandlers } from './scales/scale-handlers.ts'
import { openScales, type Scales } from './scales/scales.ts'
import type { SerialPorts } from './scales/serial-ports.ts'
import { openSpace, RESTORED_OWNER, type Space } from './space.ts'
import { readStationFile, type StationFile } from './station-files.ts'
import { systemErrorCode } from './system-error.ts'

/** What a host needs from its entry point. */
export interface HostOptions {
  readonly directory: string
  readonly host: 'electron' | 'http'
  readonly appVersion: string
  readonly labels: LabelPort
  /** Prints pages through a Windows driver; only Electron can. */
  readonly silentPrint?: SilentPrint
  /** Seals the master key where the operating system has a key store; null in plain Node. */
  readonly sealer: KeySealer | null
  /** Receives defects that a page only sees as `internal`; standard error by default. */
  readonly report?: (error: unknown) => void
  /** Replaced in tests only. */
  readonly openFile?: OpenAppendFile
  /** Replaced in tests only. */
  readonly serial?: SerialPorts
  /** Replaced in tests only. */
  readonly clock?: BackupClock
}

/** The station behind either transport. */
export interface Host {
  readonly directory: string
  /** Parses, carries out and answers one request; never rejects. Method and request may be anything. */
  call(method: string, request: unknown): Promise<HostReply>
  /** A label or an export by its path `/files/…`, null when there is none. */
  readFile(pathname: string): Promise<StationFile | null>
  /** Lets go at once who only waits for news, so that a transport can finish its calls. */
  endWaiting(): void
  /** Ends what is under way and gives the data directory free. */
  close(): Promise<void>
}

/** A space with what prints and records into it. */
interface OpenSpace {
  readonly space: Space
  readonly jobs: PrintJobs
  readonly evidence: Evidence
}

/** What is opened from the data directory, and opened anew after a restore. */
interface OpenStation {
  readonly stationId: string
  readonly masters: MasterKeys
  readonly live: OpenSpace
  readonly printers: PrinterBook
  readonly evidenceDesk: EvidenceDesk
  readonly hub: HubLinkPort
  readonly backups: Backups
  readonly couriers: CourierPort
}

interface HostState {
  readonly options: HostOptions
  readonly data: DataDirectory
  station: Promise<OpenStation>
  /** For what cannot wait. */
  hub: HubLinkPort
  /** Belongs to the PC: a restore leaves it as it is. */
  readonly scales: Scales
  readonly openJobs: Set<PrintJobs>
  /** Demo data is opened when first asked for. */
  demo: Promise<OpenSpace> | null
}

/**
 * Opens the data directory and everything in it.
 * @throws StartError when the directory is in use, unwritable or full
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const data = await openDataDirectory(options.directory)
  try {
    const openJobs = new Set<PrintJobs>()
    const station = await orStartError(data.path, () => openStation(data.path, options, openJobs))
    const state: HostState = {
      options,
      data,
      station: Promise.resolve(station),
      hub: station.hub,
      scales: await openScales({ ...options, directory: data.path }),
      openJobs,
      demo: null,
    }
    const handlers = createHandlers(state)
    const report = options.report ?? ((error: unknown) => console.error(error))
    return {
      directory: data.path,
      call: (method, request) => answerCall(handlers, method, request, report),
      readFile: (pathname) => readStationFile({ live: data.path, demo: join(data.path, 'demo') }, pathname),
      endWaiting: () => {
        state.hub.endWaiting()
        state.scales.endWaiting()
        for (const jobs of openJobs) jobs.endWaiting()
      },
      close: () => closeHost(state),
    }
  } catch (error) {
    await data.release()
    throw error
  }
}

async function openStation(
  directory: string,
  options: HostOptions,
  openJobs: Set<PrintJobs>,
): Promise<OpenStation> {
  await finishRestore(directory)
  const { appVersion } = options
  const clock = options.clock ?? systemClock
  const stationId = await readOrMintStationId(directory)
  const masters = await openMasterKeys(directory, options.sealer)
  const printers = await openPrinterBook(directory)
  const evidenceDesk = await openEvidenceDesk(directory, () => readFreeBytes(directory))
  const live = await openSpaceAt({ directory, masters, options, openJobs, printers, evidenceDesk })
  const hub = await openHubLink({ directory, stationId, appVersion, masters, now: clock.now })
  const backups = await openBackups({ directory, stationId, appVersion, masters, space: live.space }, clock)
  const couriers = createCouriers({ directory, masters, now: clock.now })
  return { stationId, masters, live, printers, evidenceDesk, hub, backups, couriers }
}

async function openSpaceAt({
  directory,
  masters,
  options,
  openJobs,
  printers,
  evidenceDesk,
}: {
  readonly directory: string
  readonly masters: MasterKeys
  readonly options: HostOptions
  readonly openJobs: Set<PrintJobs>
  readonly printers: PrinterBook
  readonly evidenceDesk: EvidenceDesk
}): Promise<OpenSpace> {
  const { openFile = openAppendFile, labels, silentPrint = null, report } = options
  const space = await openSpace({ directory, masters, openFile })
  const jobs = await openPrintJobs({
    directory,
    labels,
    book: printers,
    silentPrint,
    openFile,
    ...(report === undefined ? {} : { report }),
  })
  openJobs.add(jobs)
  const { settings, freeBytes } = evidenceDesk
  const evidence = await openEvidence({
    directory,
    settings,
    freeBytes,
    openFile,
    ...(report === undefined ? {} : { report }),
  })
  return { space, jobs, evidence }
}

/** Labels first: what is being printed writes down how it ended. */
async function closeSpace({ space, jobs, evidence }: OpenSpace, openJobs: Set<PrintJobs>): Promise<void> {
  await jobs.close()
  await evidence.close()
  openJobs.delete(jobs)
  await space.close()
}

async function pick(state: HostState, name: SpaceName): Promise<OpenSpace> {
  const { live, masters, evidenceDesk } = await state.station
  if (name === 'live') return live
  if (state.demo === null) {
    const { options, openJobs } = state
    const directory = join(state.data.path, 'demo')
    const printers = fileOnlyBook()
    const opening = openSpaceAt({ directory, masters, options, openJobs, printers, evidenceDesk })
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
  const restores = createQueue()
  return {
    'station.describe': async ({ space }) => describe(state, (await pick(state, space)).space),
    'station.claim': async ({ space, ...rest }) => (await pick(state, space)).space.claim(rest),
    'station.reset-demo': () => resets(() => resetDemo(state)),
    'journal.append': async ({ space, ...rest }) => (await pick(state, space)).space.append(rest),
    'journal.read': async ({ space, cursor, limit }) => (await pick(state, space)).space.read(cursor, limit),
    'journal.verify': async ({ space }) => (await pick(state, space)).space.verify(),
    'people.forget': async ({ space, databaseId, personRef }) =>
      (await pick(state, space)).space.forgetPerson(databaseId, personRef),
    'printer.list': async () => listPrinters(await state.station),
    'printer.save': async ({ printer }) => savePrinter(await state.station, printer),
    'printer.remove': async ({ printerId }) => removePrinter(await state.station, printerId),
    'printer.assign': async ({ kind, printerId }) => {
      const station = await state.station
      await station.printers.assign(kind, printerId)
      return listPrinters(station)
    },
    'printer.discover': async () => ({ found: await discoverPrinters() }),
    'printer.probe': async ({ printerId }) => probePrinter(await state.station, printerId),
    'print.submit': async ({ space, ...rest }) => (await pick(state, space)).jobs.submit(rest),
    'print.watch': async ({ space, cursor, timeoutMs }) =>
      (await pick(state, space)).jobs.watch(cursor, timeoutMs),
    'print.resolve': async ({ space, ...rest }) => (await pick(state, space)).jobs.resolve(rest),
    'print.jobs': async ({ space, prefix }) => ({
      jobIds: (await pick(state, space)).jobs.printed(prefix),
    }),
    'label.layout': async ({ document, layout }) => labels.layout(document, layout),
    'file.export': async ({ space, name, base64 }) =>
      writeExport(join((await pick(state, space)).space.directory, 'exports'), name, base64),
    'pin.hash': async ({ pin }) => ({ hash: await hashPin(pin) }),
    'pin.verify': async ({ pin, hash }) => ({ ok: await verifyPin(pin, hash) }),
    'hub.describe': async () => (await state.station).hub.describe(),
    'hub.enrol': async (request) => (await state.station).hub.enrol(request),
    'hub.leave': async () => (await state.station).hub.leave(),
    'hub.call': async (request) => (await state.station).hub.call(request),
    'hub.wait': async (request) => (await state.station).hub.wait(request),
    'courier.accounts': async () => (await state.station).couriers.accounts(),
    'courier.save': async (request) => (await state.station).couriers.save(request),
    'courier.remove': async (request) => (await state.station).couriers.remove(request),
    'courier.take': async (request) => (await state.station).couriers.take(request),
    'courier.return': async (request) => (await state.station).couriers.giveBack(request),
    'courier.balance': async (request) => (await state.station).couriers.balance(request),
    ...scaleHandlers(state.scales),
    ...evidenceHandlers(
      async (space) => (await pick(state, space)).evidence,
      async () => (await state.station).evidenceDesk,
    ),
    'backup.describe': async () => (await state.station).backups.describe(),
    'backup.begin': async () => (await state.station).backups.begin(),
    'backup.configure': async (request) => (await state.station).backups.configure(request),
    'backup.write': async () => (await state.station).backups.write(),
    'backup.restore': (request) => restores(() => restore(state, request)),
  }
}

async function describe(state: HostState, space: Space): Promise<StationDescription> {
  const { stationId, masters } = await state.station
  return {
    host: state.options.host,
    contractVersion: HOST_CONTRACT_VERSION,
    appVersion: state.options.appVersion,
    stationId,
    dataDirectory: state.data.path,
    ownerDatabaseId: space.owner(),
    journal: space.journalState(),
    freeBytes: await state.data.freeBytes(),
    keysSealed: masters.sealed,
    notices: [
      ...space.repairs.map((detail) => ({ tag: 'journalTailCut' as const, detail })),
      // Until the page has claimed it and rebuilt its database.
      ...(space.owner() === RESTORED_OWNER ? [{ tag: 'restoredFromBackup' as const, detail: '' }] : []),
    ],
  }
}

/** The old directory leaves in one step, so that a crash in the middle leaves either all of the demo or none of it. */
async function resetDemo(state: HostState): Promise<{ tag: 'done' }> {
  const demo = await pick(state, 'demo')
  await closeSpace(demo, state.openJobs)
  const trash = join(state.data.path, `demo.trash-${randomUUID()}`)
  try {
    await rename(demo.space.directory, trash)
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error
  } finally {
    state.demo = null
  }
  await rm(trash, { recursive: true, force: true })
  return { tag: 'done' }
}

/**
 * Restores a backup and goes on as the station that it was. Meanwhile calls wait; whatever goes wrong before the
 * restore is committed leaves everything as it was.
 */
async function restore(
  state: HostState,
  { path, recoveryCode }: HostRequest<'backup.restore'>,
): Promise<RestoreAnswer> {
  const before = await state.station
  const refused = requireUnused(before)
  if (refused !== null) return refused
  const { sealer } = state.options
  const prepared = await prepareRestore({ directory: state.data.path, path, recoveryCode, sealer })
  if (prepared.tag !== 'prepared') return prepared
  const replaced = replaceStation(state, before, prepared)
  state.station = replaced.then(({ station }) => station)
  const { station, answer } = await replaced
  state.hub = station.hub
  return answer
}

async function replaceStation(
  state: HostState,
  before: OpenStation,
  prepared: PreparedRestore,
): Promise<{ station: OpenStation; answer: RestoreAnswer }> {
  // Calls that were handed the old space already go first.
  await new Promise((resolve) => setImmediate(resolve))
  await closeStation(state, before)
  const answer = requireUnused(before) ?? (await prepared.commit())
  if (answer.tag !== 'restored') await prepared.discard()
  return { station: await openStation(state.data.path, state.options, state.openJobs), answer }
}

/** That a page has opened the space is no hindrance: it does so before anybody can ask for a restore. */
function requireUnused({ live }: OpenStation): RestoreAnswer | null {
  const { totalEntries } = live.space.journalState()
  return totalEntries === 0 ? null : { tag: 'notEmpty', detail: `${totalEntries} entries` }
}

async function closeStation(state: HostState, { live, hub, backups, couriers }: OpenStation): Promise<void> {
  hub.close()
  await couriers.close()
  await backups.close()
  await closeSpace(live, state.openJobs)
  const demo = await state.demo?.catch(() => null)
  if (demo) await closeSpace(demo, state.openJobs)
  state.demo = null
}

async function closeHost(state: HostState): Promise<void> {
  try {
    await state.scales.close()
    const station = await state.station.catch(() => null)
    if (station !== null) await closeStation(state, station)
  } finally {
    await state.data.release()
  }
}
