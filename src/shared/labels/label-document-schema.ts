import { z } from 'zod'
import type { LabelDocument } from './label-document.ts'

/**
 * What the host takes as a document. Lengths are bounded, because a label that holds more than this is a mistake and
 * would only hold up the printer; within the bounds the layout copes with everything.
 */

const MAX_TEXT = 2000
const MAX_ITEMS = 500
const MAX_ROWS = 20_000
/** Four megabytes of bytes as base64. */
const MAX_BASE64 = 5_600_000

const text = z.string().max(MAX_TEXT)
const count = z.number().int().min(0).max(1_000_000)
const grams = z.number().int().min(0).max(10_000_000).nullable()
const items = z
  .array(z.object({ text, quantity: count }).readonly())
  .max(MAX_ITEMS)
  .readonly()
const texts = z.array(text).max(MAX_ITEMS).readonly()

const party = z
  .object({
    name: text,
    company: text.optional(),
    phone: text,
    address: text,
    postcode: text.optional(),
  })
  .readonly()

const waybill = z.object({
  kind: z.literal('waybill'),
  courierCode: text,
  courierName: text,
  waybillNumber: text,
  sortCode: text,
  destination: text,
  recipient: party,
  sender: party,
  orderNumbers: texts,
  items,
  pieceCount: count,
  weightGrams: grams,
  packerName: text,
  note: text.optional(),
  printedAt: text,
  copy: count,
  sample: z.boolean(),
})

const sku = z.object({
  kind: z.literal('sku'),
  code: text,
  name: text,
  colour: text,
  size: text,
  skuCode: text,
  measure: z
    .object({ name: text, millimetres: z.number().min(0).max(1_000_000) })
    .readonly()
    .optional(),
})

const bin = z.object({ kind: z.literal('bin'), code: text, kindName: text, category: text })

const carton = z.object({
  kind: z.literal('carton'),
  sscc: text,
  from: text,
  to: text,
  orderNumbers: texts,
  waybillNumber: text,
  number: count,
  count,
  items,
  weightGrams: grams,
  printedAt: text,
  sample: z.boolean(),
})

const putWall = z.object({ kind: z.literal('put-wall'), code: text, slot: text, wall: text })

const align = z.enum(['left', 'right'])

const list = z.object({
  kind: z.literal('list'),
  list: z.enum(['goods-in-note', 'handover-list', 'pick-slip', 'exchange-list', 'delivery-note']),
  title: text,
  number: text,
  facts: z
    .array(z.object({ name: text, value: text }).readonly())
    .max(30)
    .readonly(),
  columns: z
    .array(z.object({ title: text, weight: z.number().positive().max(1000), align }).readonly())
    .max(12)
    .readonly(),
  rows: z.array(z.array(text).max(12).readonly()).max(MAX_ROWS).readonly(),
  totals: z.array(text).max(10).readonly(),
  signatures: z
    .array(z.object({ role: text, name: text }).readonly())
    .max(9)
    .readonly(),
  sample: z.boolean(),
})

const controlSheet = z.object({
  kind: z.literal('control-sheet'),
  title: text,
  codes: z
    .array(z.object({ code: text, words: text }).readonly())
    .max(MAX_ITEMS)
    .readonly(),
})

const courierLabel = z.object({
  kind: z.literal('courier-label'),
  language: z.enum(['zpl', 'tspl', 'pdf']),
  base64: z
    .string()
    .max(MAX_BASE64)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/),
  waybillNumber: text,
})

/** Everything the station can print, as it comes over the border; unknown keys are dropped. */
export const LabelDocumentSchema: z.ZodType<LabelDocument> = z.discriminatedUnion('kind', [
  waybill.readonly(),
  sku.readonly(),
  bin.readonly(),
  carton.readonly(),
  putWall.readonly(),
  list.readonly(),
  controlSheet.readonly(),
  courierLabel.readonly(),
])
