import { normaliseCode } from '../base/text.ts'
import { resolveColumns } from './columns.ts'
import { createFieldReader, type FieldReader, missingColumnRefusals } from './field-reader.ts'
import { type GroupedRow, groupOrders } from './order-groups.ts'
import { type MappedField, ORDER_HEADER_NAMES, type OrderMapping } from './order-mapping.ts'
import { DEFAULT_OFFSET_MINUTES } from './parse-time.ts'
import type { Table } from './read-table.ts'
import type { OrderLine, OrderRecord, OrderStatus, Recipient } from './records.ts'
import { type Notice, notice } from './refusal.ts'
import { type RowOutcome, recordOutcome } from './row-outcome.ts'
import { splitTaobaoAddress } from './taobao-address.ts'
import type { OrderFileOptions } from './taobao-orders.ts'
import { taobaoStatus } from './taobao-status.ts'

export interface MappedFileOptions extends OrderFileOptions {
  readonly source: 'woocommerce' | 'generic'
  readonly mapping: OrderMapping
  /** For amounts without a currency column. */
  readonly currency?: string
}

interface MappedRow {
  readonly order: OrderRecord
  readonly item: Omit<OrderLine, 'lineNo'>
}

type Reader = FieldReader<MappedField>

/** Orders of a file whose columns a person has mapped (WooCommerce and anything else): one row per ordered SKU. */
export function* interpretMappedOrders(
  table: Table,
  options: MappedFileOptions,
): Generator<RowOutcome<OrderRecord>> {
  const names = Object.fromEntries(
    Object.keys(ORDER_HEADER_NAMES).map((field) => {
      const header = options.mapping[field as MappedField]
      return [field, header === undefined ? [] : [header]]
    }),
  ) as Record<MappedField, string[]>
  const columns = resolveColumns<MappedField>(table.headers, names)
  const missing = missingColumnRefusals(columns, ['number', 'skuCode', 'quantity'])
  for (const absent of missing) yield { tag: 'refused', refusal: absent }
  if (missing.length > 0) return
  const reader = createFieldReader(columns, options.offsetMinutes ?? DEFAULT_OFFSET_MINUTES)
  yield* groupOrders<MappedRow, OrderRecord>(table, {
    readRow(row) {
      reader.start(row)
      const value = { order: readOrder(reader, options), item: readItem(reader) }
      return { orderKey: value.order.numberKey, value, refusal: reader.refused() }
    },
    join: joinRows,
  })
}

function readItem(reader: Reader): MappedRow['item'] {
  const skuCode = reader.wantedCode('skuCode')
  const quantity = reader.count('quantity')
  if (quantity === null) reader.refuse('quantity', 'missingField', '')
  if (quantity === 0) reader.refuse('quantity', 'outOfRange', '0')
  return {
    skuCode,
    skuKey: normaliseCode(skuCode),
    title: reader.text('title'),
    attributes: reader.text('attributes'),
    quantity: quantity ?? 0,
    priceFen: reader.fen('price'),
    status: null,
  }
}

function readOrder(reader: Reader, options: MappedFileOptions): OrderRecord {
  const number = reader.wantedCode('number')
  const { status, statusText } = readStatus(reader)
  const createdAt = reader.time('createdAt')
  const wasPaid = status === 'paid' || status === 'shipped' || status === 'done'
  return {
    source: options.source,
    number,
    numberKey: normaliseCode(number),
    status,
    statusText,
    createdAt,
    // Without a paid column the order's own time gives the earliest deadline, which is the safe side (ORD-3).
    paidAt: reader.has('paidAt') ? reader.time('paidAt') : wasPaid ? createdAt : null,
    buyer: reader.text('buyer'),
    message: reader.text('message'),
    memo: reader.text('memo'),
    recipient: readRecipient(reader),
    lines: [],
    expectedPieces: null,
    totalFen: reader.fen('total'),
    currency: reader.text('currency') || (options.currency ?? 'CNY'),
    encoding: options.encoding,
  }
}

