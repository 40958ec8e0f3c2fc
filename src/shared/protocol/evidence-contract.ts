import { z } from 'zod'

/**
 * Evidence between renderer and host (PAK-8): a clip of each parcel from "opened" to "sealed" and a still at each
 * verdict. The camera and the files belong to the station that packs; only that there is a clip, and where, syncs.
 */

/** Why a clip is not whole. Losing the camera never stops packing; it is noted. */
export const EVIDENCE_CAUSES = [
  /** The person or the system does not let the page use the camera. */
  'denied',
  'noCamera',
  /** Another program has it. */
  'cameraBusy',
  /** It was unplugged, or its track ended. */
  'cameraLost',
  'recorderFailed',
  /** The disk or the space set aside for evidence is full. */
  'diskFull',
  'hostAway',
  /** The host did not keep up, and what waited was dropped. */
  'hostSlow',
  /** The page or the host ended while it was recording; what was on the disk is kept. */
  'brokenOff',
] as const
export type EvidenceCause = (typeof EVIDENCE_CAUSES)[number]

/** A file name, and the id of the packing task: a reload goes on under the same id with a further part. */
const ClipIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
const SpaceSchema = z.enum(['live', 'demo'])
/** Milliseconds since 1970. */
const AtSchema = z.number().int().nonnegative()
const clip = { space: SpaceSchema, clipId: ClipIdSchema }
/** One second of video is about 30 kB; a good camera in good light sends 200 kB. */
const ChunkSchema = z.string().min(4).max(4_000_000)
const StillSchema = z.string().min(4).max(1_400_000)

/** A page that never stops sending stills must not fill the folder. */
export const MOST_STILLS = 60

export const evidenceRequestSchemas = {
  /** How the camera of this PC is used, what is kept and what the disk says. */
  'evidence.state': z.object({ space: SpaceSchema }),
  /** Settings of this PC, for live and demo alike. */
  'evidence.configure': z.object({
    enabled: z.boolean(),
    /** As the browser names the device; null: the one that comes first. */
    cameraId: z.string().max(300).nullable(),
    cameraName: z.string().max(200),
    /** Space set aside, in MB (1,048,576 bytes). */
    quotaMb: z.number().int().min(100).max(10_000_000),
    /** Days after which a sealed clip is removed. */
    keepDays: z.number().int().min(1).max(3650),
  }),
  /** Begins the clip, or its next part; the part before it is closed. `orderIds` finds the parcel after a crash. */
  'evidence.begin': z.object({
    ...clip,
    at: AtSchema,
    orderIds: z.array(z.string().min(1).max(200)).max(50),
  }),
  /** Appends to the running part; `sequence` counts its chunks from 0, so that one sent twice is stored once. */
  'evidence.append': z.object({
    ...clip,
    part: z.number().int().positive(),
    sequence: z.number().int().nonnegative(),
    base64: ChunkSchema,
  }),
  /** The running part ends here on purpose: the parcel was put aside. */
  'evidence.pause': z.object(clip),
  'evidence.still': z.object({
    ...clip,
    at: AtSchema,
    /** The verdict's reason, or `photo` for the photo key. */
    reason: z.string().min(1).max(60),
    kind: z.enum(['jpeg', 'webp']),
    base64: StillSchema,
  }),
  /** Notes that the camera was lost, and why. */
  'evidence.lose': z.object({ ...clip, at: AtSchema, cause: z.enum(EVIDENCE_CAUSES) }),
  /** Closes the clip and ties it to its parcel; sealing it again gives the same answer. */
  'evidence.seal': z.object({
    ...clip,
    waybillNumber: z.string().min(1).max(100),
    parcelId: z.string().min(1).max(200),
  }),
  /** The parcel's event is posted: `evidence.state` names the clip no more. */
  'evidence.noted': z.object(clip),
  /** Throws an unsealed clip away. */
  'evidence.discard': z.object(clip),
  /** All that is kept of a clip. */
  'evidence.find': z.object({
    space: SpaceSchema,
    by: z.union([
      z.object({ clipId: ClipIdSchema }),
      z.object({ waybillNumber: z.string().min(1).max(100) }),
    ]),
  }),
} as const

export interface EvidenceSettings {
  readonly enabled: boolean
  readonly cameraId: string | null
  readonly cameraName: string
  readonly quotaMb: number
  readonly keepDays: number
}

/** A clip in figures; `partial` when something was lost, `none` when nothing is there to look at. */
export interface ClipFigures {
  readonly state: 'kept' | 'partial' | 'none'
  readonly durationMs: number
  readonly stills: number
  readonly bytes: number
  /** The first loss; null when nothing was lost. */
  readonly cause: EvidenceCause | null
}

export interface SealedClip extends ClipFigures {
  readonly clipId: string
  readonly waybillNumber: string
  readonly parcelId: string
}

export interface EvidenceState {
  readonly settings: EvidenceSettings
  readonly clips: number
  readonly usedBytes: number
  /** When the oldest of them began, milliseconds since 1970. */
  readonly oldestAt: number | null
  readonly freeBytes: number | null
  /** Begun and neither sealed nor discarded, oldest first. */
  readonly open: readonly {
    readonly clipId: string
    readonly at: number
    readonly orderIds: readonly string[]
  }[]
  /** Sealed, but whether the parcel's event was posted is not known; oldest first, at most 50. */
  readonly unnoted: readonly SealedClip[]
}

/** `file`s are served under `/files/<space>/evidence/`. */
export interface ClipPart {
  readonly part: number
  readonly file: string
  readonly at: number
  readonly durationMs: number
  readonly bytes: number
}

export interface ClipStill {
  readonly file: string
  readonly at: number
  readonly reason: string
  readonly bytes: number
}

export interface ClipDescription extends ClipFigures {
  readonly clipId: string
  readonly at: number
  readonly parts: readonly ClipPart[]
  readonly pictures: readonly ClipStill[]
  readonly losses: readonly { readonly at: number; readonly cause: EvidenceCause }[]
}

/** No room: tagged, because packing goes on without. `quota`: of the space set aside, not of the disk. */
export type EvidenceFull = { readonly tag: 'diskFull'; readonly quota: boolean; readonly detail: string }

export interface EvidenceResponses {
  'evidence.state': EvidenceState
  'evidence.configure': EvidenceState
  'evidence.begin':
    | { readonly tag: 'begun'; readonly part: number }
    | { readonly tag: 'sealed' }
    | EvidenceFull
  'evidence.append':
    | { readonly tag: 'stored' }
    /** A chunk is missing in between: a further part has to begin. */
    | { readonly tag: 'gap'; readonly wanted: number }
    /** The part is not the running one: another window went on with it, or the host was started anew. */
    | { readonly tag: 'notRunning' }
    /** The part is as long as parts get: a further one has to begin. */
    | { readonly tag: 'partFull' }
    | EvidenceFull
  'evidence.pause': { readonly tag: 'done' }
  'evidence.still': { readonly tag: 'stored' | 'enough' | 'notRunning' } | EvidenceFull
  'evidence.lose': { readonly tag: 'noted' | 'notRunning' } | EvidenceFull
  'evidence.seal':
    | { readonly tag: 'sealed'; readonly clip: SealedClip }
    | { readonly tag: 'unknown' }
    | EvidenceFull
  'evidence.noted': { readonly tag: 'done' }
  'evidence.discard': { readonly tag: 'done' }
  'evidence.find':
    | { readonly tag: 'found'; readonly clip: ClipDescription }
    | { readonly tag: 'removed'; readonly at: number; readonly why: 'days' | 'quota' | 'discarded' }
    | { readonly tag: 'unknown' }
}
