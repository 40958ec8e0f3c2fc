import type {
  HubScope,
  HubStore,
  HubTransaction,
  SnapshotPart,
  StoredPage,
  StoreFigures,
  StoredPerson,
} from '../hub-store.ts'
import { generationKey } from '../ingest.ts'
import { pullText } from '../pull-text.ts'
import {
  copyState,
  emptyState,
  emptyWarehouse,
  type MemoryHubState,
  type WarehouseState,
} from './memory-hub-state.ts'
import { memoryTransaction } from './memory-hub-transaction.ts'

/** A hub store that can be stopped anywhere and looked into, for simulations (decision 12). */
export interface MemoryHubStore extends HubStore {
  /** All that is committed. */
  snapshot(): MemoryHubState
  /** Puts the store back to what a snapshot holds. */
  restore(state: MemoryHubState): void
}

/**
 * @param options.beforeCommit runs when a transaction has decided and nothing of it is kept yet; when it throws, that is
 *   a crash: the transaction rejects and has never been
 * @param options.afterCommit runs when it is kept and nobody has heard of it yet; when it throws, the answer is lost
 */
export function createMemoryHubStore(
  options: {
    readonly beforeCommit?: (scope: HubScope) => void | Promise<void>
    readonly afterCommit?: (scope: HubScope) => void | Promise<void>
  } = {},
): MemoryHubStore {
  let state = emptyState()
  let queue: Promise<unknown> = Promise.resolve()

  /** A warehouse is there from its first write; before that it reads as an empty one. */
  function warehouse(id: string): WarehouseState {
    return state.warehouses.get(id) ?? emptyWarehouse()
  }

  async function run<T>(scope: HubScope, work: (tx: HubTransaction) => Promise<T>): Promise<T> {
    // A restore under way leaves this transaction to the state that it began with.
    const within = state
    const own = scope.lock === 'stations' ? emptyWarehouse() : warehouse(scope.warehouseId)
    const { tx, commit } = memoryTransaction(within, own)
    const result = await work(tx)
    await options.beforeCommit?.(scope)
    if (scope.lock !== 'stations') within.warehouses.set(scope.warehouseId, own)
    commit()
    await options.afterCommit?.(scope)
    return result
  }

  async function readEvents(warehouseId: string, after: number, limit: number): Promise<StoredPage> {
    const { events } = warehouse(warehouseId)
    const page = events.slice(after, after + limit).map(({ sequence, envelope, people }) => ({
      sequence,
      envelope,
      people: people.map(({ person }) => person),
    }))
    return { events: page, last: events.length }
  }

  return {
    transaction: (scope, work) => {
      const result = queue.then(() => run(scope, work))
      queue = result.catch(() => undefined)
      return result
    },
    readEvents,
    readEventsJson: async (warehouseId, after, limit) =>
      pullText(await readEvents(warehouseId, after, limit)),
    readPeople: async (warehouseId, personRefs) => {
      const wanted = new Set(personRefs)
      const newest = new Map<string, StoredPerson>()
      for (const { sequence, people } of warehouse(warehouseId).events)
        for (const { personRef, person } of people)
          if (wanted.has(personRef)) newest.set(personRef, { sequence, person })
      return [...newest.values()]
    },
    lastSequence: async (warehouseId) => warehouse(warehouseId).events.length,
    readSnapshotPart: async (warehouseId, sequence, part) =>
      readPart(warehouse(warehouseId), sequence ?? newestWhole(warehouse(warehouseId)), part),
    newestSnapshot: async (warehouseId) => newestWhole(warehouse(warehouseId)),
    findStation: async (stationId) => state.stations.get(stationId) ?? null,
    listStations: async (warehouseId) =>
      [...state.stations.values()]
        .filter((row) => row.warehouseId === warehouseId)
        .sort((a, b) => (a.stationId < b.stationId ? -1 : 1))
        .map((row) => ({ ...row, lastCounter: lastCounterOf(warehouse(warehouseId), row.stationId) })),
    openingTicket: async ({ warehouseId, stationId, generation, candidate }) => {
      const own = warehouse(warehouseId)
      if (own.generations.has(generationKey({ stationId, generation }))) return null
      const before = own.openings.get(stationId)
      const ticket = before?.generation === generation ? before.ticket : candidate
      own.openings.set(stationId, { generation, ticket })
      state.warehouses.set(warehouseId, own)
      return ticket
    },
    touchStation: async (stationId, { at, appVersion }) => {
      const row = state.stations.get(stationId)
      if (!row) return
      state.stations.set(stationId, { ...row, lastSeenAt: at, appVersion: appVersion ?? row.appVersion })
    },
    hubId: async (candidate) => {
      state.hubId ??= candidate
      return state.hubId
    },
    ping: async () => undefined,
    figures: async (now) => figuresOf(state, now),
    close: async () => {
      await queue
    },
    snapshot: () => copyState(state),
    restore: (from) => {
      state = copyState(from)
    },
  }
}

function newestWhole(warehouse: WarehouseState): number | null {
  const whole = [...warehouse.snapshots.values()].filter((row) => row.whole).map((row) => row.sequence)
  return whole.length === 0 ? null : Math.max(...whole)
}

function readPart(warehouse: WarehouseState, sequence: number | null, part: number): SnapshotPart | null {
  const row = sequence === null ? undefined : warehouse.snapshots.get(sequence)
  const rows = warehouse.parts.get(`${sequence}/${part}`)
  return row?.whole && rows !== undefined ? { ...row, part, rows } : null
}

function lastCounterOf(warehouse: WarehouseState, stationId: string): number {
  const own = [...warehouse.generations.values()].filter((row) => row.stationId === stationId)
  return Math.max(0, ...own.map((row) => row.lastCounter))
}

function figuresOf(state: MemoryHubState, now: number): StoreFigures {
  const warehouses = [...state.warehouses.values()]
  const sum = (count: (warehouse: WarehouseState) => number) =>
    warehouses.reduce((total, warehouse) => total + count(warehouse), 0)
  return {
    events: sum(({ events }) => events.length),
    sequence: Math.max(0, ...warehouses.map(({ events }) => events.length)),
    stations: [...state.stations.values()].filter((row) => row.revokedAt === null).length,
    quarantined: sum(({ quarantined }) => quarantined.size),
    freeNumbers: sum(({ waybills }) => [...waybills.values()].filter((row) => row.state === 'free').length),
    leases: sum(({ leases }) => [...leases.values()].filter((row) => row.expiresAt > now).length),
    differingSnapshots: sum(({ differences }) => differences.size),
  }
}
