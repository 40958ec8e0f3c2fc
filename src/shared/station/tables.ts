import type { Answer } from '../domain/answer.ts'
import type { Sku } from '../domain/catalogue/sku.ts'
import type { EvidenceNote } from '../domain/evidence/events.ts'
import type { Supply } from '../domain/orders/allocate.ts'
import type { OrderDesk } from '../domain/orders/desk.ts'
import type { Flag, OrderSource, PlatformOrder, Recipient } from '../domain/orders/order.ts'
import type { PackTask } from '../domain/packing/pack-task.ts'
import type { ParcelRule } from '../domain/packing/packing-rules.ts'
import type { Weighing } from '../domain/packing/weighing.ts'
import type { Person } from '../domain/people/person.ts'
import type { PickTask } from '../domain/picking/pick-task.ts'
import type { PutawayTask } from '../domain/putaway/putaway-task.ts'
import type { ReceiveTask } from '../domain/receiving/receive-task.ts'
import type { Area } from '../domain/scan.ts'
import type { HandoverTask } from '../domain/shipping/handover-task.ts'
import type { Bin } from '../domain/stock/bin.ts'
import type { SupplyFigures, SupplyUse } from '../domain/supplies/supply.ts'
import type { LearnedWeight, WeighedParcel } from '../domain/weighing/weight-book.ts'
import type { LabelDocument } from '../labels/label-document.ts'
import type { PrintTrouble } from '../protocol/print-contract.ts'
import type { EventEnvelope } from '../ledger/envelope.ts'
import type { Movement, StockKey } from '../ledger/movement.ts'
import type { Patch } from '../ledger/patch.ts'
import type { Place } from '../ledger/place.ts'
import type { Stamp } from '../ledger/stamp.ts'
import type { OrderDispatch } from './order-dispatch.ts'
import type { OrderLabel } from './order-labels.ts'
import type { ShortRow, SlotRow } from './pick-rows.ts'

/** Any open task; the `area` tells which. */
export type Task = ReceiveTask | PutawayTask | PickTask | PackTask | HandoverTask
export type TaskOf<A extends Area> = Extract<Task, { area: A }>

/** A scan and its effect on the open task (decision 1). Durable and journalled on its station, not synced. */
export interface WorkStep {
  readonly area: Area
  readonly taskId: string | null
  readonly at: number
  readonly personId: string | null
  /** The scan as it may be written down. */
  readonly scan: string
  readonly answer: Answer
  /** Changes of the task on the desk; empty for a scan that changed nothing. */
  readonly forward: Patch
  /** The way back; null for a step that cannot be undone (opening, posting, the undoing itself). */
  readonly back: Patch | null
  readonly undoBefore: string | null
  /** The task left the desk for the shelf of held ones, or came back from it. */
  readonly shelf: { readonly put?: Task; readonly took?: string } | null
  /** A change of who is signed in. */
  readonly session?: string | null
}

/** Personal data and what is printed of it: sealed by the host under the key of `personRef` (decision 8). */
export type PersonalData =
  | { readonly what: 'recipient'; readonly recipient: Recipient; readonly stamp?: Stamp }
  | { readonly what: 'print'; readonly job: PrintJobRow }
  | { readonly what: 'batch'; readonly batch: PrintBatchRow }

/** A line of the station's log; `seq` is given by the store and has no gaps. */
export type LogRecord = {
  readonly seq?: number
  readonly id: string
  /** Set on the one record that carries the command's answer (idempotency). */
  readonly commandId?: string
  readonly answer?: CommandAnswer
  /** Facts of this database that the command set: document counters, the last parcel. */
  readonly meta?: Readonly<Record<string, unknown>>
} & (
  | { readonly kind: 'step'; readonly data: WorkStep }
  | {
      readonly kind: 'event'
      readonly data: EventEnvelope
      readonly eventId: string
      /** Present on a local event until the hub has acknowledged it. */
      readonly outboxCounter?: number
      /** The warehouse's sequence, once the hub has given it. */
      readonly hubSequence?: number
      /** The hub keeps it, but apart: why. It is in nobody's stream and a person has to look at it. */
      readonly quarantined?: string
      /** Whose data goes to the hub beside the event (decision 8). */
      readonly people?: readonly string[]
      /** Came after the adopted snapshot whose balances contain it. */
      readonly filled?: true
    }
  | { readonly kind: 'person'; readonly data: PersonalData }
  | { readonly kind: 'checkpoint'; readonly data: Checkpoint; readonly checkpointAt: number }
  | { readonly kind: 'sync'; readonly data: SyncNote }
)

