import { addressMark } from '../../domain/orders/address-mark.ts'
import { checkAddress } from '../../domain/orders/check-address.ts'
import type { PlatformStatus, Recipient } from '../../domain/orders/order.ts'
import { reaches } from '../../domain/shipping/choose-courier.ts'
import { COURIER_RULES, readCourierTable } from '../../domain/shipping/choose-courier-table.ts'
import { canonicalJson } from '../../ledger/canonical.ts'
import type { DecideContext } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import { labelsOfParcel } from '../order-labels.ts'
import { liveParcelOf } from '../row-changes.ts'
import type { CommandAnswer, OrderRow, PersonalData, Rows } from '../tables.ts'
import type { CommandOf, IncomingOrder } from './command.ts'
import { voidLabels } from '../areas/label-first.ts'
import { isOrderOver, setStaleAside } from './fetched-commands.ts'

/** What an import chunk posts: only what is new or different; the rest is counted as unchanged (ORD-1). */
export interface ImportOutcome {
  readonly answer: CommandAnswer
  readonly events: readonly StationEvent[]
  readonly personal: readonly { readonly personRef: string; readonly data: PersonalData }[]
}

function outcome(
  accepted: number,
  unchanged: number,
  events: readonly StationEvent[],
  personal: ImportOutcome['personal'] = [],
): ImportOutcome {
  return {
    answer: { tag: 'imported', counts: { accepted, unchanged } },
    events: accepted > 0 ? events : [],
    personal,
  }
}

/** CAT-6: SKUs that differ from what is known. */
export async function importSkus(tx: ReadTx, command: CommandOf<'ImportSkus'>): Promise<ImportOutcome> {
  const { file } = command
  const rows = await tx.getMany(
    'skus',
    command.skus.map((sku) => sku.code),
  )
  const changed = command.skus.filter((sku, index) => {
    const row = rows[index]
    return !row?.stamp || !sameMembers(sku, row)
  })
  const event: StationEvent = {
    type: 'SkusImported',
    movements: [],
    entities: [],
    body: { file, skus: [...changed] },
  }
  return outcome(changed.length, command.skus.length - changed.length, [event])
}

/** True when every member of `record` stands in `row` with the same value. */
function sameMembers(record: object, row: object): boolean {
  const known = new Map(Object.entries(row))
  return Object.entries(record).every(
    ([name, value]) => canonicalJson(value) === canonicalJson(known.get(name)),
  )
}

/** PUT-1: bins that differ from what is known. */
export async function importBins(tx: ReadTx, command: CommandOf<'ImportBins'>): Promise<ImportOutcome> {
  const { file } = command
  const rows = await tx.getMany(
    'bins',
    command.bins.map((bin) => bin.code),
  )
  const changed = command.bins.filter((bin, index) => !rows[index] || !sameMembers(bin, rows[index]))
  const event: StationEvent = {
    type: 'BinsImported',
    movements: [],
    entities: [],
    body: { file, bins: [...changed] },
  }
  return outcome(changed.length, command.bins.length - changed.length, [event])
}

/** RCV-1: an advance notice; the same notice again changes nothing. Counts are its lines. */
export async function importNotice(tx: ReadTx, command: CommandOf<'ImportNotice'>): Promise<ImportOutcome> {
  const { notice, file } = command
  const known = await tx.get('notices', notice.noticeNo)
  if (known && sameMembers(notice, known)) return outcome(0, notice.lines.length, [])
  const body = { file, noticeNo: notice.noticeNo, supplier: notice.supplier, lines: [...notice.lines] }
  const event: StationEvent = {
    type: 'NoticeImported',
    movements: [],
    entities: [`notice:${notice.noticeNo}`],
    body,
  }
  return outcome(notice.lines.length, 0, [event])
}

