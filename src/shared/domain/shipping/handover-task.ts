import type { TaskBase } from '../task.ts'

/** One parcel scanned into a hand-over, with what the courier wrote (SHP-1). */
export interface HandoverParcel {
  readonly parcelId: string
  readonly waybillNumber: string
  readonly ourWeightGrams: number | null
  readonly theirWeightGrams: number | null
  readonly theirFeeFen: number | null
  /** Set when a difference was accepted with a reason instead of corrected. */
  readonly acceptedReason: string | null
}

/** Hand-over to one courier 交接 (SHP-1, SHP-2). */
export interface HandoverTask extends TaskBase<'handover'> {
  readonly state: 'scanning' | 'signing'
  readonly courier: string
  readonly parcels: readonly HandoverParcel[]
}
