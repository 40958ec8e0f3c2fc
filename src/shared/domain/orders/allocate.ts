import type { Place } from '../../ledger/place.ts'

/** Stock of one SKU that an order may have: by place and measure, in the order in which it shall be taken. */
export interface Supply {
  readonly place: Place
  readonly measureMm: number | null
  readonly quantity: number
}

/** What one open order line still wants of the SKU. */
export interface Demand {
  readonly lineId: string
  readonly orderId: string
  readonly deadlineAt: number
  readonly quantity: number
  /** True for a measured category: only pieces that fit will do. */
  readonly measured: boolean
  /** Null on a measured line: nobody has asked the buyer yet, so nothing is allocated (ORD-6). */
  readonly wantedMm: number | null
  readonly toleranceMm: number
  /** Pieces that an open pick or parcel holds for this line; they are served before everybody else. */
  readonly pinned: readonly Supply[]
  /** A place that only this order may take from: its own cart. */
  readonly ownPlace: Place
}

export interface Allocation {
  readonly lineId: string
  readonly pieces: readonly Supply[]
  readonly shortQuantity: number
}

/**
 * Allocates one SKU: a pure function of open demand and stock (ORD-6, decision 4), oldest deadline first, then by
 * order and line, so that every station comes to the same result. What is pinned stays where it is pinned as far as
 * the stock is still there.
 */
export function allocateSku(supplies: readonly Supply[], demands: readonly Demand[]): Allocation[] {
  const left = supplies.map((supply) => ({ ...supply }))
  const inOrder = [...demands].sort(byDeadline)
  const taken = new Map<string, Supply[]>(inOrder.map((demand) => [demand.lineId, []]))
  for (const demand of inOrder) for (const pin of demand.pinned) takeFrom(left, demand, pin, taken)
  for (const demand of inOrder) fill(left, demand, taken)
  return inOrder.map((demand) => {
    const pieces = merge(taken.get(demand.lineId) ?? [])
    return { lineId: demand.lineId, pieces, shortQuantity: demand.quantity - sum(pieces) }
  })
}

function byDeadline(a: Demand, b: Demand): number {
  return a.deadlineAt - b.deadlineAt || (a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : 0)
}

type Stock = { place: Place; measureMm: number | null; quantity: number }

function takeFrom(left: Stock[], demand: Demand, pin: Supply, taken: Map<string, Supply[]>): void {
  const stock = left.find((s) => s.place === pin.place && s.measureMm === pin.measureMm)
  if (stock) take(stock, demand, pin.quantity, taken)
}

function take(stock: Stock, demand: Demand, atMost: number, taken: Map<string, Supply[]>): void {
  const pieces = taken.get(demand.lineId)
  if (!pieces) return
  const quantity = Math.min(stock.quantity, atMost, demand.quantity - sum(pieces))
  if (quantity <= 0) return
  stock.quantity -= quantity
  pieces.push({ place: stock.place, measureMm: stock.measureMm, quantity })
}

function fill(left: Stock[], demand: Demand, taken: Map<string, Supply[]>): void {
  const wanted = demand.wantedMm
  if (demand.measured && wanted === null) return
  const candidates = left.filter((stock) => mayTake(stock, demand))
  if (wanted !== null) candidates.sort((a, b) => distance(a, wanted) - distance(b, wanted))
  // The order's own cart comes first, whatever its measure: those pieces have been picked for it.
  candidates.sort((a, b) => Number(b.place === demand.ownPlace) - Number(a.place === demand.ownPlace))
  for (const stock of candidates) take(stock, demand, stock.quantity, taken)
}

const distance = (stock: Stock, wantedMm: number): number => Math.abs((stock.measureMm ?? 0) - wantedMm)

function mayTake(stock: Stock, demand: Demand): boolean {
  if (stock.quantity <= 0) return false
  if (stock.place.startsWith('cart:') && stock.place !== demand.ownPlace) return false
  if (!demand.measured || demand.wantedMm === null) return true
  return stock.measureMm !== null && distance(stock, demand.wantedMm) <= demand.toleranceMm
}

const sum = (pieces: readonly Supply[]): number => pieces.reduce((total, piece) => total + piece.quantity, 0)

function merge(pieces: readonly Supply[]): Supply[] {
  const merged = new Map<string, Supply>()
  for (const piece of pieces) {
    const key = `${piece.place}|${piece.measureMm ?? ''}`
    const known = merged.get(key)
    merged.set(key, known ? { ...known, quantity: known.quantity + piece.quantity } : piece)
  }
  return [...merged.values()]
}