/** LBL-5: numbers that the pool does not hold yet, used or not. */
export async function loadWaybills(tx: ReadTx, command: CommandOf<'LoadWaybills'>): Promise<ImportOutcome> {
  const rows = await tx.getMany(
    'waybills',
    command.waybills.map((waybill) => `${waybill.courier}/${waybill.number}`),
  )
  const fresh = command.waybills.filter((_, index) => !rows[index]?.loaded)
  const event: StationEvent = {
    type: 'WaybillsLoaded',
    movements: [],
    entities: [],
    body: { file: command.file, waybills: [...fresh] },
  }
  return outcome(fresh.length, command.waybills.length - fresh.length, [event])
}

/** ORD-1: orders that are new or whose platform record moved on; a newer status does update. */
export async function importOrders(
  tx: ReadTx,
  command: CommandOf<'ImportOrders'>,
  { stationId }: Pick<DecideContext, 'stationId'>,
): Promise<ImportOutcome> {
  const [rows, couriers] = await Promise.all([
    tx.getMany(
      'orders',
      command.orders.map((order) => order.platform.orderId),
    ),
    tx.get('settings', COURIER_RULES),
  ])
  const table = readCourierTable(couriers?.value)
  const isReached = (recipient: Omit<Recipient, 'personRef'>): boolean =>
    [table.usual, table.fallback].some((courier) => reaches(table, courier, recipient))
  const changed: IncomingOrder[] = []
  const moved: string[] = []
  const over: OrderRow[] = []
  for (const [index, given] of command.orders.entries()) {
    const order = withAddressChecked(given, isReached)
    const known = rows[index]
    if (!isNews(order, known)) continue
    changed.push(order)
    if (known && isOrderOver({ ...known, platform: order.platform })) over.push(known)
    const mark = known?.platform?.addressMark
    if (mark !== undefined && mark !== order.platform.addressMark) moved.push(order.platform.orderId)
  }
  const event: StationEvent = {
    type: 'OrdersImported',
    movements: [],
    entities: changed.map((order) => `order:${order.platform.orderId}`),
    body: { file: command.file, orders: changed.map((order) => order.platform) },
  }
  const personal = changed.map(({ recipient }) => ({
    personRef: recipient.personRef,
    data: { what: 'recipient', recipient } as const,
  }))
  // PAK-11: a label that was printed ahead for an order that is over by now goes out with nothing.
  const unpacked = over.filter((order) => liveParcelOf(order) === null)
  const voided = await voidLabels(tx, labelsOfParcel(unpacked), 'orderClosed', { stationId })
  const events = [event, ...(await setStaleAside(tx, moved, stationId)), ...voided]
  return outcome(changed.length, command.orders.length - changed.length, events, personal)
}

/** Statuses that a platform does not take back; an older file must not bring such an order to life again. */
const FINAL: ReadonlySet<PlatformStatus> = new Set(['closed', 'refunded', 'done'])

/**
 * ORD-5: the address is checked once, here, while it is at hand; orders know the outcome and a mark, no more. A changed
 * address is news by its mark, and only by that: which of its parts changed stays with the recipient (decision 8).
 */
function withAddressChecked(
  { platform, recipient }: IncomingOrder,
  isReached: (recipient: Omit<Recipient, 'personRef'>) => boolean,
): IncomingOrder {
  const hasDistricts = platform.source === 'taobao' || platform.source === 'generic'
  const doubts = checkAddress(recipient, { reaches: isReached, hasDistricts })
  const checked = { ...platform, addressMark: addressMark(recipient) }
  return { platform: doubts.length === 0 ? checked : { ...checked, doubts }, recipient }
}

function isNews(order: IncomingOrder, row: Rows['orders'] | undefined): boolean {
  const known = row?.platform
  if (!known) return true
  if (FINAL.has(known.status) && !FINAL.has(order.platform.status)) return false
  const { addressMark: mark, doubts = [], ...rest } = order.platform
  if (!sameMembers(rest, known)) return true
  // Records from before addresses were marked: the same file again must change nothing.
  if (known.addressMark === undefined) return false
  return known.addressMark !== mark || canonicalJson(known.doubts ?? []) !== canonicalJson(doubts)
}
