import { z } from 'zod'

/** One placement (PUT-3); movement dock → bin, and adjustment → dock for what the ledger lacked. */
export const GoodsPutAwayBody = z.object({
  binCode: z.string().min(1),
  skuCode: z.string().min(1),
  measureMm: z.number().int().nullable(),
  quantity: z.number().int().positive(),
  foundQuantity: z.number().int().nonnegative(),
  suggestedBin: z.string().nullable(),
  /** Orders that could not ship before and can now, as the station that put the goods away saw it (ORD-6). */
  released: z.array(z.string().min(1)).max(2000).optional(),
})
