import { groupBy } from '../base/group-by.ts'
import { measuredCategory } from '../domain/catalogue/measured-category.ts'
import { allocateSku, type Demand, type Supply } from '../domain/orders/allocate.ts'
import { extraLineNo, isExtraLine } from '../domain/orders/extras.ts'
import { addressWanted, holdOf, ownFlagOf } from '../domain/orders/desk.ts'
import type { Flag, OrderLine } from '../domain/orders/order.ts'
import type { PackLine } from '../domain/packing/pack-task.ts'
import { isSaleableBin } from '../domain/stock/bin.ts'
import { binOfPlace, binPlace, cartPlace } from '../ledger/place.ts'
import { type Doubts, loadDoubts, type Pin, surePins, withoutDoubted } from './doubted-supplies.ts'
import type { Touched } from './apply-changes.ts'
import { type DemandBook, openDemandBook } from './demand-book.ts'
import { liveLabelsOf } from './order-labels.ts'
import { isHeldAsAllocated, isTakenAsAllocated } from './set-aside.ts'
import type { ReadTx, WriteTx } from './store.ts'
import type { BalanceRow, BinRow, DemandRow, OrderRow, ReadinessRow, SkuRow, Task } from './tables.ts'

/**
 * Keeps the derived demand, allocation and readiness right after something changed (ORD-6, decision 4): first the open
 * lines of the orders touched, then the allocation of the SKUs concerned, then what that means for their orders. Left
 * out is what cannot come out otherwise (set-aside.ts).
 */
export async function deriveAllocation(tx: WriteTx, touched: Touched): Promise<void> {
  const orderIds = new Set([...touched.orderIds, ...(await heldOtherwise(tx, touched))])
  if (orderIds.size + touched.skuCodes.size + touched.binCodes.size === 0) return
  const orders = await loadOrders(tx, [...orderIds])
  // A catalogue taken in before the first order concerns nobody: most imports end here.
  if (orders.length === 0 && (await tx.range('demand', null, { limit: 1 })).length === 0) return
  const book = await openDemandBook(tx, orders.length + touched.skuCodes.size)
  const open = orders.filter(isOpen)
  const ordered = open.flatMap(linesWanted).map((line) => line.skuCode)
  const [before, inBins, skus, doubts] = await Promise.all([
    Promise.all(orders.map((order) => book.ofOrder(order.orderId))),
    Promise.all([...touched.binCodes].map((code) => tx.where('balances', 'place', binPlace(code)))),
    loadSkus(tx, [...new Set(ordered)]),
    loadDoubts(tx),
  ])
  const known = before.flat()
  bookDemand(book, open, known, skus)
  const elsewhere = new Set([...ordered, ...inBins.flat().map((row) => row.skuCode)])
  const concerned = new Set([...touched.skuCodes, ...known.map((row) => row.skuCode), ...elsewhere])
  const changed = [...concerned].filter((skuCode) => {
    if (elsewhere.has(skuCode) || doubts.has(skuCode)) return true
    const moves = touched.moves?.get(skuCode) ?? (touched.skuCodes.has(skuCode) ? null : [])
    const struck = known.filter((row) => row.skuCode === skuCode)
    return moves === null || !isTakenAsAllocated(moves, struck)
  })
  const others = await reallocateAll(tx, changed, book, doubts)
  await writeReadiness(tx, book, [...new Set([...orderIds, ...others])], orders)
  book.write()
}

/** Of the orders that open work holds anew or no more, those that it holds otherwise than they are allocated. */
async function heldOtherwise(tx: ReadTx, { pinned, orderIds }: Touched): Promise<string[]> {
  const unknown = [...(pinned ?? [])].filter((orderId) => !orderIds.has(orderId))
  if (unknown.length === 0) return []
  const [pins, doubts, lines] = await Promise.all([
    loadPins(tx),
    loadDoubts(tx),
    Promise.all(unknown.map((orderId) => tx.where('demand', 'orderId', orderId))),
  ])
  return unknown.filter(
    (_, index) =>
      !(lines[index] ?? []).every(
        (row) => !doubts.has(row.skuCode) && isHeldAsAllocated(row, pins.get(row.lineId) ?? []),
      ),
  )
}

