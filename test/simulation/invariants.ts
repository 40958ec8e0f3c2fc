import type { HubStore } from '../../src/hub/hub-store.ts'
import { canonicalHash, canonicalJson } from '../../src/shared/ledger/canonical.ts'
import type { EventEnvelope } from '../../src/shared/ledger/envelope.ts'
import {
  COMPARED_TABLES,
  compareTable,
  foldIntoShadow,
  MovementSums,
  projectionHash,
  type SequencedEvent,
} from '../../src/shared/station/compare-projections.ts'
import { createMemoryStore } from '../../src/shared/station/memory-store.ts'
import { diff } from '../../src/shared/ledger/patch.ts'
import type { StationStore } from '../../src/shared/station/store.ts'
import { type Audit, audit, discrepancyText } from './auditor.ts'
import { WAREHOUSE } from './hub-process.ts'

export interface EndState {
  readonly hub: HubStore
  readonly stations: readonly { readonly stationId: string; readonly disk: StationStore }[]
  /** Ids of events that the hub ever acknowledged. */
  readonly acknowledged: ReadonlySet<string>
  /** Parcels whose label was printed, by waybill number. */
  readonly printed: ReadonlyMap<string, ReadonlySet<string>>
  /** Stations that took a number in, also where that is known to nobody any more. */
  readonly loadedOn: ReadonlyMap<string, ReadonlySet<string>>
}

/** All events of the hub, in order. */
export async function readHub(hub: HubStore): Promise<{ sequence: number; event: EventEnvelope }[]> {
  const all: { sequence: number; event: EventEnvelope }[] = []
  for (;;) {
    const page = await hub.readEvents(WAREHOUSE, all.length, 2000)
    all.push(
      ...page.events.map(({ sequence, envelope }) => ({
        sequence,
        event: JSON.parse(envelope) as EventEnvelope,
      })),
    )
    if (page.events.length === 0) return all
  }
}

/** Everything that must hold once all is quiet; answers what does not. */
export async function checkEnd(end: EndState): Promise<string[]> {
  const found: string[] = []
  const hubEvents = await readHub(end.hub)
  const events = hubEvents.map(({ event }) => event)
  checkHub(hubEvents, end, found)
  const expected = audit(events)
  checkNumbers(expected, end, found)
  for (const number of expected.documentsTwice) found.push(`document ${number} was given twice`)
  const hashes = new Map<string, string>()
  for (const { stationId, disk } of end.stations) {
    hashes.set(
      stationId,
      canonicalHash([
        await projectionHash(disk),
        await disk.read(['discrepancies'], (tx) => tx.range('discrepancies', null, {})),
      ]),
    )
    for (const fault of await checkStation(disk, events, expected)) found.push(`${stationId}: ${fault}`)
  }
  if (new Set(hashes.values()).size > 1) found.push(...(await nameDivergence(end)))
  const [first] = end.stations
  if (first)
    for (const fault of await rebuildAndCompare(first.disk)) found.push(`${first.stationId}: ${fault}`)
  return found
}

function checkHub(
  hubEvents: readonly { sequence: number; event: EventEnvelope }[],
  end: EndState,
  found: string[],
): void {
  const ids = hubEvents.map(({ event }) => event.eventId)
  const held = new Set(ids)
  if (held.size !== ids.length) found.push('the hub holds an event twice')
  const gap = hubEvents.findIndex(({ sequence }, index) => sequence !== index + 1)
  if (gap >= 0) found.push(`the hub's sequence has a hole before ${hubEvents[gap]?.sequence}`)
  const missing = [...end.acknowledged].filter((eventId) => !held.has(eventId))
  if (missing.length > 0) found.push(`acknowledged but not held by the hub: ${missing.slice(0, 5).join(' ')}`)
}

/**
 * LBL-5: a number is used once, unless one pool was taken in on two stations. A label that was printed before picking is
 * one order's: two stations apart that both packed that order have collided over the order (PAK-11, SYN-2).
 */
function checkNumbers(expected: Audit, end: EndState, found: string[]): void {
  const excused = (key: string): boolean =>
    (expected.numberLoaders.get(key)?.size ?? 0) > 1 || expected.oneOrderNumbers.has(key)
  for (const [key, users] of expected.numberUsers)
    if (users.length > 1 && !excused(key)) found.push(`number ${key} is used by ${users.join(' and ')}`)
  for (const [number, parcels] of end.printed)
    if (parcels.size > 1 && !excused(`STO/${number}`) && (end.loadedOn.get(number)?.size ?? 0) < 2)
      found.push(`number ${number} was printed for ${[...parcels].join(' and ')}`)
}

