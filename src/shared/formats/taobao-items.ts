import { normaliseCode } from '../base/text.ts'
import { type ColumnNames, resolveColumns } from './columns.ts'
import { createFieldReader, type FieldReader, missingColumnRefusals } from './field-reader.ts'
import { DEFAULT_OFFSET_MINUTES } from './parse-time.ts'
import type { Table } from './read-table.ts'
import type { OrderStatus } from './records.ts'
import { type RowOutcome, recordOutcome } from './row-outcome.ts'
import { taobaoStatus } from './taobao-status.ts'

/** Columns of Taobao's item report, older and newer (formats.md): the newer one calls the order 主订单编号. */
export const TAOBAO_ITEM_COLUMNS = {
  orderNumber: ['主订单编号', '订单编号'],
  itemNumber: ['子订单编号'],
  title: ['标题', '商品标题', '宝贝标题'],
  price: ['价格', '商品价格'],
  quantity: ['购买数量'],
  skuCode: ['商家编码'],
  outerCode: ['外部系统编号'],
  attributes: ['商品属性'],
  status: ['订单状态'],
} as const satisfies ColumnNames<string>

type Field = keyof typeof TAOBAO_ITEM_COLUMNS

/** One row of an item report. */
export interface TaobaoItem {
  /** Which file it came from: of two files that hold the same order, the later one counts (pairTaobao). */
  readonly fileId: string
  readonly orderNumber: string
  readonly orderKey: string
  /** 子订单编号 of the newer report, else ''. */
  readonly itemNumber: string
  readonly title: string
  readonly attributes: string
  readonly skuCode: string
  readonly skuKey: string
  readonly quantity: number
  readonly priceFen: number | null
  /** Null where the row has no status or one that is not known; the order's own governs then. */
  readonly status: OrderStatus | null
}

/** Rows of Taobao's item report. The same 子订单编号 twice in a file is refused as duplicateNumber. */
export function* interpretTaobaoItems(
  table: Table,
  options: { fileId: string },
): Generator<RowOutcome<TaobaoItem>> {
  const columns = resolveColumns<Field>(table.headers, TAOBAO_ITEM_COLUMNS)
  const missing = missingColumnRefusals(columns, ['orderNumber', 'title', 'quantity'])
  for (const refusal of missing) yield { tag: 'refused', refusal }
  if (missing.length > 0) return
  const reader = createFieldReader(columns, DEFAULT_OFFSET_MINUTES)
  const seen = new Set<string>()
  for (const row of table.rows()) {
    reader.start(row)
    const item = readItem(reader, options.fileId)
    if (item.itemNumber !== '' && seen.has(item.itemNumber)) {
      reader.refuse('itemNumber', 'duplicateNumber', item.itemNumber)
    }
    const refusal = reader.refused()
    if (refusal) yield { tag: 'refused', refusal }
    else {
      seen.add(item.itemNumber)
      yield recordOutcome(row.line, item)
    }
  }
}

function readItem(reader: FieldReader<Field>, fileId: string): TaobaoItem {
  const orderNumber = reader.wantedCode('orderNumber')
  const own = reader.code('skuCode')
  const skuCode = own === '' ? reader.code('outerCode') : own
  if (skuCode === '') reader.refuse('skuCode', 'missingField', '')
  const quantity = reader.count('quantity')
  if (quantity === null) reader.refuse('quantity', 'missingField', '')
  if (quantity === 0) reader.refuse('quantity', 'outOfRange', '0')
  const statusText = reader.text('status')
  return {
    fileId,
    orderNumber,
    orderKey: normaliseCode(orderNumber),
    itemNumber: reader.code('itemNumber'),
    title: reader.text('title'),
    attributes: reader.text('attributes'),
    skuCode,
    skuKey: normaliseCode(skuCode),
    quantity: quantity ?? 0,
    priceFen: reader.fen('price'),
    status: statusText === '' ? null : taobaoStatus(statusText),
  }
}

/** `颜色分类：蓝;尺码：31` to pairs, in order; a part without a colon has an empty name. */
export function splitAttributes(attributes: string): { name: string; value: string }[] {
  return attributes
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const colon = part.search(/[:：]/)
      if (colon < 0) return { name: '', value: part }
      return { name: part.slice(0, colon).trim(), value: part.slice(colon + 1).trim() }
    })
}
