import { z } from 'zod'

/** How an order leaves the house (ORD-3): 快递, 送货上门, 上门安装, 自提. */
export const DeliverySchema = z.enum(['courier', 'door', 'fitting', 'collected'])
export type Delivery = z.infer<typeof DeliverySchema>

export const DELIVERIES = DeliverySchema.options

/**
 * What customer service has agreed with the buyer (ORD-2). People are not named here: notes travel unsealed, and whom
 * the order goes to is kept apart (decision 8).
 */
export const OrderNoteSchema = z.object({
  /** What the goods are called between buyer and shop. */
  name: z.string().max(120),
  spec: z.string().max(300),
  /** The shop's day on which it shall ship, `YYYY-MM-DD`; null: nothing was agreed. */
  shipOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable(),
  /** The end of that day, epoch ms; it governs instead of the time of payment (ORD-3). */
  shipBy: z.number().int().nullable(),
  delivery: DeliverySchema,
  /** Presents, samples, glue as they were promised; they are lines of the parcel once they are scanned (ORD-8). */
  extras: z.string().max(300),
  text: z.string().max(1000),
})
export type OrderNote = z.infer<typeof OrderNoteSchema>

/** A note is due so long after payment unless the shop says otherwise. */
export const NOTE_MINUTES = 20

/** Which orders want a note: those with a buyer's message, those with a message or the platform's memo, or none. */
export const NOTE_WISHES = ['message', 'messageOrMemo', 'none'] as const
export type NoteWish = (typeof NOTE_WISHES)[number]

/** Settings of the shop about notes, read from what was saved. */
export function noteRulesOf(settings: { readonly wish: unknown; readonly minutes: unknown }): {
  readonly wish: NoteWish
  readonly minutes: number
} {
  const wish = NOTE_WISHES.find((known) => known === settings.wish) ?? 'messageOrMemo'
  const minutes =
    typeof settings.minutes === 'number' && settings.minutes > 0 ? settings.minutes : NOTE_MINUTES
  return { wish, minutes }
}

/** Of two notes, the fields in which they differ: what the history shows. */
export function changedFields(before: OrderNote, after: OrderNote): (keyof OrderNote)[] {
  const fields = ['name', 'spec', 'shipOn', 'delivery', 'extras', 'text'] as const
  return fields.filter((field) => before[field] !== after[field])
}
