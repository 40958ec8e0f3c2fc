import { z } from 'zod'

/** What may be described by hand: goods, bins, orders. */
export const DescribedSchema = z.enum(['sku', 'bin', 'order'])
export type Described = z.infer<typeof DescribedSchema>

/**
 * Names and notes that people write on things, field by field (SYN-1): the last writer by hub order wins, and what it
 * overwrote stays in the history. `seen` is the event that wrote the value the writer had before their eyes (null:
 * none), by which two that wrote at the same time, apart, are told from two that wrote one after the other.
 */
export const DetailChangedBody = z.object({
  thing: DescribedSchema,
  key: z.string().min(1).max(200),
  field: z.enum(['name', 'note']),
  value: z.string().max(500),
  seen: z.string().max(300).nullable(),
})

/** What somebody decided: repaired it by a correction, or lets it stand. */
const DecidedSchema = z.enum(['repaired', 'accepted'])
export type Decided = z.infer<typeof DecidedSchema>

/** A person has decided about a contradiction (SYN-2); the contradiction itself is derived. */
export const DiscrepancyResolvedBody = z.object({
  discrepancyId: z.string().min(1).max(64),
  kind: z.string().min(1).max(40),
  subject: z.string().max(300),
  decision: DecidedSchema,
  note: z.string().max(500),
})
