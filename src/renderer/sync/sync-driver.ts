import type { HostClient, HubLink } from '../../shared/protocol/host-contract.ts'
import { HUB_CURSOR } from '../../shared/station/apply-stream.ts'
import type { StationEnvironment } from '../../shared/station/environment.ts'
import type { StationIdentity } from '../../shared/station/log-writer.ts'
import type { StationStore } from '../../shared/station/store.ts'
import type { StationTrouble } from '../../shared/sync/diagnose.ts'
import { adoptSnapshot } from '../../shared/sync/snapshot.ts'
import { createSyncSession, type SyncPorts, type SyncSession } from '../../shared/sync/sync-session.ts'
import type { SyncAction } from '../../shared/sync/sync-step.ts'
import { type Alarm, createAlarm } from './alarm.ts'
import { createHubEar, type HubEar } from './hub-ear.ts'
import { createSyncDuties, type SyncDuties } from './sync-duties.ts'
import { NO_VIEW, type SyncView, viewOf } from './sync-view.ts'

/** What a driver is made of; the clock and the dice come in, so that it can be shown in a test. */
export interface SyncDriverParts {
  readonly store: StationStore
  readonly host: HostClient
  readonly identity: StationIdentity
  readonly appVersion: string
  env(): StationEnvironment
  now(): number
  /** In [0, 1). */
  dice(): number
  /** Lets the screen and waiting scans have their turn. */
  yieldTurn(): Promise<void>
  report(view: SyncView): void
}

/** Keeps a station in step with its hub for as long as the page lives. */
export interface SyncDriver {
  /** Never ends and never rejects. */
  run(): Promise<never>
  /** Something was done here. */
  nudge(): void
  /** A person asks, or the network is back: no more waiting. */
  hurry(): void
  /** The hub was joined or left. */
  relink(): void
}

/** The hub whose stream the cursor counts; key in `meta`. */
export const HUB_ID = 'hubId'
/** When the hub last answered, so that it is known after a restart too; key in `meta`. */
export const HUB_HEARD_AT = 'hubHeardAt'
const HEARD_EVERY_MS = 30_000
/** Without a hub there is nothing to do until somebody joins one. */
const ALONE_MS = 60_000
const HOST_GONE_MS = 3_000
const SNAPSHOT_RETRY_MS = 3_000
const FIRST_FAULT_MS = 2_000
const MOST_FAULT_MS = 60_000

type Enrolled = Extract<HubLink, { tag: 'enrolled' }>

/** What belongs to one enrolment: it ends when the hub is left or another is joined. */
/** Nobody has stored anything for so long: nobody is scanning. */
const QUIET_AFTER_MS = 30_000

interface Talk {
  readonly link: Enrolled
  readonly session: SyncSession
  readonly ports: SyncPorts
  readonly ear: HubEar
  readonly duties: SyncDuties
  offsetMs(): number | null
}

/** Makes a driver; nothing happens before {@link SyncDriver.run}. */
export function createSyncDriver(parts: SyncDriverParts): SyncDriver {
  const alarm = createAlarm()
  let talk: Talk | null = null
  let relinked = false
  let workedAt = Number.NEGATIVE_INFINITY
  const isQuiet = (): boolean => Math.abs(parts.now() - workedAt) > QUIET_AFTER_MS
  const round = async (): Promise<void> => {
    relinked = false
    const link = await askLink(parts)
    const wait = await standingAside(parts, link)
    if (link?.tag !== 'enrolled' || wait !== null) {
      await alarm.sleep(wait ?? ALONE_MS)
      return
    }
    const opened = openTalk(parts, link, alarm, isQuiet)
    talk = opened
    await follow(parts, alarm, opened, () => relinked)
    talk = null
  }
  return {
    run: async () => {
      for (;;) {
        await round().catch(async (error) => {
          parts.report({ ...NO_VIEW, phase: 'error', trouble: troubleOf(error), since: parts.now() })
          await alarm.sleep(HOST_GONE_MS)
        })
      }
    },
    nudge: () => {
      workedAt = parts.now()
      if (talk === null) return
      talk.duties.nudged()
      alarm.ring()
    },
    hurry: () => {
      talk?.session.hurry()
      alarm.ring()
    },
    relink: () => {
      relinked = true
      alarm.ring()
    },
  }
}

async function askLink({ host, report, now }: SyncDriverParts): Promise<HubLink | null> {
  try {
    return await host.call('hub.describe', {})
  } catch (error) {
    const trouble = { tag: 'hostGone', detail: String(error) } as const
    report({ ...NO_VIEW, trouble, since: now() })
    return null
  }
}

/** How long not to talk to anybody, or null to begin; reports why. */
async function standingAside(parts: SyncDriverParts, link: HubLink | null): Promise<number | null> {
  if (link === null) return HOST_GONE_MS
  if (link.tag === 'none') {
    parts.report({ ...NO_VIEW, link })
    return ALONE_MS
  }
  if (await isOurHub(parts.store, link.hubId)) return null
  // What the first hub confirmed would never reach the second, and its stream counts from elsewhere.
  const trouble: StationTrouble = { tag: 'otherHub', detail: link.hubId }
  parts.report({ ...NO_VIEW, link, phase: 'error', trouble, since: parts.now() })
  return ALONE_MS
}

