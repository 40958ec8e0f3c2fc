import { canonicalHash, canonicalJson } from '../ledger/canonical.ts'
import type { EventEnvelope } from '../ledger/envelope.ts'
import { balanceKey } from '../ledger/movement.ts'
import { applyChanges } from './apply-changes.ts'
import { readEvent } from './event-types.ts'
import { project } from './project.ts'
import type { ProjectedTable } from './row-changes.ts'
import type { ReadTx, StationStore } from './store.ts'
import { TABLE_NAMES, TABLES } from './tables.ts'

/** Projections whose rows must come out equal when they are rebuilt from the events (STK-3). */
export const COMPARED_TABLES: readonly ProjectedTable[] = [
  'balances',
  'bins',
  'details',
  'handovers',
  'movements',
  'notes',
  'notices',
  'orders',
  'parcels',
  'people',
  'resolutions',
  'settings',
  'shorts',
  'skus',
  'slots',
  'supplies',
  'tags',
  'todos',
  'waybills',
]

/** A row that stands otherwise than its events say. */
export interface ProjectionDifference {
  readonly table: string
  readonly key: string
  readonly stored: unknown
  readonly rebuilt: unknown
}

/** An event with the place that the hub gave it; null while it waits in the outbox. */
export interface SequencedEvent {
  readonly event: EventEnvelope
  readonly hubSequence: number | null
}

/** Folds events into shadow tables, a chunk at a time, with the projections that the station itself uses. */
export async function foldIntoShadow(shadow: StationStore, events: readonly SequencedEvent[]): Promise<void> {
  await shadow.write(TABLE_NAMES, async (tx) => {
    const changes = events.flatMap(({ event, hubSequence }) => project(event, readEvent(event), hubSequence))
    await applyChanges(tx, changes)
  })
}

/** Stock by balance key, summed from the movements with nothing but addition: the projections' independent witness. */
export class MovementSums {
  readonly #sums: Map<string, number>

  /** Starts from nothing, or from the balances of a checkpoint. */
  constructor(from: readonly (readonly [key: string, quantity: number])[] = []) {
    this.#sums = new Map(from)
  }

  /** Adds the movements of events. */
  add(envelopes: readonly EventEnvelope[]): void {
    for (const { movements } of envelopes)
      for (const movement of movements) {
        this.#change(balanceKey(movement.from, movement), -movement.quantity)
        this.#change(balanceKey(movement.to, movement), movement.quantity)
      }
  }

  #change(key: string, by: number): void {
    const sum = (this.#sums.get(key) ?? 0) + by
    if (sum === 0) this.#sums.delete(key)
    else this.#sums.set(key, sum)
  }

  /** Balances of the store that are not what the movements add up to. */
  async compare(tx: ReadTx): Promise<ProjectionDifference[]> {
    const rows = await tx.range('balances', null, {})
    const stored = new Map(rows.map((row) => [row.key, row.quantity]))
    const keys = new Set([...stored.keys(), ...this.#sums.keys()])
    return [...keys]
      .filter((key) => stored.get(key) !== this.#sums.get(key))
      .map((key) => ({
        table: 'balances',
        key,
        stored: stored.get(key) ?? 0,
        rebuilt: this.#sums.get(key) ?? 0,
      }))
  }
}

/** Compares one table of two stores row by row in their canonical form; at most `limit` differences are named. */
export async function compareTable(
  live: StationStore,
  shadow: StationStore,
  table: ProjectedTable,
  limit: number,
): Promise<ProjectionDifference[]> {
  const key = TABLES[table].key
  const load = async (store: StationStore): Promise<Map<string, unknown>> => {
    const rows = await store.read([table], (tx) => tx.range(table, null, {}))
    return new Map(rows.map((row) => [String((row as unknown as Record<string, unknown>)[key]), row]))
  }
  const [stored, rebuilt] = await Promise.all([load(live), load(shadow)])
  const differences: ProjectionDifference[] = []
  for (const rowKey of new Set([...stored.keys(), ...rebuilt.keys()])) {
    const a = stored.get(rowKey) ?? null
    const b = rebuilt.get(rowKey) ?? null
    if (canonicalJson(a) !== canonicalJson(b)) differences.push({ table, key: rowKey, stored: a, rebuilt: b })
    if (differences.length >= limit) break
  }
  return differences
}

/** One hash over all compared projections: equal stations have equal hashes (decision 3). */
export async function projectionHash(store: StationStore): Promise<string> {
  const hashes: string[] = []
  for (const table of COMPARED_TABLES) {
    const rows = await store.read([table], (tx) => tx.range(table, null, {}))
    hashes.push(canonicalHash(rows))
  }
  return canonicalHash(hashes)
}
