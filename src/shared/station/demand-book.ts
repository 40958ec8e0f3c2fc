import { groupBy } from '../base/group-by.ts'
import type { WriteTx } from './store.ts'
import type { DemandRow } from './tables.ts'

/** The open demand as it is being worked out: what is entered counts at once and is written at the end. */
export interface DemandBook {
  ofOrder(orderId: string): Promise<readonly DemandRow[]>
  ofSku(skuCode: string): Promise<readonly DemandRow[]>
  enter(row: DemandRow): void
  strike(lineId: string): void
  write(): void
}

/** Reading so many rows costs less than asking an index once. */
const ROWS_PER_QUESTION = 20
/** A scan asks after a handful of orders and SKUs, an import after many. */
const FEW_QUESTIONS = 12

/** @param questions how many orders and SKUs will be asked for: for many, everything is read in one go */
export async function openDemandBook(tx: WriteTx, questions: number): Promise<DemandBook> {
  // Counting goes through every row: for a few questions that alone would cost more than asking them.
  const isWhole = questions > FEW_QUESTIONS && (await tx.count('demand')) <= questions * ROWS_PER_QUESTION
  const all = isWhole ? await tx.range('demand', null, {}) : []
  const byOrder = groupBy(all, (row) => row.orderId)
  const bySku = groupBy(all, (row) => row.skuCode)
  /** Null: struck out. */
  const entered = new Map<string, DemandRow | null>()
  const enteredByOrder = createGroups()
  const enteredBySku = createGroups()
  const merge = (
    stored: readonly DemandRow[],
    lineIds: ReadonlySet<string>,
    fits: (row: DemandRow) => boolean,
  ) => {
    const untouched = stored.filter((row) => !entered.has(row.lineId))
    const fresh = [...lineIds].flatMap((lineId) => entered.get(lineId) ?? [])
    return [...untouched, ...fresh.filter(fits)]
  }
  return {
    ofOrder: async (orderId) => {
      const stored = isWhole ? (byOrder.get(orderId) ?? []) : await tx.where('demand', 'orderId', orderId)
      return merge(stored, enteredByOrder.get(orderId), (row) => row.orderId === orderId)
    },
    ofSku: async (skuCode) => {
      const stored = isWhole ? (bySku.get(skuCode) ?? []) : await tx.where('demand', 'skuCode', skuCode)
      return merge(stored, enteredBySku.get(skuCode), (row) => row.skuCode === skuCode)
    },
    enter: (row) => {
      entered.set(row.lineId, row)
      enteredByOrder.add(row.orderId, row.lineId)
      enteredBySku.add(row.skuCode, row.lineId)
    },
    strike: (lineId) => {
      entered.set(lineId, null)
    },
    write: () => {
      for (const [lineId, row] of entered) {
        if (row === null) tx.delete('demand', lineId)
        else tx.put('demand', row)
      }
    },
  }
}

const NONE: ReadonlySet<string> = new Set()

function createGroups() {
  const groups = new Map<string, Set<string>>()
  return {
    get: (name: string): ReadonlySet<string> => groups.get(name) ?? NONE,
    add: (name: string, lineId: string): void => {
      const known = groups.get(name)
      if (known) known.add(lineId)
      else groups.set(name, new Set([lineId]))
    },
  }
}
