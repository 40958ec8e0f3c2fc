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
  /** Pieces that were sorted into their slot after the walk; absent: none. */
  readonly sorted?: number
}

/** The slot of a put-wall 播种墙 in which an order's pieces are gathered; the ledger knows them by the order's cart. */
export interface SlotOfOrder {
  readonly orderId: string
  readonly orderNumber: string
  /** What a scanner reads from the slot's label, for instance `WALL-03`. */
  readonly code: string
}

/** When the pieces of a batch are told apart; `none`: orders of one piece each lie in one heap. */
export type Sorting = 'whilePicking' | 'afterwards' | 'none'

/** Several orders on one walk (PIK-1). */
export interface PickBatch {
  /** Printed on the batch's slip, for instance `PC1B12`. */
  readonly batchNo: string
  readonly sorting: Sorting
  /** The slot is scanned after every piece. */
  readonly confirmPuts: boolean
  readonly slots: readonly SlotOfOrder[]
}

/** A piece in the hand that goes into this slot. */
export interface PendingPut {
  readonly orderId: string
  readonly code: string
  readonly title: string
}

/** A pick 拣货 (PIK-1, PIK-2): stops in walking order; the bin is scanned before its pieces. */
export interface PickTask extends TaskBase<'pick'> {
  readonly orderIds: readonly string[]
  readonly stops: readonly PickStop[]
  /** The bin that was scanned, null on the way to the next. */
  readonly atBin: string | null
  /** A measured piece in the hand that still has to be told from its neighbours by measure. */
  readonly pendingSku: string | null
  /** Absent or null: one order, without slots. */
  readonly batch?: PickBatch | null
  readonly putting?: PendingPut | null
  /** A batch of a wave that nobody has taken yet: its stops are found when somebody does. */
  readonly waiting?: boolean
}

/** A wave's batch on the shelf: grouped, not begun. */
export const isWaiting = (task: object): boolean => 'waiting' in task && task.waiting === true
