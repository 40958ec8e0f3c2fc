import type { EncodingNotice, TextEncoding } from '../../../shared/formats/detect-encoding.ts'
import type { FileFormat } from '../../../shared/formats/detect-format.ts'
import type { MappedField, OrderMapping } from '../../../shared/formats/order-mapping.ts'
import type { Notice, Refusal } from '../../../shared/formats/refusal.ts'
import type { StationEnvironment } from '../../../shared/station/environment.ts'

/** What this worker takes in (interface.md, Files). */
export type StationImportKind = 'orders' | 'catalogue' | 'bins' | 'notice' | 'waybills'

/** The station as it crosses to the worker: functions do not. */
export interface ImportStation {
  readonly databaseName: string
  readonly env: Omit<StationEnvironment, 'newId'>
}

/** From the page to the worker. */
export type ImportRequest =
  | {
      readonly type: 'open'
      readonly kind: StationImportKind
      readonly files: readonly File[]
      readonly station: ImportStation
    }
  | { readonly type: 'remap'; readonly fileId: string; readonly mapping: OrderMapping }
  | { readonly type: 'import' }
  | { readonly type: 'cancel' }

/** Why a whole file cannot be taken in. */
export type FileProblem =
  | { readonly tag: 'empty' | 'headerOnly' | 'badHeader' | 'notWorkbook' | 'sameFile' }
  | { readonly tag: 'tooLarge'; readonly sizeBytes: number; readonly mostBytes: number }
  | { readonly tag: 'notText'; readonly looksLike: string }
  | { readonly tag: 'wrongKind'; readonly found: Exclude<FileFormat, 'unknown'> }
  | { readonly tag: 'missingColumns'; readonly columns: readonly string[] }
  | { readonly tag: 'unreadable'; readonly detail: string }

/** The mapping of a file whose columns a person confirms (formats.md, WooCommerce, Generic). */
export interface MappingState {
  readonly mapping: OrderMapping
  readonly remembered: boolean
  readonly missing: readonly MappedField[]
}

/** One chosen file, read and checked, nothing stored yet. */
export interface FilePreview {
  readonly fileId: string
  readonly name: string
  readonly format: FileFormat
  readonly encoding: TextEncoding | 'xlsx' | null
  readonly notices: readonly EncodingNotice[]
  readonly headers: readonly string[]
  readonly firstRows: readonly (readonly string[])[]
  /** Good records: orders, SKUs, bins, lines, numbers. */
  readonly recordCount: number
  readonly refusedCount: number
  /** The first of them. */
  readonly refusals: readonly Refusal[]
  readonly remarks: readonly Notice[]
  readonly mapping: MappingState | null
  readonly problem: FileProblem | null
}

export interface ImportPreview {
  readonly kind: StationImportKind
  readonly files: readonly FilePreview[]
  /** Taobao halves: orders whose items are neither chosen nor waiting here, and the other way round. */
  readonly halves: { readonly ordersAlone: number; readonly itemsAlone: number }
}

/** Rows of one file that were refused, with what is needed to save them. */
export interface RefusedFile {
  readonly fileName: string
  readonly headers: readonly string[]
  readonly rows: readonly { readonly refusal: Refusal; readonly cells: readonly string[] }[]
}

export interface ImportResult {
  readonly kind: StationImportKind
  readonly fileNames: readonly string[]
  readonly accepted: number
  readonly unchanged: number
  readonly refused: number
  /** Taobao orders and items that wait for their other half. */
  readonly waiting: { readonly orders: number; readonly items: number }
  readonly refusedFiles: readonly RefusedFile[]
  readonly problems: readonly { readonly name: string; readonly problem: FileProblem }[]
  /** Set when a person stopped it: what had been taken in stays. */
  readonly cancelled: { readonly done: number; readonly total: number } | null
}

/** From the worker to the page. */
export type ImportReport =
  | { readonly type: 'reading'; readonly fileName: string; readonly done: number }
  | { readonly type: 'preview'; readonly preview: ImportPreview }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'result'; readonly result: ImportResult }
  /** Something broke; `done` rows had been taken in and stay. */
  | { readonly type: 'failed'; readonly detail: string; readonly done: number }
  | { readonly type: 'discarded' }

/** Larger files are cut by their makers anyway; a string cannot hold much more. */
export const MOST_FILE_BYTES = 256 * 1024 * 1024
/** Refused rows kept for showing and saving. */
export const MOST_REFUSALS_KEPT = 20_000
