import { start } from './0001-start.ts'
import { openings } from './0002-openings.ts'
import type { Migration } from './migration.ts'

/** In order of their numbers. */
export const MIGRATIONS: readonly Migration[] = [start, openings]