function readRecipient(reader: Reader): Recipient {
  const parts = (...fields: MappedField[]) =>
    fields.map((field) => reader.text(field)).filter((part) => part !== '')
  const whole = splitTaobaoAddress(reader.text('fullAddress'))
  return {
    name: reader.text('name') || parts('firstName', 'lastName').join(' '),
    company: reader.text('company'),
    phone: reader.code('phone'),
    province: reader.text('province') || whole.province,
    city: reader.text('city') || whole.city,
    district: reader.text('district') || whole.district,
    street: parts('street', 'street2').join(', ') || whole.street,
    postcode: reader.code('postcode') || whole.postcode,
    country: reader.text('country'),
  }
}

const STATUSES: Readonly<Record<string, OrderStatus>> = {
  // WooCommerce
  'checkout-draft': 'unpaid',
  pending: 'unpaid',
  'pending payment': 'unpaid',
  'on-hold': 'unpaid',
  'on hold': 'unpaid',
  failed: 'closed',
  processing: 'paid',
  completed: 'done',
  cancelled: 'closed',
  canceled: 'closed',
  refunded: 'refunded',
  // hand-made tables
  unpaid: 'unpaid',
  paid: 'paid',
  shipped: 'shipped',
  done: 'done',
  closed: 'closed',
  待付款: 'unpaid',
  未付款: 'unpaid',
  待发货: 'paid',
  已付款: 'paid',
  已发货: 'shipped',
  已完成: 'done',
  已关闭: 'closed',
  已取消: 'closed',
  退款中: 'refunding',
  已退款: 'refunded',
}

/** A file without a status column lists orders that are to be shipped. */
function readStatus(reader: Reader): { status: OrderStatus; statusText: string } {
  if (!reader.has('status')) return { status: 'paid', statusText: '' }
  const statusText = reader.wantedText('status')
  const key = statusText.toLowerCase().replace(/^wc-/, '')
  const status = Object.hasOwn(STATUSES, key) ? STATUSES[key] : taobaoStatus(statusText)
  if (!status) reader.refuse('status', 'unknownStatus', statusText)
  return { status: status ?? 'unpaid', statusText }
}

/** Of two rows of one order that disagree, the one that ships less counts. */
const CAUTION: readonly OrderStatus[] = [
  'closed',
  'refunded',
  'refunding',
  'unpaid',
  'done',
  'shipped',
  'paid',
]

function joinRows(rows: readonly GroupedRow<MappedRow>[]): RowOutcome<OrderRecord> {
  const orders = rows.map((row) => row.value.order)
  const careful = orders.reduce((a, b) => (CAUTION.indexOf(b.status) < CAUTION.indexOf(a.status) ? b : a))
  const first = orders[0] ?? careful
  const lines = rows.map((row, i) => ({ lineNo: i + 1, ...row.value.item }))
  const { status, statusText, paidAt } = careful
  return recordOutcome(
    rows[0]?.line ?? 0,
    { ...first, status, statusText, paidAt, lines },
    disagreements(rows),
  )
}

/** Rows of one order that name another status or recipient than its first row: taken in, and shown. */
function disagreements(rows: readonly GroupedRow<MappedRow>[]): Notice[] {
  const first = rows[0]?.value.order
  return rows.flatMap(({ line, value: { order } }) => {
    const notices: Notice[] = []
    const add = (field: string, value: string) =>
      notices.push(notice({ line, field, reason: 'rowsDisagree', value }))
    if (order.statusText !== first?.statusText) add('status', order.statusText)
    if (order.recipient.street !== first?.recipient.street) add('street', order.recipient.street)
    if (order.recipient.name !== first?.recipient.name) add('name', order.recipient.name)
    if (order.recipient.phone !== first?.recipient.phone) add('phone', order.recipient.phone)
    return notices
  })
}
