import { normaliseCode } from '../../../shared/base/text.ts'
import type { SkuRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import type { KeysetReader } from '../office/use-keyset-rows.ts'

/** A search shows at most this many SKUs; who sees them all types on. */
export const MOST_FOUND = 300

/** The whole catalogue by code. */
export function catalogueReader(database: StationDatabase): KeysetReader<SkuRow> {
  return {
    count: () => database.skus.count(),
    keyOf: (sku) => sku.code,
    read: (after, skip, limit) => {
      const rows = after === null ? database.skus.orderBy('code') : database.skus.where('code').above(after)
      return rows.offset(skip).limit(limit).toArray()
    },
  }
}

/** SKUs one of whose codes, or whose item number, begins with the text; by code, at most {@link MOST_FOUND}. */
export async function searchSkus(database: StationDatabase, text: string): Promise<readonly SkuRow[]> {
  const code = normaliseCode(text)
  if (code === '') return []
  const [byCode, byItem] = await Promise.all([
    database.skus.where('codes').startsWith(code).distinct().limit(MOST_FOUND).toArray(),
    database.skus.where('item').startsWithIgnoreCase(code).limit(MOST_FOUND).toArray(),
  ])
  const found = new Map([...byCode, ...byItem].map((sku) => [sku.code, sku]))
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1)).slice(0, MOST_FOUND)
}
