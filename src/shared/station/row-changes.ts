import { normaliseCode } from '../base/text.ts'
import type { Sku } from '../domain/catalogue/sku.ts'
import { blankSku, codesOfSku } from '../domain/catalogue/sku.ts'
import type { PlatformOrder } from '../domain/orders/order.ts'
import type { Person } from '../domain/people/person.ts'
import type { Bin } from '../domain/stock/bin.ts'
import type { SupplySettings } from '../domain/supplies/supply.ts'
import { canonicalJson } from '../ledger/canonical.ts'
import type { StockKey } from '../ledger/movement.ts'
import type { Place } from '../ledger/place.ts'
import { isFirst, isNewer, type Stamp } from '../ledger/stamp.ts'
import { applyDispatch, deriveDispatch, type DispatchChange } from './order-dispatch.ts'
import { countsAsPaid, deadlineOf } from '../domain/orders/desk.ts'
import { type DeskChange, deskIndexes, writeDesk, writeRelease } from './order-desk.ts'
import { applyLabel, type LabelChange } from './order-labels.ts'
import { reduceShort, reduceSlot, type ShortChange, type SlotRow } from './pick-rows.ts'
import type {
  BalanceRow,
  BinRow,
  DetailRow,
  DetailWrite,
  GoodsInNoteRow,
  HandoverRow,
  MovementRow,
  NoticeRow,
  OrderRow,
  ParcelRow,
  PersonRow,
  ResolutionRow,
  Rows,
  SettingRow,
  SkuRow,
  SupplyRow,
  TagRow,
  TodoRow,
  WaybillRow,
} from './tables.ts'

/**
 * What an event changes, row by row. Every reducer below gives the same row in whatever order its changes arrive:
 * sums commute, sets unite, last-writer fields take the greater stamp (decision 3). A property test shuffles them.
 */
export interface ChangesByTable {
  balances: { readonly place: Place; readonly stock: StockKey; readonly add: number }
  movements: MovementRow
  skus:
    | { readonly set: 'record'; readonly sku: Sku; readonly stamp: Stamp }
    | { readonly set: 'link'; readonly code: string; readonly skuCode: string }
  tags: TagRow
  bins: { readonly bin: Bin; readonly stamp: Stamp }
  orders:
    | { readonly set: 'platform'; readonly order: PlatformOrder; readonly stamp: Stamp }
    | { readonly set: 'wanted'; readonly lineNo: number; readonly measureMm: number; readonly stamp: Stamp }
    | {
        readonly set: 'parcel'
        readonly parcelId: string
        readonly fact: 'finished' | 'voided' | 'handedOver'
      }
    | ({ readonly set: 'desk'; readonly stamp: Stamp } & DeskChange)
    /** The greatest time counts: the same whatever comes first. */
    | { readonly set: 'released'; readonly at: number }
    | DispatchChange
    | LabelChange
  parcels:
    | { readonly set: 'finish'; readonly finish: NonNullable<ParcelRow['finish']> }
    | { readonly set: 'evidence'; readonly evidence: NonNullable<ParcelRow['evidence']> }
    | { readonly set: 'voided'; readonly voided: NonNullable<ParcelRow['voided']>; readonly eventId: string }
    | {
        readonly set: 'handedOver'
        readonly handedOver: NonNullable<ParcelRow['handedOver']>
        readonly eventId: string
      }
  waybills:
    | {
        readonly set: 'loaded'
        readonly courier: string
        readonly number: string
        readonly sortCode: string
        readonly position: number
        readonly stationId: string
        readonly stamp: Stamp
      }
    | {
        readonly set: 'fetched'
        readonly parcelKey: string
        readonly orderId: string
        readonly courier: string
        readonly number: string
        readonly sortCode: string
        readonly accountId: string
        readonly labelData: Readonly<Record<string, string>>
        readonly stationId: string
        readonly stamp: Stamp
      }
    | ({ readonly set: 'assigned' } & NonNullable<WaybillRow['assigned']>)
    | { readonly set: 'tenure'; readonly holder: string; readonly stamp: Stamp }
    | { readonly set: 'used'; readonly by: string }
    | { readonly set: 'burnt' }
  notices: NoticeRow
  notes: GoodsInNoteRow
  handovers: HandoverRow
  people: { readonly person: Person; readonly stamp: Stamp }
  settings: { readonly value: unknown; readonly stamp: Stamp }
  todos: TodoRow
  resolutions: ResolutionRow
  details: DetailWrite
  shorts: ShortChange
  slots: SlotRow
  supplies:
    | { readonly set: 'saved'; readonly supply: SupplySettings; readonly stamp: Stamp }
    | { readonly set: 'counted'; readonly counted: number; readonly at: number; readonly stamp: Stamp }
    /** A sum without a stamp: it is folded in once, as a balance is. */
    | { readonly set: 'moved'; readonly received: number; readonly used: number }
}
export type ProjectedTable = keyof ChangesByTable

