import { z } from 'zod'
import type { WeightLock } from '../domain/weighing/stable-weight.ts'
import { SCALE_DIALECTS, type ScaleDialect } from '../formats/scale-frames.ts'
import type { ScaleReading } from '../formats/scale-reading.ts'

/** The scale between renderer and host (PAK-4). It belongs to the PC that it stands beside and does not sync. */

/** What scales leave the works with, the likeliest first: the order in which they are tried. */
export const SCALE_BAUDS = [9600, 2400, 4800, 19_200, 1200, 38_400, 57_600, 115_200] as const

export const ScaleSettingsSchema = z.object({
  /** False: no port is opened. */
  on: z.boolean(),
  /** The port's path or name; null: whichever a scale is found at. */
  port: z.string().min(1).max(300).nullable(),
  /** Bits a second; null: found out. */
  baud: z.number().int().min(300).max(921_600).nullable(),
  /** Null: found out from what the scale says. */
  dialect: z.enum(SCALE_DIALECTS).nullable(),
})
export type ScaleSettings = Readonly<z.infer<typeof ScaleSettingsSchema>>

export const scaleRequestSchemas = {
  /** The settings, what was found, and how it stands. */
  'scale.describe': z.object({}),
  /** The serial ports that this PC has now. */
  'scale.ports': z.object({}),
  /** Takes other settings over, durably, and goes by them at once. */
  'scale.configure': z.object({ settings: ScaleSettingsSchema }),
  /**
   * The newest reading and state, as soon as they are others than those of `after` (the sequence of the last answer, 0
   * at first), or after so long. Readings alike are not told again: the pan lies still.
   */
  'scale.wait': z.object({
    after: z.number().int().nonnegative(),
    timeoutMs: z.number().int().min(0).max(25_000),
  }),
  /** Takes the weight again without an emptied pan (`CMD-WEIGH`). */
  'scale.weigh-again': z.object({}),
} as const

/** A serial port as the operating system names it. */
export interface ScalePort {
  readonly path: string
  /** Maker, model or lasting name, in the system's words; empty when it knows none. */
  readonly detail: string
}

/** Where and how a scale was heard. */
export interface FoundScale {
  readonly port: string
  readonly baud: number
  readonly dialect: ScaleDialect
}

/**
 * How the scale stands. `searching`: ports and speeds are tried; `live`: it talks; `silent`: its port is open and nothing
 * comes (switched off, wrong cable); `unplugged`: the port is gone, and the station goes on by itself when it is back;
 * `busy`, `denied`: another program has the port, or this one may not open it; `unsupported`: this PC cannot open serial
 * ports at all.
 */
export type ScaleLinkTag =
  | 'off'
  | 'searching'
  | 'live'
  | 'silent'
  | 'unplugged'
  | 'busy'
  | 'denied'
  | 'unsupported'

export interface ScaleLink {
  readonly tag: ScaleLinkTag
  /** Port or the system's own words; not for the first line. */
  readonly detail: string
}

export interface ScaleReadingTold extends ScaleReading {
  /** Milliseconds since 1970. */
  readonly atMs: number
}

/** A weight that was taken (PAK-4); stays until the pan is emptied or somebody asks for it again. */
export interface ScaleLock extends WeightLock {
  /** Another one with every lock, also over a restart of the host. */
  readonly lockId: string
  /** Milliseconds since 1970. */
  readonly atMs: number
}

export interface ScaleNews {
  /** Other than before whenever anything of this is. */
  readonly sequence: number
  readonly link: ScaleLink
  /** Null unless the link is live. */
  readonly reading: ScaleReadingTold | null
  readonly lock: ScaleLock | null
}

export interface ScaleDescription {
  readonly settings: ScaleSettings
  /** What was heard last; null before anything was. */
  readonly found: FoundScale | null
  readonly news: ScaleNews
}

export interface ScaleResponses {
  'scale.describe': ScaleDescription
  'scale.ports': { readonly ports: readonly ScalePort[] }
  'scale.configure': ScaleDescription
  'scale.wait': ScaleNews
  'scale.weigh-again': { readonly tag: 'done' }
}
