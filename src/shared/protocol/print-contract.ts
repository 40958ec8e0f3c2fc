import { z } from 'zod'
import { LabelDocumentSchema } from '../labels/label-document-schema.ts'
import { LabelLayoutSchema } from '../labels/label-layout.ts'

/**
 * Printers and print jobs between renderer and host (LBL-3, LBL-4). Printers belong to the PC that they stand beside:
 * the host keeps them, they do not sync.
 */

/** What a printer wants to be sent. */
export const PRINTER_LANGUAGES = ['pdf', 'zpl', 'tspl'] as const
export type PrinterLanguage = (typeof PRINTER_LANGUAGES)[number]

/** Each kind of paper may have a printer of its own. */
export const PAPER_KINDS = ['waybill', 'sku', 'bin', 'carton', 'put-wall', 'list'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

/** How the bytes get there. `windows` is built but not yet tried on Windows; the screen says so. */
export const PrinterPathSchema = z.discriminatedUnion('via', [
  /** `labels/<job id>.<language>` in the data directory. */
  z.object({ via: z.literal('file') }),
  z.object({
    via: z.literal('tcp'),
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535),
  }),
  z.object({ via: z.literal('ipp'), url: z.string().min(6).max(300) }),
  /** A queue of CUPS (Linux, macOS). */
  z.object({ via: z.literal('cups'), queue: z.string().min(1).max(127) }),
  /** A queue of Windows. */
  z.object({ via: z.literal('windows'), queue: z.string().min(1).max(255) }),
])
export type PrinterPath = z.infer<typeof PrinterPathSchema>

export const PrinterSchema = z.object({
  /** Opaque, minted by the page; `file` is built in and cannot be removed. */
  printerId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
  name: z.string().min(1).max(60),
  path: PrinterPathSchema,
  language: z.enum(PRINTER_LANGUAGES),
  /** Dots an inch of the print head: 203 or 300 (ZPL, TSPL, and rasters for them). */
  dpi: z.union([z.literal(203), z.literal(300)]),
  /** The paper in it; null: as large as the label. A label larger than the paper is refused, never cut. */
  paper: z.object({ widthUm: z.number().int().positive(), heightUm: z.number().int().positive() }).nullable(),
  /** Gap between labels, for TSPL. */
  gapUm: z.number().int().min(0).max(20_000),
  /** 0 (light) to 15 (dark); null: as the printer is set. Scaled to each language (`~SD` 0–30, `DENSITY` 0–15). */
  darkness: z.number().int().min(0).max(15).nullable(),
  /** Takes over when this one is away before anything was sent to it. */
  sparePrinterId: z.string().nullable(),
})
export type Printer = z.infer<typeof PrinterSchema>

const SpaceSchema = z.enum(['live', 'demo'])
const JobIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)

export const printRequestSchemas = {
  /** The printers of this PC, which one each paper goes to, and how they are. */
  'printer.list': z.object({}),
  /** Adds or changes one. */
  'printer.save': z.object({ printer: PrinterSchema }),
  'printer.remove': z.object({ printerId: z.string() }),
  /** Which printer a kind of paper goes to. */
  'printer.assign': z.object({ kind: z.enum(PAPER_KINDS), printerId: z.string() }),
  /** Queues of the operating system and printers that answer nearby; takes seconds. */
  'printer.discover': z.object({}),
  /** Asks the printer how it is, without printing. */
  'printer.probe': z.object({ printerId: z.string() }),
  /**
   * Takes a job over, durably, and answers at once; what becomes of it comes by `print.watch`. A job id that the host
   * has already answers with its state and prints nothing (LBL-4).
   * `printerId` null: by kind of paper. `layouts`: the layout that the document is set in; null: as it came.
   */
  'print.submit': z.object({
    space: SpaceSchema,
    jobId: JobIdSchema,
    document: LabelDocumentSchema,
    layout: LabelLayoutSchema.nullable().default(null),
    printerId: z.string().nullable().default(null),
  }),
  /**
   * Jobs whose state changed after `cursor` (0: all of them that this PC knows, newest 5,000), waiting for a change for
   * so long when there is none.
   */
  'print.watch': z.object({
    space: SpaceSchema,
    cursor: z.number().int().nonnegative(),
    timeoutMs: z.number().int().min(0).max(25_000),
  }),
  /**
   * A person says what became of an `unknown` job: it came out, or it did not, in which case the same job is sent once
   * more (LBL-4). Also sends a `failed` job again, where nothing came out for certain.
   */
  'print.resolve': z.object({
    space: SpaceSchema,
    jobId: JobIdSchema,
    outcome: z.enum(['printed', 'notPrinted', 'giveUp']),
    /** Another printer for the new try; null: the same. */
    printerId: z.string().nullable().default(null),
  }),
  /** Ids of the jobs that this PC has printed or may have, whatever the database remembers of them (LBL-4). */
  'print.jobs': z.object({ space: SpaceSchema, prefix: z.string().max(40) }),
  /** The resolved pages for the screen preview: the same that would be printed. */
  'label.layout': z.object({
    document: LabelDocumentSchema,
    layout: LabelLayoutSchema.nullable().default(null),
  }),
} as const

