/**
 * A step of the database's shape. Steps go forward only, and hub processes of the version before go on working on the
 * shape after: a step adds tables, indexes and columns with defaults; it takes away only what no running version reads.
 */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}
