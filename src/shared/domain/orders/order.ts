import { z } from 'zod'
import { AddressDoubtSchema } from './check-address.ts'

export const OrderSourceSchema = z.enum(['taobao', 'shopify', 'woocommerce', 'generic'])
export type OrderSource = z.infer<typeof OrderSourceSchema>

/** What the platform says of the order, in one vocabulary for all platforms. */
export const PlatformStatusSchema = z.enum([
  'unpaid',
  'paid',
  'refunding',
  'refunded',
  'shipped',
  'done',
  'closed',
])
export type PlatformStatus = z.infer<typeof PlatformStatusSchema>

/**
 * Flags 旗帜 (ORD-2). Yellow is shown, never stored: while stock is missing, an answer is awaited or somebody holds the
 * order back. It hides the order's own flag and gives it back (decision 4).
 */
export const FlagSchema = z.enum(['none', 'red', 'green', 'yellow', 'blue', 'purple'])
export type Flag = z.infer<typeof FlagSchema>

export const OrderLineSchema = z.object({
  lineNo: z.number().int().positive(),
  /** Normalised SKU code. */
  skuCode: z.string(),
  title: z.string().max(300),
  attributes: z.string().max(300),
  quantity: z.number().int().positive(),
  priceFen: z.number().int().nullable(),
})
export type OrderLine = z.infer<typeof OrderLineSchema>

/** An order as the platform's file gave it, without the recipient (decision 8: people's data apart). */
export const PlatformOrderSchema = z.object({
  /** `source/number`: the natural key, so that two stations that import the same file make the same order. */
  orderId: z.string().min(1),
  source: OrderSourceSchema,
  number: z.string().min(1).max(80),
  status: PlatformStatusSchema,
  statusText: z.string().max(80),
  createdAt: z.number().int().nullable(),
  paidAt: z.number().int().nullable(),
  deadlineAt: z.number().int(),
  buyer: z.string().max(120),
  message: z.string().max(1000),
  memo: z.string().max(1000),
  personRef: z.string().min(1),
  destination: z.string().max(120),
  lines: z.array(OrderLineSchema).min(1),
  totalFen: z.number().int().nullable(),
  /** Encoding of the file it came in; the "shipped" file goes back the same way (ORD-9). */
  encoding: z.string().max(20),
  flag: FlagSchema,
  /** Tells the address from another one without naming it; absent in older records. */
  addressMark: z.string().max(20).optional(),
  /** What is wrong with the address (ORD-5), found when it was taken in; absent: nothing. */
  doubts: z.array(AddressDoubtSchema).optional(),
})
export type PlatformOrder = z.infer<typeof PlatformOrderSchema>

/** A recipient: kept apart from the order under `personRef`, sealed in the journal, masked after retention. */
export const RecipientSchema = z.object({
  personRef: z.string().min(1),
  name: z.string(),
  company: z.string(),
  phone: z.string(),
  province: z.string(),
  city: z.string(),
  district: z.string(),
  street: z.string(),
  postcode: z.string(),
  country: z.string(),
})
export type Recipient = z.infer<typeof RecipientSchema>

/** The natural key of an order. */
export const orderIdOf = (source: OrderSource, number: string): string => `${source}/${number}`

/** True when the platform has taken the order back: it stops at pick, pack and hand-over (ORD-2). */
export function isCancelled(status: PlatformStatus): boolean {
  return status === 'refunding' || status === 'refunded' || status === 'closed'
}