/**
 * `waiting`: taken over, nothing sent; `sending`: may come out at any moment; `unknown`: it was being sent when the
 * line or the host broke off, so that only a person can say.
 */
export type PrintState = 'waiting' | 'sending' | 'printed' | 'failed' | 'unknown'

/** Why a job failed, waits or is unknown. Params in words: printer's name, address. */
export type PrintTrouble =
  | 'printerOff'
  | 'hostUnknown'
  | 'outOfPaper'
  | 'coverOpen'
  | 'printerStopped'
  | 'paperTooSmall'
  | 'wrongLanguage'
  | 'cannotRender'
  | 'printerRemoved'
  | 'brokenOff'
  | 'hostStopped'
  | 'notSupportedHere'
  | 'diskFull'
  | 'refused'
  | 'other'

export interface PrintJobState {
  readonly jobId: string
  readonly state: PrintState
  readonly printerId: string
  readonly printerName: string
  /** How often it was sent: above one only after a person said that nothing came out. */
  readonly attempts: number
  readonly trouble: PrintTrouble | null
  /** In the printer's or the system's words; not for the first line. */
  readonly detail: string
  /** File name under `labels/`: what was sent, kept as evidence (ARC-1). Empty until it was rendered. */
  readonly file: string
  readonly sha256: string
  readonly missingGlyphs: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
  /** Grows with every change; the next `print.watch` begins here. */
  readonly cursor: number
}

export type PrintSubmitAnswer =
  | { readonly tag: 'accepted'; readonly job: PrintJobState }
  | { readonly tag: 'refused'; readonly trouble: PrintTrouble; readonly detail: string }

export interface PrintWatchAnswer {
  readonly jobs: readonly PrintJobState[]
  readonly cursor: number
}

/** `notTried`: nothing was asked of it yet. */
export type PrinterCondition =
  | 'ready'
  | 'busy'
  | 'away'
  | 'stopped'
  | 'outOfPaper'
  | 'coverOpen'
  | 'notTried'
  | 'unknown'

export interface PrinterDescription {
  readonly printer: Printer
  readonly condition: PrinterCondition
  readonly detail: string
  /** Jobs that wait for it. */
  readonly waiting: number
  /** False: the software for this path was never tried on such a system. */
  readonly tried: boolean
}

export interface PrinterList {
  readonly printers: readonly PrinterDescription[]
  readonly assigned: Readonly<Record<PaperKind, string>>
}

export interface FoundPrinter {
  readonly name: string
  readonly path: PrinterPath
  readonly language: PrinterLanguage
  /** The system's own words: model, place. */
  readonly detail: string
  readonly isDefault: boolean
}

export interface PrintResponses {
  'printer.list': PrinterList
  'printer.save': PrinterList
  'printer.remove': PrinterList
  'printer.assign': PrinterList
  'printer.discover': { readonly found: readonly FoundPrinter[] }
  'printer.probe': { readonly condition: PrinterCondition; readonly detail: string }
  'print.submit': PrintSubmitAnswer
  'print.watch': PrintWatchAnswer
  'print.resolve': PrintSubmitAnswer
  'print.jobs': { readonly jobIds: readonly string[] }
}
