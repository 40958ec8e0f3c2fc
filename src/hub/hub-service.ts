import {
  type EnrolAnswer,
  type EnrolRequest,
  SYNC_PROTOCOL_MINIMUM,
  type SyncAnswer,
  type SyncCall,
  type SyncRequest,
} from '../shared/protocol/sync-messages.ts'
import { grantWaybills } from './grants.ts'
import type { HubStore, StoreFigures } from './hub-store.ts'
import { leaseOrders, releaseOrders } from './leases.ts'
import { createPushQueue, type PushQueue } from './push-queue.ts'
import { receivePush } from './received-event.ts'
import { readSnapshot, takeOffer } from './snapshots.ts'
import { createStationCode, enrolStation, listStations, revokeStation } from './stations.ts'
import { storableText } from './storable-text.ts'

/** An enrolled station, as the border of the hub has made sure of it. */
export interface HubCaller {
  readonly stationId: string
  readonly warehouseId: string
  readonly name: string
}

/** What `/health` and `/metrics` tell. Figures of the database are of all processes; `ingest…` is of this one. */
export interface HubFigures {
  readonly databaseOk: boolean
  /** One round trip to the database, by the hub's clock; null when it does not answer. */
  readonly databaseRoundTripMs: number | null
  /** Events held, over all warehouses. */
  readonly events: number
  /** Highest sequence of any warehouse. */
  readonly sequence: number
  /** Enrolled and not revoked. */
  readonly stations: number
  readonly quarantined: number
  /** Waybill numbers that the hub could grant now. */
  readonly freeNumbers: number
  /** Leases that are live now. */
  readonly leases: number
  /** Snapshots offered that contradicted one of the same sequence. */
  readonly differingSnapshots: number
  /** Transactions in which pushes were taken. */
  readonly ingestBatches: number
  /** Pushes taken in them; divided by batches: how many shared one commit. */
  readonly ingestPushes: number
  readonly ingestEvents: number
  /** Most pushes that shared one commit. */
  readonly ingestLargestBatch: number
}

/** Everything the hub does, without knowing how it was asked. Rejects only when the store does. */
export interface HubService {
  /**
   * Takes a station in by its one-time code (SEC-2). The same station with the same key and the code it has used gets
   * the same answer again, for the first may have been lost; anybody else hears `codeUsed`.
   */
  enrol(request: EnrolRequest): Promise<EnrolAnswer>
  /** A request of an enrolled, not revoked station whose signature was checked; already parsed. */
  answer<C extends SyncCall>(caller: HubCaller, call: C, request: SyncRequest<C>): Promise<SyncAnswer<C>>
  /** The pull answer as JSON text, without parsing stored envelopes (the fast path of the server). */
  pullJson(caller: HubCaller, request: SyncRequest<'pull'>): Promise<string>
  /**
   * The station that claims to be asking, or null. May be a second old: a station revoked through another process is
   * heard no longer than that.
   */
  findStation(stationId: string): Promise<{ caller: HubCaller; publicKey: string; revoked: boolean } | null>
  /** A new one-time code of a warehouse, valid for a day; without a name: of the first warehouse. */
  createCode(warehouseId?: string): Promise<{ code: string; expiresAt: number }>
  /** Last sequence of a warehouse, whoever wrote it; 0 for one that has no events. */
  lastSequence(warehouseId: string): Promise<number>
  /** Never rejects: a database that does not answer is one of the figures. */
  figures(): Promise<HubFigures>
  /** Waits for what is being written, then closes the store. */
  close(): Promise<void>
}

export interface HubServiceOptions {
  readonly store: HubStore
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** That many unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array
  readonly hubVersion: string
  /** Called after each commit of this process that gave a warehouse new events. */
  readonly onNews?: (warehouseId: string, sequence: number) => void
}

/** The warehouse of codes that name none. */
export const FIRST_WAREHOUSE = 'main'
/** How old the answer of `findStation` may be, milliseconds. */
const STATION_MEMORY_MS = 1000
/** How exact "last seen" is, milliseconds: not every request is worth a write. */
const SEEN_EVERY_MS = 60_000

