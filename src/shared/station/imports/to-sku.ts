import { err, ok, type Result } from '../../base/result.ts'
import type { Sku } from '../../domain/catalogue/sku.ts'
import type { SkuRecord } from '../../formats/records.ts'
import { cutText, longField, type Misfit } from './limits.ts'

/** A catalogue row as the station keeps it (CAT-1): the comparing form is the key, `display` is how it was written. */
export function toSku(record: SkuRecord): Result<Sku, Misfit> {
  const misfit = longField([
    ['code', record.codeKey, 120],
    ['code', record.code, 120],
    ...record.barcodes.map((barcode) => ['barcodes', barcode, 120] as const),
    ['item', record.item, 80],
    ['size', record.size, 40],
  ])
  if (misfit) return err(misfit)
  return ok({
    code: record.codeKey,
    display: record.code,
    item: record.item,
    name: cutText(record.name, 200),
    category: cutText(record.category, 80),
    colour: cutText(record.colour, 80),
    size: record.size,
    barcodes: [...record.barcodes],
    material: cutText(record.material, 200),
    weightGrams: positive(record.weightGrams),
    measureMm: positive(record.measureMm),
    costFen: record.costFen,
    dailyPriceFen: record.dailyPriceFen,
    promoPriceFen: record.promoPriceFen,
    floorPriceFen: record.floorPriceFen,
    fragile: record.fragile,
  })
}

/** A weight or measure of 0 is an empty cell in the hand of a spreadsheet. */
const positive = (figure: number | null): number | null => (figure === 0 ? null : figure)
