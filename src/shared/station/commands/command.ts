import type { Sku } from '../../domain/catalogue/sku.ts'
import type { EvidenceNote } from '../../domain/evidence/events.ts'
import type { Confirmed } from '../../domain/orders/desk.ts'
import type { OwnFlag } from '../../domain/orders/flags.ts'
import type { OrderNote } from '../../domain/orders/notes.ts'
import type { PlatformOrder, Recipient } from '../../domain/orders/order.ts'
import type { Person } from '../../domain/people/person.ts'
import type { Described, Decided } from '../../domain/sync/events.ts'
import type { Bin } from '../../domain/stock/bin.ts'
import type { SupplySettings } from '../../domain/supplies/supply.ts'
import type { LabelDocument } from '../../labels/label-document.ts'
import type { NoticeRow, PrintBatchRow } from '../tables.ts'

/** A number from a pool file (LBL-5). */
export interface PoolNumber {
  readonly courier: string
  readonly number: string
  readonly sortCode: string
  readonly position: number
}

/** An order as it is taken in: what goes into the event, and apart from it whom it goes to (decision 8). */
export interface IncomingOrder {
  readonly platform: PlatformOrder
  readonly recipient: Recipient
}

/** Labels that one command of a batch writes down, so that a waiting scan passes. */
export const BATCH_CHUNK = 100

