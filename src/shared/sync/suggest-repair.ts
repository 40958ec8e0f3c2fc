import type { DiscrepancyRow, ResolutionRow } from '../station/tables.ts'

/** One of the parcels that claim the same order or the same number. */
export interface ParcelSide {
  readonly parcelId: string
  /** Milliseconds since 1970. */
  readonly finishedAt: number
  /** The lease under which it was packed; null: packed without one. */
  readonly leaseToken: number | null
  readonly state: 'partial' | 'packed' | 'voided' | 'handedOver'
}

/** Why this parcel and not the other one. */
export type VoidCause = 'otherHandedOver' | 'noLease' | 'staleLease' | 'later'

/** What would put a contradiction right; a person decides. */
export type SuggestedRepair =
  /** Take this parcel back; the other one is the order's. */
  | { readonly tag: 'voidParcel'; readonly parcelId: string; readonly cause: VoidCause }
  /** The couriers have all of them: nothing here can be taken back any more. */
  | { readonly tag: 'allHandedOver' }
  /** The sides are not (all) known here, or have been taken back meanwhile. */
  | { readonly tag: 'nothingToVoid' }

/**
 * Which of two parcels should be taken back (SYN-2, PAK-10): never one that the courier has; else the one packed
 * without the order's valid lease, which is the greatest token, as tokens only grow; else the later one.
 */
export function suggestVoid(sides: readonly ParcelSide[]): SuggestedRepair {
  const here = sides.filter((side) => side.state === 'packed').sort(byRight)
  const gone = sides.filter((side) => side.state === 'handedOver').length
  const target = here.at(-1)
  if (here.length + gone < 2) return { tag: 'nothingToVoid' }
  if (target === undefined) return { tag: 'allHandedOver' }
  const { parcelId } = target
  if (gone > 0) return { tag: 'voidParcel', parcelId, cause: 'otherHandedOver' }
  const keeper = here[0]
  return { tag: 'voidParcel', parcelId, cause: causeOf(target, keeper?.leaseToken ?? null) }
}

/** The one with the better right to the order first; the same on every station. */
function byRight(a: ParcelSide, b: ParcelSide): number {
  return (
    (b.leaseToken ?? -1) - (a.leaseToken ?? -1) ||
    a.finishedAt - b.finishedAt ||
    (a.parcelId < b.parcelId ? -1 : 1)
  )
}

function causeOf(target: ParcelSide, keeperToken: number | null): VoidCause {
  if (target.leaseToken === keeperToken || keeperToken === null) return 'later'
  return target.leaseToken === null ? 'noLease' : 'staleLease'
}

const GO_AWAY: ReadonlySet<DiscrepancyRow['kind']> = new Set(['oversold', 'doublePack', 'mergedTwice'])

/**
 * Does it still wait for somebody? What is derived away by its repair stays open until it is gone, though somebody
 * has said that it is repaired; the other kinds are history, where a decision is all that there can be.
 */
export function isOpenDiscrepancy(
  { kind }: Pick<DiscrepancyRow, 'kind'>,
  resolution: Pick<ResolutionRow, 'decision'> | undefined,
): boolean {
  if (resolution === undefined) return true
  return resolution.decision === 'repaired' && GO_AWAY.has(kind)
}
