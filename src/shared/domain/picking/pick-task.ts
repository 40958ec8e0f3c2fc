import type { TaskBase } from '../task.ts'

/** One thing to take at one bin for one order line. */
export interface PickStop {
  readonly orderId: string
  readonly orderNumber: string
  readonly lineNo: number
  readonly skuCode: string
  readonly title: string
  readonly size: string
  readonly colour: string
  readonly binCode: string
  readonly measureMm: number | null
  readonly quantity: number
  readonly picked: number
}

/** Single pick 拣货 (PIK-2): stops in walking order; the bin is scanned before its pieces. */
export interface PickTask extends TaskBase<'pick'> {
  readonly orderIds: readonly string[]
  readonly stops: readonly PickStop[]
  /** The bin that was scanned, null on the way to the next. */
  readonly atBin: string | null
  /** A measured piece in the hand that still has to be told from its neighbours by measure. */
  readonly pendingSku: string | null
}
