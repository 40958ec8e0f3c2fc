import { groupBy } from '../../../shared/base/group-by.ts'
import { normaliseCode } from '../../../shared/base/text.ts'
import { binPlace } from '../../../shared/ledger/place.ts'
import type { BalanceRow, BinRow, SkuRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { catalogueReader, searchSkus } from '../catalogue/catalogue-reader.ts'
import type { KeysetReader } from '../office/use-keyset-rows.ts'
import { type SkuStock, skuStocks } from './stock-figures.ts'

const MOST_BINS_FOUND = 300

/** A bin and what is in it. */
export interface BinStock {
  readonly bin: BinRow
  readonly pieces: number
  readonly balances: readonly BalanceRow[]
}

/** The stock of all SKUs by code; only the SKUs of one page are added up at a time. */
export function stockReader(database: StationDatabase): KeysetReader<SkuStock> {
  const skus = catalogueReader(database)
  return {
    count: skus.count,
    keyOf: ({ sku }) => sku.code,
    read: async (after, skip, limit) => loadStock(database, await skus.read(after, skip, limit)),
  }
}

/** Adds up these SKUs. */
export async function loadStock(
  database: StationDatabase,
  skus: readonly SkuRow[],
): Promise<readonly SkuStock[]> {
  const codes = skus.map((sku) => sku.code)
  const [balances, demand] = await Promise.all([
    database.balances.where('skuCode').anyOf(codes).toArray(),
    database.demand.where('skuCode').anyOf(codes).toArray(),
  ])
  return skuStocks(skus, balances, demand)
}

/** Stock of the SKUs that a text finds. */
export const searchStock = async (database: StationDatabase, text: string): Promise<readonly SkuStock[]> =>
  loadStock(database, await searchSkus(database, text))

/** All bins by code, with what is in those of a page. */
export function binReader(database: StationDatabase): KeysetReader<BinStock> {
  return {
    count: () => database.bins.count(),
    keyOf: ({ bin }) => bin.code,
    read: async (after, skip, limit) => {
      const rows = after === null ? database.bins.orderBy('code') : database.bins.where('code').above(after)
      return loadBins(database, await rows.offset(skip).limit(limit).toArray())
    },
  }
}

/** What is in these bins (PUT-4). */
export async function loadBins(
  database: StationDatabase,
  bins: readonly BinRow[],
): Promise<readonly BinStock[]> {
  const places = bins.map((bin) => binPlace(bin.code))
  const balances = await database.balances.where('place').anyOf(places).toArray()
  const byPlace = groupBy(balances, (row) => row.place)
  return bins.map((bin) => {
    const inside = byPlace.get(binPlace(bin.code)) ?? []
    return { bin, balances: inside, pieces: inside.reduce((sum, row) => sum + row.quantity, 0) }
  })
}

/** Bins whose code begins with the text. */
export async function searchBins(database: StationDatabase, text: string): Promise<readonly BinStock[]> {
  const found = database.bins.where('code').startsWith(normaliseCode(text))
  return loadBins(database, await found.limit(MOST_BINS_FOUND).toArray())
}
