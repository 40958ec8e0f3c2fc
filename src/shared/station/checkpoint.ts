import { type ShopClock, shopDay } from '../domain/orders/deadline.ts'
import { canonicalHash } from '../ledger/canonical.ts'
import type { ReadTx, StationStore } from './store.ts'
import type { Checkpoint, LogRecord } from './tables.ts'

/** Beyond this a checkpoint would be larger than it is useful, and only its hash is kept. */
const MOST_BALANCES = 200_000

type CheckpointRecord = Extract<LogRecord, { kind: 'checkpoint' }>

/** The newest checkpoint, or null. */
export async function lastCheckpoint(tx: ReadTx): Promise<Checkpoint | null> {
  const newest = await tx.range('records', 'checkpointAt', { from: 0, limit: 1, reverse: true })
  return (newest[0] as CheckpointRecord | undefined)?.data ?? null
}

/**
 * Writes the balances and their hash into the log, once a shop day and only when something was recorded since
 * (decision 9). Answers whether it did.
 */
export function writeDailyCheckpoint(store: StationStore, at: number, clock: ShopClock): Promise<boolean> {
  return store.write(['records', 'balances'], async (tx) => {
    const [last, newest] = await Promise.all([
      lastCheckpoint(tx),
      tx.range('records', null, { limit: 1, reverse: true }),
    ])
    const atSeq = newest[0]?.seq ?? 0
    if (atSeq === 0 || (last && (shopDay(last.at, clock) === shopDay(at, clock) || last.atSeq >= atSeq - 1)))
      return false
    const rows = await tx.range('balances', null, {})
    const balances = rows.map((row) => [row.key, row.quantity] as const)
    const data: Checkpoint = {
      atSeq,
      at,
      balances: balances.length > MOST_BALANCES ? null : balances,
      hash: canonicalHash(balances),
    }
    tx.put('records', { kind: 'checkpoint', id: `checkpoint-${shopDay(at, clock)}`, checkpointAt: at, data })
    return true
  })
}