/** Allocates the SKUs anew; answers the orders for which something has changed. */
async function reallocateAll(
  tx: WriteTx,
  skuCodes: readonly string[],
  book: DemandBook,
  doubts: Doubts,
): Promise<string[]> {
  if (skuCodes.length === 0) return []
  const [pins, binsOf] = await Promise.all([loadPins(tx), openBins(tx, skuCodes.length)])
  const orderIds = await Promise.all(
    skuCodes.map((skuCode) => reallocate(tx, { skuCode, book, pins, doubts, binsOf })),
  )
  return orderIds.flat()
}

async function loadOrders(tx: ReadTx, orderIds: readonly string[]): Promise<OrderRow[]> {
  const rows = await tx.getMany('orders', orderIds)
  return rows.filter((row): row is OrderRow => row !== undefined)
}

async function loadSkus(tx: ReadTx, codes: readonly string[]): Promise<Map<string, SkuRow>> {
  const rows = await tx.getMany('skus', codes)
  return new Map(rows.flatMap((row) => (row ? [[row.code, row]] : [])))
}

/** Replaces the demand rows of the given orders. */
function bookDemand(
  book: DemandBook,
  orders: readonly OrderRow[],
  before: readonly DemandRow[],
  skus: ReadonlyMap<string, SkuRow>,
): void {
  const rows = orders.flatMap((order) => demandOf(order, skus))
  const kept = new Set(rows.map((row) => row.lineId))
  for (const row of before) if (!kept.has(row.lineId)) book.strike(row.lineId)
  const known = new Map(before.map((row) => [row.lineId, row]))
  for (const row of rows) book.enter({ ...row, allocated: known.get(row.lineId)?.allocated ?? [] })
}

/** The open lines of an order; none when it is not in the queue. */
export function demandOf(order: OrderRow, skus: ReadonlyMap<string, SkuRow>): DemandRow[] {
  if (!isOpen(order)) return []
  return linesWanted(order).map((line) => {
    const measure = measuredCategory(skus.get(line.skuCode)?.category ?? '')
    return {
      lineId: `${order.orderId}#${line.lineNo}`,
      orderId: order.orderId,
      lineNo: line.lineNo,
      skuCode: line.skuCode,
      quantity: line.quantity,
      measured: measure !== null,
      wantedMm: order.wanted[line.lineNo]?.measureMm ?? null,
      toleranceMm: measure?.toleranceMm ?? 0,
      deadlineAt: order.deadlineAt,
      ...labelledOf(order),
      allocated: [],
      shortQuantity: line.quantity,
    }
  })
}

const isOpen = (order: OrderRow): boolean => order.queue === 'open' && order.platform !== null

const labelledOf = (order: OrderRow): { readonly labelled?: true } =>
  liveLabelsOf(order).length > 0 ? { labelled: true } : {}

/** What goes into the order's parcel: the platform's lines, then the extras (ORD-8). */
function linesWanted(order: OrderRow): Pick<OrderLine, 'lineNo' | 'skuCode' | 'quantity'>[] {
  const extras = (order.extras?.lines ?? []).map((line, index) => ({ ...line, lineNo: extraLineNo(index) }))
  return [...(order.platform?.lines ?? []), ...extras]
}

/** Pieces that the open or held picks and parcels of this station hold, by order line. */
export async function loadPins(tx: ReadTx): Promise<ReadonlyMap<string, readonly Pin[]>> {
  const [desk, held] = await Promise.all([tx.range('desk', null, {}), tx.range('held', null, {})])
  const pins = new Map<string, readonly Pin[]>()
  for (const task of [...desk, ...held]) for (const [lineId, pieces] of pinsOf(task)) pins.set(lineId, pieces)
  return pins
}

