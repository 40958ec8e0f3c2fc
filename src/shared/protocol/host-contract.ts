import { z } from 'zod'
import type { LabelModel } from '../labels/label-model.ts'
import { type CourierResponses, courierRequestSchemas } from './courier-contract.ts'
import { type EvidenceResponses, evidenceRequestSchemas } from './evidence-contract.ts'
import { type PrintResponses, printRequestSchemas } from './print-contract.ts'
import { type ScaleResponses, scaleRequestSchemas } from './scale-contract.ts'
import type { EnrolAnswer, HubRefusal } from './sync-messages.ts'

/**
 * What the renderer may ask of the host, the same over Electron's IPC and over loopback HTTP. Both hosts parse every
 * request with these schemas before anything is done; responses are typed only, because the host is trusted.
 */

/** Raised when request or response shapes change in a way that an older page cannot live with. */
export const HOST_CONTRACT_VERSION = 3

/** Live work and demo data never share a file: each space has its own directory and its own journal. */
export const SpaceSchema = z.enum(['live', 'demo'])
export type Space = z.infer<typeof SpaceSchema>

/** Opaque ids: letters, digits, dash, dot, underscore, so that they can name a file. */
const IdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)

/**
 * One durable record of the station in its log order. `seq` starts at 1 and has no gaps within a generation.
 * `person` records are sealed by the host under a key of their own before they reach the file (decision 8).
 */
export const JournalEntrySchema = z.object({
  seq: z.number().int().positive(),
  kind: z.enum(['step', 'event', 'person', 'checkpoint', 'sync']),
  /** For `person`: the personRef whose key seals the data. For others the record's own id. */
  id: z.string().min(1).max(200),
  data: z.unknown(),
})
export type JournalEntry = z.infer<typeof JournalEntrySchema>

export const hostRequestSchemas = {
  /** Who am I, where is my data, whose database is it, how far is the journal. */
  'station.describe': z.object({ space: SpaceSchema }),
  /**
   * Makes `databaseId` the owner of the space and opens `generation`. Granted when there is no owner yet, when the
   * owner is the same, or when `takeOver` says that a person chose "move the station here" or "rebuild".
   */
  'station.claim': z.object({
    space: SpaceSchema,
    databaseId: IdSchema,
    generation: IdSchema,
    takeOver: z.boolean(),
  }),
  /** Empties the demo space; refused for live. */
  'station.reset-demo': z.object({}),
  /** Appends and fsyncs. Entries already held are dropped, a gap is answered with the sequence wanted. */
  'journal.append': z.object({
    space: SpaceSchema,
    databaseId: IdSchema,
    generation: IdSchema,
    entries: z.array(JournalEntrySchema).max(1000),
  }),
  /** Reads entries of all generations in file order, from a cursor that the last answer gave (`null` = the start). */
  'journal.read': z.object({
    space: SpaceSchema,
    cursor: z.string().nullable(),
    limit: z.number().int().min(1).max(2000),
  }),
  /** Verifies the hash chain of the whole journal. */
  'journal.verify': z.object({ space: SpaceSchema }),
  /**
   * Destroys the key that seals a person's records, after retention or on their request: `journal.read` then gives
   * `data: null` for them, and the hash chain stays whole (decision 8).
   */
  'people.forget': z.object({
    space: SpaceSchema,
    databaseId: IdSchema,
    personRef: z.string().min(1).max(200),
  }),
  ...printRequestSchemas,
  ...courierRequestSchemas,
  ...scaleRequestSchemas,
  ...evidenceRequestSchemas,
  /** Writes an export under `exports/`; a name that exists gets a number appended. Content is base64. */
  'file.export': z.object({ space: SpaceSchema, name: z.string().min(1).max(120), base64: z.string() }),
  /** Hashes a PIN (scrypt, own salt) for a person's record. */
  'pin.hash': z.object({ pin: z.string().min(4).max(32) }),
  /** Compares a PIN with such a hash. */
  'pin.verify': z.object({ pin: z.string().max(64), hash: z.string().max(400) }),
  /** Is there a hub, and since when. */
  'hub.describe': z.object({}),
  /**
   * Makes this station known to a hub: mints the station's key pair (kept by the host, sealed where it can be), sends
   * the public half with the one-time code, and remembers the hub. Live space only; demo data never leaves the PC.
   */
  'hub.enrol': z.object({
    url: z.url().max(300),
    code: z.string().min(4).max(40),
    stationName: z.string().min(1).max(80),
  }),
  /** Forgets the hub; what waits stays in the outbox. */
  'hub.leave': z.object({}),
  /** Signs and sends one call of `sync-messages.ts`; the answer is the hub's, unparsed. */
  'hub.call': z.object({
    call: z.string().regex(/^[a-z]{2,20}$/),
    body: z.unknown(),
    timeoutMs: z.number().int().min(100).max(120_000).default(30_000),
  }),
  /** Waits until the hub says that it has more than `after`, or for so long. */
  'hub.wait': z.object({
    after: z.number().int().nonnegative(),
    timeoutMs: z.number().int().min(0).max(25_000),
  }),
  /** Backups: where they go, how often, which there are, when the last one was made and whether it went well. */
  'backup.describe': z.object({}),
  /**
   * Makes the recovery code and begins with backups. The code is answered once and kept nowhere: the host holds only
   * what it needs to encrypt (SEC-4).
   */
  'backup.begin': z.object({}),
  /** Where (null: the data directory's own `backups/`), how often, how many are kept, and whether labels and clips go along. */
  'backup.configure': z.object({
    directory: z.string().max(500).nullable(),
    everyHours: z.number().int().min(1).max(168).nullable(),
    keep: z.number().int().min(1).max(400),
    evidence: z.boolean(),
  }),
  /** Writes one now. */
  'backup.write': z.object({}),
  /**
   * Restores a backup file into this data directory, whose journal must be empty; that a page has opened it is no
   * hindrance. Everything comes back but the browser's database: the station has another id afterwards, and an owner
   * that no database bears, so that the page, loaded anew, rebuilds from the journal under a new generation.
   */
  'backup.restore': z.object({ path: z.string().min(1).max(1000), recoveryCode: z.string().min(8).max(200) }),
} as const

