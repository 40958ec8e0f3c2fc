import { z } from 'zod'
import { SkuSchema } from './sku.ts'

/** A chunk of a catalogue file: an SKU's record is replaced as a whole by the last writer. */
export const SkusImportedBody = z.object({ file: z.string(), skus: z.array(SkuSchema).min(1) })

/** A code found on a piece now means this SKU (RCV-2), or a house code was assigned (CAT-1). */
export const SkuCodeLinkedBody = z.object({ skuCode: z.string().min(1), code: z.string().min(1) })

/** A hang tag's house code for (SKU, measure) (RCV-4). */
export const HangTagAssignedBody = z.object({
  code: z.string().min(1),
  skuCode: z.string().min(1),
  measureMm: z.number().int().positive().nullable(),
})
