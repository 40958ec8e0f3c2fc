import { z } from 'zod'

/** A pick that is done, or as far as it got (PIK-2); movements bin → the order's cart. */
export const OrderPickedBody = z.object({
  orderIds: z.array(z.string()).min(1),
  stops: z.array(
    z.object({
      orderId: z.string(),
      lineNo: z.number().int(),
      skuCode: z.string(),
      binCode: z.string(),
      measureMm: z.number().int().nullable(),
      quantity: z.number().int(),
      picked: z.number().int(),
    }),
  ),
  /** Where the pieces of a batch stand on the put-wall (PIK-1). */
  batchNo: z.string().optional(),
  slots: z.array(z.object({ orderId: z.string(), code: z.string().min(1) })).optional(),
})

const goodsInBin = {
  binCode: z.string().min(1),
  skuCode: z.string().min(1),
  measureMm: z.number().int().nullable(),
}

/** PIK-3: pieces that should be in a bin are not there. The ledger stays until the bin is counted; nothing moves. */
export const PickShortBody = z.object({
  ...goodsInBin,
  missing: z.number().int().positive(),
  orderIds: z.array(z.string()),
})

/** What was doubted in a bin may be allocated again: it was found, goods were put there, or the bin was counted. */
export const ShortLiftedBody = z.object({ ...goodsInBin, why: z.enum(['found', 'goodsPut', 'counted']) })

/** An order's picked pieces go back (PIK-3, ORD-2); movements cart → bin. */
export const PiecesReturnedBody = z.object({
  orderId: z.string().min(1),
  pieces: z
    .array(
      z.object({
        skuCode: z.string(),
        measureMm: z.number().int().nullable(),
        quantity: z.number().int().positive(),
        to: z.string(),
      }),
    )
    .min(1),
})
