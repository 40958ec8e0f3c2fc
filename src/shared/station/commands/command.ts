import type { Sku } from '../../domain/catalogue/sku.ts'
import type { PlatformOrder, Recipient } from '../../domain/orders/order.ts'
import type { Person } from '../../domain/people/person.ts'
import type { Described, Decided } from '../../domain/sync/events.ts'
import type { Bin } from '../../domain/stock/bin.ts'
import type { LabelDocument } from '../../labels/label-document.ts'
import type { NoticeRow } from '../tables.ts'

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
    }
)
export type CommandOf<T extends StationCommand['type']> = Extract<StationCommand, { type: T }>
