import { normaliseCode } from '../base/text.ts'
import { type ColumnNames, resolveColumns } from './columns.ts'
import { createFieldReader, missingColumnRefusals } from './field-reader.ts'
import { DEFAULT_OFFSET_MINUTES } from './parse-time.ts'
import type { Table } from './read-table.ts'
import type { NoticeRecord } from './records.ts'
import { type RowOutcome, recordOutcome } from './row-outcome.ts'

/** Columns of a supplier's advance notice (RCV-1). */
export const NOTICE_COLUMNS = {
  noticeNo: [
    '采购单号',
    '通知单号',
    '入库通知单',
    '送货单号',
    'Purchase Order',
    'PO',
    'PO Number',
    'Notice',
    'Notice No',
  ],
  supplier: ['供应商', '供货商', 'Supplier', 'Vendor'],
  skuCode: ['商家编码', 'SKU编码', 'SKU', 'SKU Code', '规格编码', '商品编码'],
  quantity: ['数量', '发货数量', '采购数量', 'Quantity', 'Qty'],
  price: ['单价', '采购价', '进价', 'Price', 'Unit Price', 'Cost'],
} as const satisfies ColumnNames<string>

type Field = keyof typeof NOTICE_COLUMNS

/** Lines of a notice file. The same SKU may stand on several lines (cartons); the receiver adds them up. */
export function* interpretNotice(table: Table): Generator<RowOutcome<NoticeRecord>> {
  const columns = resolveColumns<Field>(table.headers, NOTICE_COLUMNS)
  const missing = missingColumnRefusals(columns, ['noticeNo', 'skuCode', 'quantity'])
  for (const refusal of missing) yield { tag: 'refused', refusal }
  if (missing.length > 0) return
  const reader = createFieldReader(columns, DEFAULT_OFFSET_MINUTES)
  for (const row of table.rows()) {
    reader.start(row)
    const skuCode = reader.wantedCode('skuCode')
    const quantity = reader.count('quantity')
    if (quantity === null) reader.refuse('quantity', 'missingField', '')
    if (quantity === 0) reader.refuse('quantity', 'outOfRange', '0')
    const record: NoticeRecord = {
      noticeNo: reader.wantedCode('noticeNo'),
      supplier: reader.text('supplier'),
      skuCode,
      skuKey: normaliseCode(skuCode),
      quantity: quantity ?? 0,
      priceFen: reader.fen('price'),
    }
    const refusal = reader.refused()
    yield refusal ? { tag: 'refused', refusal } : recordOutcome(row.line, record)
  }
}
