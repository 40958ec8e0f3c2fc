import { z } from 'zod'
import { EventEnvelopeSchema } from '../ledger/envelope.ts'

/**
 * What a station may ask of the hub (SYN-1 … SYN-5): `POST /v1/<call>` with a JSON body, signed by the station's key.
 * The web socket `/v1/news` says nothing but `{"sequence": n}`. Both ends parse what they get with these schemas.
 */

/** Raised when a shape below changes so that the other end must know. The hub serves the versions that it names. */
export const SYNC_PROTOCOL_VERSION = 1
/** Stations that speak less than this must be updated first; nothing of theirs is lost meanwhile. */
export const SYNC_PROTOCOL_MINIMUM = 1

/** Bounds that both ends keep: a batch must fit into memory and into one short transaction. */
export const MOST_EVENTS_PER_PUSH = 500
export const MOST_EVENTS_PER_PULL = 2000
/** Bytes of one request body, uncompressed. */
export const MOST_REQUEST_BYTES = 16 * 1024 * 1024

const IdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
const TicketSchema = z.string().min(1).max(80)
const SequenceSchema = z.number().int().nonnegative()

/** The envelope as it travels: members that a newer version added are passed on as they are (SYN-4). */
export const TravellingEventSchema = EventEnvelopeSchema.loose()

/**
 * Whom a parcel goes to, beside the event that brought it in and never inside it (decision 8). Opaque to the hub but
 * for the reference.
 */
export const TravellingPersonSchema = z.object({ personRef: z.string().min(1).max(200) }).loose()
export type TravellingPerson = z.infer<typeof TravellingPersonSchema>

/** An event on its way up. The event is parsed one by one, so that a bad one is set aside and not its batch. */
const PushedEventSchema = z.object({
  event: z.unknown(),
  people: z.array(TravellingPersonSchema).max(2000).optional(),
})
export type PushedEvent = z.infer<typeof PushedEventSchema>

export const syncRequestSchemas = {
  /** First call of a connection: who has which version, whose clock says what, how far is the hub. */
  hello: z.object({
    protocolVersion: z.number().int(),
    appVersion: z.string().max(40),
    generation: IdSchema,
    /** Milliseconds since 1970 by the station's clock. */
    stationTime: z.number().int(),
  }),
  /**
   * Local events of one generation with contiguous counters. `opensAt` is the generation's first counter: the hub takes
   * a generation that it does not know from there and from nowhere else.
   */
  push: z.object({
    generation: IdSchema,
    opensAt: z.number().int().positive(),
    events: z.array(PushedEventSchema).min(1).max(MOST_EVENTS_PER_PUSH),
    /** From the last `hello`: only the station's present life may open a generation (SYN-1). */
    ticket: TicketSchema.optional(),
  }),
  /** Everything of the warehouse after a sequence, the station's own events included, in order. */
  pull: z.object({ after: SequenceSchema, limit: z.number().int().min(1).max(MOST_EVENTS_PER_PULL) }),
  /** Orders on the desk: asked for when opened, asked again to renew (decision 7). */
  lease: z.object({
    orderIds: z.array(z.string().min(1).max(200)).min(1).max(200),
    taskId: z.string().min(1).max(200),
    seconds: z.number().int().min(10).max(3600),
  }),
  release: z.object({ orderIds: z.array(z.string().min(1).max(200)).min(1).max(200) }),
  /** A block of waybill numbers; the same `requestId` again gives the same block. */
  grant: z.object({
    requestId: IdSchema,
    courier: z.string().min(1).max(20),
    count: z.number().int().min(1).max(2000),
  }),
  /** Whom these references mean, as last written: what a snapshot leaves out. */
  people: z.object({ personRefs: z.array(z.string().min(1).max(200)).min(1).max(500) }),
  /** A new one-time enrolment code, for the manager who sets up the next station. */
  code: z.object({}),
  stations: z.object({}),
  /** A lost station: its key is worth nothing from now on (SEC-2). */
  revoke: z.object({ stationId: IdSchema }),
  /** The newest snapshot's parts (`part` from 0); `sequence` null asks which there is. */
  snapshot: z.object({ sequence: SequenceSchema.nullable(), part: z.number().int().nonnegative() }),
  /** A station that stands at `sequence` with an empty outbox offers its projections to those who come later. */
  offer: z.object({
    sequence: SequenceSchema,
    part: z.number().int().nonnegative(),
    parts: z.number().int().positive().max(10_000),
    /** Hash of the projections: two stations at one sequence must agree, or somebody must hear of it. */
    hash: z.string().max(128),
    /** Rows by table, as JSON text. */
    rows: z.string().max(8 * 1024 * 1024),
  }),
} as const
export type SyncCall = keyof typeof syncRequestSchemas
export type SyncRequest<C extends SyncCall> = z.infer<(typeof syncRequestSchemas)[C]>

