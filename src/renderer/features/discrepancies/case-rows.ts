import { isOpenDiscrepancy } from '../../../shared/sync/suggest-repair.ts'
import type { DiscrepancyRow, ResolutionRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/** More than this and something is so wrong that a longer list would not help. */
const MOST_SHOWN = 1000

/** A contradiction, what was decided about it, and whether it still stands. */
export interface CaseRow {
  readonly id: string
  readonly kind: string
  readonly subject: string
  /** Null when it has gone away. */
  readonly row: DiscrepancyRow | null
  readonly resolution: ResolutionRow | null
}

export type CaseView = 'open' | 'decided'

/** What waits for a person, or what was decided, newest decision first. */
export function readCases(database: StationDatabase, view: CaseView): Promise<CaseRow[]> {
  return view === 'open' ? readOpen(database) : readDecided(database)
}

async function readOpen({ discrepancies, resolutions }: StationDatabase): Promise<CaseRow[]> {
  const rows = await discrepancies.limit(MOST_SHOWN).toArray()
  const decided = await resolutions.bulkGet(rows.map((row) => row.id))
  return rows.flatMap((row, index) => {
    const resolution = decided[index]
    if (!isOpenDiscrepancy(row, resolution)) return []
    return [{ id: row.id, kind: row.kind, subject: row.subject, row, resolution: resolution ?? null }]
  })
}

async function readDecided({ discrepancies, resolutions }: StationDatabase): Promise<CaseRow[]> {
  const decided = await resolutions.limit(MOST_SHOWN).toArray()
  const rows = await discrepancies.bulkGet(decided.map((one) => one.discrepancyId))
  return decided
    .map((resolution, index): CaseRow => {
      const { discrepancyId: id, kind, subject } = resolution
      return { id, kind, subject, row: rows[index] ?? null, resolution }
    })
    .filter(({ row, resolution }) => row === null || !isOpenDiscrepancy(row, resolution ?? undefined))
    .sort((a, b) => (b.resolution?.at ?? 0) - (a.resolution?.at ?? 0))
}

/** One of them by its id; null when there is no trace of it. */
export async function readCase(database: StationDatabase, id: string): Promise<CaseRow | null> {
  const [row, resolution] = await Promise.all([database.discrepancies.get(id), database.resolutions.get(id)])
  const known = row ?? resolution
  if (!known) return null
  return { id, kind: known.kind, subject: known.subject, row: row ?? null, resolution: resolution ?? null }
}

const KINDS = [
  'oversold',
  'doublePack',
  'mergedTwice',
  'endedTwice',
  'waybillTwice',
  'poolTwice',
  'writtenTwice',
] as const
export type CaseKind = (typeof KINDS)[number]

/** A kind that this version has words for; null for one that a newer station decided about. */
export const caseKind = (kind: string): CaseKind | null => KINDS.find((known) => known === kind) ?? null
