import type { TaskBase } from '../task.ts'

/** Why a bin is suggested (PUT-2), best reason first. */
export type SuggestionReason = 'sameSkuSameMeasure' | 'sameSku' | 'sameCategory' | 'freeCapacity'

export interface BinSuggestion {
  readonly binCode: string
  readonly reason: SuggestionReason
  readonly holds: number
  readonly capacity: number | null
}

/** Putaway 上架 (PUT-3): a piece in hand, then a bin; each placement is posted by itself. */
export interface PutawayTask extends TaskBase<'putaway'> {
  readonly piece: {
    readonly skuCode: string
    readonly title: string
    readonly category: string
    readonly measured: boolean
    readonly measureMm: number | null
    readonly quantity: number
    /** What the ledger has on the dock of exactly this (null until the measure is known). */
    readonly onDock: number | null
  } | null
  readonly suggestion: BinSuggestion | null
  /** What was placed since the task began, newest first, for the screen. */
  readonly placed: readonly {
    readonly title: string
    readonly measureMm: number | null
    readonly quantity: number
    readonly binCode: string
  }[]
}