export type HostMethod = keyof typeof hostRequestSchemas
export type HostRequest<M extends HostMethod> = z.infer<(typeof hostRequestSchemas)[M]>

/** How far the journal of one generation reaches. */
export interface JournalState {
  readonly generation: string | null
  /** Last sequence held for the current generation; 0 when empty. */
  readonly lastSeq: number
  /** Entries over all generations: above zero, there is something to rebuild from. */
  readonly totalEntries: number
}

export interface StationDescription {
  readonly host: 'electron' | 'http'
  readonly contractVersion: number
  readonly appVersion: string
  /** Minted once per data directory. */
  readonly stationId: string
  /** For the manager's eyes: where the files are. */
  readonly dataDirectory: string
  readonly ownerDatabaseId: string | null
  readonly journal: JournalState
  readonly freeBytes: number | null
  /** True when the operating system seals the keys; otherwise they are files of mode 0600. */
  readonly keysSealed: boolean
  /** What start-up had to repair, for instance a torn last line that was cut off. */
  readonly notices: readonly {
    readonly tag: 'journalTailCut' | 'restoredFromBackup'
    readonly detail: string
  }[]
}

export type ClaimAnswer =
  | { readonly tag: 'granted'; readonly journal: JournalState }
  | { readonly tag: 'ownedByOther'; readonly ownerDatabaseId: string }

export type AppendAnswer =
  | { readonly tag: 'stored'; readonly lastSeq: number }
  | { readonly tag: 'gap'; readonly wantedSeq: number }
  | { readonly tag: 'notOwner' }
  | { readonly tag: 'diskFull'; readonly detail: string }

export interface JournalPage {
  readonly entries: readonly (JournalEntry & { readonly generation: string })[]
  /** Null at the end. */
  readonly cursor: string | null
  readonly totalEntries: number
}

export type VerifyAnswer =
  | { readonly tag: 'intact'; readonly entries: number }
  | { readonly tag: 'broken'; readonly line: number; readonly detail: string }

/** `unknown`: no key was held for the person, so there is nothing left to destroy. */
export type ForgetAnswer =
  | { readonly tag: 'forgotten' }
  | { readonly tag: 'unknown' }
  | { readonly tag: 'notOwner' }

export interface ExportAnswer {
  readonly name: string
  /** Full path for the person; the page offers a download of its own. */
  readonly path: string
}

