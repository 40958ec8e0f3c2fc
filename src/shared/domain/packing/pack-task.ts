import type { Answer } from '../answer.ts'
import type { Supply } from '../orders/allocate.ts'
import type { Signature, TaskBase } from '../task.ts'
import type { ParcelRule } from './packing-rules.ts'
import type { ExpectedParcel, Weighing } from './weighing.ts'

/** One piece in the parcel. */
export interface PackedPiece {
  readonly from: Supply['place']
  /** The measure under which the ledger knows the piece. */
  readonly stockMm: number | null
  /** Measured again at the bench (PAK-3); null while it is wanted, or for goods that are only counted. */
  readonly measuredMm: number | null
  readonly at: number
  /** Set where a piece off its measure was let through (PAK-3). */
  readonly override?: Override
}

/** A person who may do so let something pass that the station had stopped, and why. */
export interface Override {
  /** Tag of the reason chosen. */
  readonly reason: string
  readonly personId: string
  readonly name: string
  readonly at: number
}

/** One order line on the bench. */
export interface PackLine {
  readonly orderId: string
  readonly lineNo: number
  readonly skuCode: string
  readonly item: string
  readonly title: string
  readonly colour: string
  readonly size: string
  readonly labelText: string
  readonly quantity: number
  readonly fragile: boolean
  readonly category?: string
  readonly unitWeightGrams: number | null
  readonly measured: boolean
  readonly wantedMm: number | null
  readonly toleranceMm: number
  /** Where the pieces of this line stand, as allocated when the parcel was opened. */
  readonly sources: readonly Supply[]
  readonly pieces: readonly PackedPiece[]
}

/** One scan in the parcel's history, kept as proof with the parcel (PAK-2, ARC-1). */
export interface TrailEntry {
  readonly at: number
  readonly scan: string
  readonly reason: string
  readonly personId: string | null
}

/** A parcel being packed 打包 (PAK-1). */
export interface PackTask extends TaskBase<'pack'> {
  /** `confirming`: opened to ask the wanted measure only, nothing is allocated yet (ORD-6). */
  readonly state: 'confirming' | 'packing'
  readonly orderIds: readonly string[]
  readonly orderNumbers: readonly string[]
  readonly courier: string
  readonly personRef: string
  /** Marks of the addresses as they were when it was opened, by order: a change stops it (ORD-2). */
  readonly addressMarks?: Readonly<Record<string, string>>
  readonly lines: readonly PackLine[]
  readonly weightGrams: number | null
  readonly weightSource: 'hand' | 'scale' | null
  /** What the taken weight says; absent while none was taken (PAK-4). */
  readonly weighing?: Weighing
  /** What the whole parcel should weigh, worked out when it was opened or its packing changed. */
  readonly expected?: ExpectedParcel
  /** The bag or box it goes into: id of a packing supply; absent where none are set up (LBL-6). */
  readonly packing?: string
  /** Length, width, height in millimetres, where they were taken (PAK-5). */
  readonly sizeMm?: readonly [number, number, number]
  /** What it counts for by its size and its courier's divisor (PAK-5). */
  readonly volumetricGrams?: number
  /** How its goods are packed, as the rules were when it was opened; the badge confirms them (PAK-6). */
  readonly rules?: readonly ParcelRule[]
  readonly signature: Signature | null
  readonly trail: readonly TrailEntry[]
}

/** The task after a scan, and what is said to it. */
export interface PackOutcome {
  readonly task: PackTask
  readonly answer: Answer
}
