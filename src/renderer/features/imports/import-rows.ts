import type { Sku } from '../../../shared/domain/catalogue/sku.ts'
import { type Refusal, refusal } from '../../../shared/formats/refusal.ts'
import type { RowOutcome } from '../../../shared/formats/row-outcome.ts'
import type { PoolNumber } from '../../../shared/station/commands/command.ts'
import { FIRST_CHUNK_ROWS, nextChunkRows, type RowRange } from '../../../shared/station/imports/chunks.ts'
import { toNotices } from '../../../shared/station/imports/to-notices.ts'
import { toPoolNumber } from '../../../shared/station/imports/to-pool-number.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { binOutcomes, noticeOutcomes, skuOutcomes, waybillOutcomes } from './interpret-file.ts'
import type { OpenedFile } from './open-file.ts'
import { pause } from './pause.ts'
import { chunkId, type ImportRun, runCommand, runInChunks } from './run-chunks.ts'

/** A file of rows that stand for themselves; answers the rows that were refused only now. */
export type RowImporter = (run: ImportRun, file: OpenedFile, offset: number) => Promise<Refusal[]>

interface Row<T> {
  readonly line: number
  readonly record: T
}

/** Good rows in chunks of a size that follows the measured time, read as they are needed: a file may be huge. */
async function streamChunks<T>(
  run: ImportRun,
  outcomes: Iterable<RowOutcome<T>>,
  offset: number,
  take: (rows: readonly Row<T>[]) => Promise<void>,
): Promise<void> {
  let size = FIRST_CHUNK_ROWS
  let done = 0
  let rows: Row<T>[] = []
  const flush = async (): Promise<void> => {
    await take(rows)
    size = nextChunkRows(rows.length, run.store.heldMs())
    done += rows.length
    rows = []
    run.progress(offset + done)
    await pause(1)
  }
  for (const outcome of outcomes) {
    if (run.stopped()) return
    if (outcome.tag !== 'record') continue
    rows.push({ line: outcome.line, record: outcome.record })
    if (rows.length >= size) await flush()
  }
  if (rows.length > 0 && !run.stopped()) await flush()
}

/** CAT-6. A barcode that another SKU of the station owns is refused here, where the station is at hand (CAT-4). */
export const importSkuFile: RowImporter = async (run, file, offset) => {
  const late: Refusal[] = []
  await streamChunks(run, skuOutcomes(file), offset, async (rows) => {
    const taken = await takenBarcodes(
      run.database,
      rows.map((row) => row.record),
    )
    const skus: Sku[] = []
    for (const { line, record } of rows) {
      const barcode = record.barcodes.find(
        (code) => taken.get(code) !== undefined && taken.get(code) !== record.code,
      )
      if (barcode === undefined) skus.push(record)
      else late.push(refusal({ line, field: 'barcodes', reason: 'duplicateBarcode', value: barcode }))
    }
    if (skus.length === 0) return
    const command = { type: 'ImportSkus', file: file.name, skus } as const
    await runCommand(run, command, { commandId: crypto.randomUUID(), rows: skus.length })
  })
  return late
}

/** Per barcode the SKU that owns it in the station. */
async function takenBarcodes(
  database: StationDatabase,
  skus: readonly Sku[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(skus.flatMap((sku) => sku.barcodes))
  if (wanted.size === 0) return new Map()
  const rows = await database.skus
    .where('codes')
    .anyOf([...wanted])
    .toArray()
  return new Map(
    rows.flatMap((row) =>
      row.codes.filter((code) => wanted.has(code)).map((code) => [code, row.code] as const),
    ),
  )
}

/** PUT-1. */
export const importBinFile: RowImporter = async (run, file, offset) => {
  await streamChunks(run, binOutcomes(file), offset, (rows) => {
    const bins = rows.map((row) => row.record)
    const command = { type: 'ImportBins', file: file.name, bins } as const
    return runCommand(run, command, { commandId: crypto.randomUUID(), rows: bins.length })
  })
  return []
}

/** RCV-1: a notice is one command, so that it is known whole or not at all. */
export const importNoticeFile: RowImporter = async (run, file, offset) => {
  const records = [...noticeOutcomes(file)].flatMap((outcome) =>
    outcome.tag === 'record' ? [outcome.record] : [],
  )
  let done = 0
  for (const notice of toNotices(records)) {
    if (run.stopped()) break
    const command = { type: 'ImportNotice', file: file.name, notice } as const
    await runCommand(run, command, { commandId: crypto.randomUUID(), rows: notice.lines.length })
    done += notice.lines.length
    run.progress(offset + done)
    await pause(1)
  }
  return []
}

/** LBL-5. */
export const importWaybillFile: RowImporter = async (run, file, offset) => {
  const late: Refusal[] = []
  const importedAt = run.now()
  const numbers: PoolNumber[] = []
  for (const outcome of waybillOutcomes(file)) {
    if (outcome.tag !== 'record') continue
    const result = toPoolNumber(outcome.record, { importedAt, index: numbers.length })
    if (result.ok) numbers.push(result.value)
    else late.push(refusal({ line: outcome.line, ...result.error }))
  }
  const take = (range: RowRange): Promise<void> => {
    const waybills = numbers.slice(range.from, range.to)
    const content = waybills.map(({ courier, number }) => [courier, number])
    const command = { type: 'LoadWaybills', file: file.name, waybills } as const
    const commandId = chunkId(file.hash, range, content)
    return runCommand(run, command, { commandId, rows: waybills.length })
  }
  await runInChunks(run, numbers.length, { fileHash: file.hash, offset }, take)
  return late
}
