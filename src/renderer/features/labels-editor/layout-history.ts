import { builtInLayout } from '../../../shared/labels/built-in-layouts.ts'
import { type LabelLayout, LabelLayoutSchema } from '../../../shared/labels/label-layout.ts'
import { isNewer } from '../../../shared/ledger/stamp.ts'
import type { DetailRow } from '../../../shared/station/tables.ts'

/** The one in use and the five before it. */
const MOST_VERSIONS = 6

/** One saving of a layout. */
export interface LayoutVersion {
  readonly eventId: string
  readonly at: number
  readonly personId: string | null
  /** Null: reset to as it came. */
  readonly layout: LabelLayout | null
}

/** What is stored of a layout; null when it is as it came, was reset, or cannot be read. */
export function storedLayout(layoutId: string, value: unknown): LabelLayout | null {
  const read = LabelLayoutSchema.safeParse(value)
  if (!read.success || read.data.layoutId !== layoutId) return null
  return read.data.kind === builtInLayout(layoutId)?.kind ? read.data : null
}

/** The last savings, newest first; the one in use is among them. */
export function layoutVersions(layoutId: string, row: DetailRow | undefined): LayoutVersion[] {
  return allVersions(layoutId, row).slice(0, MOST_VERSIONS)
}

/** Above every version that ever was, also after a reset, so that two layouts are never called the same. */
export function nextVersion(layoutId: string, row: DetailRow | undefined): number {
  const known = allVersions(layoutId, row).map(({ layout }) => layout?.version ?? 0)
  return 1 + Math.max(0, ...known)
}

function allVersions(layoutId: string, row: DetailRow | undefined): LayoutVersion[] {
  const writes = [...(row?.writes ?? [])].sort((a, b) => (isNewer(b.stamp, a.stamp) ? 1 : -1))
  return writes.map(({ eventId, at, personId, value }) => ({
    eventId,
    at,
    personId,
    layout: storedLayout(layoutId, parsed(value)),
  }))
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}
