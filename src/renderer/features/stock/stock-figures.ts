import { groupBy } from '../../../shared/base/group-by.ts'
import { balanceKey } from '../../../shared/ledger/movement.ts'
import { binOfPlace, isOutside, PACKED } from '../../../shared/ledger/place.ts'
import type { BalanceRow, DemandRow, MovementRow, SkuRow } from '../../../shared/station/tables.ts'

/** The figures of an SKU that open into their movements (STK-5). */
export const FIGURES = ['onHand', 'dock', 'packed', 'other'] as const
export type FigureName = (typeof FIGURES)[number]

/** Stock of one SKU in pieces. */
export interface SkuStock {
  readonly sku: SkuRow
  /** Good goods in the house that no finished parcel holds: bins, dock and carts. */
  readonly onHand: number
  /** Of these, what open orders have been given. */
  readonly allocated: number
  /** STK-5: on hand good − allocated. */
  readonly available: number
  /** Of the goods on hand, those not yet put away. */
  readonly dock: number
  /** In sealed parcels, waiting for the courier. */
  readonly packed: number
  /** Flawed, scrap, in quarantine or waiting for exchange. */
  readonly other: number
  /** Everything in the house, for "per bin". */
  readonly balances: readonly BalanceRow[]
}

type Standing = Pick<BalanceRow, 'place' | 'condition'>

/** Whether goods that stand so belong to a figure. */
export function belongsTo(figure: FigureName, { place, condition }: Standing): boolean {
  if (isOutside(place)) return false
  if (place === PACKED) return figure === 'packed'
  if (condition !== 'good') return figure === 'other'
  if (figure === 'dock') return binOfPlace(place) === null && !place.startsWith('cart:')
  return figure === 'onHand'
}

/** Adds one SKU up. */
export function skuStock(
  sku: SkuRow,
  balances: readonly BalanceRow[],
  demand: readonly Pick<DemandRow, 'allocated'>[],
): SkuStock {
  const sum = (figure: FigureName): number =>
    balances.reduce((total, row) => total + (belongsTo(figure, row) ? row.quantity : 0), 0)
  const allocated = demand.reduce(
    (total, line) => total + line.allocated.reduce((pieces, supply) => pieces + supply.quantity, 0),
    0,
  )
  const onHand = sum('onHand')
  return {
    sku,
    onHand,
    allocated,
    available: onHand - allocated,
    dock: sum('dock'),
    packed: sum('packed'),
    other: sum('other'),
    balances: balances.filter((row) => !isOutside(row.place)).sort((a, b) => (a.key < b.key ? -1 : 1)),
  }
}

/** Adds up several SKUs whose balances and demand were read in one go. */
export function skuStocks(
  skus: readonly SkuRow[],
  balances: readonly BalanceRow[],
  demand: readonly DemandRow[],
): SkuStock[] {
  const stock = groupBy(balances, (row) => row.skuCode)
  const wanted = groupBy(demand, (row) => row.skuCode)
  return skus.map((sku) => skuStock(sku, stock.get(sku.code) ?? [], wanted.get(sku.code) ?? []))
}

/** Which movements stand behind a figure: those of a named figure, or of one balance by its key. */
export type MovementScope =
  | { readonly of: 'figure'; readonly skuCode: string; readonly figure: FigureName }
  | { readonly of: 'balance'; readonly skuCode: string; readonly key: string }

/** A movement with what it did to the figure, and the figure after it. */
export interface TracedMovement {
  readonly movement: MovementRow
  readonly change: number
  readonly after: number
}

/**
 * The movements behind a figure, newest first, each with the figure as it was after it (STK-5); what did not change it
 * is left out. The first one's `after` is the figure itself.
 */
export function traceMovements(movements: readonly MovementRow[], scope: MovementScope): TracedMovement[] {
  const inOrder = [...movements].sort(byTime)
  const traced: TracedMovement[] = []
  let after = 0
  for (const movement of inOrder) {
    const change = changeOf(movement, scope)
    if (change === 0) continue
    after += change
    traced.push({ movement, change, after })
  }
  return traced.reverse()
}

/** Event ids end in their counter, movement ids in their place in the event: both count, neither sorts as text. */
function byTime(a: MovementRow, b: MovementRow): number {
  return (
    a.at - b.at ||
    numberBehind(a.eventId, '.') - numberBehind(b.eventId, '.') ||
    numberBehind(a.id, '#') - numberBehind(b.id, '#')
  )
}

const numberBehind = (text: string, sign: string): number => Number(text.slice(text.lastIndexOf(sign) + 1))

function changeOf(movement: MovementRow, scope: MovementScope): number {
  const belongs = (place: string): boolean =>
    scope.of === 'figure'
      ? belongsTo(scope.figure, { place, condition: movement.condition })
      : balanceKey(place, movement) === scope.key
  return movement.quantity * (Number(belongs(movement.to)) - Number(belongs(movement.from)))
}
