import { isPrintableCode, normaliseCode } from '../base/text.ts'
import { type ColumnNames, resolveColumns } from './columns.ts'
import { createFieldReader, type FieldReader, missingColumnRefusals } from './field-reader.ts'
import { DEFAULT_OFFSET_MINUTES } from './parse-time.ts'
import type { Table } from './read-table.ts'
import type { BinKind, BinRecord } from './records.ts'
import { notice } from './refusal.ts'
import { type RowOutcome, recordOutcome } from './row-outcome.ts'

/** Columns of a bin file (PUT-1). */
export const BIN_COLUMNS = {
  code: ['货位', '货位编码', '货位号', '库位', '库位编码', 'Bin', 'Bin Code', 'Location'],
  kind: ['类型', '货位类型', '库位类型', 'Kind', 'Type', 'Bin Kind', 'Bin Type'],
  capacity: ['容量', '最大容量', 'Capacity'],
  category: ['类目', '分类', '品类', 'Category'],
} as const satisfies ColumnNames<string>

type Field = keyof typeof BIN_COLUMNS

const KINDS: ReadonlyMap<string, BinKind> = new Map([
  ['拣货', 'pick'],
  ['拣选', 'pick'],
  ['pick', 'pick'],
  ['picking', 'pick'],
  ['存储', 'reserve'],
  ['备货', 'reserve'],
  ['存货', 'reserve'],
  ['reserve', 'reserve'],
  ['storage', 'reserve'],
  ['待检', 'quarantine'],
  ['quarantine', 'quarantine'],
  ['退货', 'returns'],
  ['returns', 'returns'],
  ['return', 'returns'],
  ['打包', 'packing'],
  ['packing', 'packing'],
  ['pack', 'packing'],
])

/** Bins of a bin file. A code that cannot be printed as a barcode is taken in with a notice. */
export function* interpretBins(table: Table): Generator<RowOutcome<BinRecord>> {
  const columns = resolveColumns<Field>(table.headers, BIN_COLUMNS)
  const missing = missingColumnRefusals(columns, ['code'])
  for (const refusal of missing) yield { tag: 'refused', refusal }
  if (missing.length > 0) return
  const reader = createFieldReader(columns, DEFAULT_OFFSET_MINUTES)
  const seen = new Set<string>()
  for (const row of table.rows()) {
    reader.start(row)
    const bin = readBin(reader)
    if (seen.has(bin.codeKey)) reader.refuse('code', 'duplicateCode', bin.code)
    const refusal = reader.refused()
    if (refusal) {
      yield { tag: 'refused', refusal }
      continue
    }
    seen.add(bin.codeKey)
    const printable = isPrintableCode(bin.codeKey)
    const doubt = notice({ line: row.line, field: 'code', reason: 'notPrintable', value: bin.code })
    yield recordOutcome(row.line, bin, printable ? [] : [doubt])
  }
}

function readBin(reader: FieldReader<Field>): BinRecord {
  const code = reader.wantedCode('code')
  const capacity = reader.count('capacity')
  if (capacity === 0) reader.refuse('capacity', 'outOfRange', '0')
  return {
    code,
    codeKey: normaliseCode(code),
    kind: readKind(reader),
    capacity,
    category: reader.text('category'),
  }
}

function readKind(reader: FieldReader<Field>): BinKind {
  const cell = reader.text('kind')
  if (cell === '') return 'pick'
  const kind = KINDS.get(cell.toLowerCase().replace(/(?:货位|库位|区|位)$/, ''))
  if (kind === undefined) reader.refuse('kind', 'unknownKind', cell)
  return kind ?? 'pick'
}
