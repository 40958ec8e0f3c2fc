import type { PushedResult } from '../shared/protocol/sync-messages.ts'

/**
 * What the hub keeps, as a port: the same rules run on PostgreSQL and in memory, and one contract suite holds for
 * both. Texts that come in here are free of NUL characters (`storable-text.ts`), which PostgreSQL cannot hold.
 */
export interface HubStore {
  /**
   * Runs `work` as one durable transaction. What it wrote is on disk when the promise fulfils and nowhere when it
   * rejects. The locks of its scope are held to the end, so that two of one scope and warehouse never overlap, in no
   * process: rules read first, decide, then write, and do not read again what they wrote.
   *
   * @throws {DataRefusedError} when the store will never take these rows; anything else may succeed later
   */
  transaction<T>(scope: HubScope, work: (tx: HubTransaction) => Promise<T>): Promise<T>
  /** Events with sequence > `after`, in order, at most `limit`, with the warehouse's last sequence of that moment. */
  readEvents(warehouseId: string, after: number, limit: number): Promise<StoredPage>
  /** The same as the JSON text of a pull answer: `{"events":[…],"last":n}`. */
  readEventsJson(warehouseId: string, after: number, limit: number): Promise<string>
  /** The newest record of each of these people, as JSON text; those that nobody has written are left out. */
  readPeople(warehouseId: string, personRefs: readonly string[]): Promise<StoredPerson[]>
  /** 0 for a warehouse that has no events. */
  lastSequence(warehouseId: string): Promise<number>
  /** Whole snapshots only: that of `sequence`, or the newest. */
  readSnapshotPart(warehouseId: string, sequence: number | null, part: number): Promise<SnapshotPart | null>
  newestSnapshot(warehouseId: string): Promise<number | null>
  findStation(stationId: string): Promise<StationRow | null>
  /** In order of their ids, with the highest counter over their generations. */
  listStations(warehouseId: string): Promise<(StationRow & { readonly lastCounter: number })[]>
  /**
   * The ticket with which the station may open this generation: a new one (`candidate`) for a life that has none yet, and
   * the one before is worth nothing from then on. Null when the hub has the generation already.
   */
  openingTicket(opening: Opening): Promise<string | null>
  touchStation(stationId: string, seen: { readonly at: number; readonly appVersion?: string }): Promise<void>
  /** The hub's own id: `candidate` when it has none yet. */
  hubId(candidate: string): Promise<string>
  /** Fulfils when the store answers. */
  ping(): Promise<void>
  figures(now: number): Promise<StoreFigures>
  close(): Promise<void>
}

/**
 * What a transaction locks: `events` the warehouse's sequence (pushes, grants), `leases` and `snapshots` those of the
 * warehouse, `stations` the stations and codes of all warehouses.
 */
export type HubScope =
  | { readonly lock: 'events' | 'leases' | 'snapshots'; readonly warehouseId: string }
  | { readonly lock: 'stations' }

