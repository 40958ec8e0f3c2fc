import { normaliseCode } from '../base/text.ts'
import { type ColumnNames, resolveColumns } from './columns.ts'
import { createFieldReader, missingColumnRefusals } from './field-reader.ts'
import { DEFAULT_OFFSET_MINUTES } from './parse-time.ts'
import type { Table } from './read-table.ts'
import type { WaybillRecord } from './records.ts'
import { type Notice, notice } from './refusal.ts'
import { type RowOutcome, recordOutcome } from './row-outcome.ts'
import { DEFAULT_WAYBILL_PATTERNS, hintWaybillNumber, type WaybillPattern } from './waybill-number-hints.ts'

/** Columns of a courier's number pool (LBL-5). */
export const WAYBILL_COLUMNS = {
  courier: ['courier', '快递公司', '物流公司', '承运商', '快递', 'carrier'],
  number: [
    'waybill_no',
    '运单号',
    '快递单号',
    '面单号',
    '物流单号',
    '单号',
    'waybill',
    'waybill number',
    'tracking number',
  ],
  sortCode: ['sort_code', '三段码', '大头笔', '分拣码', '集包码', 'bulkpen', 'mark destination'],
} as const satisfies ColumnNames<string>

type Field = keyof typeof WAYBILL_COLUMNS

/** What a Code 128 on a label can carry and a person can read out. */
const WAYBILL_NUMBER = /^[A-Z0-9][A-Z0-9-]{5,39}$/

/**
 * Numbers of a pool file. The same number twice in a file is refused, since a number is used once, ever (LBL-5); doubts
 * about its look are only notices.
 */
export function* interpretWaybillPool(
  table: Table,
  patterns: readonly WaybillPattern[] = DEFAULT_WAYBILL_PATTERNS,
): Generator<RowOutcome<WaybillRecord>> {
  const columns = resolveColumns<Field>(table.headers, WAYBILL_COLUMNS)
  const missing = missingColumnRefusals(columns, ['courier', 'number'])
  for (const refusal of missing) yield { tag: 'refused', refusal }
  if (missing.length > 0) return
  const reader = createFieldReader(columns, DEFAULT_OFFSET_MINUTES)
  const seen = new Set<string>()
  for (const row of table.rows()) {
    reader.start(row)
    const number = reader.wantedCode('number')
    const numberKey = normaliseCode(number)
    if (!WAYBILL_NUMBER.test(numberKey)) reader.refuse('number', 'badCode', number)
    const record = {
      courier: reader.wantedText('courier'),
      number,
      numberKey,
      sortCode: reader.code('sortCode'),
    }
    if (seen.has(numberKey)) reader.refuse('number', 'duplicateNumber', number)
    const refusal = reader.refused()
    if (refusal) {
      yield { tag: 'refused', refusal }
      continue
    }
    seen.add(numberKey)
    yield recordOutcome(row.line, record, doubts(record, row.line, patterns))
  }
}

function doubts(record: WaybillRecord, line: number, patterns: readonly WaybillPattern[]): Notice[] {
  const reason = hintWaybillNumber(record.courier, record.number, patterns)
  return reason === null ? [] : [notice({ line, field: 'number', reason, value: record.number })]
}
