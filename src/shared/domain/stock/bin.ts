import { z } from 'zod'

/** Bin kinds (PUT-1): 拣货, 存储, 待检, 退货, 打包. */
export const BinKindSchema = z.enum(['pick', 'reserve', 'quarantine', 'returns', 'packing'])
export type BinKind = z.infer<typeof BinKindSchema>

/** A bin; its normalised code zone-aisle-rack-level-slot is the natural key. */
export const BinSchema = z.object({
  code: z.string().min(1).max(60),
  kind: BinKindSchema,
  /** Pieces; null for no limit. */
  capacity: z.number().int().positive().nullable(),
  category: z.string().max(80),
})
export type Bin = z.infer<typeof BinSchema>

/** Goods for sale stand only in these; orders are allocated from nowhere else (ORD-6). */
export function isSaleableBin(kind: BinKind): boolean {
  return kind === 'pick' || kind === 'reserve'
}