/** What became of one pushed event. */
export const PushedResultSchema = z.object({
  counter: z.number().int(),
  /** `duplicate`: held already, with the same content. `quarantined`: kept, but set aside for a person. */
  tag: z.enum(['ack', 'duplicate', 'quarantined']),
  /** The warehouse's sequence; null for a quarantined event. */
  sequence: SequenceSchema.nullable(),
  reason: z.enum(['malformed', 'otherContent', 'otherWarehouse', 'otherStation']).optional(),
})
export type PushedResult = z.infer<typeof PushedResultSchema>

const LeaseSchema = z.object({
  orderId: z.string(),
  tag: z.enum(['granted', 'held']),
  /** Grows with every new holder: of two parcels of one order, the one with the valid token was meant (fencing). */
  token: z.number().int(),
  stationId: z.string(),
  stationName: z.string(),
  /** Milliseconds since 1970 by the hub's clock. */
  expiresAt: z.number().int(),
})
export type Lease = z.infer<typeof LeaseSchema>

const EnrolledStationSchema = z.object({
  stationId: z.string(),
  name: z.string(),
  appVersion: z.string(),
  enrolledAt: z.number().int(),
  lastSeenAt: z.number().int().nullable(),
  revokedAt: z.number().int().nullable(),
  /** Highest counter over its generations. */
  events: z.number().int(),
})
export type EnrolledStation = z.infer<typeof EnrolledStationSchema>

export const syncAnswerSchemas = {
  hello: z.discriminatedUnion('tag', [
    z.object({
      tag: z.literal('welcome'),
      hubId: z.string(),
      warehouseId: z.string(),
      /** Milliseconds since 1970 by the hub's clock. */
      hubTime: z.number().int(),
      /** Last sequence of the warehouse. */
      sequence: SequenceSchema,
      /** Sequence of the newest whole snapshot. */
      snapshot: SequenceSchema.nullable(),
      /** With it the generation that said hello may be opened; absent when the hub has it already. */
      ticket: TicketSchema.optional(),
    }),
    z.object({ tag: z.literal('versionTooOld'), minimum: z.number().int() }),
  ]),
  push: z.discriminatedUnion('tag', [
    z.object({ tag: z.literal('taken'), results: z.array(PushedResultSchema) }),
    z.object({ tag: z.literal('gap'), wantedCounter: z.number().int() }),
    /** A younger generation of this station has written: what came after `lastCounter` is kept aside by the hub. */
    z.object({ tag: z.literal('generationClosed'), lastCounter: z.number().int() }),
    /** The push would open a generation, and its ticket is not the last one given: nothing of it was taken. */
    z.object({ tag: z.literal('helloWanted') }),
  ]),
  pull: z.object({
    events: z.array(
      z.object({
        sequence: SequenceSchema,
        event: TravellingEventSchema,
        people: z.array(TravellingPersonSchema).optional(),
      }),
    ),
    /** Last sequence of the warehouse. */
    last: SequenceSchema,
  }),
  lease: z.object({ leases: z.array(LeaseSchema) }),
  release: z.object({ tag: z.literal('done') }),
  grant: z.discriminatedUnion('tag', [
    /** The numbers come with the next pull, as an event of the hub. */
    z.object({ tag: z.literal('granted'), count: z.number().int() }),
    z.object({ tag: z.literal('dry') }),
  ]),
  people: z.object({
    people: z.array(z.object({ sequence: SequenceSchema, person: TravellingPersonSchema })),
  }),
  code: z.object({ code: z.string(), expiresAt: z.number().int() }),
  stations: z.object({ stations: z.array(EnrolledStationSchema) }),
  revoke: z.object({ tag: z.enum(['revoked', 'unknown']) }),
  snapshot: z.discriminatedUnion('tag', [
    z.object({ tag: z.literal('none') }),
    z.object({
      tag: z.literal('part'),
      sequence: SequenceSchema,
      part: z.number().int(),
      parts: z.number().int(),
      hash: z.string(),
      rows: z.string(),
    }),
  ]),
  offer: z.object({ tag: z.enum(['taken', 'notWanted', 'differs']) }),
} as const
export type SyncAnswer<C extends SyncCall> = z.infer<(typeof syncAnswerSchemas)[C]>