/** Reads and writes inside a transaction. */
export interface HubTransaction {
  /** Last sequence of the locked warehouse; scope `events` only. */
  lastSequence(): Promise<number>
  /** All generations of these stations in the locked warehouse. */
  generations(stationIds: readonly string[]): Promise<GenerationRow[]>
  /** The ticket last given to each of these stations; those that were given none are left out. */
  tickets(stationIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** What is held of these counters: events, and set-aside ones that consumed their counter. */
  held(wanted: readonly WantedCounters[]): Promise<HeldEvent[]>
  /** Takes rows in; `sequence`s go on from the warehouse's last without a hole. */
  append(batch: AppendBatch): Promise<void>

  waybills(keys: readonly string[]): Promise<WaybillRow[]>
  /** Free numbers by pool position (unknown last), then key. */
  freeWaybills(courier: string, count: number): Promise<WaybillRow[]>
  putWaybills(rows: readonly WaybillRow[]): Promise<void>
  /** How many numbers were granted on that request; null when it is new. */
  grantOf(stationId: string, requestId: string): Promise<number | null>
  putGrant(grant: { stationId: string; requestId: string; count: number; sequence: number }): Promise<void>

  leases(orderIds: readonly string[]): Promise<LeaseRow[]>
  putLeases(rows: readonly LeaseRow[]): Promise<void>

  snapshots(): Promise<SnapshotRow[]>
  putSnapshot(row: SnapshotRow): Promise<void>
  /** Removes a snapshot with its parts. */
  deleteSnapshot(sequence: number): Promise<void>
  putSnapshotPart(sequence: number, part: number, rows: string): Promise<void>
  /** Numbers of the parts that are there. */
  snapshotParts(sequence: number): Promise<number[]>
  countDifference(sequence: number, stationId: string, hash: string, at: number): Promise<void>

  code(codeHash: string): Promise<CodeRow | null>
  putCode(row: CodeRow): Promise<void>
  station(stationId: string): Promise<StationRow | null>
  putStation(row: StationRow): Promise<void>
}

/** The store will never take these rows, however often they are offered. */
export class DataRefusedError extends Error {
  override readonly name = 'DataRefusedError'
}

/** A life of a station's counter, from one rebuild or restore to the next. */
export interface GenerationRow {
  readonly stationId: string
  readonly generation: string
  /** Its first counter. */
  readonly opensAt: number
  /** Highest counter consumed. */
  readonly lastCounter: number
  /** A younger generation of the station has written. */
  readonly closed: boolean
}

/** A life of a station that has said hello. */
export interface Opening {
  readonly warehouseId: string
  readonly stationId: string
  readonly generation: string
  readonly candidate: string
}

export interface WantedCounters {
  readonly stationId: string
  readonly generation: string
  readonly counters: readonly number[]
}

export type QuarantineReason = NonNullable<PushedResult['reason']> | 'generationClosed'

/** An event that the hub holds. Those set aside have no sequence but a reason. */
export interface HeldEvent {
  readonly stationId: string
  readonly generation: string
  readonly counter: number
  readonly sequence: number | null
  readonly reason: QuarantineReason | null
  /** The envelope as JSON text. */
  readonly envelope: string
}

/** An event with its place in the warehouse's order. */
export interface AppendedEvent {
  readonly stationId: string
  readonly generation: string
  readonly counter: number
  readonly sequence: number
  /** The envelope as JSON text, as it is passed on. Holds no line breaks, as `JSON.stringify` makes it. */
  readonly envelope: string
  readonly people: readonly PersonRow[]
}

/** A recipient beside an event. */
export interface PersonRow {
  readonly personRef: string
  /** The record as JSON text. */
  readonly person: string
}

/** An event kept for a person to look at. */
export interface QuarantinedEvent {
  readonly stationId: string
  readonly generation: string
  readonly counter: number
  /** Canonical hash of the envelope: the same thing pushed again is kept once. */
  readonly contentHash: string
  readonly reason: QuarantineReason
  /** True when it stands at its counter, so that the counters go on after it. */
  readonly consumed: boolean
  readonly envelope: string
  /** JSON text. */
  readonly people: string
  readonly at: number
}

export interface AppendBatch {
  /** In order of sequence. */
  readonly events: readonly AppendedEvent[]
  /** New and changed ones. */
  readonly generations: readonly GenerationRow[]
  readonly quarantined: readonly QuarantinedEvent[]
}

export interface StoredPage {
  readonly events: readonly {
    readonly sequence: number
    readonly envelope: string
    /** JSON texts. */
    readonly people: readonly string[]
  }[]
  readonly last: number
}

/** A waybill number as the hub sees it: whom it belongs to, and whether it could be granted. */
export interface WaybillRow {
  /** `courier/number`. */
  readonly key: string
  readonly courier: string
  /** Place in the courier's pool file; null when it is not known (yet). */
  readonly position: number | null
  /** `spent`: printed or written off, never to be used again. */
  readonly state: 'held' | 'free' | 'spent'
  /** The station that it was granted to or set aside by; null when the hub does not know of any. */
  readonly holder: string | null
}

export interface LeaseRow {
  readonly orderId: string
  readonly stationId: string
  readonly stationName: string
  readonly taskId: string
  readonly token: number
  /** By the hub's clock; 0 when it was given back. */
  readonly expiresAt: number
}

export interface SnapshotRow {
  readonly sequence: number
  readonly hash: string
  readonly parts: number
  /** Who offered it. */
  readonly stationId: string
  readonly whole: boolean
  /** When its latest part came. */
  readonly at: number
}

export interface SnapshotPart extends SnapshotRow {
  readonly part: number
  readonly rows: string
}

export interface StationRow {
  readonly stationId: string
  readonly warehouseId: string
  readonly name: string
  readonly publicKey: string
  readonly appVersion: string
  readonly enrolledAt: number
  readonly lastSeenAt: number | null
  readonly revokedAt: number | null
}

export interface CodeRow {
  readonly codeHash: string
  readonly warehouseId: string
  readonly expiresAt: number
  readonly usedBy: string | null
}

export interface StoreFigures {
  readonly events: number
  readonly sequence: number
  readonly stations: number
  readonly quarantined: number
  readonly freeNumbers: number
  readonly leases: number
  readonly differingSnapshots: number
}

/** A person's data and the event beside which it came. */
export interface StoredPerson {
  readonly sequence: number
  readonly person: string
}