/**
 * What one round with the hub settled, so that a journal replays to the same state: up to where the warehouse's stream
 * was applied, and which events got which sequence in it.
 */
export interface SyncNote {
  readonly cursor: number
  readonly confirmed: readonly (readonly [eventId: string, sequence: number])[]
  readonly quarantined?: readonly (readonly [eventId: string, reason: string])[]
  /** How much of what came before the adopted snapshot is here; null: all of it. */
  readonly history?: HistoryState | null
}

/** A station that began from a snapshot has the events up to `upTo` only as far as `cursor` (decision 9). */
export interface HistoryState {
  readonly upTo: number
  readonly cursor: number
}

/** What a command that is no scan answers: counts for an import, tags for the rest. */
export interface CommandAnswer {
  readonly tag: string
  readonly counts?: Readonly<Record<string, number>>
  readonly params?: Readonly<Record<string, string | number>>
}

/** Balances at one moment of the log with their hash (decision 9): where rebuild-and-compare may start from. */
export interface Checkpoint {
  /** The last record that the balances contain. */
  readonly atSeq: number
  readonly at: number
  /** Key and pieces of every balance in the order of their keys; null in a house that has too many. */
  readonly balances: readonly (readonly [key: string, quantity: number])[] | null
  /** Of the balances; null where there are none. */
  readonly hash: string | null
}

export type SkuRow = Sku & {
  /** Everything a scan may call it by; multi-entry index. */
  readonly codes: readonly string[]
  readonly linkedCodes: readonly string[]
  /** Null while only a linked code has arrived and the SKU itself has not. */
  readonly stamp: Stamp | null
}

export interface TagRow {
  readonly code: string
  readonly skuCode: string
  readonly measureMm: number | null
}

export type BinRow = Bin & { readonly stamp: Stamp }

export type BalanceRow = StockKey & {
  readonly key: string
  readonly place: Place
  readonly quantity: number
}

export type MovementRow = Movement & {
  readonly id: string
  readonly eventId: string
  readonly type: string
  readonly at: number
  readonly personId: string | null
  readonly entities: readonly string[]
  /** The balances it changed: index for "the movements behind this figure" (STK-5). */
  readonly keys: readonly string[]
}

export interface OrderParcel {
  readonly finished?: boolean
  readonly voided?: boolean
  readonly handedOver?: boolean
}

export interface OrderRow extends OrderDispatch {
  readonly orderId: string
  readonly platform: PlatformOrder | null
  readonly stamp: Stamp | null
  /** Confirmed measures by line number (ORD-6). */
  readonly wanted: Readonly<Record<string, { readonly measureMm: number; readonly stamp: Stamp }>>
  readonly parcels: Readonly<Record<string, OrderParcel>>
  /** Flags, notes, transfers and confirmations with their histories; absent where nobody has written any. */
  readonly desk?: OrderDesk
  /** Labels printed before picking, by waybill key (PAK-11); absent where there never was one. */
  readonly labels?: Readonly<Record<string, OrderLabel>>
  /** Derived: an open order with a buyer's message or memo and no note waits for one since then (ORD-2). */
  readonly noteSince?: number
  /** Derived: goods that came in then let this open order ship (ORD-6). */
  readonly releasedAt?: number
  /** Derived: normalised order number, how a scan finds it. */
  readonly codeKey: string
  /** Derived: `open` orders are in the queue by deadline. */
  readonly queue: 'open' | 'closed'
  readonly deadlineAt: number
}

