import { addressMarkOf, type DeskedOrder } from './desk.ts'
import { isExtraLine } from './extras.ts'

/** How an order differs from what lies on the bench or in the parcel. */
export type OrderChange =
  | { readonly tag: 'lineAdded' | 'lineGone'; readonly skuCode: string; readonly quantity: number }
  | { readonly tag: 'wanted'; readonly skuCode: string; readonly was: number; readonly now: number }
  | { readonly tag: 'quantity'; readonly skuCode: string; readonly was: number; readonly now: number }
  | { readonly tag: 'address' }

/** A line as it was when the order was opened. */
export interface BenchLine {
  readonly orderId: string
  readonly lineNo: number
  readonly skuCode: string
  readonly quantity: number
  /** The measure that the buyer wanted then, in millimetres; null: none was known. */
  readonly wantedMm?: number | null
}

/**
 * ORD-2: what a later import has changed in an order since it was opened; empty: nothing. Lines of other orders in the
 * same parcel, and extras, which the platform never named, do not count.
 * @param mark the address's mark at opening; undefined: it was not noted, and the address is not compared
 */
export function orderChanges(
  lines: readonly BenchLine[],
  order: ChangeableOrder,
  mark?: string,
): OrderChange[] {
  const changes: OrderChange[] = []
  const before = new Map(ownLines(lines, order.orderId).map((line) => [line.lineNo, line]))
  for (const line of order.platform?.lines ?? []) {
    const { skuCode, quantity } = line
    const was = before.get(line.lineNo)
    before.delete(line.lineNo)
    if (!was) changes.push({ tag: 'lineAdded', skuCode, quantity })
    else if (was.skuCode !== skuCode)
      changes.push(
        { tag: 'lineGone', skuCode: was.skuCode, quantity: was.quantity },
        { tag: 'lineAdded', skuCode, quantity },
      )
    else {
      if (was.quantity !== quantity)
        changes.push({ tag: 'quantity', skuCode, was: was.quantity, now: quantity })
      const now = order.wanted?.[line.lineNo]?.measureMm
      if (now && was.wantedMm && now !== was.wantedMm)
        changes.push({ tag: 'wanted', skuCode, was: was.wantedMm, now })
    }
  }
  for (const { skuCode, quantity } of before.values()) changes.push({ tag: 'lineGone', skuCode, quantity })
  if (mark !== undefined && mark !== addressMarkOf(order)) changes.push({ tag: 'address' })
  return changes
}

type ChangeableOrder = DeskedOrder & {
  readonly orderId: string
  readonly wanted?: Readonly<Record<string, { readonly measureMm: number }>>
}

const ownLines = (lines: readonly BenchLine[], orderId: string): BenchLine[] =>
  lines.filter((line) => line.orderId === orderId && !isExtraLine(line.lineNo))

/** The changes in one line, in signs that need no language: `+2031-31 ×1`, `−2004-L ×2`, `2004-L 1→2`. */
export const linesInSigns = (changes: readonly OrderChange[]): string =>
  changes
    .map(inSigns)
    .filter((signs) => signs !== '')
    .join('、')

function inSigns(change: OrderChange): string {
  switch (change.tag) {
    case 'lineAdded':
      return `+${change.skuCode} ×${change.quantity}`
    case 'lineGone':
      return `−${change.skuCode} ×${change.quantity}`
    case 'quantity':
      return `${change.skuCode} ${change.was}→${change.now}`
    case 'wanted':
      return `${change.skuCode} ${change.was}→${change.now} mm`
    case 'address':
      return ''
  }
}
