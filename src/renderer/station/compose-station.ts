import type { HostClient, Space } from '../../shared/protocol/host-contract.ts'
import type { StationCommand } from '../../shared/station/commands/command.ts'
import { readAgain } from '../../shared/station/apply-stream.ts'
import { writeDailyCheckpoint } from '../../shared/station/checkpoint.ts'
import { executeCommand } from '../../shared/station/execute-command.ts'
import { executeScan } from '../../shared/station/execute-scan.ts'
import { GENERATION_MARK } from '../../shared/station/station-settings.ts'
import type { StationStore } from '../../shared/station/store.ts'
import { TABLE_NAMES } from '../../shared/station/tables.ts'
import type { ScreenCommand, StationApp } from '../app/station-app.ts'
import { afterFrame } from '../data/after-frame.ts'
import { createDexieStore } from '../data/dexie-store.ts'
import { patientStore } from '../data/patient-store.ts'
import { turns } from '../data/turns.ts'
import { yieldTurn } from '../data/yield-turn.ts'
import { startFetchAhead } from '../couriers/start-fetch-ahead.ts'
import { type SyncControl, startSync } from '../sync/start-sync.ts'
import { type Follows, startBackgroundWork } from './background-work.ts'
import { createLabelAhead, type LabelAheadParts } from './label-ahead.ts'
import type { OwnedStation } from './open-station.ts'
import { followEnvironment, WAREHOUSE_ID } from './station-environment.ts'
import { useStationStatus } from './station-status.ts'

/** A station that runs for weeks meets a new shop day without being started anew. */
const CHECKPOINT_ROUND_MS = 600_000

/** Puts a station together from its parts; from here on screens use it and nothing else. */
export async function composeStation(
  host: HostClient,
  space: Space,
  owned: OwnedStation,
): Promise<StationApp> {
  const { database, description, databaseId, generation } = owned
  const store = createDexieStore(database)
  const identity = { stationId: description.stationId, generation, warehouseId: WAREHOUSE_ID }
  let env = await followEnvironment(database, identity, {
    sample: space === 'demo',
    mark: String((await database.meta.get(GENERATION_MARK))?.value ?? ''),
    onChange: (next) => {
      env = next
    },
  })
  await restoreSession(owned)
  await readFormerlyUnknown(store)
  const patient = patientStore(store)
  const follow = startBackgroundWork({ database, store: patient, host, space, databaseId, generation })
  const sync =
    space === 'live'
      ? startSync({
          database,
          store: patient,
          host,
          identity,
          appVersion: description.appVersion,
          env: () => env,
          onView: (view) => useStationStatus.setState({ sync: view }),
        })
      : NO_SYNC
  const nudge = (follows: Follows): void => {
    follow(follows)
    sync.nudge()
  }
  if (space === 'live')
    startFetchAhead({
      name: database.name,
      store: patient,
      host,
      env: () => env,
      onChange: () => nudge({ prints: false }),
    })
  startLabelAhead(database.name, {
    store: patient,
    env: () => env,
    now: () => Date.now(),
    onLabel: () => nudge({ prints: true }),
  })
  const inTurn = createTurns()
  void askPersistence()
  const checkpoint = (): void => {
    void writeDailyCheckpoint(patient, Date.now(), env.shopClock, yieldTurn).then(
      (written) => written && nudge({ prints: false }),
    )
  }
  checkpoint()
  setInterval(checkpoint, CHECKPOINT_ROUND_MS)
  return {
    space,
    database,
    store,
    host,
    description,
    get env() {
      return env
    },
    scan: (area, raw, scaleTrace) => {
      // The id is minted with the scan, before anything can fail, and would be reused on a retry.
      const weighed = scaleTrace ? { scaleTrace } : {}
      const command = { commandId: crypto.randomUUID(), area, raw, at: Date.now(), ...weighed }
      return turns.first(() =>
        inTurn(async () => {
          const outcome = await executeScan(store, env, {
            ...command,
            personId: useStationStatus.getState().personId,
          })
          if (outcome.session !== undefined) useStationStatus.setState({ personId: outcome.session })
          afterFrame(() => nudge({ prints: outcome.printJobIds.length > 0 }))
          return outcome
        }),
      )
    },
    run: async (command) => {
      const outcome = await executeCommand(store, env, minted(command))
      if (command.type === 'SignIn') useStationStatus.setState({ personId: command.signIn })
      nudge({ prints: true })
      return outcome
    },
    sync,
    switchSpace,
  }
}

/** In one window per browser profile, the holder of a lock. */
function startLabelAhead(name: string, parts: LabelAheadParts): void {
  const labels = createLabelAhead(parts)
  const work = async (): Promise<never> => {
    for (;;) {
      const pauseMs = await labels.round()
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  void navigator.locks.request(`packbench-label-ahead-${name}`, work)
}

/** Demo data never leaves the PC. */
const NO_SYNC: SyncControl = { nudge: () => undefined, hurry: () => undefined, relink: () => undefined }

/** After an update: what the version before could not read counts from now on (SYN-4). */
async function readFormerlyUnknown(store: StationStore): Promise<void> {
  // Work must begin even when this cannot be; the next start tries again.
  await store.write(TABLE_NAMES, readAgain).catch(() => undefined)
}

const minted = (command: ScreenCommand): StationCommand =>
  ({
    ...command,
    commandId: crypto.randomUUID(),
    at: Date.now(),
    personId: useStationStatus.getState().personId,
  }) as StationCommand

/** Scans are executed one after another, in the order in which they were made. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
}

async function restoreSession({ database }: OwnedStation): Promise<void> {
  const session = (await database.meta.get('session'))?.value
  useStationStatus.setState({ personId: typeof session === 'string' ? session : null })
}

/** Without persistence a browser may drop the database when the disk runs low; the answer is shown (decision 11). */
async function askPersistence(): Promise<void> {
  const persisted = await navigator.storage.persist().catch(() => false)
  useStationStatus.setState({ persisted })
}

const SPACE_KEY = 'packbench.space'

/** The space this window works in: the live one unless the demo was entered. */
export const currentSpace = (): Space => (sessionStorage.getItem(SPACE_KEY) === 'demo' ? 'demo' : 'live')

/** Enters or leaves the demo; everything is opened anew, so that nothing of the one is left in the other. */
export function switchSpace(space: Space, route = 'home'): void {
  sessionStorage.setItem(SPACE_KEY, space)
  location.hash = `#/${route}`
  location.reload()
}