/** Derived per open order line: what it has been allocated (ORD-6, decision 4). */
export interface DemandRow {
  readonly lineId: string
  readonly orderId: string
  readonly lineNo: number
  readonly skuCode: string
  readonly quantity: number
  readonly measured: boolean
  readonly wantedMm: number | null
  readonly toleranceMm: number
  readonly deadlineAt: number
  /** Its label is printed: its goods are set aside for it (PAK-11). */
  readonly labelled?: true
  readonly allocated: readonly Supply[]
  readonly shortQuantity: number
}

/** Derived per open order: may it be packed, and why not. */
export interface ReadinessRow {
  readonly orderId: string
  readonly state: 'ready' | 'short' | 'measureWanted' | 'unknownSku' | 'addressWanted' | 'held'
  /** The order's own: what is ready stands in the index in the order in which it must go. */
  readonly deadlineAt: number
  /** Its label is printed (PAK-11). */
  readonly labelled?: true
  /** Index value: the deadline of what is ready and has no label, so that thousands that have one are not looked through. */
  readonly bareDeadlineAt?: number
  readonly flag: Flag
  /** Index value: the flag where there is one. */
  readonly flagged?: Flag
}

export type RecipientRow = Recipient & {
  /** Last four digits, how the archive finds a phone. */
  readonly phoneTail: string
  readonly stamp: Stamp | null
}

export interface ParcelFinish {
  readonly parcelId: string
  readonly orderIds: readonly string[]
  readonly orderNumbers: readonly string[]
  readonly source: OrderSource
  readonly personRef: string
  readonly courier: string
  readonly waybillNumber: string
  readonly waybillKey: string
  readonly weightGrams: number | null
  readonly weightSource: 'hand' | 'scale' | null
  readonly packerId: string
  readonly packerName: string
  readonly destination: string
  readonly labelJobId: string
  readonly leaseToken: number | null
  readonly at: number
  readonly lines: PackTask['lines']
  readonly trail: PackTask['trail']
  /** What it took of the packing supplies (LBL-6); absent where none were set up. */
  readonly supplies?: readonly SupplyUse[]
  /** Task in which it was packed: how its evidence is found (PAK-8). */
  readonly taskId?: string
  /** Marks of the addresses that the label was made for, by order (ORD-2). */
  readonly addressMarks?: Readonly<Record<string, string>>
  readonly weighing?: Weighing
  /** Packing supply that it went into. */
  readonly packing?: string
  readonly sizeMm?: readonly [number, number, number]
  readonly volumetricGrams?: number
  /** How its goods were to be packed, confirmed by who signed (PAK-6). */
  readonly rules?: readonly ParcelRule[]
}

export interface ParcelRow {
  readonly parcelId: string
  readonly finish: ParcelFinish | null
  readonly voided: { readonly at: number; readonly personId: string | null; readonly reason: string } | null
  readonly handedOver: {
    readonly at: number
    readonly handoverNo: string
    readonly theirWeightGrams: number | null
    readonly theirFeeFen: number | null
    readonly acceptedReason: string | null
  } | null
  /** What the camera kept and on which station it lies (PAK-8); absent until it was noted, or with no camera. */
  readonly evidence?: Omit<EvidenceNote, 'parcelId'> & { readonly stationId: string; readonly at: number }
  /** Every voiding and hand-over, by event: more than one means that two stations ended it, each without the other. */
  readonly ends: readonly string[]
  /** Derived index values. */
  readonly waybillNumber: string
  readonly orderIds: readonly string[]
  readonly orderCodes: readonly string[]
  readonly skuCodes: readonly string[]
  readonly personRef: string
  readonly packerId: string
  readonly courier: string
  readonly finishedAt: number
  readonly state: 'partial' | 'packed' | 'voided' | 'handedOver'
}

