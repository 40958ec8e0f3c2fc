import {
  COMPARED_TABLES,
  compareTable,
  foldIntoShadow,
  MovementSums,
  type ProjectionDifference,
} from '../../shared/station/compare-projections.ts'
import type { EventEnvelope } from '../../shared/ledger/envelope.ts'
import { createMemoryStore } from '../../shared/station/memory-store.ts'
import type { StationApp } from '../app/station-app.ts'

/** Events folded in one go before the screen gets its turn. */
const CHUNK = 100
/** Differences named on screen; one is already one too many. */
const NAMED = 20

export interface RebuildOutcome {
  readonly equal: boolean
  readonly differences: readonly string[]
  readonly entries: number
}

/**
 * STK-3: rebuilds every projection from the events in shadow tables and compares row by row; and adds the movements up
 * by themselves, so that a fault in the projections, which both sides share, shows as well.
 */
export async function rebuildAndCompare(
  station: StationApp,
  onProgress: (progress: { done: number; total: number }) => void,
): Promise<RebuildOutcome> {
  const { database, store } = station
  const shadow = createMemoryStore()
  const sums = new MovementSums()
  const last = (await database.records.orderBy('seq').last())?.seq ?? 0
  let entries = 0
  for (let from = 1; from <= last; from += CHUNK) {
    const records = await database.records
      .where('seq')
      .between(from, from + CHUNK, true, false)
      .toArray()
    const envelopes = records.flatMap((record): EventEnvelope[] =>
      record.kind === 'event' ? [record.data] : [],
    )
    if (envelopes.length > 0) await foldIntoShadow(shadow, envelopes)
    sums.add(envelopes)
    entries += envelopes.length
    onProgress({ done: Math.min(from + CHUNK, last), total: last })
    await new Promise((resolve) => setTimeout(resolve))
  }
  const differences: ProjectionDifference[] = await store.read(['balances'], (tx) => sums.compare(tx))
  for (const table of COMPARED_TABLES) differences.push(...(await compareTable(store, shadow, table, NAMED)))
  return { equal: differences.length === 0, entries, differences: differences.slice(0, NAMED).map(inWords) }
}

const inWords = ({ table, key, stored, rebuilt }: ProjectionDifference): string =>
  `${table} ${key}: ${short(stored)} ≠ ${short(rebuilt)}`

const short = (value: unknown): string => JSON.stringify(value).slice(0, 120)
