import { headerFingerprint } from '../../../shared/formats/detect-format.ts'
import type { Refusal } from '../../../shared/formats/refusal.ts'
import { createDexieStore } from '../../data/dexie-store.ts'
import { patientStore } from '../../data/patient-store.ts'
import { openStationDatabase, type StationDatabase } from '../../data/station-database.ts'
import { countHalves, importOrderFiles, planOrders } from './import-orders.ts'
import {
  type ImportReport,
  type ImportRequest,
  type ImportResult,
  type ImportStation,
  MOST_REFUSALS_KEPT,
  type RefusedFile,
  type StationImportKind,
} from './import-protocol.ts'
import {
  importBinFile,
  importNoticeFile,
  importSkuFile,
  importWaybillFile,
  type RowImporter,
} from './import-rows.ts'
import { type LoadedFile, loadFile, previewOf, remapFile } from './load-files.ts'
import type { ImportRun } from './run-chunks.ts'
import { createTimedStore } from './timed-store.ts'

type Tell = (report: ImportReport) => void

/** Files that a person has chosen, up to the moment when they are taken in or put aside. */
interface Batch {
  readonly kind: StationImportKind
  readonly station: ImportStation
  readonly database: StationDatabase
  files: LoadedFile[]
}

const ROW_IMPORTERS: Readonly<Record<Exclude<StationImportKind, 'orders'>, RowImporter>> = {
  catalogue: importSkuFile,
  bins: importBinFile,
  notice: importNoticeFile,
  waybills: importWaybillFile,
}

/** Takes requests one after another; only `cancel` reaches into one that is under way. */
export function createImportEngine(tell: Tell): (request: ImportRequest) => void {
  let batch: Batch | null = null
  let stop = { asked: false }
  let queue: Promise<void> = Promise.resolve()

  const carryOut = async (request: ImportRequest): Promise<void> => {
    if (request.type === 'open') {
      batch?.database.close()
      batch = await openBatch(request, tell)
      await tellPreview(batch, tell)
    } else if (request.type === 'remap' && batch) {
      const { fileId, mapping } = request
      const reading = (done: number, fileName: string) => tell({ type: 'reading', fileName, done })
      batch.files = await Promise.all(
        batch.files.map((file) =>
          file.fileId === fileId ? remapFile(file, mapping, (done) => reading(done, file.name)) : file,
        ),
      )
      await tellPreview(batch, tell)
    } else if (request.type === 'import' && batch) {
      const current = batch
      batch = null
      await importBatch(current, stop, tell)
    } else if (request.type === 'cancel' && batch) {
      batch.database.close()
      batch = null
      tell({ type: 'discarded' })
    }
  }

  return (request) => {
    if (request.type === 'cancel') stop.asked = true
    if (request.type === 'import') stop = { asked: false }
    queue = queue
      .then(() => carryOut(request))
      .catch((error: unknown) => {
        batch?.database.close()
        batch = null
        tell({ type: 'failed', detail: String(error), done: 0 })
      })
  }
}

async function openBatch(request: Extract<ImportRequest, { type: 'open' }>, tell: Tell): Promise<Batch> {
  const { kind, station } = request
  const database = openStationDatabase(station.databaseName)
  const files: LoadedFile[] = []
  for (const [index, file] of request.files.entries()) {
    const fileId = String(index)
    tell({ type: 'reading', fileName: file.name, done: 0 })
    const loaded = await loadFile(kind, { fileId, file }, database, (done) =>
      tell({ type: 'reading', fileName: file.name, done }),
    )
    const twin = loaded.opened && files.some((other) => other.opened?.hash === loaded.opened?.hash)
    files.push(twin ? { ...loaded, problem: { tag: 'sameFile' }, scan: null } : loaded)
  }
  return { kind, station, database, files }
}

const usable = (batch: Batch): LoadedFile[] =>
  batch.files.filter((file) => file.problem === null && file.scan !== null)

async function tellPreview(batch: Batch, tell: Tell): Promise<void> {
  const halves =
    batch.kind === 'orders'
      ? await countHalves(await planOrders(usable(batch), batch), batch)
      : { ordersAlone: 0, itemsAlone: 0 }
  tell({ type: 'preview', preview: { kind: batch.kind, files: batch.files.map(previewOf), halves } })
}

