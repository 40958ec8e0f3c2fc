import type { ScaleReading } from '../../../shared/formats/scale-reading.ts'
import type {
  FoundScale,
  ScaleLink,
  ScaleLinkTag,
  ScaleSettings,
} from '../../../shared/protocol/scale-contract.ts'
import { isFixed, knownPlace, placesToSearch } from './scale-places.ts'
import { type ScalePlace, type ScaleSession, type SessionEnd, startSession } from './scale-session.ts'
import type { SerialPorts } from './serial-ports.ts'

/** Between two looks at whether a device has come back. */
const RETRY_MS = 250
/** As long as none is known. */
const LOOK_MS = 1_000
/** One speed at one port: time for the scale to talk by itself and for each question to be answered. */
const TRY_MS = 1_300
/** A known scale that says nothing for so long may have been exchanged for another: then it is searched for. */
const KNOWN_QUIET_MS = 15_000
/** A search that found nothing is repeated after so long, or when the ports are others. */
const SEARCH_EVERY_MS = 15_000

/** Follows one scale until it is stopped. */
export interface ScaleWatch {
  /** Resolves when the port is closed. */
  stop(): Promise<void>
}

interface WatchOptions {
  readonly serial: SerialPorts
  readonly settings: ScaleSettings
  readonly found: FoundScale | null
  /** Milliseconds of a clock that does not jump. */
  readonly now: () => number
  onLink(link: ScaleLink): void
  onReadings(readings: readonly ScaleReading[]): void
  /** A scale was heard here. */
  onFound(found: FoundScale): void
}

interface State extends WatchOptions {
  known: FoundScale | null
  session: ScaleSession | null
  stopped: boolean
  wake: () => void
  searchedAt: number
  searchedPorts: ReadonlySet<string>
}

/** Searches, listens, and goes on by itself when a device comes back; whatever happens, it tries again. */
export function followScale(options: WatchOptions): ScaleWatch {
  const state: State = {
    ...options,
    known: options.found,
    session: null,
    stopped: false,
    wake: () => undefined,
    searchedAt: Number.NEGATIVE_INFINITY,
    searchedPorts: new Set(),
  }
  const over = follow(state)
  return {
    stop: () => {
      state.stopped = true
      state.session?.stop()
      state.wake()
      return over
    },
  }
}

async function follow(state: State): Promise<void> {
  while (!state.stopped) {
    const place = knownPlace(state.settings, state.known)
    const how = place === null ? null : await talkAt(state, place, 'known')
    if (how !== null) showEnd(state, how, place?.port ?? '')
    if (!state.stopped && !isFixed(state.settings)) await search(state)
    if (!state.stopped) await pause(state, state.known === null ? LOOK_MS : RETRY_MS)
  }
}

/** Tries ports and speeds until a scale is heard, and stays with it until it is gone. */
async function search(state: State): Promise<void> {
  const { serial, settings, now } = state
  const ports = settings.port === null ? await serial.list() : []
  const paths = new Set(ports.map(({ path }) => path))
  if (sameSet(paths, state.searchedPorts) && now() - state.searchedAt < SEARCH_EVERY_MS) return
  const places = placesToSearch(settings, ports, state.searchedPorts)
  state.searchedPorts = paths
  state.searchedAt = Number.NEGATIVE_INFINITY
  const closed = new Map<string, SessionEnd['tag']>()
  for (const place of places) {
    if (closed.has(place.port)) continue
    if (state.stopped || (await isBack(state, paths))) return
    const before = state.known
    const how = await talkAt(state, place, 'search')
    if (state.known !== before) {
      showEnd(state, how, place.port)
      return
    }
    if (how.tag !== 'quiet') closed.set(place.port, how.tag)
  }
  if (places.some(({ port }) => !closed.has(port))) state.searchedAt = now()
  const detail = places.length === 0 ? await serial.unsupported() : null
  if (detail !== null) show(state, 'unsupported', detail)
  else showSearched(state, closed)
}

const sameSet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((path) => other.has(path))

/** The known scale was gone when the search began, and its port is there again: it goes first. */
async function isBack({ serial, settings, known }: State, paths: ReadonlySet<string>): Promise<boolean> {
  if (known === null || settings.port !== null || paths.has(known.port)) return false
  return (await serial.list()).some(({ path }) => path === known.port)
}

/** The link after a search in vain: what kept a port shut matters more than that the others were silent. */
function showSearched(state: State, closed: ReadonlyMap<string, SessionEnd['tag']>): void {
  const { port: wanted } = state.settings
  const shut = (tag: SessionEnd['tag']): string | undefined => [...closed].find(([, how]) => how === tag)?.[0]
  const kept = (['unsupported', 'denied', 'busy'] as const).find((tag) => shut(tag) !== undefined)
  if (kept !== undefined) show(state, kept, shut(kept) ?? '')
  else if (wanted !== null && closed.has(wanted)) show(state, 'unplugged', wanted)
  else if (state.known === null) show(state, 'searching', '')
}

async function talkAt(state: State, place: ScalePlace, why: 'known' | 'search'): Promise<SessionEnd> {
  const { serial, settings, now } = state
  const trying = why === 'search'
  let live = false
  const session = startSession({
    ports: serial,
    place,
    now,
    quietMs: () =>
      live || !trying ? (isFixed(settings) ? Number.POSITIVE_INFINITY : KNOWN_QUIET_MS) : TRY_MS,
    events: {
      // A search behind a scale that is gone or silent must not hide that it is.
      onOpen: () => {
        if (trying && state.known === null) show(state, 'searching', place.port)
      },
      onSilent: () => {
        if (live || !trying) show(state, 'silent', place.port)
      },
      onReadings: (dialect, readings) => {
        if (state.stopped) return
        if (!live) {
          state.known = { port: place.port, baud: place.baud, dialect }
          state.onFound(state.known)
        }
        live = true
        show(state, 'live', place.port)
        state.onReadings(readings)
      },
    },
  })
  state.session = session
  const how = await session.ended
  state.session = null
  return how
}

/** What the end of a talk with a known scale means. */
function showEnd(state: State, how: SessionEnd, port: string): void {
  if (how.tag === 'stopped' || how.tag === 'quiet') return
  show(state, how.tag === 'lost' || how.tag === 'gone' ? 'unplugged' : how.tag, port)
}

function show(state: State, tag: ScaleLinkTag, detail: string): void {
  if (state.stopped) return
  state.onLink({ tag, detail })
}

function pause(state: State, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      state.wake = () => undefined
      resolve()
    }
    const timer = setTimeout(finish, ms)
    state.wake = finish
  })
}
