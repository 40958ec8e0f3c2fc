import { createDexieStore } from '../../../src/renderer/data/dexie-store.ts'
import { openStationDatabase } from '../../../src/renderer/data/station-database.ts'
import { turns } from '../../../src/renderer/data/turns.ts'
import { executeScan } from '../../../src/shared/station/execute-scan.ts'
import { barcodeOf, benchEnvironment, benchOrderOf, benchParcel, benchPerson } from './bench-shop.ts'
import { startImportLoad } from './import-load.ts'
import type { Load } from './load.ts'
import { startPullLoad } from './pull-load.ts'
import { fillSkus } from './raw-fill.ts'
import { openRaw, rawScan } from './raw-scan.ts'

const NAME = 'bench-scan'
const database = openStationDatabase(NAME)
const store = createDexieStore(database)
let parcels = 0

interface Wanted {
  readonly skus: number
  readonly scans: number
  /** What runs beside the scans: an import of new SKUs in a worker, or what other stations did comes from the hub. */
  readonly meanwhile: 'nothing' | 'import' | 'pull'
}

interface Times {
  readonly ours: number[]
  readonly peer: number[]
}

async function measure({ skus, scans, meanwhile }: Wanted): Promise<Times> {
  await database.open()
  const raw = await openRaw(NAME)
  try {
    if (meanwhile === 'import') return await measureBeside(await startImportLoad(NAME), raw, skus, scans)
    if (meanwhile === 'pull') return await measureBeside(startPullLoad(store), raw, skus, scans)
    await fillSkus(raw, await database.skus.count(), skus)
    await database.people.put(benchPerson)
    return await measureScans(raw, skus, scans)
  } finally {
    raw.close()
  }
}

const MOST_ROUNDS = 10

async function measureBeside(load: Load, raw: IDBDatabase, skus: number, scans: number): Promise<Times> {
  const before = load.done()
  const times = await measureScans(raw, skus, scans)
  // Scans hold such work back: on a fast machine the first of them are over before its next chunk.
  for (let round = 0; load.done() === before && round < MOST_ROUNDS; round++) {
    const more = await measureScans(raw, skus, scans)
    times.ours.push(...more.ours)
    times.peer.push(...more.peer)
  }
  const during = load.done() - before
  await load.stop()
  if (during === 0) throw new Error('nothing else was done while scanning')
  return times
}

/** Milliseconds of each scan, ours and bare IndexedDB's, taken turn about so that both meet the same weather. */
async function measureScans(raw: IDBDatabase, skus: number, scans: number): Promise<Times> {
  const ours: number[] = []
  const peer: number[] = []
  for (let i = 0; i < scans; i++) {
    const round = i % 4 === 0 ? await openParcel(skus) : current
    const barcode = barcodeOf(round.skus[i % 4] ?? 0)
    ours.push(await timed(() => ourScan(barcode)))
    peer.push(await timed(() => bareScan(raw, round.orderId, barcode)))
  }
  return { ours, peer }
}

let current: { orderId: string; skus: number[] } = { orderId: '', skus: [] }

/** A fresh parcel of four SKUs from anywhere in the catalogue; opening it is not measured. */
async function openParcel(skus: number): Promise<typeof current> {
  const orderId = `taobao/${++parcels}`
  const chosen = Array.from({ length: 4 }, () => Math.floor(Math.random() * skus))
  const parcel = benchParcel(orderId, chosen)
  await database.transaction('rw', database.orders, database.desk, async () => {
    await database.orders.put(benchOrderOf(parcel))
    await database.desk.put(parcel)
  })
  current = { orderId, skus: chosen }
  return current
}

async function ourScan(barcode: string): Promise<void> {
  const command = {
    commandId: crypto.randomUUID(),
    area: 'pack' as const,
    raw: barcode,
    at: Date.now(),
    personId: 'p1',
  }
  const outcome = await turns.first(() => executeScan(store, benchEnvironment, command))
  if (outcome.answer.verdict !== 'right')
    throw new Error(`the scan was to be right: ${outcome.answer.reason}`)
}

let template: { record: Record<string, unknown>; task: object } | null = null

async function bareScan(raw: IDBDatabase, orderId: string, barcode: string): Promise<void> {
  const commandId = crypto.randomUUID()
  template ??= await lastWritten()
  const { seq: _seq, ...rest } = template.record
  const record = { ...rest, commandId, id: commandId }
  await rawScan(raw, { commandId, barcode, orderId, record, task: template.task })
}

/** What a real scan wrote; the bare one writes as much, onto a desk of its own. */
async function lastWritten(): Promise<NonNullable<typeof template>> {
  const record = await database.records
    .orderBy('seq')
    .reverse()
    .filter(({ kind }) => kind === 'step')
    .first()
  const task = await database.desk.get('pack')
  if (!record || !task) throw new Error('a real scan comes first')
  return { record: { ...record }, task: { ...task, area: 'bare' } }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

Object.assign(window, { bench: { measure } })