export interface WaybillRow {
  /** `courier/number`. */
  readonly key: string
  readonly courier: string
  readonly number: string
  readonly sortCode: string
  /** Place in the pool: file order, then row. */
  readonly position: number
  readonly loaded: boolean
  /** Every file that brought it, by event: more than one station means that one pool was taken in twice. */
  readonly loads: readonly { readonly eventId: string; readonly stationId: string }[]
  /** Who loaded it first by hub order: its holder as long as it was never given to anybody. */
  readonly firstLoad: { readonly stationId: string; readonly stamp: Stamp } | null
  /** Whom it was given to last; empty: back at the hub, `aside`: nobody may use it (decision 7). */
  readonly tenure: { readonly holder: string; readonly stamp: Stamp } | null
  /** Parcel that used it; a number is used once, ever (LBL-5). */
  readonly usedBy: string | null
  /** All parcels that used it; two are a discrepancy. */
  readonly users: readonly string[]
  readonly burnt: boolean
  /** Absent for numbers of a pool. The first station that had it from a service, by hub order, and for which order. */
  readonly fetched?: FetchedFor
  /** The order whose label was printed under it before picking, first by hub order (PAK-11). */
  readonly assigned?: { readonly orderId: string; readonly stationId: string; readonly stamp: Stamp }
  /** Index key, equal to `fetched.orderId`. */
  readonly fetchedFor?: string
  /**
   * Derived: `holder/courier` while the number is free, else empty; index for a station's next free one. A number that
   * a service gave for an order, or whose label was printed for one, stands under that order, where nobody looks for a
   * pool's next one.
   */
  readonly freeFor: string
}

/** Whose a number from an e-waybill service is (LBL-5). */
export interface FetchedFor {
  readonly stationId: string
  readonly orderId: string
  readonly parcelKey: string
  readonly accountId: string
  readonly labelData: Readonly<Record<string, string>>
  readonly stamp: Stamp
}

export interface NoticeRow {
  readonly noticeNo: string
  readonly supplier: string
  readonly lines: readonly {
    readonly skuCode: string
    readonly quantity: number
    readonly priceFen: number | null
  }[]
  readonly stamp: Stamp
}

export interface GoodsInNoteRow {
  readonly noteNo: string
  readonly noticeNo: string | null
  readonly supplier: string
  readonly postedAt: number
  readonly pieces: number
  readonly lines: readonly ReceiveTask['lines'][string][]
  readonly signatures: ReceiveTask['signatures']
}

export interface HandoverRow {
  readonly handoverNo: string
  readonly courier: string
  readonly closedAt: number
  readonly parcels: HandoverTask['parcels']
  readonly signedBy: string
}

export type PersonRow = Person & { readonly stamp: Stamp }

/**
 * `batched`: waits for its batch to let it go; `queued`: not yet at the host; `sent`: the host has it, waiting or being
 * sent; `unknown`: only a person can say whether it came out; `cancelled`: a person decided that it shall not.
 */
export type PrintJobPhase = 'batched' | 'queued' | 'sent' | 'printed' | 'failed' | 'unknown' | 'cancelled'

/** One paper to print (LBL-4). Rows of older versions lack some members: read them through `fullJob`. */
export interface PrintJobRow {
  readonly jobId: string
  readonly document: LabelDocument
  readonly personRef: string | null
  /** Waybill or document number the job belongs to. */
  readonly subject: string
  readonly state: PrintJobPhase
  readonly createdAt: number
  /** Why it is printed again; empty for the first time. */
  readonly reason: string
  /** In the printer's or the system's words. */
  readonly detail: string
  readonly file: string
  /** Above zero: how often this paper had been printed before. */
  readonly copy: number
  /** The printer that a person chose; null: by kind of paper. */
  readonly printerId: string | null
  /** Where it went, in words; empty while nobody knows. */
  readonly printerName: string
  readonly trouble: PrintTrouble | null
  readonly attempts: number
  /** The host has taken it over and keeps what became of it. */
  readonly atHost: boolean
  /** Index key, equal to `batch.batchId`; absent outside a batch. */
  readonly batchId?: string
  readonly batch: {
    readonly batchId: string
    /** Place in the batch, from 0. */
    readonly index: number
    readonly size: number
  } | null
}

