/** What the station writes out for others. */
export type ExportKind = 'shipped' | 'stock' | 'archive'
export type ExportForm = 'csv' | 'xlsx'

/** What is asked of the export worker; words come along, because a worker has no language. */
export interface ExportRequest {
  readonly kind: ExportKind
  readonly form: ExportForm
  readonly databaseName: string
  /** Shipped: only parcels finished after this moment, epoch ms; 0 for all. */
  readonly since: number
  /** Header names and words of the file, in its order. */
  readonly headers: readonly string[]
  readonly words: Readonly<Record<string, string>>
  /** Start of the file's name. */
  readonly stem: string
  /** Minutes east of UTC of the times in the file. */
  readonly utcOffsetMinutes: number
}

/** One file, ready to be saved. */
export interface ExportedFile {
  readonly name: string
  readonly rowCount: number
  readonly bytes: ArrayBuffer
}

export type ExportReport =
  | { readonly type: 'progress'; readonly done: number }
  /** `latest`: when the newest parcel in the files was finished. */
  | { readonly type: 'files'; readonly files: readonly ExportedFile[]; readonly latest: number }
  | { readonly type: 'failed'; readonly detail: string }
