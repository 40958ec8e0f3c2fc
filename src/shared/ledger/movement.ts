import { z } from 'zod'
import type { Place } from './place.ts'

/** Condition of goods (STK-2): 全新, 瑕疵, 残次, 待检, 待换. */
export const ConditionSchema = z.enum(['good', 'flawed', 'scrap', 'quarantine', 'exchange'])
export type Condition = z.infer<typeof ConditionSchema>

/**
 * What a stock balance is kept by, apart from the place (STK-2). Batch and expiry are empty where the category does
 * not ask for them; `measureMm` is null for goods that are not measured.
 */
export const StockKeySchema = z.object({
  skuCode: z.string().min(1),
  batch: z.string().nullable(),
  expiresOn: z.string().nullable(),
  measureMm: z.number().int().positive().nullable(),
  condition: ConditionSchema,
})
export type StockKey = z.infer<typeof StockKeySchema>

/** A whole number of pieces that goes from one place to another (STK-1). */
export const MovementSchema = StockKeySchema.extend({
  quantity: z.number().int().positive(),
  from: z.string().min(1),
  to: z.string().min(1),
})
export type Movement = z.infer<typeof MovementSchema>

/** The plain stock key: good, without batch. */
export function goodStock(skuCode: string, measureMm: number | null): StockKey {
  return { skuCode, batch: null, expiresOn: null, measureMm, condition: 'good' }
}

/** The key of a balance row: the place and everything of {@link StockKey}. */
export function balanceKey(place: Place, stock: StockKey): string {
  return [
    place,
    stock.skuCode,
    stock.batch ?? '',
    stock.expiresOn ?? '',
    stock.measureMm ?? '',
    stock.condition,
  ].join('|')
}

/** The same goods on the way back: what undoes a posted movement is a new movement. */
export function reverseMovement(movement: Movement): Movement {
  return { ...movement, from: movement.to, to: movement.from }
}
