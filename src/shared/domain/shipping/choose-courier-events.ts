import { z } from 'zod'

/** A person chose the courier of one order by hand (ORD-7); '' gives it back to the rules. */
export const CourierChosenBody = z.object({
  orderId: z.string().min(1),
  courier: z.string().max(20),
  reason: z.string().max(300),
})