/** What people and imports want done away from the scanner. The id is minted once and kept on every retry. */
export type StationCommand = {
  readonly commandId: string
  readonly at: number
  readonly personId: string | null
} & (
  | { readonly type: 'SaveSettings'; readonly settings: Readonly<Record<string, unknown>> }
  | { readonly type: 'SavePerson'; readonly person: Person }
  | { readonly type: 'SignIn'; readonly signIn: string | null }
  | { readonly type: 'ImportSkus'; readonly file: string; readonly skus: readonly Sku[] }
  | { readonly type: 'ImportBins'; readonly file: string; readonly bins: readonly Bin[] }
  | { readonly type: 'ImportNotice'; readonly file: string; readonly notice: Omit<NoticeRow, 'stamp'> }
  | { readonly type: 'LoadWaybills'; readonly file: string; readonly waybills: readonly PoolNumber[] }
  | { readonly type: 'ImportOrders'; readonly file: string; readonly orders: readonly IncomingOrder[] }
  | {
      readonly type: 'ConfirmWanted'
      readonly orderId: string
      readonly lineNo: number
      readonly measureMm: number
    }
  /** Orders of one buyer to one address go out as one parcel (ORD-4). */
  | { readonly type: 'MergeOrders'; readonly orderIds: readonly string[] }
  | { readonly type: 'PartOrders'; readonly groupId: string }
  /** Of two groupings that were made apart, this event's shall stand. */
  | { readonly type: 'MergeAsWritten'; readonly eventId: string }
  /** The courier of one order, chosen by hand; '' gives it back to the rules (ORD-7). */
  | {
      readonly type: 'ChooseCourier'
      readonly orderId: string
      readonly courier: string
      readonly reason: string
    }
  /** The extras of an order as they shall be (ORD-8). */
  | {
      readonly type: 'SetExtras'
      readonly orderId: string
      readonly lines: readonly { readonly skuCode: string; readonly quantity: number }[]
    }
  /** ORD-2: the order's own flag; yellow comes and goes by itself or with `HoldOrder`. */
  | { readonly type: 'FlagOrder'; readonly orderId: string; readonly flag: OwnFlag }
  /** ORD-2: cannot ship now, and why; or let go again. */
  | { readonly type: 'HoldOrder'; readonly orderId: string; readonly held: boolean; readonly reason: string }
  | { readonly type: 'NoteOrder'; readonly orderId: string; readonly note: Omit<OrderNote, 'shipBy'> }
  /** ORD-2: a bank transfer was seen, or written down in error (`withdrawn`). */
  | {
      readonly type: 'RecordTransfer'
      readonly orderId: string
      readonly bank: string
      readonly amountFen: number
      readonly confirmedBy: string
      readonly receivedAt: number
      readonly withdrawn: boolean
    }
  /** ORD-5: the buyer confirmed; `recipient` where the address was put right. */
  | {
      readonly type: 'ConfirmOrder'
      readonly orderId: string
      readonly what: readonly Confirmed[]
      readonly recipient: Omit<Recipient, 'personRef'> | null
    }
  /** PAK-11 先打单: number and label of an order before it is picked. */
  | { readonly type: 'LabelOrder'; readonly orderId: string }
  /** PAK-11: the label that was printed ahead is torn up and its number burnt. */
  | { readonly type: 'VoidLabel'; readonly orderId: string; readonly reason: string }
  | { readonly type: 'VoidParcel'; readonly parcelId: string; readonly reason: string }
  | { readonly type: 'ReprintWaybill'; readonly parcelId: string; readonly reason: string }
  | { readonly type: 'AssignHouseCode'; readonly skuCode: string }
  | {
      readonly type: 'DescribeThing'
      readonly thing: Described
      readonly key: string
      readonly field: 'name' | 'note'
      readonly value: string
    }
  | {
      readonly type: 'ResolveDiscrepancy'
      readonly discrepancyId: string
      readonly decision: Decided
      readonly note: string
    }
  /** A service gave a number for a parcel of this order to be; the id of the command comes from the parcel's key. */
  | {
      readonly type: 'RecordFetchedWaybill'
      readonly parcelKey: string
      readonly orderId: string
      readonly courier: string
      readonly number: string
      readonly sortCode: string
      readonly accountId: string
      readonly labelData: Readonly<Record<string, string>>
    }
  /** The order of this fetched number is closed without it: nobody uses it any more, so that it can go back. */
  | { readonly type: 'SetFetchedAside'; readonly waybillKey: string }
  /** A fetched number that was set aside is back at its service, or the service does not take it. */
  | { readonly type: 'WriteOffFetched'; readonly waybillKey: string; readonly reason: string }
  /** Gives surplus numbers of a freshly loaded pool to the hub, so that other stations get some (LBL-5). */
  | { readonly type: 'SharePool'; readonly courier: string; readonly keep: number }
  /** The manager has looked: everything up to `lastUsed` is written off, the rest may be used again. */
  | { readonly type: 'TakeNumbersUp'; readonly courier: string; readonly lastUsed: string | null }
  /** The holder of these numbers is lost and will not come back. */
  | { readonly type: 'WriteOffNumbers'; readonly holder: string; readonly reason: string }
  | {
      readonly type: 'PrintPaper'
      readonly jobId: string
      readonly document: LabelDocument
      readonly subject: string
      readonly reason: string
      /** Printer chosen by hand; absent: by kind of paper. */
      readonly printerId?: string
    }
  /** Labels `offset` … of a batch, at most {@link BATCH_CHUNK} at a time; the last chunk lets it begin. */
  | {
      readonly type: 'PrintBatch'
      readonly batchId: string
      readonly what: PrintBatchRow['what']
      readonly size: number
      readonly offset: number
      readonly printerId: string | null
      readonly labels: readonly { readonly document: LabelDocument; readonly subject: string }[]
    }
  | {
      readonly type: 'ChangeBatch'
      readonly batchId: string
      readonly change: 'pause' | 'goOn' | 'cancel'
    }
  /** From label `from` (0 the first) on, what was printed is printed again, at most {@link BATCH_CHUNK} at a time. */
  | {
      readonly type: 'ResumeBatch'
      readonly batchId: string
      readonly from: number
      readonly pass: number
    }
  /** The same paper once more, counted (LBL-4). */
  | {
      readonly type: 'ReprintJob'
      readonly jobId: string
      readonly reason: string
      readonly printerId: string | null
    }
  /** A job that the host never took over goes out again; what the host has is settled with it. */
  | { readonly type: 'SendPrintAgain'; readonly jobId: string; readonly printerId: string | null }
  /** It shall not be printed any more. */
  | { readonly type: 'GiveUpPrint'; readonly jobId: string }
  /** 发货单 of a finished parcel; a reason from the second time on. */
  | { readonly type: 'PrintDeliveryNote'; readonly parcelId: string; readonly reason: string }
  /** What the camera kept of a finished parcel (PAK-8). */
  | { readonly type: 'NoteEvidence'; readonly note: EvidenceNote }
  /** A packing supply is set up or changed (LBL-6). */
  | { readonly type: 'SaveSupply'; readonly supply: SupplySettings }
  /** `delivery`: so much came in; `count`: so much is there. In the supply's unit. */
  | {
      readonly type: 'CountSupply'
      readonly supplyId: string
      readonly why: 'delivery' | 'count'
      readonly quantity: number
    }
  /** PIK-1: orders on the shelf in batches; `heap`: orders of one piece each, picked without sorting. */
  | {
      readonly type: 'PlanWave'
      readonly batches: readonly { readonly orderIds: readonly string[]; readonly heap: boolean }[]
    }
  | { readonly type: 'DissolveBatch'; readonly taskId: string }
  /** PIK-3: pieces that a picker missed in this bin are there after all. */
  | {
      readonly type: 'LiftShort'
      readonly binCode: string
      readonly skuCode: string
      readonly measureMm: number | null
    }
)
export type CommandOf<T extends StationCommand['type']> = Extract<StationCommand, { type: T }>
