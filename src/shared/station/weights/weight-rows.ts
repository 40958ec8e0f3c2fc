import type { WeighedParcel, WeightBook, WeightRecord } from '../../domain/weighing/weight-book.ts'
import type { ReadTx } from '../store.ts'
import type { SkuRow, WeightRow } from '../tables.ts'

/** Where a SKU's weight is kept. */
export const skuWeightId = (skuCode: string): string => `sku:${skuCode}`
/** Where a packing's weight is kept. */
export const packingWeightId = (packing: string): string => `packing:${packing}`

/** What a parcel is put into where no packing is set up: all of them count as one. */
export const ANY_PACKING = 'any'

/**
 * What this station knows of the weights of these SKUs and this packing. The parcels behind the figures are not
 * loaded: no verdict needs them.
 */
export async function openWeightBook(
  tx: ReadTx,
  skus: readonly SkuRow[],
  packing: string,
): Promise<WeightBook> {
  const rows = await tx.getMany('weights', [
    packingWeightId(packing),
    ...skus.map((sku) => skuWeightId(sku.code)),
  ])
  const byId = new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])))
  const grams = new Map(skus.map((sku) => [sku.code, sku.weightGrams]))
  return {
    sku: (code) => asRecord(byId.get(skuWeightId(code))),
    packing: (name) => asRecord(byId.get(packingWeightId(name))),
    catalogueGrams: (code) => grams.get(code) ?? null,
  }
}

/** A row with the parcels behind it, as far as they were loaded. */
export function asRecord(
  row: WeightRow | undefined,
  recent: readonly WeighedParcel[] = [],
): WeightRecord | undefined {
  return row && { learned: row.learned, flags: row.flags, recent }
}
