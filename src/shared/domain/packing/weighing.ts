import type { Suspect } from '../weighing/name-suspects.ts'
import type { Override } from './pack-task.ts'

/** What a parcel should weigh with all its pieces and its packing (PAK-4); grams. */
export interface ExpectedParcel {
  readonly grams: number
  /** So far a right parcel may be off. */
  readonly spreadGrams: number
  /** Parcels that the least known of its goods was learned from; 0: only the catalogue speaks. */
  readonly parcels: number
}

/** A suspect with the words for its goods. */
export interface NamedSuspect extends Suspect {
  readonly title: string
  readonly otherTitle: string
}

/** Milliseconds since the first reading, and grams. */
export type TracePoint = readonly [atMs: number, grams: number]

/** A taken weight, what it was compared with, and what a person said to it (PAK-4, ARC-1). */
export interface Weighing {
  readonly grams: number
  readonly source: 'hand' | 'scale'
  /** `unsure`: it is off, but too little is known of the goods to say that the parcel is. */
  readonly verdict: 'fits' | 'flagged' | 'unsure'
  readonly expected: ExpectedParcel
  readonly suspects: readonly NamedSuspect[]
  /** The flagged parcel was looked through and let pass. */
  readonly accepted: Override | null
  /** The pan's readings that led to it; empty for a weight entered by hand. */
  readonly trace: readonly TracePoint[]
}

/** More is not needed to see how a pan came to rest. */
export const MOST_TRACE_POINTS = 60
/** Suspects that are written down with a parcel. */
export const MOST_SUSPECTS = 5
