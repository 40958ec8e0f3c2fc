import { z } from 'zod'

/** Lines of extras are numbered from here on, behind everything that a platform numbers (ORD-8). */
export const FIRST_EXTRA_LINE = 1001

/** Whether a line of a parcel is an extra and not of the platform's order. */
export const isExtraLine = (lineNo: number): boolean => lineNo >= FIRST_EXTRA_LINE

const ExtraLineSchema = z.object({
  /** Normalised SKU code. */
  skuCode: z.string().min(1).max(120),
  quantity: z.number().int().positive().max(1000),
})
export type ExtraLine = z.infer<typeof ExtraLineSchema>

/** The extras 赠品 of an order as they shall be: gifts, samples, glue; an empty list takes them away (ORD-8). */
export const ExtrasSetBody = z.object({
  orderId: z.string().min(1),
  lines: z.array(ExtraLineSchema).max(20),
})

/** The number of the nth extra, from 0. */
export const extraLineNo = (index: number): number => FIRST_EXTRA_LINE + index
