import { z } from 'zod'

/** Waybill numbers loaded from a pool file (LBL-5). */
export const WaybillsLoadedBody = z.object({
  file: z.string(),
  waybills: z
    .array(
      z.object({
        courier: z.string().min(1).max(20),
        number: z.string().min(1).max(60),
        sortCode: z.string().max(60),
        position: z.number().int(),
      }),
    )
    .min(1),
})

/** A hand-over signed by the courier (SHP-2); movements packed → customer. */
export const ParcelsHandedOverBody = z.object({
  handoverNo: z.string().min(1),
  courier: z.string(),
  signedBy: z.string(),
  parcels: z.array(
    z.object({
      parcelId: z.string(),
      orderIds: z.array(z.string()),
      waybillNumber: z.string(),
      ourWeightGrams: z.number().int().nullable(),
      theirWeightGrams: z.number().int().nullable(),
      theirFeeFen: z.number().int().nullable(),
      acceptedReason: z.string().nullable(),
    }),
  ),
})
