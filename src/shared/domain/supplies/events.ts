import { z } from 'zod'
import { SUPPLY_UNITS } from './supply.ts'

const SupplyIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
const QuantitySchema = z.number().int().min(0).max(10_000_000)

/** How much of a supply was used, in its unit. */
export const SupplyUseSchema = z.object({ supplyId: SupplyIdSchema, quantity: QuantitySchema.min(1) })

/** A packing supply was set up or changed (LBL-6); last writer wins. */
export const SupplySavedBody = z.object({
  supplyId: SupplyIdSchema,
  name: z.string().min(1).max(60),
  unit: z.enum(SUPPLY_UNITS),
  /** Used by every parcel that is finished. */
  perParcel: QuantitySchema.max(100_000),
  /** Used by every waybill that is printed again. */
  perReprint: QuantitySchema.max(100),
  /** The packer is warned from this many left. */
  warnBelow: QuantitySchema,
  /** False: not used any more, and nobody is warned. */
  active: z.boolean(),
  /** A bag or box that a parcel goes into: one is chosen for each, and it alone is used (PAK-4). */
  packing: z.boolean().optional(),
})

/**
 * A supply came in or was counted (LBL-6). Posted as what it changes, so that the order of two does not matter; a wrong
 * count is corrected by the next one.
 */
export const SupplyCountedBody = z.object({
  supplyId: SupplyIdSchema,
  why: z.enum(['delivery', 'count']),
  delta: z.number().int().min(-100_000_000).max(100_000_000),
  /** What was there by the count; null for a delivery. */
  counted: QuantitySchema.nullable(),
})

/** Supplies used otherwise than by a finished parcel: a waybill printed again (LBL-4, LBL-6). */
export const SupplyUsedBody = z.object({
  why: z.literal('reprint'),
  subject: z.string().max(100),
  supplies: z.array(SupplyUseSchema).min(1).max(50),
})
