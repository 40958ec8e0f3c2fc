import type { FileFormat } from '../../../shared/formats/detect-format.ts'
import { headerFingerprint } from '../../../shared/formats/detect-format.ts'
import { type MappedField, type OrderMapping, suggestMapping } from '../../../shared/formats/order-mapping.ts'
import type { OrderRecord } from '../../../shared/formats/records.ts'
import type { Notice, Refusal } from '../../../shared/formats/refusal.ts'
import type { RowOutcome } from '../../../shared/formats/row-outcome.ts'
import type { TaobaoItem } from '../../../shared/formats/taobao-items.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import {
  type FilePreview,
  type FileProblem,
  type MappingState,
  MOST_REFUSALS_KEPT,
  type StationImportKind,
} from './import-protocol.ts'
import {
  binOutcomes,
  formatFor,
  itemOutcomes,
  needsMapping,
  noticeOutcomes,
  orderOutcomes,
  skuOutcomes,
  waybillOutcomes,
} from './interpret-file.ts'
import { type OpenedFile, openFile } from './open-file.ts'
import { pause } from './pause.ts'

/** What reading a file through has shown. */
export interface FileScan {
  readonly recordCount: number
  readonly refusedCount: number
  readonly refusals: readonly Refusal[]
  readonly remarks: readonly Notice[]
  /** Orders and items are kept, because they are put together over files; everything else is read again. */
  readonly orders: readonly { readonly line: number; readonly record: OrderRecord }[]
  readonly items: readonly { readonly line: number; readonly record: TaobaoItem }[]
}

/** A chosen file, read and checked. */
export interface LoadedFile {
  readonly fileId: string
  readonly name: string
  readonly format: FileFormat
  readonly opened: OpenedFile | null
  readonly mapping: MappingState | null
  readonly scan: FileScan | null
  readonly problem: FileProblem | null
}

const NEEDED_FIELDS: readonly MappedField[] = ['number', 'skuCode', 'quantity']
const MOST_REMARKS = 200

/** Opens a file and reads it through once. `tell` is called now and then with the records so far. */
export async function loadFile(
  kind: StationImportKind,
  input: { readonly fileId: string; readonly file: File },
  database: StationDatabase,
  tell: (done: number) => void,
): Promise<LoadedFile> {
  const { fileId, file } = input
  const about = { fileId, name: file.name }
  const opened = await openFile(file)
  if (opened.tag === 'problem') {
    return { ...about, format: 'unknown', opened: null, mapping: null, scan: null, problem: opened.problem }
  }
  const { headers } = opened.file.table
  const { format, problem } = formatFor(kind, headers)
  if (problem) return { ...about, format, opened: opened.file, mapping: null, scan: null, problem }
  const mapping = kind === 'orders' && needsMapping(format) ? await mappingFor(headers, database) : null
  return scanLoaded({ ...about, format, opened: opened.file, mapping, scan: null, problem: null }, kind, tell)
}

/** The same file under another mapping. */
export function remapFile(
  loaded: LoadedFile,
  mapping: OrderMapping,
  tell: (done: number) => void,
): Promise<LoadedFile> {
  return scanLoaded({ ...loaded, mapping: mappingState(mapping, false) }, 'orders', tell)
}

async function mappingFor(headers: readonly string[], database: StationDatabase): Promise<MappingState> {
  const row = await database.mappings.get(headerFingerprint(headers))
  if (row) return mappingState(row.mapping, true)
  return mappingState(suggestMapping(headers), false)
}

function mappingState(mapping: OrderMapping, remembered: boolean): MappingState {
  return { mapping, remembered, missing: NEEDED_FIELDS.filter((field) => !mapping[field]) }
}

async function scanLoaded(
  loaded: LoadedFile,
  kind: StationImportKind,
  tell: (done: number) => void,
): Promise<LoadedFile> {
  const file = loaded.opened
  if (!file) return loaded
  // Without its three columns there is nothing to read; the mapping form says so.
  if (loaded.mapping && loaded.mapping.missing.length > 0) return { ...loaded, scan: EMPTY_SCAN }
  const orders: { line: number; record: OrderRecord }[] = []
  const items: { line: number; record: TaobaoItem }[] = []
  const counts = await (() => {
    switch (kind) {
      case 'catalogue':
        return readThrough(skuOutcomes(file), null, tell)
      case 'bins':
        return readThrough(binOutcomes(file), null, tell)
      case 'notice':
        return readThrough(noticeOutcomes(file), null, tell)
      case 'waybills':
        return readThrough(waybillOutcomes(file), null, tell)
      case 'orders':
        return loaded.format === 'taobao-items'
          ? readThrough(itemOutcomes(file), items, tell)
          : readThrough(orderOutcomes(file, loaded.format, loaded.mapping?.mapping ?? {}), orders, tell)
    }
  })()
  return { ...loaded, scan: { ...counts, orders, items } }
}

const EMPTY_SCAN: FileScan = {
  recordCount: 0,
  refusedCount: 0,
  refusals: [],
  remarks: [],
  orders: [],
  items: [],
}

async function readThrough<T>(
  outcomes: Iterable<RowOutcome<T>>,
  keep: { line: number; record: T }[] | null,
  tell: (done: number) => void,
): Promise<Omit<FileScan, 'orders' | 'items'>> {
  const refusals: Refusal[] = []
  const remarks: Notice[] = []
  let recordCount = 0
  let refusedCount = 0
  let seen = 0
  for (const outcome of outcomes) {
    seen += 1
    if (seen % 5000 === 0) {
      tell(seen)
      await pause()
    }
    if (outcome.tag === 'refused') {
      refusedCount += 1
      if (refusals.length < MOST_REFUSALS_KEPT) refusals.push(outcome.refusal)
    }
    if (outcome.tag !== 'record') continue
    recordCount += 1
    keep?.push({ line: outcome.line, record: outcome.record })
    if (remarks.length < MOST_REMARKS) remarks.push(...outcome.notices)
  }
  return { recordCount, refusedCount, refusals, remarks }
}

const FIRST_ROWS = 5
const REFUSALS_SHOWN = 500

/** What the page is shown of a file. */
export function previewOf(loaded: LoadedFile): FilePreview {
  const { fileId, name, format, opened, mapping, scan, problem } = loaded
  return {
    fileId,
    name,
    format,
    encoding: opened?.encoding ?? null,
    notices: opened?.notices ?? [],
    headers: opened?.table.headers ?? [],
    firstRows: opened ? firstRows(opened) : [],
    recordCount: scan?.recordCount ?? 0,
    refusedCount: scan?.refusedCount ?? 0,
    refusals: scan?.refusals.slice(0, REFUSALS_SHOWN) ?? [],
    remarks: scan?.remarks ?? [],
    mapping,
    problem,
  }
}

function firstRows(opened: OpenedFile): string[][] {
  const rows: string[][] = []
  for (const row of opened.table.rows()) {
    if (rows.length >= FIRST_ROWS) break
    rows.push(row.cells.slice(0, opened.table.headers.length).map((cell) => cell.slice(0, 80)))
  }
  return rows
}