/** The hub on a store. Several may run on one PostgreSQL. */
export function createHubService(options: HubServiceOptions): HubService {
  const { store, clock, random } = options
  const news = (warehouseId: string, sequence: number) => options.onNews?.(warehouseId, sequence)
  const queue = createPushQueue({ store, clock, onTaken: news })
  const stations = createStationMemory(store, clock)
  const hubId = createHubIdentity(store, random)

  const calls: { [C in SyncCall]: (caller: HubCaller, request: SyncRequest<C>) => Promise<SyncAnswer<C>> } = {
    hello: (caller, request) => hello(caller, request),
    push: (caller, request) => queue.push(caller.warehouseId, receivePush(caller, request)),
    pull: (caller, request) => pull(store, caller, request),
    lease: (caller, request) => leaseOrders(store, caller, request, clock()),
    release: (caller, request) => releaseOrders(store, caller, request),
    grant: async (caller, request) => {
      const at = { hubId: await hubId(), now: clock() }
      const { answer, sequence } = await grantWaybills(store, caller, request, at)
      if (sequence !== null) news(caller.warehouseId, sequence)
      return answer
    },
    people: async (caller, { personRefs }) => {
      const rows = await store.readPeople(caller.warehouseId, personRefs)
      return { people: rows.map(({ sequence, person }) => ({ sequence, person: JSON.parse(person) })) }
    },
    code: (caller) => createStationCode(store, caller.warehouseId, random, clock()),
    stations: (caller) => listStations(store, caller),
    revoke: async (caller, request) => {
      const answer = await revokeStation(store, caller, request.stationId, clock())
      stations.forget(request.stationId)
      return answer
    },
    snapshot: (caller, request) => readSnapshot(store, caller, request),
    offer: (caller, request) => takeOffer(store, caller, request, clock()),
  }

  async function hello(caller: HubCaller, request: SyncRequest<'hello'>): Promise<SyncAnswer<'hello'>> {
    const seen = { at: clock(), appVersion: storableText(request.appVersion) }
    await store.touchStation(caller.stationId, seen)
    if (request.protocolVersion < SYNC_PROTOCOL_MINIMUM) {
      return { tag: 'versionTooOld', minimum: SYNC_PROTOCOL_MINIMUM }
    }
    const { warehouseId } = caller
    const sequence = await store.lastSequence(warehouseId)
    const snapshot = await store.newestSnapshot(warehouseId)
    const candidate = Buffer.from(random(12)).toString('hex')
    const { generation } = request
    const opening = { warehouseId, stationId: caller.stationId, generation, candidate }
    const ticket = await store.openingTicket(opening)
    const welcome = { hubId: await hubId(), warehouseId, hubTime: clock(), sequence, snapshot }
    return { tag: 'welcome', ...welcome, ...(ticket === null ? {} : { ticket }) }
  }

  return {
    enrol: async (request) => {
      const answer = await enrolStation(store, request, { hubId: await hubId(), now: clock() })
      stations.forget(request.stationId)
      return answer
    },
    answer: async (caller, call, request) => {
      if (call !== 'hello') stations.seen(caller.stationId)
      return calls[call](caller, request)
    },
    pullJson: async (caller, { after, limit }) => {
      stations.seen(caller.stationId)
      return store.readEventsJson(caller.warehouseId, after, limit)
    },
    findStation: stations.find,
    createCode: (warehouseId = FIRST_WAREHOUSE) => createStationCode(store, warehouseId, random, clock()),
    lastSequence: (warehouseId) => store.lastSequence(warehouseId),
    figures: () => readFigures(store, clock, queue),
    close: async () => {
      await queue.drain()
      await store.close()
    },
  }
}

async function pull(
  store: HubStore,
  caller: HubCaller,
  request: SyncRequest<'pull'>,
): Promise<SyncAnswer<'pull'>> {
  const page = await store.readEvents(caller.warehouseId, request.after, request.limit)
  const events = page.events.map(({ sequence, envelope, people }) => ({
    sequence,
    event: JSON.parse(envelope),
    ...(people.length > 0 ? { people: people.map((person) => JSON.parse(person)) } : {}),
  }))
  return { events, last: page.last }
}

/** The hub's id is asked for once; one that could not be read is asked for again. */
function createHubIdentity(store: HubStore, random: (bytes: number) => Uint8Array): () => Promise<string> {
  let known: string | null = null
  return async () => {
    known ??= await store.hubId(`hub-${Buffer.from(random(8)).toString('hex')}`)
    return known
  }
}

/** Stations are looked up for every request: what was read stays good for a moment. */
function createStationMemory(store: HubStore, clock: () => number) {
  type Found = Awaited<ReturnType<HubService['findStation']>>
  const memory = new Map<string, { readonly at: number; readonly found: Found }>()
  const touched = new Map<string, number>()

  async function find(stationId: string): Promise<Found> {
    const remembered = memory.get(stationId)
    if (remembered && Math.abs(clock() - remembered.at) < STATION_MEMORY_MS) return remembered.found
    const at = clock()
    const row = await store.findStation(stationId)
    // Unknown ones are not remembered: anybody may ask for any number of them.
    if (!row) return null
    const { warehouseId, name, publicKey, revokedAt } = row
    const found = { caller: { stationId, warehouseId, name }, publicKey, revoked: revokedAt !== null }
    memory.set(stationId, { at, found })
    return found
  }

  /** Goes its own way: pushes of a station that follow each other closely must not change places over it. */
  function seen(stationId: string): void {
    const now = clock()
    const last = touched.get(stationId)
    if (last !== undefined && Math.abs(now - last) < SEEN_EVERY_MS) return
    touched.set(stationId, now)
    store.touchStation(stationId, { at: now }).catch(() => touched.delete(stationId))
  }

  return { find, seen, forget: (stationId: string) => memory.delete(stationId) }
}

async function readFigures(store: HubStore, clock: () => number, queue: PushQueue): Promise<HubFigures> {
  const { batches, pushes, events, largestBatch } = queue.counts
  const ingest = {
    ingestBatches: batches,
    ingestPushes: pushes,
    ingestEvents: events,
    ingestLargestBatch: largestBatch,
  }
  const begun = clock()
  try {
    await store.ping()
    const databaseRoundTripMs = Math.max(0, clock() - begun)
    return { databaseOk: true, databaseRoundTripMs, ...(await store.figures(clock())), ...ingest }
  } catch {
    return { databaseOk: false, databaseRoundTripMs: null, ...NO_FIGURES, ...ingest }
  }
}

const NO_FIGURES: StoreFigures = {
  events: 0,
  sequence: 0,
  stations: 0,
  quarantined: 0,
  freeNumbers: 0,
  leases: 0,
  differingSnapshots: 0,
}
