import { z } from 'zod'

/** Flags that a person sets; yellow is shown while an order cannot ship and hides the one below it (ORD-2, ORD-6). */
export const OwnFlagSchema = z.enum(['none', 'red', 'green', 'blue', 'purple'])
export type OwnFlag = z.infer<typeof OwnFlagSchema>

/** In the order in which people pick them. */
export const OWN_FLAGS = OwnFlagSchema.options
