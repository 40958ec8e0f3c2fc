import { z } from 'zod'
import { isPrintableCode, normaliseCode } from '../../base/text.ts'

const Fen = z.number().int().nonnegative().nullable()

/**
 * An SKU as it is taken in (CAT-1, CAT-2): one colour and size of a product. `code` is the normalised supplier code
 * 商家编码 and the natural key; `display` is how it was written.
 */
export const SkuSchema = z.object({
  code: z.string().min(1).max(120),
  display: z.string().min(1).max(120),
  /** Item number 货号. */
  item: z.string().max(80),
  name: z.string().max(200),
  category: z.string().max(80),
  colour: z.string().max(80),
  size: z.string().max(40),
  /** Normalised; GTINs have been checked. */
  barcodes: z.array(z.string().min(1).max(120)),
  material: z.string().max(200),
  weightGrams: z.number().int().positive().nullable(),
  /** The size chart's value of the measured dimension, for instance the waist. */
  measureMm: z.number().int().positive().nullable(),
  costFen: Fen,
  dailyPriceFen: Fen,
  promoPriceFen: Fen,
  floorPriceFen: Fen,
  fragile: z.boolean(),
})
export type Sku = z.infer<typeof SkuSchema>

/** An SKU of which only the code is known; somebody fills in the rest later. */
export function blankSku(code: string): Sku {
  return {
    code,
    display: code,
    item: '',
    name: '',
    category: '',
    colour: '',
    size: '',
    barcodes: [],
    material: '',
    weightGrams: null,
    measureMm: null,
    costFen: null,
    dailyPriceFen: null,
    promoPriceFen: null,
    floorPriceFen: null,
    fragile: false,
  }
}

/** Every code by which a scan finds the SKU. */
export function codesOfSku(sku: Sku, linked: readonly string[]): string[] {
  return [...new Set([sku.code, ...sku.barcodes.map(normaliseCode), ...linked])]
}

/**
 * A code for a label of this SKU: its first printable one, else null and a house code has to be assigned
 * (interface.md: printed codes are ASCII).
 */
export function printableCodeOf(codes: readonly string[]): string | null {
  return codes.find(isPrintableCode) ?? null
}

/** What verdicts and labels call the SKU: `牛仔裤 2031 深蓝 31`. */
export function skuTitle(sku: Pick<Sku, 'category' | 'item' | 'colour' | 'size'>): string {
  return [sku.category, sku.item, sku.colour, sku.size].filter((part) => part !== '').join(' ')
}

/** What the waybill's item field says: `model/colour/size` (LBL-2). */
export function skuLabelText(sku: Pick<Sku, 'display' | 'item' | 'colour' | 'size'>): string {
  const parts = [sku.item, sku.colour, sku.size].filter((part) => part !== '')
  return parts.length > 0 ? parts.join('/') : sku.display
}