function pinsOf(task: Task): [string, readonly Pin[]][] {
  if (task.area === 'pack')
    return task.lines.map((line) => [
      `${line.orderId}#${line.lineNo}`,
      line.sources.map((source) => ({ ...source, inHand: packedFrom(line, source) })),
    ])
  if (task.area !== 'pick') return []
  const byLine = groupBy(task.stops, (stop) => `${stop.orderId}#${stop.lineNo}`)
  return [...byLine].map(([lineId, stops]) => [
    lineId,
    stops.map((stop) => ({
      place: `bin:${stop.binCode}`,
      measureMm: stop.measureMm,
      quantity: stop.quantity,
      inHand: stop.picked,
    })),
  ])
}

const packedFrom = ({ pieces }: PackLine, { place, measureMm }: Supply): number =>
  pieces.filter((piece) => piece.from === place && piece.stockMm === measureMm).length

interface ReallocateInput {
  readonly skuCode: string
  readonly book: DemandBook
  readonly pins: ReadonlyMap<string, readonly Pin[]>
  readonly doubts: Doubts
  readonly binsOf: BinsOf
}

/** Bins by their codes; those that are not known are left out. */
type BinsOf = (codes: readonly string[]) => Promise<ReadonlyMap<string, BinRow>>

/** Reading so many bins costs less than the single ones of one SKU. */
const BINS_PER_SKU = 20

/** For many SKUs all bins are read in one go, as long as they are few. */
export async function openBins(tx: ReadTx, skus: number): Promise<BinsOf> {
  const byCode = (rows: readonly (BinRow | undefined)[]) =>
    new Map(rows.flatMap((bin) => (bin ? [[bin.code, bin] as const] : [])))
  const isWhole = skus > 1 && (await tx.count('bins')) <= skus * BINS_PER_SKU
  if (!isWhole) return async (codes) => byCode(await tx.getMany('bins', codes))
  const all = byCode(await tx.range('bins', null, {}))
  return async () => all
}

/** Allocates one SKU anew and books the lines that changed; answers their orders. */
async function reallocate(tx: WriteTx, input: ReallocateInput): Promise<string[]> {
  const { skuCode, book, pins, doubts, binsOf } = input
  const rows = new Map((await book.ofSku(skuCode)).map((row) => [row.lineId, row]))
  // Most goods that move are wanted by nobody just now: their stock is not looked at.
  if (rows.size === 0) return []
  const all = await loadSupplies(binsOf, await tx.where('balances', 'skuCode', skuCode))
  const doubted = doubts.get(skuCode)
  const held = [...rows.keys()].flatMap((lineId) => pins.get(lineId) ?? [])
  const supplies = withoutDoubted(doubted, all, held)
  const demands = [...rows.values()].map((row) =>
    demandInput(row, surePins(doubted, pins.get(row.lineId) ?? [])),
  )
  const orderIds: string[] = []
  for (const allocation of allocateSku(supplies, demands)) {
    const row = rows.get(allocation.lineId)
    if (!row || sameAllocation(row, allocation.pieces, allocation.shortQuantity)) continue
    book.enter({ ...row, allocated: allocation.pieces, shortQuantity: allocation.shortQuantity })
    orderIds.push(row.orderId)
  }
  return orderIds
}

/**
 * No deadline is so far away. What somebody has paid for goes before every extra (ORD-8), and what has its label before
 * what has none: these goods are set aside (PAK-11).
 */
const BEHIND_ALL_MS = 1e14

function turnOf({ lineNo, deadlineAt, labelled }: DemandRow): number {
  if (isExtraLine(lineNo)) return deadlineAt + BEHIND_ALL_MS
  return labelled ? deadlineAt - BEHIND_ALL_MS : deadlineAt
}

export function demandInput(row: DemandRow, pinned: readonly Supply[]): Demand {
  const { lineId, orderId, quantity, measured, wantedMm, toleranceMm } = row
  return {
    lineId,
    orderId,
    deadlineAt: turnOf(row),
    quantity,
    measured,
    wantedMm,
    toleranceMm,
    pinned,
    ownPlace: cartPlace(orderId),
  }
}

function sameAllocation(row: DemandRow, pieces: readonly Supply[], shortQuantity: number): boolean {
  if (row.shortQuantity !== shortQuantity || row.allocated.length !== pieces.length) return false
  return pieces.every((piece, index) => {
    const known = row.allocated[index]
    return (
      known?.place === piece.place && known.measureMm === piece.measureMm && known.quantity === piece.quantity
    )
  })
}