/** Many labels printed one after another, with a way to stop and to begin again at any of them. */
export interface PrintBatchRow {
  readonly batchId: string
  readonly what: 'sku' | 'bin' | 'pick-slip' | 'put-wall'
  /** `writing`: not all labels are written down yet, none is printed. */
  readonly state: 'writing' | 'running' | 'paused' | 'cancelled'
  readonly size: number
  /** Labels written down so far. */
  readonly written: number
  readonly printerId: string | null
  readonly createdAt: number
  readonly personId: string | null
  /** Times it was begun again in the middle. */
  readonly passes: number
  /** A new beginning that is not written down to its end: the batch stands still until it is. */
  readonly resuming: { readonly from: number; readonly pass: number; readonly next: number } | null
}

/** Things for a person to look at: a count after goods were found, … */
export interface TodoRow {
  readonly todoId: string
  readonly kind: 'countBin' | 'countSku'
  readonly subject: string
  readonly reason: string
  readonly at: number
  readonly done: boolean
}

/** Half of a file pair that waits for the other (formats.md, Taobao item report). */
export interface StagedRow {
  readonly id: string
  readonly kind: 'orders' | 'items'
  readonly at: number
  readonly fileName: string
  readonly payload: unknown
}

export interface MappingRow {
  readonly fingerprint: string
  readonly kind: string
  readonly mapping: Readonly<Record<string, string>>
}

/** A contradiction between events, derived; only its resolution is an event (decision 4). */
export interface DiscrepancyRow {
  readonly id: string
  readonly kind:
    | 'oversold'
    | 'doublePack'
    | 'mergedTwice'
    | 'endedTwice'
    | 'waybillTwice'
    | 'poolTwice'
    | 'writtenTwice'
  readonly subject: string
  readonly eventIds: readonly string[]
}

/** What a person decided about a contradiction, last writer wins. */
export interface ResolutionRow {
  readonly discrepancyId: string
  readonly kind: string
  readonly subject: string
  readonly decision: string
  readonly note: string
  readonly personId: string | null
  readonly stationId: string
  readonly at: number
  readonly stamp: Stamp
}

/** One writing of a field, kept for ever. */
export interface DetailWrite {
  readonly eventId: string
  readonly stationId: string
  readonly personId: string | null
  readonly at: number
  readonly value: string
  /** Event whose value the writer had before their eyes; null: there was none. */
  readonly seen: string | null
  readonly stamp: Stamp
}

/** A field that people describe things by: its value is the last write's, the others are its history (SYN-1). */
export interface DetailRow {
  /** `sku:2031-…:note`, `setting:shopName:value`. */
  readonly id: string
  readonly value: string
  /** Sorted by event id. */
  readonly writes: readonly DetailWrite[]
}

/**
 * An order on somebody's desk as the hub last told this station; not part of the ledger, and gone with the database.
 */
export interface LeaseRow {
  readonly orderId: string
  readonly tag: 'granted' | 'held'
  readonly token: number
  readonly stationId: string
  readonly stationName: string
  /** Milliseconds since 1970 by this station's clock. */
  readonly expiresAt: number
}

/** A packing supply: its settings are the last writer's, its figures are sums (LBL-6). */
export type SupplyRow = SupplyFigures & {
  readonly lastCount: { readonly counted: number; readonly at: number; readonly stamp: Stamp } | null
  /** Null while something was used or came in of it, and what it is has not arrived. */
  readonly stamp: Stamp | null
}

/**
 * What this station has learned of the weight of a SKU (`sku:CODE`) or a packing (`packing:ID`): derived from finished
 * parcels in the order in which they came here, so no two stations need agree (PAK-4).
 */
export interface WeightRow {
  readonly id: string
  readonly learned: LearnedWeight
  readonly flags: number
}

/** The latest parcels from which a {@link WeightRow} was learned; apart, because a verdict does not need them. */
export interface WeighingRow {
  readonly id: string
  readonly recent: readonly WeighedParcel[]
}

/** The shop as set up, last writer wins. */
export interface SettingRow {
  readonly name: string
  readonly value: unknown
  readonly stamp: Stamp
}

/** What belongs to this database alone: cursors, counters, the session. */
export interface MetaRow {
  readonly key: string
  readonly value: unknown
}