/** One change of one row. */
export type RowChange = {
  [N in ProjectedTable]: { readonly table: N; readonly key: string; readonly change: ChangesByTable[N] }
}[ProjectedTable]

type Reducers = {
  readonly [N in ProjectedTable]: (
    row: Rows[N] | undefined,
    change: ChangesByTable[N],
    key: string,
  ) => Rows[N] | null
}

/** Folds a change into its row; null means that the row holds nothing any more. */
export const REDUCERS: Reducers = {
  balances: reduceBalance,
  movements: (_row, change) => change,
  skus: reduceSku,
  tags: agreedRow,
  bins: (row, change): BinRow =>
    isNewer(change.stamp, row?.stamp) || !row ? { ...change.bin, stamp: change.stamp } : row,
  orders: reduceOrder,
  parcels: reduceParcel,
  waybills: reduceWaybill,
  notices: (row, change) => (isNewer(change.stamp, row?.stamp) || !row ? change : row),
  notes: agreedRow,
  handovers: agreedRow,
  people: (row, change): PersonRow =>
    isNewer(change.stamp, row?.stamp) || !row ? { ...change.person, stamp: change.stamp } : row,
  settings: (row, change, key): SettingRow =>
    isNewer(change.stamp, row?.stamp) || !row ? { name: key, value: change.value, stamp: change.stamp } : row,
  todos: agreedRow,
  resolutions: (row, change): ResolutionRow => (isNewer(change.stamp, row?.stamp) || !row ? change : row),
  details: reduceDetail,
  supplies: reduceSupply,
  shorts: reduceShort,
  slots: reduceSlot,
}

/** Rows that are written once; should two ever claim one key, every station keeps the same one of them. */
function agreedRow<R>(row: R | undefined, change: R): R {
  return row !== undefined && canonicalJson(row) <= canonicalJson(change) ? row : change
}

function reduceBalance(
  row: BalanceRow | undefined,
  change: ChangesByTable['balances'],
  key: string,
): BalanceRow | null {
  const quantity = (row?.quantity ?? 0) + change.add
  if (quantity === 0) return null
  return row ? { ...row, quantity } : { ...change.stock, key, place: change.place, quantity }
}

function reduceSku(row: SkuRow | undefined, change: ChangesByTable['skus'], key: string): SkuRow {
  const base: SkuRow = row ?? { ...blankSku(key), codes: [], linkedCodes: [], stamp: null }
  if (change.set === 'link') {
    const linkedCodes = [...new Set([...base.linkedCodes, change.code])].sort()
    return { ...base, linkedCodes, codes: codesOfSku(base, linkedCodes) }
  }
  if (!isNewer(change.stamp, base.stamp)) return base
  return {
    ...change.sku,
    linkedCodes: base.linkedCodes,
    codes: codesOfSku(change.sku, base.linkedCodes),
    stamp: change.stamp,
  }
}

function reduceOrder(row: OrderRow | undefined, change: ChangesByTable['orders'], key: string): OrderRow {
  const base: OrderRow = row ?? {
    orderId: key,
    platform: null,
    stamp: null,
    wanted: {},
    parcels: {},
    codeKey: '',
    queue: 'closed',
    deadlineAt: 0,
  }
  return deriveDispatch(deriveOrder(applyToOrder(base, change)))
}

function applyToOrder(base: OrderRow, change: ChangesByTable['orders']): OrderRow {
  switch (change.set) {
    case 'platform':
      return isNewer(change.stamp, base.stamp)
        ? { ...base, platform: change.order, stamp: change.stamp }
        : base
    case 'wanted': {
      const known = base.wanted[change.lineNo]
      if (!isNewer(change.stamp, known?.stamp)) return base
      const wanted = { measureMm: change.measureMm, stamp: change.stamp }
      return { ...base, wanted: { ...base.wanted, [change.lineNo]: wanted } }
    }
    case 'parcel': {
      const parcel = { ...base.parcels[change.parcelId], [change.fact]: true }
      return { ...base, parcels: { ...base.parcels, [change.parcelId]: parcel } }
    }
    case 'desk':
      return writeDesk(base, change)
    case 'released':
      return writeRelease(base, change.at)
    case 'merge':
    case 'extras':
    case 'courier':
      return applyDispatch(base, change)
    case 'labelMade':
    case 'labelVoided':
      return applyLabel(base, change)
  }
}

