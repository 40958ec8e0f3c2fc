import { z } from 'zod'
import { PlatformOrderSchema } from './order.ts'

/** A chunk of an order file (ORD-1). */
export const OrdersImportedBody = z.object({ file: z.string(), orders: z.array(PlatformOrderSchema).min(1) })

/** A person confirmed the measure that the buyer wants (ORD-6). */
export const WantedMeasureConfirmedBody = z.object({
  orderId: z.string().min(1),
  lineNo: z.number().int().positive(),
  measureMm: z.number().int().positive(),
})
