import { allocateSku, type Supply } from '../domain/orders/allocate.ts'
import { isExtraLine } from '../domain/orders/extras.ts'
import { isSaleableBin } from '../domain/stock/bin.ts'
import { binPlace } from '../ledger/place.ts'
import { loadDoubts, surePins, withoutDoubted } from './doubted-supplies.ts'
import { demandInput, loadPins, loadSupplies, openBins } from './derive-allocation.ts'
import type { ReadTx } from './store.ts'
import type { BinRow, DemandRow } from './tables.ts'

/** An event names no more of them. */
const MOST_RELEASED = 2000

/** Pieces that are about to stand in a bin. */
interface PutAway {
  readonly skuCode: string
  readonly bin: Pick<BinRow, 'code' | 'kind'>
  readonly measureMm: number | null
  readonly quantity: number
}

/**
 * ORD-6: the orders that cannot ship now and can once these pieces stand in their bin, oldest deadline first. Works the
 * allocation out as it will be; nothing is written.
 */
export async function releasedBy(
  tx: ReadTx,
  { skuCode, bin, measureMm, quantity }: PutAway,
): Promise<string[]> {
  if (!isSaleableBin(bin.kind)) return []
  const rows = await tx.where('demand', 'skuCode', skuCode)
  if (!rows.some(isMissing)) return []
  const [balances, binsOf, pins, doubts] = await Promise.all([
    tx.where('balances', 'skuCode', skuCode),
    openBins(tx, 1),
    loadPins(tx),
    // What is put there lifts the doubts of its own bin (PIK-3).
    loadDoubts(tx, { binCode: bin.code, measureMm }),
  ])
  const arrived: Supply = { place: binPlace(bin.code), measureMm, quantity }
  const doubted = doubts.get(skuCode)
  const held = rows.flatMap((row) => pins.get(row.lineId) ?? [])
  const supplies = [...withoutDoubted(doubted, await loadSupplies(binsOf, balances), held), arrived]
  const demands = rows.map((row) => demandInput(row, surePins(doubted, pins.get(row.lineId) ?? [])))
  const shortAfter = new Map(allocateSku(supplies, demands).map((line) => [line.lineId, line.shortQuantity]))
  const better = rows.filter((row) => isMissing(row) && shortAfter.get(row.lineId) === 0)
  const orderIds = [...new Set([...better].sort(byDeadline).map((row) => row.orderId))].slice(
    0,
    MOST_RELEASED,
  )
  const [readiness, lines] = await Promise.all([
    tx.getMany('readiness', orderIds),
    Promise.all(orderIds.map((orderId) => tx.where('demand', 'orderId', orderId))),
  ])
  const isWhole = (row: DemandRow): boolean =>
    isExtraLine(row.lineNo) || (shortAfter.get(row.lineId) ?? row.shortQuantity) === 0
  return orderIds.filter(
    (_, index) => readiness[index]?.state === 'short' && (lines[index] ?? []).every(isWhole),
  )
}

const isMissing = (row: DemandRow): boolean => row.shortQuantity > 0 && !isExtraLine(row.lineNo)

const byDeadline = (a: DemandRow, b: DemandRow): number =>
  a.deadlineAt - b.deadlineAt || (a.lineId < b.lineId ? -1 : 1)