/** The parcel that counts: finished and not voided. */
export function liveParcelOf(row: Pick<OrderRow, 'parcels'>): string | null {
  const live = Object.entries(row.parcels).find(([, parcel]) => parcel.finished && !parcel.voided)
  return live ? live[0] : null
}

function deriveOrder({ noteSince: _due, releasedAt: _released, ...row }: OrderRow): OrderRow {
  const platform = row.platform
  if (!platform) return row
  const open = countsAsPaid(row) && liveParcelOf(row) === null
  const derived: OrderRow = {
    ...row,
    codeKey: normaliseCode(platform.number),
    queue: open ? 'open' : 'closed',
    deadlineAt: deadlineOf(row),
  }
  return { ...derived, ...deskIndexes(derived) }
}

function reduceParcel(row: ParcelRow | undefined, change: ChangesByTable['parcels'], key: string): ParcelRow {
  const base: ParcelRow = row ?? {
    parcelId: key,
    finish: null,
    voided: null,
    handedOver: null,
    ends: [],
    waybillNumber: '',
    orderIds: [],
    orderCodes: [],
    skuCodes: [],
    personRef: '',
    packerId: '',
    courier: '',
    finishedAt: 0,
    state: 'partial',
  }
  return deriveParcel(applyToParcel(base, change))
}

function applyToParcel(base: ParcelRow, change: ChangesByTable['parcels']): ParcelRow {
  switch (change.set) {
    case 'finish':
      return base.finish ? base : { ...base, finish: change.finish }
    case 'evidence':
      return { ...base, evidence: agreedRow(base.evidence, change.evidence) }
    // Two stations apart may both take it back, or both hand it over: all keep the same one of the two.
    case 'voided':
      return {
        ...base,
        voided: agreedRow(base.voided ?? undefined, change.voided),
        ends: endsWith(base, change.eventId),
      }
    case 'handedOver':
      return {
        ...base,
        handedOver: agreedRow(base.handedOver ?? undefined, change.handedOver),
        ends: endsWith(base, change.eventId),
      }
  }
}

const endsWith = ({ ends }: ParcelRow, eventId: string): string[] => [...new Set([...ends, eventId])].sort()

function deriveParcel(row: ParcelRow): ParcelRow {
  const finish = row.finish
  if (!finish) return row
  return {
    ...row,
    waybillNumber: normaliseCode(finish.waybillNumber),
    orderIds: finish.orderIds,
    orderCodes: finish.orderNumbers.map(normaliseCode),
    skuCodes: [...new Set(finish.lines.map((line) => line.skuCode))].sort(),
    personRef: finish.personRef,
    packerId: finish.packerId,
    courier: finish.courier,
    finishedAt: finish.at,
    state: row.handedOver ? 'handedOver' : row.voided ? 'voided' : 'packed',
  }
}

function reduceWaybill(
  row: WaybillRow | undefined,
  change: ChangesByTable['waybills'],
  key: string,
): WaybillRow {
  const base: WaybillRow = row ?? {
    key,
    courier: '',
    number: '',
    sortCode: '',
    position: 0,
    loaded: false,
    loads: [],
    firstLoad: null,
    tenure: null,
    usedBy: null,
    users: [],
    burnt: false,
    freeFor: '',
  }
  const next = applyToWaybill(base, change)
  const free = next.loaded && next.usedBy === null && !next.burnt
  const orderId = next.assigned?.orderId ?? next.fetched?.orderId
  const holder = orderId === undefined ? holderOf(next) : boundTo(orderId)
  return { ...next, freeFor: free ? freeForKey(holder, next.courier) : '' }
}

/**
 * Whose number it is: the last one it was given to, else who fetched or loaded it first; empty while the hub has it.
 */
export function holderOf(row: Pick<WaybillRow, 'tenure' | 'firstLoad' | 'fetched'>): string {
  return row.tenure ? row.tenure.holder : (row.fetched?.stationId ?? row.firstLoad?.stationId ?? '')
}

/** How the holders of numbers begin that a service gave for an order, or whose label was printed: the order's first. */
export const BOUND = 'order:'

/** Stands for the holder in the index of free numbers where the number is one order's (LBL-5, PAK-11). */
export const boundTo = (orderId: string): string => `${BOUND}${orderId}`

