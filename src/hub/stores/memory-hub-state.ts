import type {
  AppendedEvent,
  CodeRow,
  GenerationRow,
  LeaseRow,
  QuarantinedEvent,
  SnapshotRow,
  StationRow,
  WaybillRow,
} from '../hub-store.ts'

/** What a memory hub keeps of one warehouse. Rows are never changed, only replaced. */
export interface WarehouseState {
  /** The event of sequence n stands at n - 1. */
  readonly events: AppendedEvent[]
  readonly generations: Map<string, GenerationRow>
  /** By station: the life that said hello last while the hub did not know it, and its ticket. */
  readonly openings: Map<string, { readonly generation: string; readonly ticket: string }>
  /** Sequence by counter key. */
  readonly sequences: Map<string, number>
  /** By counter key; those that consumed their counter. */
  readonly consumed: Map<string, QuarantinedEvent>
  /** By counter key and content hash. */
  readonly quarantined: Map<string, QuarantinedEvent>
  readonly waybills: Map<string, WaybillRow>
  /** Count by `station/request`. */
  readonly grants: Map<string, number>
  readonly leases: Map<string, LeaseRow>
  readonly snapshots: Map<number, SnapshotRow>
  /** Rows by `sequence/part`. */
  readonly parts: Map<string, string>
  readonly differences: Set<string>
}

/** Everything a memory hub keeps. */
export interface MemoryHubState {
  hubId: string | null
  readonly warehouses: Map<string, WarehouseState>
  readonly stations: Map<string, StationRow>
  readonly codes: Map<string, CodeRow>
}

export function emptyState(): MemoryHubState {
  return { hubId: null, warehouses: new Map(), stations: new Map(), codes: new Map() }
}

export function emptyWarehouse(): WarehouseState {
  return {
    events: [],
    generations: new Map(),
    openings: new Map(),
    sequences: new Map(),
    consumed: new Map(),
    quarantined: new Map(),
    waybills: new Map(),
    grants: new Map(),
    leases: new Map(),
    snapshots: new Map(),
    parts: new Map(),
    differences: new Set(),
  }
}

/** A copy that later writes do not reach. */
export function copyState(state: MemoryHubState): MemoryHubState {
  const warehouses = [...state.warehouses].map(([id, warehouse]) => [id, copyWarehouse(warehouse)] as const)
  return {
    hubId: state.hubId,
    warehouses: new Map(warehouses),
    stations: new Map(state.stations),
    codes: new Map(state.codes),
  }
}

function copyWarehouse(from: WarehouseState): WarehouseState {
  return {
    events: [...from.events],
    generations: new Map(from.generations),
    openings: new Map(from.openings),
    sequences: new Map(from.sequences),
    consumed: new Map(from.consumed),
    quarantined: new Map(from.quarantined),
    waybills: new Map(from.waybills),
    grants: new Map(from.grants),
    leases: new Map(from.leases),
    snapshots: new Map(from.snapshots),
    parts: new Map(from.parts),
    differences: new Set(from.differences),
  }
}