function isOurHub(store: StationStore, hubId: string): Promise<boolean> {
  return store.write(['meta'], async (tx) => {
    const [known, cursor] = await tx.getMany('meta', [HUB_ID, HUB_CURSOR])
    if (known?.value === hubId) return true
    if (known !== undefined && Number(cursor?.value ?? 0) > 0) return false
    tx.put('meta', { key: HUB_ID, value: hubId })
    return true
  })
}

function openTalk(parts: SyncDriverParts, link: Enrolled, alarm: Alarm, isQuiet: () => boolean): Talk {
  const { store, host, identity, appVersion, now, dice, yieldTurn } = parts
  let offsetMs = link.clockOffsetMs
  const ports: SyncPorts = {
    store,
    identity,
    appVersion,
    now,
    dice,
    yieldTurn,
    isQuiet,
    clockOffsetMs: () => offsetMs ?? 0,
    call: async (call, body) => {
      const answer = await host.call('hub.call', { call, body, timeoutMs: 30_000 })
      if (answer.tag === 'answered' || answer.tag === 'refused') offsetMs = answer.clockOffsetMs
      return answer
    },
  }
  const session = createSyncSession(ports)
  return {
    link,
    session,
    ports,
    ear: createHubEar(host, now, () => alarm.ring()),
    duties: createSyncDuties(session, ports, parts.env),
    offsetMs: () => offsetMs,
  }
}

/** Talks with one hub until it is left. */
async function follow(
  parts: SyncDriverParts,
  alarm: Alarm,
  talk: Talk,
  relinked: () => boolean,
): Promise<void> {
  const { session } = talk
  const noteHeard = createHeardNote(parts)
  let faultMs = FIRST_FAULT_MS
  let begun = false
  while (!relinked() && !hasLeft(session)) {
    try {
      const action = await session.step()
      const { state } = session
      parts.report(viewOf(talk.link, state, talk.offsetMs()))
      await noteHeard(state.heardAt)
      if (!begun && state.welcomed) begun = await begin(talk, alarm)
      if (!begun && state.welcomed) continue
      await talk.duties.keep()
      if (action.act === 'rest') await rest(talk, alarm, action)
      else await parts.yieldTurn()
      faultMs = FIRST_FAULT_MS
    } catch (error) {
      const view = viewOf(talk.link, session.state, talk.offsetMs())
      parts.report({ ...view, phase: 'error', trouble: troubleOf(error), since: parts.now() })
      await alarm.sleep(faultMs)
      faultMs = Math.min(MOST_FAULT_MS, faultMs * 2)
    }
  }
}

/**
 * A new station begins from a snapshot where there is one (decision 9). Until it is whole nothing is pulled, because
 * the stream goes on from there. Answers whether the stream may be followed.
 */
async function begin({ session, ports }: Talk, alarm: Alarm): Promise<boolean> {
  if ((await adoptSnapshot(session, ports)) !== 'unheard') return true
  await alarm.sleep(SNAPSHOT_RETRY_MS)
  session.wake(null)
  return false
}

/** The host says that there is no hub any more. */
const hasLeft = ({ state }: SyncSession): boolean =>
  state.trouble?.tag === 'unknownStation' && state.trouble.detail === ''

async function rest(talk: Talk, alarm: Alarm, action: Extract<SyncAction, { act: 'rest' }>): Promise<void> {
  const { session, ear, duties } = talk
  if (!action.listening) {
    await alarm.sleep(action.ms)
    return
  }
  // The duties may have made new work.
  const next = await session.plan()
  if (next.act !== 'rest') return
  const dueMs = duties.dueInMs()
  const listenMs = ear.listen(session.state.hubSequence, action.ms)
  const rung = await alarm.sleep(Math.min(listenMs, dueMs))
  const heard = ear.take()
  if (heard?.tag === 'news') session.wake({ sequence: heard.sequence })
  else if (heard !== null || (!rung && listenMs <= dueMs)) session.wake(null)
}

function createHeardNote({ store, now }: SyncDriverParts): (heardAt: number | null) => Promise<void> {
  let noted = 0
  return async (heardAt) => {
    if (heardAt === null || Math.abs(now() - noted) < HEARD_EVERY_MS || heardAt <= noted) return
    noted = heardAt
    await store.write(['meta'], async (tx) => tx.put('meta', { key: HUB_HEARD_AT, value: heardAt }))
  }
}

function troubleOf(error: unknown): StationTrouble {
  const name = error instanceof Error ? error.name : ''
  const detail = String(error)
  return /quota/i.test(`${name} ${detail}`) ? { tag: 'diskFull', detail } : { tag: 'stationFault', detail }
}