/** What may be allocated, in taking order: picking bins before reserve, each by bin code; carts by their order. */
export async function loadSupplies(binsOf: BinsOf, balances: readonly BalanceRow[]): Promise<Supply[]> {
  const good = balances.filter((row) => row.condition === 'good' && row.quantity > 0)
  const binCodes = good.flatMap((row) => binOfPlace(row.place) ?? [])
  const kinds = await binsOf(binCodes)
  return good
    .filter((row) => row.place.startsWith('cart:') || isSaleable(row, kinds))
    .sort((a, b) => rank(a, kinds) - rank(b, kinds) || (a.key < b.key ? -1 : 1))
    .map((row) => ({ place: row.place, measureMm: row.measureMm, quantity: row.quantity }))
}

function isSaleable(row: BalanceRow, bins: ReadonlyMap<string, BinRow>): boolean {
  const bin = bins.get(binOfPlace(row.place) ?? '')
  return bin !== undefined && isSaleableBin(bin.kind)
}

const rank = (row: BalanceRow, bins: ReadonlyMap<string, BinRow>): number =>
  bins.get(binOfPlace(row.place) ?? '')?.kind === 'reserve' ? 1 : 0

async function writeReadiness(
  tx: WriteTx,
  book: DemandBook,
  orderIds: readonly string[],
  loaded: readonly OrderRow[],
): Promise<void> {
  const known = new Map(loaded.map((order) => [order.orderId, order]))
  const missing = await loadOrders(
    tx,
    orderIds.filter((orderId) => !known.has(orderId)),
  )
  for (const order of missing) known.set(order.orderId, order)
  const demands = await Promise.all(orderIds.map((orderId) => book.ofOrder(orderId)))
  const skuCodes = [...new Set(demands.flat().map((row) => row.skuCode))]
  const skus = await loadSkus(tx, skuCodes)
  const rows: ReadinessRow[] = []
  for (const [index, orderId] of orderIds.entries()) {
    const order = known.get(orderId)
    if (order && isOpen(order)) rows.push(readinessOf(order, demands[index] ?? [], skus))
    else tx.delete('readiness', orderId)
  }
  tx.putMany('readiness', rows)
}

/** Whether an open order may be packed; what cannot ship shows yellow until it can (ORD-2, ORD-5, ORD-6). */
export function readinessOf(
  order: OrderRow,
  lines: readonly DemandRow[],
  skus: ReadonlyMap<string, SkuRow>,
): ReadinessRow {
  const state = deskState(order) ?? readinessState(lines, skus)
  const flag: Flag = state === 'ready' ? ownFlagOf(order) : 'yellow'
  const { orderId, deadlineAt } = order
  const row = { orderId, state, deadlineAt, ...labelledOf(order) }
  return { ...row, ...bareOf(row), flag, ...(flag === 'none' ? {} : { flagged: flag }) }
}

/** The index value of what a label is to be printed for (PAK-11). */
export const bareOf = (row: Pick<ReadinessRow, 'state' | 'deadlineAt' | 'labelled'>) =>
  row.state === 'ready' && !row.labelled ? { bareDeadlineAt: row.deadlineAt } : {}

/** What people have to settle before stock matters: somebody holds the order back, or its address is in doubt. */
function deskState(order: OrderRow): ReadinessRow['state'] | null {
  if (holdOf(order) !== null) return 'held'
  return addressWanted(order) ? 'addressWanted' : null
}

function readinessState(
  lines: readonly DemandRow[],
  skus: ReadonlyMap<string, SkuRow>,
): ReadinessRow['state'] {
  const paidFor = lines.filter((line) => !isExtraLine(line.lineNo))
  // An extra that is out of stock holds nothing up (ORD-8).
  if (paidFor.some((line) => !skus.get(line.skuCode)?.stamp)) return 'unknownSku'
  if (paidFor.some((line) => line.measured && line.wantedMm === null)) return 'measureWanted'
  return paidFor.some((line) => line.shortQuantity > 0) ? 'short' : 'ready'
}