/** Index value of the free numbers that a station may use (LBL-5, decision 7). */
export function freeForKey(holder: string, courier: string): string {
  return `${holder}/${courier}`
}

function applyToWaybill(base: WaybillRow, change: ChangesByTable['waybills']): WaybillRow {
  switch (change.set) {
    case 'loaded': {
      // Two pools may hold the same number: the first place in line and the greater sort code win, whoever comes first.
      const { courier, number, stationId, stamp } = change
      const position = base.loaded ? Math.min(base.position, change.position) : change.position
      const sortCode = [base.sortCode, change.sortCode].sort().at(-1) ?? ''
      const firstLoad = isFirst(stamp, base.firstLoad?.stamp) ? { stationId, stamp } : base.firstLoad
      const known = base.loads.some((load) => load.eventId === stamp.eventId)
      const loads = known
        ? base.loads
        : [...base.loads, { eventId: stamp.eventId, stationId }].sort(byEventId)
      const plain = normaliseCode(number)
      return { ...base, courier, number: plain, sortCode, position, loaded: true, firstLoad, loads }
    }
    case 'fetched': {
      const { courier, number, sortCode: given, stationId, orderId, parcelKey, accountId, labelData } = change
      const sortCode = [base.sortCode, given].sort().at(-1) ?? ''
      const position = base.loaded ? Math.min(base.position, 0) : 0
      const isFirstFetch = isFirst(change.stamp, base.fetched?.stamp)
      const own = { stationId, orderId, parcelKey, accountId, labelData, stamp: change.stamp }
      const fetched = isFirstFetch || !base.fetched ? own : base.fetched
      const plain = normaliseCode(number)
      const found = { courier, number: plain, sortCode, position, loaded: true }
      return { ...base, ...found, fetched, fetchedFor: fetched.orderId }
    }
    case 'assigned': {
      const { set: _set, ...assigned } = change
      return isFirst(assigned.stamp, base.assigned?.stamp) ? { ...base, assigned } : base
    }
    case 'tenure': {
      const { holder, stamp } = change
      return isNewer(stamp, base.tenure?.stamp) ? { ...base, tenure: { holder, stamp } } : base
    }
    case 'used': {
      // Two parcels that used one number are a discrepancy; the row names the smaller id on every station.
      const users = [...new Set([...base.users, change.by])].sort()
      return { ...base, users, usedBy: users[0] ?? null }
    }
    case 'burnt':
      return { ...base, burnt: true }
  }
}

const byEventId = (a: { readonly eventId: string }, b: { readonly eventId: string }): number =>
  a.eventId < b.eventId ? -1 : 1

function reduceDetail(row: DetailRow | undefined, change: DetailWrite, id: string): DetailRow {
  const others = (row?.writes ?? []).filter((write) => write.eventId !== change.eventId)
  const known = row?.writes.find((write) => write.eventId === change.eventId)
  const kept = known && !isNewer(change.stamp, known.stamp) ? known : change
  const writes = [...others, kept].sort(byEventId)
  const last = writes.reduce((a, b) => (isNewer(b.stamp, a.stamp) ? b : a))
  return { id, value: last.value, writes }
}

function reduceSupply(
  row: SupplyRow | undefined,
  change: ChangesByTable['supplies'],
  supplyId: string,
): SupplyRow {
  const base: SupplyRow = row ?? {
    supplyId,
    name: '',
    unit: 'piece',
    perParcel: 0,
    perReprint: 0,
    warnBelow: 0,
    active: false,
    received: 0,
    used: 0,
    lastCount: null,
    stamp: null,
  }
  switch (change.set) {
    case 'moved':
      return { ...base, received: base.received + change.received, used: base.used + change.used }
    case 'saved': {
      if (!isNewer(change.stamp, base.stamp)) return base
      // An optional member that the newer one leaves out must not stay behind from the older.
      const { packing: _older, ...rest } = base
      return { ...rest, ...change.supply, stamp: change.stamp }
    }
    case 'counted': {
      const { counted, at, stamp } = change
      return isNewer(stamp, base.lastCount?.stamp) ? { ...base, lastCount: { counted, at, stamp } } : base
    }
  }
}

/** The write whose value a field shows. */
export function currentWrite(row: DetailRow): DetailWrite | undefined {
  return row.writes.reduce<DetailWrite | undefined>(
    (a, b) => (a === undefined || isNewer(b.stamp, a.stamp) ? b : a),
    undefined,
  )
}
