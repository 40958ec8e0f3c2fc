import type { Signature, TaskBase } from '../task.ts'

/** One SKU of a goods-in count. */
export interface ReceiveLine {
  readonly skuCode: string
  readonly title: string
  readonly colour: string
  readonly size: string
  /** Null for a blind receipt. */
  readonly expected: number | null
  /** Pieces counted, measured ones and defects included. */
  readonly counted: number
  readonly defects: number
  /** Measured pieces by millimetres (RCV-4); empty for goods that are only counted. */
  readonly byMeasure: Readonly<Record<string, number>>
  readonly defectsByMeasure: Readonly<Record<string, number>>
}

/** The piece that a following `MM-n`, `QTY-n` or `CMD-DEFECT` speaks of. */
export interface LastPiece {
  readonly skuCode: string
  readonly measureMm: number | null
  readonly state: 'measureWanted' | 'counted' | 'defect'
}

/** Goods-in 收货 (RCV-1): counting, then two signatures, then posted. */
export interface ReceiveTask extends TaskBase<'receive'> {
  readonly state: 'counting' | 'signing'
  readonly noticeNo: string | null
  readonly supplier: string
  readonly lines: Readonly<Record<string, ReceiveLine>>
  readonly last: LastPiece | null
  readonly noteNo: string | null
  readonly signatures: readonly Signature[]
}
