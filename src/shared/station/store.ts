import type { Rows, TableName } from './tables.ts'

/** A value that an index can hold; compound indexes take arrays. */
export type IndexKey = string | number | readonly (string | number)[]

/** Reading inside a transaction. Nothing but these may be awaited there (decision 12). */
export interface ReadTx {
  get<N extends TableName>(table: N, key: string | number): Promise<Rows[N] | undefined>
  getMany<N extends TableName>(table: N, keys: readonly (string | number)[]): Promise<(Rows[N] | undefined)[]>
  /** All rows whose index holds exactly this value. */
  where<N extends TableName>(table: N, index: string, value: IndexKey): Promise<Rows[N][]>
  /** Rows by index (or by primary key, `index` null) between two bounds, both included, in order. */
  range<N extends TableName>(
    table: N,
    index: string | null,
    bounds: {
      readonly from?: IndexKey
      readonly to?: IndexKey
      readonly limit?: number
      readonly reverse?: boolean
    },
  ): Promise<Rows[N][]>
  count(table: TableName): Promise<number>
}

/**
 * Writing inside a transaction. Writes are not awaited one by one: they are in order, and the transaction fails as a
 * whole if one of them does.
 */
export interface WriteTx extends ReadTx {
  put<N extends TableName>(table: N, row: Rows[N]): void
  putMany<N extends TableName>(table: N, rows: readonly Rows[N][]): void
  delete(table: TableName, key: string | number): void
}

/**
 * The station's durable store. A write transaction has happened completely and durably when its promise resolves, or
 * not at all. Implemented on Dexie/IndexedDB and in memory; one contract suite runs against both.
 */
export interface StationStore {
  read<T>(tables: readonly TableName[], body: (tx: ReadTx) => Promise<T>): Promise<T>
  write<T>(tables: readonly TableName[], body: (tx: WriteTx) => Promise<T>): Promise<T>
}