/** The hub as this station's host knows it. */
export type HubLink =
  | { readonly tag: 'none' }
  | {
      readonly tag: 'enrolled'
      readonly url: string
      readonly hubId: string
      readonly warehouseId: string
      /** Milliseconds since 1970. */
      readonly since: number
      /** Hub's clock less the PC's, as last heard; null before the first answer. */
      readonly clockOffsetMs: number | null
    }

/** Why nothing came back: the PC has no network, the name is unknown, nobody listens, or it took too long. */
export type UnreachableCause = 'noNetwork' | 'nameUnknown' | 'refused' | 'timeout' | 'tls' | 'other'

export type HubUnreachable = {
  readonly tag: 'unreachable'
  readonly cause: UnreachableCause
  readonly detail: string
}

export type HubCallAnswer =
  | { readonly tag: 'answered'; readonly value: unknown; readonly clockOffsetMs: number }
  | { readonly tag: 'refused'; readonly refusal: HubRefusal; readonly clockOffsetMs: number }
  | { readonly tag: 'notEnrolled' }
  | HubUnreachable

export type HubWaitAnswer =
  | { readonly tag: 'news'; readonly sequence: number }
  | { readonly tag: 'quiet' }
  | { readonly tag: 'notEnrolled' }
  | HubUnreachable

export interface BackupFile {
  readonly name: string
  readonly path: string
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface BackupState {
  /** False until `backup.begin` has made a recovery code. */
  readonly ready: boolean
  readonly directory: string
  readonly everyHours: number | null
  readonly keep: number
  readonly evidence: boolean
  /** Newest first. */
  readonly files: readonly BackupFile[]
  readonly totalBytes: number
  readonly lastAt: number | null
  /** Why the last one failed; null when it went well. */
  readonly trouble: { readonly tag: 'diskFull' | 'notWritable' | 'failed'; readonly detail: string } | null
}

export type BackupWriteAnswer =
  | { readonly tag: 'written'; readonly file: BackupFile }
  | { readonly tag: 'notReady' }
  | { readonly tag: 'diskFull' | 'notWritable' | 'failed'; readonly detail: string }

export type RestoreAnswer =
  | { readonly tag: 'restored'; readonly stationId: string; readonly entries: number }
  | { readonly tag: 'notEmpty' | 'notFound' | 'wrongCode' | 'damaged' | 'diskFull'; readonly detail: string }

export interface HostResponses extends PrintResponses, CourierResponses, EvidenceResponses, ScaleResponses {
  'hub.describe': HubLink
  'hub.enrol': EnrolAnswer | HubUnreachable
  'hub.leave': { readonly tag: 'done' }
  'hub.call': HubCallAnswer
  'hub.wait': HubWaitAnswer
  'backup.describe': BackupState
  'backup.begin': { readonly tag: 'begun'; readonly recoveryCode: string } | { readonly tag: 'alreadyBegun' }
  'backup.configure': BackupState
  'backup.write': BackupWriteAnswer
  'backup.restore': RestoreAnswer
  'station.describe': StationDescription
  'station.claim': ClaimAnswer
  'station.reset-demo': { readonly tag: 'done' }
  'journal.append': AppendAnswer
  'journal.read': JournalPage
  'journal.verify': VerifyAnswer
  'people.forget': ForgetAnswer
  'label.layout': readonly LabelModel[]
  'file.export': ExportAnswer
  'pin.hash': { readonly hash: string }
  'pin.verify': { readonly ok: boolean }
}

/** A request that could not be carried out at all, as both transports report it. */
export type HostFault = {
  readonly tag: 'badRequest' | 'forbidden' | 'unknownMethod' | 'diskFull' | 'internal' | 'unreachable'
  readonly detail: string
}

/** How an answer crosses either transport: errors do not survive the way, plain objects do. */
export type HostReply<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: HostFault }

/** The one door between renderer and host. Rejects with {@link HostError}. */
export interface HostClient {
  call<M extends HostMethod>(method: M, request: HostRequest<M>): Promise<HostResponses[M]>
}

/** Carries a {@link HostFault} through a rejected promise. */
export class HostError extends Error {
  override readonly name = 'HostError'
  constructor(readonly fault: HostFault) {
    super(`${fault.tag}: ${fault.detail}`)
  }
}
