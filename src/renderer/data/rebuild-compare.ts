import { canonicalHash } from '../../shared/ledger/canonical.ts'
import { HISTORY } from '../../shared/station/apply-stream.ts'
import { lastCheckpoint } from '../../shared/station/checkpoint.ts'
import {
  COMPARED_TABLES,
  compareTable,
  foldIntoShadow,
  MovementSums,
  type ProjectionDifference,
  type SequencedEvent,
} from '../../shared/station/compare-projections.ts'
import { createMemoryStore } from '../../shared/station/memory-store.ts'
import type { StationApp } from '../app/station-app.ts'
import type { StationDatabase } from './station-database.ts'

/** Records read in one go before the screen gets its turn. */
const CHUNK = 100
/** Differences named on screen; one is already one too many. */
const NAMED = 20
/** A longer log is compared from its last checkpoint on, stock only. */
const FOLDED_RECORDS = 50_000

export interface RebuildOutcome {
  readonly equal: boolean
  readonly differences: readonly string[]
  /** Events that were folded. */
  readonly entries: number
}

type Progress = (progress: { done: number; total: number }) => void

/**
 * STK-3: rebuilds every projection from the events in shadow tables and compares row by row; and adds the movements up
 * by themselves, so that a fault in the projections, which both sides share, shows as well.
 */
export async function rebuildAndCompare(station: StationApp, onProgress: Progress): Promise<RebuildOutcome> {
  const last = (await station.database.records.orderBy('seq').last())?.seq ?? 0
  const partial = (await station.database.meta.get(HISTORY)) !== undefined
  const checkpoint =
    partial || last > FOLDED_RECORDS ? await station.store.read(['records'], lastCheckpoint) : null
  if (checkpoint?.balances && checkpoint.hash)
    return compareFromCheckpoint(
      station,
      { ...checkpoint, balances: checkpoint.balances, hash: checkpoint.hash },
      onProgress,
    )
  const shadow = createMemoryStore()
  const sums = new MovementSums()
  const entries = await forEachEvents(
    station.database,
    { from: 1, to: last, filled: true, onProgress },
    async (events) => {
      await foldIntoShadow(shadow, events)
      sums.add(events.map(({ event }) => event))
    },
  )
  const differences = await station.store.read(['balances'], (tx) => sums.compare(tx))
  for (const table of COMPARED_TABLES)
    differences.push(...(await compareTable(station.store, shadow, table, NAMED)))
  return outcome(differences, entries)
}

async function compareFromCheckpoint(
  station: StationApp,
  checkpoint: {
    readonly atSeq: number
    readonly hash: string
    readonly balances: readonly (readonly [string, number])[]
  },
  onProgress: Progress,
): Promise<RebuildOutcome> {
  const last = (await station.database.records.orderBy('seq').last())?.seq ?? 0
  const sums = new MovementSums(checkpoint.balances)
  const range = { from: checkpoint.atSeq + 1, to: last, filled: false, onProgress }
  const entries = await forEachEvents(station.database, range, async (events) =>
    sums.add(events.map(({ event }) => event)),
  )
  const differences = await station.store.read(['balances'], (tx) => sums.compare(tx))
  const hash = canonicalHash(checkpoint.balances)
  if (hash !== checkpoint.hash)
    differences.push({
      table: 'checkpoint',
      key: String(checkpoint.atSeq),
      stored: checkpoint.hash,
      rebuilt: hash,
    })
  return outcome(differences, entries)
}

async function forEachEvents(
  database: StationDatabase,
  range: {
    readonly from: number
    readonly to: number
    /** With events that a snapshot's balances contain already. */
    readonly filled: boolean
    readonly onProgress: Progress
  },
  take: (events: readonly SequencedEvent[]) => Promise<void>,
): Promise<number> {
  let entries = 0
  for (let from = range.from; from <= range.to; from += CHUNK) {
    const records = await database.records
      .where('seq')
      .between(from, from + CHUNK, true, false)
      .toArray()
    const events = records.flatMap((record): SequencedEvent[] =>
      record.kind === 'event' && (range.filled || !record.filled)
        ? [{ event: record.data, hubSequence: record.hubSequence ?? null }]
        : [],
    )
    if (events.length > 0) await take(events)
    entries += events.length
    range.onProgress({
      done: Math.min(from + CHUNK - range.from, range.to - range.from),
      total: range.to - range.from,
    })
    await new Promise((resolve) => setTimeout(resolve))
  }
  return entries
}

const outcome = (differences: readonly ProjectionDifference[], entries: number): RebuildOutcome => ({
  equal: differences.length === 0,
  entries,
  differences: differences.slice(0, NAMED).map(inWords),
})

const inWords = ({ table, key, stored, rebuilt }: ProjectionDifference): string =>
  `${table} ${key}: ${short(stored)} ≠ ${short(rebuilt)}`

const short = (value: unknown): string => JSON.stringify(value).slice(0, 120)
