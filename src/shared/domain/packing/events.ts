import { z } from 'zod'
import { OrderSourceSchema } from '../orders/order.ts'
import { SupplyUseSchema } from '../supplies/events.ts'
import { MOST_SUSPECTS, MOST_TRACE_POINTS } from './weighing.ts'

const SupplySchema = z.object({
  place: z.string(),
  measureMm: z.number().int().nullable(),
  quantity: z.number().int(),
})

/** A person let something pass that the station had stopped. */
const OverrideSchema = z.object({
  reason: z.string().max(60),
  personId: z.string(),
  name: z.string().max(120),
  at: z.number().int(),
})

/** The weight that was taken, what it was compared with, and the pan's readings (PAK-4). */
const WeighingSchema = z.object({
  grams: z.number().int(),
  source: z.enum(['hand', 'scale']),
  verdict: z.enum(['fits', 'flagged', 'unsure']),
  expected: z.object({
    grams: z.number().int(),
    spreadGrams: z.number().int(),
    parcels: z.number().int(),
  }),
  suspects: z
    .array(
      z.object({
        fault: z.enum(['missing', 'surplus', 'swapped', 'extraPacking', 'noPacking']),
        skuCode: z.string(),
        otherSkuCode: z.string().nullable(),
        deltaGrams: z.number(),
        share: z.number(),
        title: z.string(),
        otherTitle: z.string(),
      }),
    )
    .max(MOST_SUSPECTS),
  accepted: OverrideSchema.nullable(),
  trace: z.array(z.tuple([z.number().int(), z.number().int()])).max(MOST_TRACE_POINTS),
})

/** As {@link ParcelRule}. */
const ParcelRuleSchema = z.object({ of: z.string().max(60), lines: z.array(z.string().max(32)).max(10) })

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
      category: z.string().optional(),
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
          override: OverrideSchema.optional(),
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
  /** Task in which it was packed: how its evidence is found (PAK-8). */
  taskId: z.string().max(80).optional(),
  /** Marks of the addresses that the label was made for, by order: a later change stops it at hand-over (ORD-2). */
  addressMarks: z.record(z.string(), z.string().max(20)).optional(),
  weighing: WeighingSchema.optional(),
  /** Packing supply that it went into. */
  packing: z.string().max(60).optional(),
  /** Length, width, height (PAK-5). */
  sizeMm: z.tuple([z.number().int(), z.number().int(), z.number().int()]).optional(),
  /** What it counts for by its size and its courier's divisor (PAK-5). */
  volumetricGrams: z.number().int().nonnegative().optional(),
  /** How its goods were to be packed; whoever signed confirmed it (PAK-6). */
  rules: z.array(ParcelRuleSchema).max(20).optional(),
})

/** A parcel taken back before hand-over: pieces go back where they came from, the number is burnt (PAK-10). */
export const ParcelVoidedBody = z.object({
  parcelId: z.string().min(1),
  orderIds: z.array(z.string()),
  waybillKey: z.string(),
  reason: z.string().max(300),
})