async function checkStation(
  disk: StationStore,
  events: readonly EventEnvelope[],
  expected: Audit,
): Promise<string[]> {
  const found: string[] = []
  const rows = await disk.read(
    ['records', 'balances', 'orders', 'waybills', 'settings', 'details', 'discrepancies'],
    async (tx) => ({
      records: await tx.range('records', null, {}),
      balances: await tx.range('balances', null, {}),
      orders: await tx.range('orders', null, {}),
      waybills: await tx.range('waybills', null, {}),
      settings: await tx.range('settings', null, {}),
      details: await tx.range('details', null, {}),
      discrepancies: await tx.range('discrepancies', null, {}),
    }),
  )
  const recorded = rows.records.flatMap((record) => (record.kind === 'event' ? [record] : []))
  const apart = recorded.filter((record) => record.quarantined !== undefined)
  if (apart.length > 0)
    found.push(`set aside by the hub: ${apart.map((r) => `${r.id} ${r.quarantined}`).slice(0, 3)}`)
  const ids = recorded.map((record) => record.data.eventId)
  compare(found, 'events', new Set(ids), new Set(events.map((event) => event.eventId)))
  if (new Set(ids).size !== ids.length) found.push('an event is recorded twice')
  compareMaps(found, 'stock', new Map(rows.balances.map((row) => [row.key, row.quantity])), expected.stock)
  const bySku = new Map<string, number>()
  for (const row of rows.balances) bySku.set(row.skuCode, (bySku.get(row.skuCode) ?? 0) + row.quantity)
  for (const [sku, sum] of bySku) if (sum !== 0) found.push(`the pieces of ${sku} sum to ${sum}`)
  const live = rows.orders.flatMap((row): [string, string][] => {
    const parcels = Object.entries(row.parcels).filter(([, parcel]) => parcel.finished && !parcel.voided)
    return parcels.length > 0 ? [[row.orderId, sortedText(parcels.map(([id]) => id))]] : []
  })
  compareMaps(found, 'live parcels', new Map(live), textMap(expected.liveParcels))
  const users = rows.waybills.filter((row) => row.users.length > 0)
  const usersByKey = new Map(users.map((row) => [row.key, sortedText(row.users)]))
  compareMaps(found, 'number users', usersByKey, textMap(expected.numberUsers))
  const settings = rows.settings.map((row) => [row.name, canonicalJson(row.value)] as const)
  const wanted = [...expected.settings].map(([name, value]) => [name, canonicalJson(value)] as const)
  compareMaps(found, 'settings', new Map(settings), new Map(wanted))
  const details = rows.details.filter((row) => !row.id.startsWith('setting:'))
  compareMaps(found, 'details', new Map(details.map((row) => [row.id, row.value])), expected.details)
  const groups = rows.orders.flatMap((row) =>
    row.mergeGroup ? [[row.orderId, row.mergeGroup] as const] : [],
  )
  compareMaps(found, 'merged orders', new Map(groups), expected.mergeGroups)
  const stated = rows.discrepancies.map((row) => discrepancyText(row.kind, row.subject, row.eventIds))
  compare(found, 'discrepancies', new Set(stated), expected.discrepancies)
  return found
}

const sortedText = (ids: readonly string[]): string => [...ids].sort().join(',')
const textMap = (map: ReadonlyMap<string, readonly string[]>): Map<string, string> =>
  new Map([...map].map(([key, ids]) => [key, sortedText(ids)]))

function compare(
  found: string[],
  what: string,
  stored: ReadonlySet<string>,
  expected: ReadonlySet<string>,
): void {
  const missing = [...expected].filter((entry) => !stored.has(entry))
  const surplus = [...stored].filter((entry) => !expected.has(entry))
  if (missing.length > 0) found.push(`${what} missing: ${missing.slice(0, 3).join('; ')} (${missing.length})`)
  if (surplus.length > 0)
    found.push(`${what} too many: ${surplus.slice(0, 3).join('; ')} (${surplus.length})`)
}

function compareMaps<V>(
  found: string[],
  what: string,
  stored: ReadonlyMap<string, V>,
  expected: ReadonlyMap<string, V>,
): void {
  const keys = new Set([...stored.keys(), ...expected.keys()])
  const other = [...keys].filter((key) => stored.get(key) !== expected.get(key))
  const named = other.slice(0, 3).map((key) => `${key} is ${stored.get(key)}, not ${expected.get(key)}`)
  if (other.length > 0) found.push(`${what}: ${named.join('; ')} (${other.length})`)
}

/** Stations are not equal: which rows, against the first one. */
async function nameDivergence({ stations }: EndState): Promise<string[]> {
  const [first, ...others] = stations
  if (!first) return []
  const found: string[] = []
  for (const other of others)
    for (const table of COMPARED_TABLES)
      for (const { key, stored, rebuilt } of await compareTable(first.disk, other.disk, table, 2))
        found.push(
          `${first.stationId} and ${other.stationId} differ in ${table} ${key}: ${difference(stored, rebuilt)}`,
        )
  return found.length > 0 ? found : ['stations are not equal in their discrepancies']
}

const difference = (a: unknown, b: unknown): string =>
  `${canonicalJson(diff(b, a)).slice(0, 400)} ≠ ${canonicalJson(diff(a, b)).slice(0, 400)}`

/** STK-3: what is stored equals what its events fold into. */
async function rebuildAndCompare(disk: StationStore): Promise<string[]> {
  const events = await disk.read(['records'], async (tx) => {
    const records = await tx.range('records', null, {})
    return records.flatMap((record): SequencedEvent[] =>
      record.kind === 'event' ? [{ event: record.data, hubSequence: record.hubSequence ?? null }] : [],
    )
  })
  const shadow = createMemoryStore()
  const sums = new MovementSums()
  await foldIntoShadow(shadow, events)
  sums.add(events.map(({ event }) => event))
  const differences = await disk.read(['balances'], (tx) => sums.compare(tx))
  for (const table of COMPARED_TABLES) differences.push(...(await compareTable(disk, shadow, table, 2)))
  return differences.map(({ table, key }) => `rebuilt differs from stored in ${table} ${key}`)
}