/** All tables of a station. */
export interface Rows {
  records: LogRecord
  desk: Task
  held: Task
  skus: SkuRow
  tags: TagRow
  bins: BinRow
  balances: BalanceRow
  movements: MovementRow
  orders: OrderRow
  demand: DemandRow
  readiness: ReadinessRow
  recipients: RecipientRow
  parcels: ParcelRow
  waybills: WaybillRow
  notices: NoticeRow
  notes: GoodsInNoteRow
  handovers: HandoverRow
  people: PersonRow
  printJobs: PrintJobRow
  printBatches: PrintBatchRow
  todos: TodoRow
  staged: StagedRow
  mappings: MappingRow
  discrepancies: DiscrepancyRow
  resolutions: ResolutionRow
  details: DetailRow
  leases: LeaseRow
  settings: SettingRow
  supplies: SupplyRow
  shorts: ShortRow
  slots: SlotRow
  weights: WeightRow
  weighings: WeighingRow
  meta: MetaRow
}
export type TableName = keyof Rows

/** How a table is keyed and indexed. `[a+b]` is compound, `*a` multi-entry, `&a` unique; rows without the value are not in the index. */
export interface TableSpec {
  readonly key: string
  readonly autoIncrement?: boolean
  readonly indexes: readonly string[]
}

export const TABLES: { readonly [N in TableName]: TableSpec } = {
  records: {
    key: 'seq',
    autoIncrement: true,
    indexes: ['&commandId', '&eventId', 'outboxCounter', 'checkpointAt'],
  },
  desk: { key: 'area', indexes: [] },
  held: { key: 'taskId', indexes: ['area'] },
  skus: { key: 'code', indexes: ['*codes', 'item'] },
  tags: { key: 'code', indexes: ['skuCode'] },
  bins: { key: 'code', indexes: ['category'] },
  balances: { key: 'key', indexes: ['skuCode', 'place'] },
  movements: { key: 'id', indexes: ['skuCode', '*keys', '*entities'] },
  orders: {
    key: 'orderId',
    indexes: [
      'codeKey',
      '[queue+deadlineAt]',
      'deadlineAt',
      'mergeGroup',
      'buyerKey',
      'noteSince',
      'releasedAt',
    ],
  },
  demand: { key: 'lineId', indexes: ['skuCode', 'orderId'] },
  readiness: { key: 'orderId', indexes: ['state', '[state+deadlineAt]', 'bareDeadlineAt', 'flagged'] },
  recipients: { key: 'personRef', indexes: ['phoneTail', 'name'] },
  parcels: {
    key: 'parcelId',
    indexes: [
      'waybillNumber',
      '*orderIds',
      '*orderCodes',
      '*skuCodes',
      'personRef',
      'packerId',
      'finishedAt',
      '[state+finishedAt]',
    ],
  },
  waybills: { key: 'key', indexes: ['number', '[freeFor+position]', 'fetchedFor'] },
  notices: { key: 'noticeNo', indexes: [] },
  notes: { key: 'noteNo', indexes: ['postedAt'] },
  handovers: { key: 'handoverNo', indexes: ['closedAt'] },
  people: { key: 'personId', indexes: ['badgeHash'] },
  printJobs: { key: 'jobId', indexes: ['state', 'subject', 'createdAt', '[batchId+state]'] },
  printBatches: { key: 'batchId', indexes: ['state', 'createdAt'] },
  todos: { key: 'todoId', indexes: [] },
  staged: { key: 'id', indexes: ['kind'] },
  mappings: { key: 'fingerprint', indexes: [] },
  discrepancies: { key: 'id', indexes: [] },
  resolutions: { key: 'discrepancyId', indexes: [] },
  details: { key: 'id', indexes: [] },
  leases: { key: 'orderId', indexes: [] },
  settings: { key: 'name', indexes: [] },
  supplies: { key: 'supplyId', indexes: [] },
  shorts: { key: 'key', indexes: ['state'] },
  slots: { key: 'code', indexes: [] },
  weights: { key: 'id', indexes: [] },
  weighings: { key: 'id', indexes: [] },
  meta: { key: 'key', indexes: [] },
}

export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[]
