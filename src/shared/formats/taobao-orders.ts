import { normaliseCode } from '../base/text.ts'
import { type ColumnNames, resolveColumns } from './columns.ts'
import type { TextEncoding } from './detect-encoding.ts'
import { createFieldReader, type FieldReader, missingColumnRefusals } from './field-reader.ts'
import { DEFAULT_OFFSET_MINUTES } from './parse-time.ts'
import type { Table } from './read-table.ts'
import type { OrderRecord } from './records.ts'
import { type RowOutcome, recordOutcome } from './row-outcome.ts'
import { splitTaobaoAddress } from './taobao-address.ts'
import { taobaoStatus } from './taobao-status.ts'

/** Columns of Taobao's order report that the station reads (formats.md). */
export const TAOBAO_ORDER_COLUMNS = {
  number: ['订单编号'],
  buyer: ['买家会员名', '买家昵称'],
  total: ['买家实际支付金额', '总金额'],
  due: ['总金额', '买家应付货款'],
  status: ['订单状态'],
  message: ['买家留言'],
  name: ['收货人姓名', '收件人姓名'],
  address: ['收货地址', '收件地址'],
  changedAddress: ['修改后的收货地址'],
  telephone: ['联系电话'],
  mobile: ['联系手机'],
  createdAt: ['订单创建时间'],
  paidAt: ['订单付款时间'],
  memo: ['订单备注', '商家备注', '卖家备注'],
  pieces: ['宝贝总数量'],
} as const satisfies ColumnNames<string>

type Field = keyof typeof TAOBAO_ORDER_COLUMNS

export interface OrderFileOptions {
  readonly encoding: TextEncoding
  /** The shop's zone, minutes east of UTC; China Standard Time when absent. */
  readonly offsetMinutes?: number
}

/**
 * Orders of Taobao's order report, without their lines: those come with the item report (pairTaobao). A number that
 * occurs again in the file is refused as duplicateNumber; ORD-1.
 */
export function* interpretTaobaoOrders(
  table: Table,
  options: OrderFileOptions,
): Generator<RowOutcome<OrderRecord>> {
  const columns = resolveColumns<Field>(table.headers, TAOBAO_ORDER_COLUMNS)
  const missing = missingColumnRefusals(columns, ['number', 'status', 'name', 'address', 'createdAt'])
  for (const refusal of missing) yield { tag: 'refused', refusal }
  if (missing.length > 0) return
  const reader = createFieldReader(columns, options.offsetMinutes ?? DEFAULT_OFFSET_MINUTES)
  const seen = new Set<string>()
  for (const row of table.rows()) {
    reader.start(row)
    const order = readOrder(reader, options.encoding)
    if (seen.has(order.numberKey)) reader.refuse('number', 'duplicateNumber', order.number)
    const refusal = reader.refused()
    if (refusal) yield { tag: 'refused', refusal }
    else {
      seen.add(order.numberKey)
      yield recordOutcome(row.line, order)
    }
  }
}

function readOrder(reader: FieldReader<Field>, encoding: TextEncoding): OrderRecord {
  const number = reader.wantedCode('number')
  const statusText = reader.wantedText('status')
  const status = taobaoStatus(statusText)
  if (status === null) reader.refuse('status', 'unknownStatus', statusText)
  const mobile = reader.code('mobile')
  const address = reader.text('changedAddress') || reader.text('address')
  const paid = reader.fen('total')
  return {
    source: 'taobao',
    number,
    numberKey: normaliseCode(number),
    status: status ?? 'unpaid',
    statusText,
    createdAt: reader.time('createdAt'),
    paidAt: reader.time('paidAt'),
    buyer: reader.text('buyer'),
    message: reader.text('message'),
    memo: reader.text('memo'),
    recipient: {
      name: reader.text('name'),
      company: '',
      phone: mobile === '' ? reader.code('telephone') : mobile,
      ...splitTaobaoAddress(address),
      country: 'CN',
    },
    lines: [],
    expectedPieces: reader.count('pieces'),
    // Before payment the paid amount is 0; what is due says more.
    totalFen: status === 'unpaid' || paid === null ? reader.fen('due') : paid,
    currency: 'CNY',
    encoding,
  }
}
