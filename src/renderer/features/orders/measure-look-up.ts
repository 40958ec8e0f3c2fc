import { normaliseCode } from '../../../shared/base/text.ts'
import { isSaleableBin } from '../../../shared/domain/stock/bin.ts'
import { binOfPlace } from '../../../shared/ledger/place.ts'
import type { BalanceRow, BinRow, DemandRow, SkuRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/** Pieces of one SKU with one measure. */
export interface MeasuredStock {
  readonly key: string
  readonly sku: SkuRow
  readonly measureMm: number
  readonly bins: readonly string[]
  readonly onHand: number
  /** On hand less what orders have been promised (STK-5). */
  readonly available: number
}

export interface LookUp {
  /** An item number or a SKU. */
  readonly item: string
  readonly measureMm: number
  readonly toleranceMm: number
}

const MOST_SKUS = 300

/** ORD-6: what of an item is there within a range of measures, the nearest first. */
export async function lookUpMeasure(database: StationDatabase, ask: LookUp): Promise<MeasuredStock[]> {
  const code = normaliseCode(ask.item)
  if (code === '') return []
  const [byItem, byCode] = await Promise.all([
    database.skus.where('item').equalsIgnoreCase(ask.item.trim()).limit(MOST_SKUS).toArray(),
    database.skus.where('codes').equals(code).limit(MOST_SKUS).toArray(),
  ])
  const skus = new Map([...byItem, ...byCode].map((sku) => [sku.code, sku]))
  const codes = [...skus.keys()]
  const [balances, demand] = await Promise.all([
    database.balances.where('skuCode').anyOf(codes).toArray(),
    database.demand.where('skuCode').anyOf(codes).toArray(),
  ])
  const bins = await database.bins.bulkGet(balances.map(({ place }) => binOfPlace(place) ?? ''))
  return fitting(ask, skus, { balances, demand, bins: bins.flatMap((bin) => bin ?? []) })
}

interface Stock {
  readonly balances: readonly BalanceRow[]
  readonly demand: readonly DemandRow[]
  readonly bins: readonly BinRow[]
}

/** Adds up the good pieces in bins for sale whose measure is within the range. Pure. */
export function fitting(ask: LookUp, skus: ReadonlyMap<string, SkuRow>, stock: Stock): MeasuredStock[] {
  const saleable = new Set(stock.bins.filter(({ kind }) => isSaleableBin(kind)).map(({ code }) => code))
  const found = new Map<string, MeasuredStock>()
  for (const { skuCode, measureMm, condition, place, quantity } of stock.balances) {
    const sku = skus.get(skuCode)
    const bin = binOfPlace(place)
    if (!sku || bin === null || !saleable.has(bin) || condition !== 'good' || quantity <= 0) continue
    if (measureMm === null || Math.abs(measureMm - ask.measureMm) > ask.toleranceMm) continue
    const key = `${skuCode} ${measureMm}`
    const promised = promisedFrom(stock.demand, { skuCode, place, measureMm })
    const known = found.get(key) ?? { key, sku, measureMm, bins: [], onHand: 0, available: 0 }
    found.set(key, {
      ...known,
      bins: [...known.bins, bin],
      onHand: known.onHand + quantity,
      available: known.available + quantity - promised,
    })
  }
  const distance = ({ measureMm }: MeasuredStock): number => Math.abs(measureMm - ask.measureMm)
  return [...found.values()].sort((a, b) => distance(a) - distance(b) || (a.key < b.key ? -1 : 1))
}

function promisedFrom(
  demand: readonly DemandRow[],
  from: { readonly skuCode: string; readonly place: string; readonly measureMm: number },
): number {
  return demand
    .filter(({ skuCode }) => skuCode === from.skuCode)
    .flatMap(({ allocated }) => allocated)
    .filter(({ place, measureMm }) => place === from.place && measureMm === from.measureMm)
    .reduce((sum, { quantity }) => sum + quantity, 0)
}