/** `POST /v1/enrol`, the one call without a signature: the one-time code is what it proves itself by (SEC-2). */
export const EnrolRequestSchema = z.object({
  protocolVersion: z.number().int(),
  code: z.string().min(4).max(40),
  stationId: IdSchema,
  stationName: z.string().min(1).max(80),
  /** Ed25519, SPKI DER in base64. */
  publicKey: z.string().min(40).max(200),
  appVersion: z.string().max(40),
})
export type EnrolRequest = z.infer<typeof EnrolRequestSchema>

export const EnrolAnswerSchema = z.discriminatedUnion('tag', [
  z.object({
    tag: z.literal('enrolled'),
    hubId: z.string(),
    warehouseId: z.string(),
    hubTime: z.number().int(),
  }),
  z.object({
    tag: z.literal('refused'),
    reason: z.enum(['codeUnknown', 'codeUsed', 'codeExpired', 'badKey', 'versionTooOld']),
  }),
])
export type EnrolAnswer = z.infer<typeof EnrolAnswerSchema>

/** Why the hub would not hear a request at all; with HTTP 400, 401, 403, 404, 413 or 503. */
export const HubRefusalSchema = z.object({
  tag: z.enum([
    'badRequest',
    'unknownStation',
    'badSignature',
    'clockOff',
    'replayed',
    'revoked',
    'tooLarge',
    'unknownCall',
    'ending',
    'internal',
  ]),
  detail: z.string(),
  /** The hub's time: with it a station whose clock is off signs all the same, and says by how much it is off. */
  hubTime: z.number().int(),
})
export type HubRefusal = z.infer<typeof HubRefusalSchema>

/** Names of the headers that carry a request's signature. */
export const SIGNATURE_HEADERS = {
  station: 'packbench-station',
  /** Milliseconds since 1970, by the hub's clock as far as the station knows it. */
  time: 'packbench-time',
  nonce: 'packbench-nonce',
  /** Ed25519 over {@link signedText}, base64. */
  signature: 'packbench-signature',
} as const

/** A signed request is heard within this of the hub's clock, milliseconds either way. */
export const SIGNATURE_WINDOW_MS = 300_000

/** What a station signs: the request and nothing that a relay may change. */
export function signedText(request: {
  readonly method: string
  readonly path: string
  readonly time: number
  readonly nonce: string
  /** SHA-256 of the uncompressed body, hex. */
  readonly bodySha256: string
}): string {
  return [
    'packbench-1',
    request.method,
    request.path,
    String(request.time),
    request.nonce,
    request.bodySha256,
  ].join('\n')
}

/** Events that the hub itself posts (grants) carry this station id; their generation is the hub's id. */
export const HUB_STATION_ID = 'hub'
