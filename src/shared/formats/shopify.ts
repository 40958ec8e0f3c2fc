import { normaliseCode } from '../base/text.ts'
import { type ColumnNames, resolveColumns } from './columns.ts'
import { createFieldReader, type FieldReader, missingColumnRefusals } from './field-reader.ts'
import { type GroupedRow, groupOrders } from './order-groups.ts'
import { DEFAULT_OFFSET_MINUTES } from './parse-time.ts'
import type { Table } from './read-table.ts'
import type { OrderLine, OrderRecord, OrderStatus } from './records.ts'
import { refusal } from './refusal.ts'
import { type RowOutcome, recordOutcome } from './row-outcome.ts'
import type { OrderFileOptions } from './taobao-orders.ts'

/** Columns of Shopify's orders export that the station reads (formats.md). */
export const SHOPIFY_COLUMNS = {
  number: ['Name'],
  buyer: ['Email'],
  financialStatus: ['Financial Status'],
  fulfillmentStatus: ['Fulfillment Status'],
  cancelledAt: ['Cancelled at'],
  createdAt: ['Created at'],
  paidAt: ['Paid at'],
  currency: ['Currency'],
  total: ['Total'],
  quantity: ['Lineitem quantity'],
  title: ['Lineitem name'],
  price: ['Lineitem price'],
  skuCode: ['Lineitem sku'],
  requiresShipping: ['Lineitem requires shipping'],
  name: ['Shipping Name', 'Billing Name'],
  company: ['Shipping Company'],
  address1: ['Shipping Address1', 'Shipping Street'],
  address2: ['Shipping Address2'],
  city: ['Shipping City'],
  postcode: ['Shipping Zip'],
  province: ['Shipping Province'],
  country: ['Shipping Country'],
  phone: ['Shipping Phone', 'Phone', 'Billing Phone'],
  message: ['Notes'],
} as const satisfies ColumnNames<string>

type Field = keyof typeof SHOPIFY_COLUMNS

interface ShopifyRow {
  readonly order: OrderRecord | null
  readonly item: Omit<OrderLine, 'lineNo'> | null
}

/** Orders of a Shopify export: rows of one `Name` are one order, whose fields stand on its first row. */
export function* interpretShopify(
  table: Table,
  options: OrderFileOptions,
): Generator<RowOutcome<OrderRecord>> {
  const columns = resolveColumns<Field>(table.headers, SHOPIFY_COLUMNS)
  const missing = missingColumnRefusals(columns, [
    'number',
    'financialStatus',
    'createdAt',
    'quantity',
    'skuCode',
  ])
  for (const absent of missing) yield { tag: 'refused', refusal: absent }
  if (missing.length > 0) return
  const reader = createFieldReader(columns, options.offsetMinutes ?? DEFAULT_OFFSET_MINUTES)
  yield* groupOrders<ShopifyRow, OrderRecord>(table, {
    readRow(row, isFirstOfOrder) {
      reader.start(row)
      const number = reader.wantedCode('number')
      const orderKey = normaliseCode(number)
      const value: ShopifyRow = {
        order: isFirstOfOrder(orderKey) ? readOrder(reader, number, options) : null,
        item: readItem(reader),
      }
      return { orderKey, value, refusal: reader.refused() }
    },
    join: joinRows,
  })
}

function readItem(reader: FieldReader<Field>): ShopifyRow['item'] {
  // Gift cards and services are paid for but never packed.
  if (reader.text('requiresShipping').toLowerCase() === 'false') return null
  const skuCode = reader.wantedCode('skuCode')
  const quantity = reader.count('quantity')
  if (quantity === null) reader.refuse('quantity', 'missingField', '')
  if (quantity === 0) reader.refuse('quantity', 'outOfRange', '0')
  return {
    skuCode,
    skuKey: normaliseCode(skuCode),
    title: reader.text('title'),
    attributes: '',
    quantity: quantity ?? 0,
    priceFen: reader.fen('price'),
    status: null,
  }
}

function readOrder(reader: FieldReader<Field>, number: string, options: OrderFileOptions): OrderRecord {
  const { status, statusText } = readStatus(reader)
  const street = [reader.text('address1'), reader.text('address2')].filter((part) => part !== '').join(', ')
  return {
    source: 'shopify',
    number,
    numberKey: normaliseCode(number),
    status,
    statusText,
    createdAt: reader.time('createdAt'),
    paidAt: reader.time('paidAt'),
    buyer: reader.text('buyer'),
    message: reader.text('message'),
    memo: '',
    recipient: {
      name: reader.text('name'),
      company: reader.text('company'),
      phone: reader.code('phone'),
      province: reader.text('province'),
      city: reader.text('city'),
      district: '',
      street,
      postcode: reader.code('postcode'),
      country: reader.text('country'),
    },
    lines: [],
    expectedPieces: null,
    totalFen: reader.fen('total'),
    currency: reader.text('currency'),
    encoding: options.encoding,
  }
}

const FINANCIAL: Readonly<Record<string, OrderStatus>> = {
  pending: 'unpaid',
  authorized: 'unpaid',
  partially_paid: 'unpaid',
  expired: 'closed',
  paid: 'paid',
  // Someone has to look which line was paid back before anything is packed (ORD-2).
  partially_refunded: 'refunding',
  refunded: 'refunded',
  voided: 'closed',
}

function readStatus(reader: FieldReader<Field>): { status: OrderStatus; statusText: string } {
  const money = reader.wantedText('financialStatus').toLowerCase()
  const goods = reader.text('fulfillmentStatus').toLowerCase()
  const cancelled = reader.text('cancelledAt') !== ''
  const statusText = [money, goods, cancelled ? 'cancelled' : ''].filter((part) => part !== '').join(' / ')
  const status = FINANCIAL[money.replaceAll(' ', '_')]
  if (status === undefined) reader.refuse('financialStatus', 'unknownStatus', money)
  if (cancelled) return { status: status === 'refunded' ? 'refunded' : 'closed', statusText }
  if (status !== 'paid') return { status: status ?? 'unpaid', statusText }
  if (goods === 'fulfilled') return { status: 'shipped', statusText }
  if (goods === 'partial' || goods === 'partially fulfilled') {
    // The file does not say which pieces are gone; shipping all of them again would be worse than asking.
    reader.refuse('fulfillmentStatus', 'partlyShipped', goods)
  } else if (!['', 'unfulfilled', 'null', 'on_hold', 'scheduled'].includes(goods)) {
    reader.refuse('fulfillmentStatus', 'unknownStatus', goods)
  }
  return { status: 'paid', statusText }
}

function joinRows(rows: readonly GroupedRow<ShopifyRow>[]): RowOutcome<OrderRecord> {
  const first = rows[0]
  const order = first?.value.order
  const lines = rows.flatMap((row) => row.value.item ?? []).map((item, i) => ({ lineNo: i + 1, ...item }))
  const line = first?.line ?? 0
  if (!order || lines.length === 0) {
    const value = order?.number ?? ''
    return { tag: 'refused', refusal: refusal({ line, field: 'skuCode', reason: 'nothingToShip', value }) }
  }
  return recordOutcome(line, { ...order, lines })
}
