import { assert } from '../../shared/base/assert.ts'
import type { AppendBatch, HeldEvent, HubTransaction, WaybillRow } from '../hub-store.ts'
import { counterKey, generationKey } from '../ingest.ts'
import type { MemoryHubState, WarehouseState } from './memory-hub-state.ts'

/** A transaction that reads what is committed and keeps its writes back until it is. */
export function memoryTransaction(
  state: MemoryHubState,
  warehouse: WarehouseState,
): { readonly tx: HubTransaction; readonly commit: () => void } {
  const writes: (() => void)[] = []
  const later = async (write: () => void) => void writes.push(write)
  const rowsOf = <K, V>(map: ReadonlyMap<K, V>, keys: readonly K[]): V[] =>
    keys.flatMap((key) => {
      const row = map.get(key)
      return row === undefined ? [] : [row]
    })

  const tx: HubTransaction = {
    lastSequence: async () => warehouse.events.length,
    generations: async (stationIds) => {
      const wanted = new Set(stationIds)
      return [...warehouse.generations.values()].filter((row) => wanted.has(row.stationId))
    },
    tickets: async (stationIds) =>
      new Map(
        stationIds.flatMap((stationId): [string, string][] => {
          const opening = warehouse.openings.get(stationId)
          return opening ? [[stationId, opening.ticket]] : []
        }),
      ),
    held: async (wanted) =>
      wanted.flatMap(({ counters, ...of }) =>
        counters.flatMap((counter) => heldAt(warehouse, { ...of, counter })),
      ),
    append: (batch) => later(() => append(warehouse, batch)),
    waybills: async (keys) => rowsOf(warehouse.waybills, keys),
    freeWaybills: async (courier, count) =>
      [...warehouse.waybills.values()]
        .filter((row) => row.courier === courier && row.state === 'free')
        .sort(byPoolPosition)
        .slice(0, count),
    putWaybills: (rows) =>
      later(() => {
        for (const row of rows) warehouse.waybills.set(row.key, row)
      }),
    grantOf: async (stationId, requestId) => warehouse.grants.get(`${stationId}/${requestId}`) ?? null,
    putGrant: ({ stationId, requestId, count }) =>
      later(() => warehouse.grants.set(`${stationId}/${requestId}`, count)),
    leases: async (orderIds) => rowsOf(warehouse.leases, orderIds),
    putLeases: (rows) =>
      later(() => {
        for (const row of rows) warehouse.leases.set(row.orderId, row)
      }),
    snapshots: async () => [...warehouse.snapshots.values()],
    putSnapshot: (row) => later(() => warehouse.snapshots.set(row.sequence, row)),
    deleteSnapshot: (sequence) => later(() => deleteSnapshot(warehouse, sequence)),
    putSnapshotPart: (sequence, part, rows) => later(() => warehouse.parts.set(`${sequence}/${part}`, rows)),
    snapshotParts: async (sequence) => partsOf(warehouse, sequence),
    countDifference: (sequence, stationId, hash) =>
      later(() => warehouse.differences.add(`${sequence}/${stationId}/${hash}`)),
    code: async (codeHash) => state.codes.get(codeHash) ?? null,
    putCode: (row) => later(() => state.codes.set(row.codeHash, row)),
    station: async (stationId) => state.stations.get(stationId) ?? null,
    putStation: (row) => later(() => state.stations.set(row.stationId, row)),
  }
  const commit = () => {
    for (const write of writes) write()
  }
  return { tx, commit }
}

function heldAt(
  warehouse: WarehouseState,
  at: { stationId: string; generation: string; counter: number },
): HeldEvent[] {
  const sequence = warehouse.sequences.get(counterKey(at))
  const event = sequence === undefined ? undefined : warehouse.events[sequence - 1]
  if (event) return [{ ...at, sequence: event.sequence, reason: null, envelope: event.envelope }]
  const aside = warehouse.consumed.get(counterKey(at))
  return aside ? [{ ...at, sequence: null, reason: aside.reason, envelope: aside.envelope }] : []
}

function append(warehouse: WarehouseState, batch: AppendBatch): void {
  for (const event of batch.events) {
    assert(event.sequence === warehouse.events.length + 1, 'a hole in the order of a warehouse')
    assert(!warehouse.sequences.has(counterKey(event)), 'an event was taken twice')
    warehouse.events.push(event)
    warehouse.sequences.set(counterKey(event), event.sequence)
  }
  for (const row of batch.generations) warehouse.generations.set(generationKey(row), row)
  for (const row of batch.quarantined) {
    const key = `${counterKey(row)}/${row.contentHash}`
    if (!warehouse.quarantined.has(key)) warehouse.quarantined.set(key, row)
    if (row.consumed) warehouse.consumed.set(counterKey(row), row)
  }
}

function byPoolPosition(a: WaybillRow, b: WaybillRow): number {
  const [first, second] = [a.position ?? Number.MAX_VALUE, b.position ?? Number.MAX_VALUE]
  if (first !== second) return first - second
  return a.key < b.key ? -1 : 1
}

/** Numbers of the parts that are there, in order. */
function partsOf(warehouse: WarehouseState, sequence: number): number[] {
  return [...warehouse.parts.keys()]
    .filter((key) => key.startsWith(`${sequence}/`))
    .map((key) => Number(key.slice(key.indexOf('/') + 1)))
    .sort((a, b) => a - b)
}

function deleteSnapshot(warehouse: WarehouseState, sequence: number): void {
  for (const part of partsOf(warehouse, sequence)) warehouse.parts.delete(`${sequence}/${part}`)
  warehouse.snapshots.delete(sequence)
}
