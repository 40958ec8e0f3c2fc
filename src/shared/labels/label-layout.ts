import { z } from 'zod'

/**
 * How one label is laid out: versioned data that a manager changes in the editor and that syncs as a setting (LBL-1).
 * A document says what stands on a label; a layout says where, how large, and whether at all.
 */

/** Labels whose fields can be moved. A4 papers (lists, control sheet) flow over pages and have no such layout. */
export const LAYOUT_KINDS = ['waybill', 'sku', 'bin', 'carton', 'put-wall'] as const
export type LayoutKind = (typeof LAYOUT_KINDS)[number]

const UmSchema = z.number().int().min(0).max(400_000)

/** One field of a label. Which names there are depends on the kind: `FIELDS_OF` in `label-fields.ts`. */
export const LayoutFieldSchema = z.object({
  /** `recipientName`, `waybillBars`, … */
  field: z.string().min(1).max(40),
  shown: z.boolean(),
  xUm: UmSchema,
  yUm: UmSchema,
  widthUm: UmSchema,
  heightUm: UmSchema,
  /** Wanted and smallest text size; for bars and QR symbols unused. */
  sizeUm: z.number().int().min(1000).max(60_000),
  minSizeUm: z.number().int().min(1000).max(60_000),
  bold: z.boolean(),
  align: z.enum(['left', 'center', 'right']),
  vertical: z.enum(['top', 'middle', 'bottom']),
  wrap: z.boolean(),
})
export type LayoutField = z.infer<typeof LayoutFieldSchema>

/** Lines and frames that belong to the face, not to a field. */
const LayoutRuleSchema = z.object({
  shape: z.enum(['rule', 'frame']),
  xUm: UmSchema,
  yUm: UmSchema,
  widthUm: UmSchema,
  heightUm: UmSchema,
  /** Stroke of a frame; unused for a filled rule. */
  strokeUm: z.number().int().min(0).max(5000),
})
export type LayoutRule = z.infer<typeof LayoutRuleSchema>

/** Version of this shape; older ones are lifted when read. */
export const LAYOUT_FORMAT = 1

export const LabelLayoutSchema = z.object({
  format: z.literal(LAYOUT_FORMAT),
  /** `waybill-100x180`; the built-in ones are named by kind and size in millimetres. */
  layoutId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  kind: z.enum(LAYOUT_KINDS),
  /** 0: as it came; +1 each time it is saved. */
  version: z.number().int().nonnegative(),
  widthUm: z.number().int().min(10_000).max(300_000),
  heightUm: z.number().int().min(10_000).max(400_000),
  /** Labels printed for one document. */
  copies: z.number().int().min(1).max(9),
  fields: z.array(LayoutFieldSchema).max(60),
  rules: z.array(LayoutRuleSchema).max(60),
})
export type LabelLayout = z.infer<typeof LabelLayoutSchema>

/** Name of the setting that holds a changed layout; no setting: as it came. */
export const layoutSetting = (layoutId: string): string => `labelLayout:${layoutId}`

/** Name of the setting that says which layout a kind uses, `waybill` also for one courier: `labelChoice:waybill:SF`. */
export const layoutChoiceSetting = (kind: LayoutKind, courier?: string): string =>
  courier === undefined ? `labelChoice:${kind}` : `labelChoice:${kind}:${courier}`
