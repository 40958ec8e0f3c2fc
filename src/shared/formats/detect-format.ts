import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { BIN_COLUMNS } from './bins.ts'
import { CATALOGUE_COLUMNS } from './catalogue.ts'
import { hasColumns, headerKey } from './columns.ts'
import { NOTICE_COLUMNS } from './notice.ts'
import { SHOPIFY_COLUMNS } from './shopify.ts'
import { TAOBAO_ITEM_COLUMNS } from './taobao-items.ts'
import { TAOBAO_ORDER_COLUMNS } from './taobao-orders.ts'
import { WAYBILL_COLUMNS } from './waybill-pool.ts'

export type FileFormat =
  | 'taobao-orders'
  | 'taobao-items'
  | 'shopify-orders'
  | 'woocommerce-orders'
  | 'catalogue'
  | 'bins'
  | 'supplier-notice'
  | 'waybill-pool'
  | 'unknown'

/** Names that only WooCommerce's exporter plug-ins write together. */
const WOOCOMMERCE_COLUMNS = {
  number: ['order_number', 'order_id'],
  status: ['status', 'order_status'],
  item: ['item_sku', 'item_name', 'line_items'],
  recipient: ['shipping_first_name', 'shipping_address_1', 'billing_first_name'],
}

/** The format that the header names speak for. A known format needs no mapping; for `unknown` a person maps. */
export function detectFormat(headers: readonly string[]): FileFormat {
  if (hasColumns(headers, TAOBAO_ORDER_COLUMNS, ['number', 'status', 'address', 'createdAt']))
    return 'taobao-orders'
  if (hasColumns(headers, TAOBAO_ITEM_COLUMNS, ['orderNumber', 'title', 'quantity', 'attributes']))
    return 'taobao-items'
  if (hasColumns(headers, SHOPIFY_COLUMNS, ['number', 'financialStatus', 'skuCode', 'quantity']))
    return 'shopify-orders'
  if (hasColumns(headers, WOOCOMMERCE_COLUMNS, ['number', 'status', 'item', 'recipient']))
    return 'woocommerce-orders'
  if (hasColumns(headers, NOTICE_COLUMNS, ['noticeNo', 'skuCode', 'quantity'])) return 'supplier-notice'
  if (hasColumns(headers, WAYBILL_COLUMNS, ['courier', 'number', 'sortCode'])) return 'waybill-pool'
  if (hasColumns(headers, BIN_COLUMNS, ['code', 'kind'])) return 'bins'
  return hasColumns(headers, CATALOGUE_COLUMNS, ['code', 'name']) && isCatalogue(headers)
    ? 'catalogue'
    : 'unknown'
}

/** A code and a name are in many tables; a catalogue also says what the goods are. */
function isCatalogue(headers: readonly string[]): boolean {
  const telling = ['item', 'category', 'colour', 'size', 'barcodes', 'weight', 'cost', 'dailyPrice'] as const
  return telling.filter((field) => hasColumns(headers, CATALOGUE_COLUMNS, [field])).length >= 2
}

/** SHA-256 (hex) of the set of header names: the same whatever their order; a mapping is remembered under it. */
export function headerFingerprint(headers: readonly string[]): string {
  const keys = [...new Set(headers.map(headerKey))].filter((key) => key !== '').sort()
  return bytesToHex(sha256(utf8ToBytes(keys.join('\n'))))
}
