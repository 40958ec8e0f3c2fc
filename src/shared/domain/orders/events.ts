import { z } from 'zod'
import { CONFIRMED } from './desk.ts'
import { OwnFlagSchema } from './flags.ts'
import { OrderNoteSchema } from './notes.ts'
import { PlatformOrderSchema } from './order.ts'

/** A chunk of an order file (ORD-1). */
export const OrdersImportedBody = z.object({ file: z.string(), orders: z.array(PlatformOrderSchema).min(1) })

/** A person confirmed the measure that the buyer wants (ORD-6). */
export const WantedMeasureConfirmedBody = z.object({
  orderId: z.string().min(1),
  lineNo: z.number().int().positive(),
  measureMm: z.number().int().positive(),
})

/** A person set the order's flag (ORD-2); yellow is none of these, it comes and goes with {@link OrderHeldBody}. */
export const OrderFlaggedBody = z.object({ orderId: z.string().min(1), flag: OwnFlagSchema })

/** A person said that the order cannot ship now, and why; or let it go again (ORD-2). */
export const OrderHeldBody = z.object({
  orderId: z.string().min(1),
  held: z.boolean(),
  reason: z.string().max(200),
})

/** What was agreed with the buyer; the notes before it are kept (ORD-2). */
export const OrderNotedBody = z.object({ orderId: z.string().min(1), note: OrderNoteSchema })

/** Money came by bank transfer: green flag, and the clock runs (ORD-2, ORD-3). */
export const BankTransferRecordedBody = z.object({
  orderId: z.string().min(1),
  bank: z.string().min(1).max(80),
  amountFen: z.number().int().positive(),
  confirmedBy: z.string().min(1).max(120),
  receivedAt: z.number().int(),
  deadlineAt: z.number().int(),
  withdrawn: z.boolean(),
})

/** The buyer confirmed; an address put right goes beside the event, sealed under `corrected.personRef` (ORD-5). */
export const AddressConfirmedBody = z.object({
  orderId: z.string().min(1),
  what: z.array(z.enum(CONFIRMED)).min(1),
  ofMark: z.string().max(20),
  corrected: z
    .object({ personRef: z.string().min(1), mark: z.string().max(20), destination: z.string().max(120) })
    .nullable(),
})
