import { learnWeight, noteFlagged } from '../../domain/weighing/learn-weight.ts'
import type { WeighedParcel, WeightBook, WeightRecord } from '../../domain/weighing/weight-book.ts'
import { type BodyOf, readEvent } from '../event-types.ts'
import type { StationStore } from '../store.ts'
import type { LogRecord, Rows, TableName, WeighingRow, WeightRow } from '../tables.ts'
import { ANY_PACKING, asRecord, packingWeightId, skuWeightId } from './weight-rows.ts'

/** Up to which record of the log the weights were learned; gone with the database, as they are. */
const CURSOR = 'weightCursor'
/** Rows read in one transaction. */
const READ_AT_ONCE = 80

export interface LearnRound {
  /** Parcels that taught something. */
  readonly parcels: number
  /** False once the end of the log was reached. */
  readonly more: boolean
}

/**
 * Learns from the parcels that came into the log since the last round, own and others' (PAK-4), at most `most` records
 * at a time. Reading, learning and writing are transactions of their own, so that no scan waits for all of them; one
 * round must not begin before the last has ended.
 */
export async function learnWeights(store: StationStore, most = 100): Promise<LearnRound> {
  const { records, cursor } = await store.read(['records', 'meta'], async (tx) => {
    const from = ((await tx.get('meta', CURSOR))?.value as number | undefined) ?? 0
    return { cursor: from, records: await tx.range('records', null, { from: from + 1, limit: most }) }
  })
  const last = records.at(-1)?.seq ?? cursor
  if (last === cursor) return { parcels: 0, more: false }
  const finished = records.flatMap(finishedParcel)
  const desk = finished.length > 0 ? await loadDesk(store, finished) : null
  if (desk) for (const parcel of finished) study(desk, parcel)
  await store.write(['weights', 'weighings', 'meta'], async (tx) => {
    for (const [id, record] of desk?.changed ?? []) {
      tx.put('weights', { id, learned: record.learned, flags: record.flags })
      tx.put('weighings', { id, recent: record.recent })
    }
    tx.put('meta', { key: CURSOR, value: last })
  })
  return { parcels: finished.length, more: records.length === most }
}

interface Finished {
  readonly parcel: WeighedParcel
  /** Nobody doubts it, or it was only unusual for want of knowledge. */
  readonly teaches: boolean
}

/** What a record says of weights; a weight taken before weights were judged teaches like any other. */
function finishedParcel(record: LogRecord): Finished[] {
  if (record.kind !== 'event' || record.data.type !== 'ParcelFinished') return []
  const event = readEvent(record.data)
  if (event?.type !== 'ParcelFinished' || event.body.weightGrams === null) return []
  const { weighing } = event.body
  return [
    { parcel: weighedParcel(event.body, event.body.weightGrams), teaches: weighing?.verdict !== 'flagged' },
  ]
}

function weighedParcel(body: BodyOf<'ParcelFinished'>, grams: number): WeighedParcel {
  const quantities = new Map<string, number>()
  for (const { skuCode, quantity } of body.lines)
    quantities.set(skuCode, (quantities.get(skuCode) ?? 0) + quantity)
  const lines = [...quantities].map(([skuCode, quantity]) => ({ skuCode, quantity }))
  return { lines, packing: body.packing ?? ANY_PACKING, grams }
}

/** All that a round's parcels may need, loaded at once. */
interface Desk {
  readonly book: WeightBook
  readonly changed: Map<string, WeightRecord>
}

async function loadDesk(store: StationStore, finished: readonly Finished[]): Promise<Desk> {
  const own = new Set<string>()
  for (const { parcel } of finished) {
    own.add(packingWeightId(parcel.packing))
    for (const { skuCode } of parcel.lines) own.add(skuWeightId(skuCode))
  }
  const weighings = byId(await readInParts(store, 'weighings', own))
  const codes = new Set<string>()
  const ids = new Set(own)
  const parcels = [
    ...finished.map(({ parcel }) => parcel),
    ...[...weighings.values()].flatMap(({ recent }) => recent),
  ]
  for (const { lines, packing } of parcels) {
    ids.add(packingWeightId(packing))
    for (const { skuCode } of lines) {
      codes.add(skuCode)
      ids.add(skuWeightId(skuCode))
    }
  }
  const weights = await readInParts(store, 'weights', ids)
  const skus = await readInParts(store, 'skus', codes)
  const grams = new Map(skus.map((sku) => [sku.code, sku.weightGrams]))
  return openDesk(byId(weights), weighings, grams)
}

/**
 * A packing's last parcels name hundreds of SKUs: read at once, they held up a scan for over a tenth of a second in a large
 * store. Nobody else writes weights, so that the parts belong together.
 */
async function readInParts<N extends TableName>(
  store: StationStore,
  table: N,
  ids: ReadonlySet<string>,
): Promise<Rows[N][]> {
  const all = [...ids]
  const rows: Rows[N][] = []
  for (let from = 0; from < all.length; from += READ_AT_ONCE) {
    const part = all.slice(from, from + READ_AT_ONCE)
    const found = await store.read([table], (tx) => tx.getMany(table, part))
    for (const row of found) if (row !== undefined) rows.push(row)
  }
  return rows
}

function openDesk(
  weights: ReadonlyMap<string, WeightRow>,
  weighings: ReadonlyMap<string, WeighingRow>,
  grams: ReadonlyMap<string, number | null>,
): Desk {
  const changed = new Map<string, WeightRecord>()
  const find = (id: string): WeightRecord | undefined =>
    changed.get(id) ?? asRecord(weights.get(id), weighings.get(id)?.recent)
  return {
    changed,
    book: {
      sku: (code) => find(skuWeightId(code)),
      packing: (packing) => find(packingWeightId(packing)),
      catalogueGrams: (code) => grams.get(code) ?? null,
    },
  }
}

function study({ book, changed }: Desk, { parcel, teaches }: Finished): void {
  if (!teaches) {
    for (const [code, record] of noteFlagged(parcel, book)) changed.set(skuWeightId(code), record)
    return
  }
  const learned = learnWeight(parcel, book)
  for (const [code, record] of learned.skus) changed.set(skuWeightId(code), record)
  changed.set(packingWeightId(parcel.packing), learned.packing)
}

function byId<R extends { readonly id: string }>(rows: readonly R[]): Map<string, R> {
  return new Map(rows.map((row) => [row.id, row]))
}