async function importBatch(batch: Batch, stop: { readonly asked: boolean }, tell: Tell): Promise<void> {
  const { database, station } = batch
  const session = await database.meta.get('session')
  let total = 0
  let done = 0
  const run: ImportRun = {
    database,
    store: createTimedStore(patientStore(createDexieStore(database))),
    env: { ...station.env, newId: () => crypto.randomUUID() },
    personId: typeof session?.value === 'string' ? session.value : null,
    now: () => Date.now(),
    stopped: () => stop.asked,
    progress: (count) => {
      done = count
      tell({ type: 'progress', done, total })
    },
    tally: { accepted: 0, unchanged: 0 },
  }
  try {
    await rememberMappings(batch)
    const files = usable(batch)
    let waiting = { orders: 0, items: 0 }
    const late = new Map<string, readonly Refusal[]>()
    if (batch.kind === 'orders') {
      const work = await planOrders(files, run)
      total = work.length
      run.progress(0)
      const outcome = await importOrderFiles(run, files, work)
      waiting = outcome.waiting
      for (const [fileId, refusals] of outcome.late) late.set(fileId, refusals)
    } else {
      total = files.reduce((sum, file) => sum + (file.scan?.recordCount ?? 0), 0)
      run.progress(0)
      let offset = 0
      for (const file of files) {
        if (!file.opened) continue
        late.set(file.fileId, await ROW_IMPORTERS[batch.kind](run, file.opened, offset))
        offset += file.scan?.recordCount ?? 0
      }
    }
    const cancelled = run.stopped() && done < total ? { done, total } : null
    tell({ type: 'result', result: { ...resultOf(batch, run, late), waiting, cancelled } })
  } catch (error) {
    tell({ type: 'failed', detail: String(error), done: run.tally.accepted })
  } finally {
    database.close()
  }
}

/** Pressing "import" confirms a mapping; the next file with these headers needs no question (formats.md). */
async function rememberMappings(batch: Batch): Promise<void> {
  for (const { mapping, opened } of usable(batch)) {
    if (!mapping || !opened) continue
    const fingerprint = headerFingerprint(opened.table.headers)
    await batch.database.mappings.put({ fingerprint, kind: batch.kind, mapping: mapping.mapping })
  }
}

function resultOf(
  batch: Batch,
  run: ImportRun,
  late: ReadonlyMap<string, readonly Refusal[]>,
): Omit<ImportResult, 'waiting' | 'cancelled'> {
  const files = usable(batch)
  const refusedFiles = files.map((file) => refusedFile(file, late.get(file.fileId) ?? []))
  const lateCount = [...late.values()].reduce((sum, list) => sum + list.length, 0)
  return {
    kind: batch.kind,
    fileNames: files.map((file) => file.name),
    ...run.tally,
    refused: files.reduce((sum, file) => sum + (file.scan?.refusedCount ?? 0), lateCount),
    refusedFiles: refusedFiles.filter((file) => file.rows.length > 0),
    problems: batch.files.flatMap(({ name, problem }) => (problem ? [{ name, problem }] : [])),
  }
}

/** The refused rows with their cells: the file is read once more, up to the last of them. */
function refusedFile(file: LoadedFile, late: readonly Refusal[]): RefusedFile {
  const all = [...(file.scan?.refusals ?? []), ...late].sort((a, b) => a.line - b.line)
  const refusals = all.slice(0, MOST_REFUSALS_KEPT)
  const headers = file.opened?.table.headers ?? []
  const lines = new Set(refusals.map((refusal) => refusal.line))
  const cells = new Map<number, readonly string[]>()
  for (const row of file.opened?.table.rows() ?? []) {
    if (cells.size >= lines.size) break
    if (lines.has(row.line)) cells.set(row.line, row.cells)
  }
  return {
    fileName: file.name,
    headers,
    rows: refusals.map((refusal) => ({ refusal, cells: cells.get(refusal.line) ?? [] })),
  }
}
