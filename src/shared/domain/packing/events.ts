import { z } from 'zod'
import { OrderSourceSchema } from '../orders/order.ts'
import { SupplyUseSchema } from '../supplies/events.ts'

const SupplySchema = z.object({
  place: z.string(),
  measureMm: z.number().int().nullable(),
  quantity: z.number().int(),
})

/** A finished parcel with all that proves what went into it (PAK-10, ARC-1); movements source → packed. */
export const ParcelFinishedBody = z.object({
  parcelId: z.string().min(1),
  orderIds: z.array(z.string()).min(1),
  orderNumbers: z.array(z.string()),
  source: OrderSourceSchema,
  personRef: z.string(),
  courier: z.string(),
  waybillNumber: z.string().min(1),
  waybillKey: z.string().min(1),
  weightGrams: z.number().int().nullable(),
  weightSource: z.enum(['hand', 'scale']).nullable(),
  packerId: z.string(),
  packerName: z.string(),
  destination: z.string(),
  labelJobId: z.string(),
  /** The order lease under which it was packed; null when the hub was not there to give one (decision 7). */
  leaseToken: z.number().int().nullable(),
  at: z.number().int(),
  lines: z.array(
    z.object({
      orderId: z.string(),
      lineNo: z.number().int(),
      skuCode: z.string(),
      item: z.string(),
      title: z.string(),
      colour: z.string(),
      size: z.string(),
      labelText: z.string(),
      quantity: z.number().int(),
      fragile: z.boolean(),
      unitWeightGrams: z.number().int().nullable(),
      measured: z.boolean(),
      wantedMm: z.number().int().nullable(),
      toleranceMm: z.number().int(),
      sources: z.array(SupplySchema),
      pieces: z.array(
        z.object({
          from: z.string(),
          stockMm: z.number().int().nullable(),
          measuredMm: z.number().int().nullable(),
          at: z.number().int(),
        }),
      ),
    }),
  ),
  trail: z.array(
    z.object({
      at: z.number().int(),
      scan: z.string(),
      reason: z.string(),
      personId: z.string().nullable(),
    }),
  ),
  /** What it took of the packing supplies (LBL-6); absent where none are set up. */
  supplies: z.array(SupplyUseSchema).max(50).optional(),
})

/** A parcel taken back before hand-over: pieces go back where they came from, the number is burnt (PAK-10). */
export const ParcelVoidedBody = z.object({
  parcelId: z.string().min(1),
  orderIds: z.array(z.string()),
  waybillKey: z.string(),
  reason: z.string().max(300),
})
