import { z } from 'zod'

export const SignatureSchema = z.object({
  personId: z.string(),
  name: z.string(),
  at: z.number().int(),
  as: z.enum(['clerk', 'countersign', 'sole', 'packer', 'courier']),
})

/** A supplier's advance notice (RCV-1). */
export const NoticeImportedBody = z.object({
  file: z.string(),
  noticeNo: z.string().min(1).max(80),
  supplier: z.string().max(120),
  lines: z.array(
    z.object({
      skuCode: z.string().min(1),
      quantity: z.number().int().positive(),
      priceFen: z.number().int().nullable(),
    }),
  ),
})

/** A goods-in note posted in one step by its second signature (RCV-7); movements supplier → dock. */
export const GoodsReceivedBody = z.object({
  noteNo: z.string().min(1),
  noticeNo: z.string().nullable(),
  supplier: z.string(),
  openedAt: z.number().int(),
  lines: z.array(
    z.object({
      skuCode: z.string(),
      title: z.string(),
      colour: z.string(),
      size: z.string(),
      expected: z.number().int().nullable(),
      counted: z.number().int(),
      defects: z.number().int(),
      byMeasure: z.record(z.string(), z.number().int()),
      defectsByMeasure: z.record(z.string(), z.number().int()),
    }),
  ),
  signatures: z.array(SignatureSchema),
})
