import { z } from 'zod'

/**
 * PAK-11: a number was given to an order before it is picked, and its label printed. From then on it is that parcel's
 * alone. The first order stands for the parcel; the marks tell later whether the label is still right.
 */
export const WaybillAssignedBody = z.object({
  waybillKey: z.string().min(1).max(90),
  courier: z.string().min(1).max(20),
  number: z.string().min(1).max(60),
  labelJobId: z.string().min(1).max(90),
  orders: z
    .array(
      z.object({ orderId: z.string().min(1), addressMark: z.string().max(20), goods: z.string().max(20) }),
    )
    .min(1)
    .max(100),
})

/** PAK-11: a label printed ahead is used for nothing any more; what becomes of its number, another event says. */
export const LabelVoidedBody = z.object({
  waybillKey: z.string().min(1).max(90),
  orderIds: z.array(z.string().min(1)).min(1).max(100),
  reason: z.string().max(300),
})
