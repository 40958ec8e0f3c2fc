import { type ShopClock, shopDay } from '../domain/orders/deadline.ts'
import { canonicalHashOfList } from '../ledger/canonical.ts'
import { balanceKey } from '../ledger/movement.ts'
import type { ReadTx, StationStore } from './store.ts'
import type { Checkpoint, LogRecord } from './tables.ts'

/** Beyond this a checkpoint would be larger than it is useful; the log then only says that there was none. */
const MOST_BALANCES = 200_000
/** Rows read at once: a scan that comes meanwhile waits for no more than these. */
const PAGE = 1000

type CheckpointRecord = Extract<LogRecord, { kind: 'checkpoint' }>
type Balances = Map<string, number>

/** The newest checkpoint, or null. */
export async function lastCheckpoint(tx: ReadTx): Promise<Checkpoint | null> {
  const newest = await tx.range('records', 'checkpointAt', { from: 0, limit: 1, reverse: true })
  return (newest[0] as CheckpointRecord | undefined)?.data ?? null
}

/**
 * Writes the balances and their hash into the log, once a shop day and only when something was recorded since
 * (decision 9). Answers whether it did. Work goes on meanwhile: balances are read a page at a time, and those that were
 * posted to behind the reader's back are read again at the end.
 * @param yieldTurn Lets the screen have its turn.
 */
export async function writeDailyCheckpoint(
  store: StationStore,
  at: number,
  clock: ShopClock,
  yieldTurn: () => Promise<void>,
): Promise<boolean> {
  const isOfToday = (checkpoint: Checkpoint): boolean => shopDay(checkpoint.at, clock) === shopDay(at, clock)
  const [last, newestSeq] = await store.read(['records'], (tx) =>
    Promise.all([lastCheckpoint(tx), newestRecord(tx)]),
  )
  if (newestSeq === 0 || (last && (isOfToday(last) || last.atSeq >= newestSeq - 1))) return false
  const { atSeq, held } = await collectBalances(store, newestSeq)
  const balances = held && [...held].sort(([a], [b]) => (a < b ? -1 : 1))
  const hash = balances && (await canonicalHashOfList(balances, yieldTurn))
  return store.write(['records'], async (tx) => {
    const now = await lastCheckpoint(tx)
    // Another window has written one, or the station has begun anew from a snapshot.
    if (now?.at !== last?.at || now?.atSeq !== last?.atSeq) return false
    const data: Checkpoint = { atSeq, at, balances, hash }
    tx.put('records', { kind: 'checkpoint', id: `checkpoint-${shopDay(at, clock)}`, checkpointAt: at, data })
    return true
  })
}

/** All balances as they stood after record `atSeq`; null where they are too many. */
async function collectBalances(
  store: StationStore,
  from: number,
): Promise<{ readonly atSeq: number; readonly held: Balances | null }> {
  const held: Balances = new Map()
  const postedTo = new Set<string>()
  let atSeq = from
  const follow = async (tx: ReadTx): Promise<void> => {
    const records = await tx.range('records', null, { from: atSeq + 1 })
    for (const record of records) {
      atSeq = record.seq ?? atSeq
      for (const key of record.kind === 'event' ? keysPostedTo(record) : []) postedTo.add(key)
    }
  }
  for (let after: string | undefined = ''; after !== undefined; ) {
    const key: string = after
    after = await store.read(['records', 'balances'], async (tx) => {
      const rows = await tx.range('balances', null, { from: key, limit: PAGE })
      for (const row of rows) held.set(row.key, row.quantity)
      await follow(tx)
      return rows.length < PAGE ? undefined : rows.at(-1)?.key
    })
    if (held.size > MOST_BALANCES) return { atSeq, held: null }
  }
  await store.read(['records', 'balances'], async (tx) => {
    await follow(tx)
    const keys = [...postedTo]
    const rows = await tx.getMany('balances', keys)
    for (const [index, key] of keys.entries()) {
      const quantity = rows[index]?.quantity
      if (quantity === undefined) held.delete(key)
      else held.set(key, quantity)
    }
  })
  return { atSeq, held }
}

const keysPostedTo = ({ data }: Extract<LogRecord, { kind: 'event' }>): string[] =>
  data.movements.flatMap((movement) => [
    balanceKey(movement.from, movement),
    balanceKey(movement.to, movement),
  ])

const newestRecord = async (tx: ReadTx): Promise<number> =>
  (await tx.range('records', null, { limit: 1, reverse: true }))[0]?.seq ?? 0
