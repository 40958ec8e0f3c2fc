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

/**
 * A number that an e-waybill service gave for a parcel of this order to be (LBL-5). It is this station's and that
 * order's from the start, and the service's under `parcelKey`. `labelData`: codes and marks that came with it once.
 */
export const WaybillFetchedBody = z.object({
  parcelKey: z.string().min(1).max(64),
  orderId: z.string().min(1),
  courier: z.string().min(1).max(20),
  number: z.string().min(1).max(60),
  sortCode: z.string().max(300),
  accountId: z.string().min(1).max(100),
  labelData: z.record(z.string().max(60), z.string().max(300)),
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

const WaybillKeysSchema = z.array(z.string().min(1).max(90)).min(1).max(2000)

/** A block of numbers given to one station by the hub; it never expires (decision 7, LBL-5). Keys are `courier/number`. */
export const WaybillsGrantedBody = z.object({
  stationId: z.string().min(1),
  requestId: z.string().min(1),
  keys: WaybillKeysSchema,
})

/** Numbers that their holder gives back unused, so that the hub may grant them to another station. */
export const WaybillsReturnedBody = z.object({ keys: WaybillKeysSchema })

/**
 * Free numbers that nobody may use for now: after a restore nobody knows how far down the line the lost station got.
 * A person looks at the last printed label; what came before it is written off, the rest taken up again.
 */
export const WaybillsSetAsideBody = z.object({ keys: WaybillKeysSchema })

/** Numbers set aside that are certainly unused: the station may use them again. */
export const WaybillsTakenUpBody = z.object({ keys: WaybillKeysSchema })

/** Numbers that nobody will use any more: their holder is lost. Written off by a manager. */
export const WaybillsWrittenOffBody = z.object({ keys: WaybillKeysSchema, reason: z.string().max(300) })
