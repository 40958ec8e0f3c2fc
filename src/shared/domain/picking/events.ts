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
})
