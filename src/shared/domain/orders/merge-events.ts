import { z } from 'zod'

/**
 * An order of a group with the event that wrote its place in a group last, as far as the writer knew (null: none). Two
 * that wrote apart are told by it from two that wrote one after the other.
 */
const GroupedOrderSchema = z.object({ orderId: z.string().min(1), seen: z.string().max(300).nullable() })

/** Orders that go out as one parcel from now on (ORD-4). */
export const OrdersMergedBody = z.object({
  groupId: z.string().min(1).max(60),
  orders: z.array(GroupedOrderSchema).min(2).max(50),
})

/** Each of these orders goes out by itself again. */
export const OrdersPartedBody = z.object({
  groupId: z.string().min(1).max(60),
  orders: z.array(GroupedOrderSchema).min(1).max(200),
})
