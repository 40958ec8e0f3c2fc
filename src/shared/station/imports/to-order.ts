import { assert } from '../../base/assert.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { type ShopClock, shippingDeadline } from '../../domain/orders/deadline.ts'
import {
  type Flag,
  type OrderLine,
  orderIdOf,
  type PlatformOrder,
  type PlatformStatus,
  type Recipient,
} from '../../domain/orders/order.ts'
import type { OrderLine as FileLine, OrderRecord } from '../../formats/records.ts'
import { sha256Hex } from '../../ledger/canonical.ts'
import type { IncomingOrder } from '../commands/command.ts'
import { cutText, longField, type Misfit } from './limits.ts'

/** What an order's record does not say by itself. */
export interface OrderSurroundings {
  readonly clock: ShopClock
  /** Epoch ms; the deadline of an order without any time counts from here. */
  readonly importedAt: number
  /** The order as the station knows it, or null. */
  readonly known: PlatformOrder | null
}

/** The key of the recipient's record: the same on every station, and tells nothing about the person (decision 8). */
export const personRefOf = (orderId: string): string => `p-${sha256Hex(orderId).slice(0, 24)}`

/** The natural key of a file's order. */
export const orderIdOfRecord = (record: OrderRecord): string => orderIdOf(record.source, record.numberKey)

/** A file's order as the station keeps it, and apart from it whom it goes to (ORD-1, decision 8). */
export function toOrder(record: OrderRecord, around: OrderSurroundings): Result<IncomingOrder, Misfit> {
  const misfit = longField([
    ['number', record.number, 80],
    ...record.lines.map((line) => ['skuCode', line.skuKey, 120] as const),
  ])
  if (misfit) return err(misfit)
  const platform = { ...headOf(record, around), ...shippedPart(record.status, record.lines) }
  return ok({ platform, recipient: recipientOf(record, platform.personRef) })
}

/**
 * A newer state of an order that the station knows, from an order file without its item file: the lines stay as they
 * are. `paid` does not lift `refunding`, which only the item file, or a final state, can clear.
 */
export function toOrderUpdate(
  record: OrderRecord,
  known: PlatformOrder,
  around: Omit<OrderSurroundings, 'known'>,
): IncomingOrder {
  const head = headOf(record, { ...around, known })
  const stillRefunding = known.status === 'refunding' && record.status === 'paid'
  const status = stillRefunding ? known.status : record.status
  const statusText = stillRefunding ? known.statusText : head.statusText
  const platform = { ...head, status, statusText, lines: known.lines }
  return { platform, recipient: recipientOf(record, platform.personRef) }
}

function headOf(record: OrderRecord, around: OrderSurroundings): Omit<PlatformOrder, 'lines'> {
  const orderId = orderIdOfRecord(record)
  const { province, city, district } = record.recipient
  return {
    orderId,
    source: record.source,
    number: record.number,
    status: record.status,
    statusText: cutText(record.statusText, 80),
    createdAt: record.createdAt,
    paidAt: record.paidAt,
    deadlineAt: deadlineOf(record, around),
    buyer: cutText(record.buyer, 120),
    message: cutText(record.message, 1000),
    memo: cutText(record.memo, 1000),
    personRef: personRefOf(orderId),
    destination: cutText([province, city, district].filter((part) => part !== '').join(' '), 120),
    totalFen: record.totalFen,
    encoding: record.encoding,
    flag: flagOf(record.message, record.memo),
  }
}

/** ORD-3. Without any time the first import's moment stays the basis, so that the same file again changes nothing. */
function deadlineOf(record: OrderRecord, { clock, importedAt, known }: OrderSurroundings): number {
  const at = record.paidAt ?? record.createdAt
  if (at === null && known) return known.deadlineAt
  return shippingDeadline(at ?? importedAt, clock)
}

/** ORD-2: red = something was noted. */
const flagOf = (message: string, memo: string): Flag => (message !== '' || memo !== '' ? 'red' : 'none')

/**
 * The lines that ship, and what they make of a paid order's status: a line refunded or closed on its own drops out, one
 * under refund stops the order (ORD-2). An order whose every line is gone keeps them, for the record.
 */
export function shippedPart(
  status: PlatformStatus,
  lines: readonly FileLine[],
): Pick<PlatformOrder, 'status' | 'lines'> {
  assert(lines.length > 0, 'an order without lines waits for its item file')
  const live = lines.filter((line) => line.status !== 'refunded' && line.status !== 'closed')
  if (live.length === 0) return { status: status === 'paid' ? 'refunded' : status, lines: lines.map(lineOf) }
  const stopped = status === 'paid' && live.some((line) => line.status === 'refunding')
  return { status: stopped ? 'refunding' : status, lines: live.map(lineOf) }
}

function lineOf(line: FileLine): OrderLine {
  return {
    lineNo: line.lineNo,
    skuCode: line.skuKey,
    title: cutText(line.title, 300),
    attributes: cutText(line.attributes, 300),
    quantity: line.quantity,
    priceFen: line.priceFen,
  }
}

function recipientOf(record: OrderRecord, personRef: string): Recipient {
  const { name, company, phone, province, city, district, street, postcode, country } = record.recipient
  return { personRef, name, company, phone, province, city, district, street, postcode, country }
}
