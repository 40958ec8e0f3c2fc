import { normaliseCode } from '../base/text.ts'
import { DEFAULT_ABSOLUTE_CLAIMS, findAbsoluteClaim } from './absolute-claims.ts'
import { isScientificNumber } from './clean-cell.ts'
import { type ColumnNames, resolveColumns } from './columns.ts'
import { createFieldReader, type FieldReader, missingColumnRefusals } from './field-reader.ts'
import { isGtin, looksLikeGtin } from './gtin.ts'
import { GRAMS, MILLIMETRES } from './parse-number.ts'
import { DEFAULT_OFFSET_MINUTES } from './parse-time.ts'
import type { Table } from './read-table.ts'
import type { SkuRecord } from './records.ts'
import { type RowOutcome, recordOutcome } from './row-outcome.ts'

/** Columns of a catalogue file (CAT-1, CAT-2, CAT-3, CAT-6). */
export const CATALOGUE_COLUMNS = {
  code: ['商家编码', 'SKU编码', 'SKU', 'SKU Code', '规格编码', '商品编码', 'Code'],
  item: ['货号', '款号', 'Item', 'Item Number', 'Item No', 'Style'],
  name: ['商品名称', '名称', '标题', '品名', 'Name', 'Product Name', 'Title'],
  category: ['类目', '分类', '品类', 'Category'],
  colour: ['颜色', '颜色分类', 'Colour', 'Color'],
  size: ['尺码', '规格', 'Size'],
  barcodes: ['条形码', '条码', '国际条码', 'Barcode', 'Barcodes', 'GTIN', 'EAN', 'UPC'],
  material: ['材质', '面料', '成分', 'Material', 'Composition'],
  weight: ['重量(克)', '重量(g)', '重量', '克重', 'Weight (g)', 'Weight(g)', 'Weight g', 'Weight'],
  measure: ['腰围(mm)', '腰围(毫米)', '腰围', 'Waist (mm)', 'Waist(mm)', 'Waist mm', 'Waist'],
  cost: ['成本价', '成本', '进价', '采购价', 'Cost', 'Cost Price'],
  dailyPrice: ['日常价', '售价', '销售价', '吊牌价', 'Daily Price', 'Price'],
  promoPrice: ['活动价', '促销价', 'Promo Price', 'Sale Price'],
  floorPrice: ['极限价', '最低价', 'Floor Price', 'Minimum Price'],
  fragile: ['易碎', '易碎品', 'Fragile'],
} as const satisfies ColumnNames<string>

type Field = keyof typeof CATALOGUE_COLUMNS

/** Believable measures of a category whose pieces are measured, in mm. */
export interface MeasureRange {
  readonly leastMm: number
  readonly mostMm: number
}

export interface CatalogueOptions {
  readonly absoluteClaims?: readonly string[]
  /** By category name; jeans 600–1100 when absent (RCV-4). */
  readonly measureRanges?: ReadonlyMap<string, MeasureRange>
  /** Comparing form of the SKU that already owns a barcode in the station, or null. */
  readonly barcodeOwner?: (barcodeKey: string) => string | null
}

export const DEFAULT_MEASURE_RANGES: ReadonlyMap<string, MeasureRange> = new Map([
  ['牛仔裤', { leastMm: 600, mostMm: 1100 }],
])
const ANY_MEASURE: MeasureRange = { leastMm: 1, mostMm: 10_000 }
/** Above 200 kg a figure in a grams column is a mistake. */
const MAX_WEIGHT_GRAMS = 200_000

/** SKUs of a catalogue file; every row is a record or a refusal with line, field and reason (CAT-4). */
export function* interpretCatalogue(
  table: Table,
  options: CatalogueOptions = {},
): Generator<RowOutcome<SkuRecord>> {
  const columns = resolveColumns<Field>(table.headers, CATALOGUE_COLUMNS)
  const missing = missingColumnRefusals(columns, ['code', 'name'])
  for (const refusal of missing) yield { tag: 'refused', refusal }
  if (missing.length > 0) return
  const reader = createFieldReader(columns, DEFAULT_OFFSET_MINUTES)
  const codes = new Set<string>()
  const owners = new Map<string, string>()
  for (const row of table.rows()) {
    reader.start(row)
    const sku = readSku(reader)
    checkTitle(reader, sku, options)
    checkMeasures(reader, sku, options)
    if (codes.has(sku.codeKey)) reader.refuse('code', 'duplicateCode', sku.code)
    checkBarcodes(reader, sku, (key) => owners.get(key) ?? options.barcodeOwner?.(key) ?? null)
    const refusal = reader.refused()
    if (refusal) {
      yield { tag: 'refused', refusal }
      continue
    }
    codes.add(sku.codeKey)
    for (const barcode of sku.barcodes) owners.set(barcode, sku.codeKey)
    yield recordOutcome(row.line, sku)
  }
}

function readSku(reader: FieldReader<Field>): SkuRecord {
  const code = reader.wantedCode('code')
  return {
    code,
    codeKey: normaliseCode(code),
    item: reader.has('item') ? reader.wantedCode('item') : code,
    name: reader.wantedText('name'),
    category: reader.has('category') ? reader.wantedText('category') : '',
    colour: reader.text('colour'),
    size: reader.code('size'),
    barcodes: readBarcodes(reader),
    material: reader.text('material'),
    weightGrams: reader.measure('weight', GRAMS),
    measureMm: reader.measure('measure', MILLIMETRES),
    costFen: reader.fen('cost'),
    dailyPriceFen: reader.fen('dailyPrice'),
    promoPriceFen: reader.fen('promoPrice'),
    floorPriceFen: reader.fen('floorPrice'),
    fragile: readFragile(reader),
  }
}

/** One cell may hold several barcodes, parted by blanks, commas, semicolons or bars. */
function readBarcodes(reader: FieldReader<Field>): string[] {
  const cell = reader.code('barcodes')
  if (cell === '') return []
  const keys = cell.split(/[\s,，;；|]+/).map(normaliseCode)
  return [...new Set(keys.filter((key) => key !== ''))]
}

function readFragile(reader: FieldReader<Field>): boolean {
  const cell = reader.text('fragile').toLowerCase()
  if (['', '否', 'no', 'n', 'false', '0'].includes(cell)) return false
  if (['是', 'yes', 'y', 'true', '1', '易碎'].includes(cell)) return true
  reader.refuse('fragile', 'badChoice', cell)
  return false
}

function checkTitle(reader: FieldReader<Field>, sku: SkuRecord, options: CatalogueOptions): void {
  const claim = findAbsoluteClaim(sku.name, options.absoluteClaims ?? DEFAULT_ABSOLUTE_CLAIMS)
  if (claim !== null) reader.refuse('name', 'absoluteClaim', claim, 'rewordTitle')
}

function checkMeasures(reader: FieldReader<Field>, sku: SkuRecord, options: CatalogueOptions): void {
  if (sku.weightGrams !== null && sku.weightGrams > MAX_WEIGHT_GRAMS) {
    reader.refuse('weight', 'outOfRange', String(sku.weightGrams))
  }
  if (sku.measureMm === null) return
  const range = (options.measureRanges ?? DEFAULT_MEASURE_RANGES).get(sku.category) ?? ANY_MEASURE
  if (sku.measureMm >= range.leastMm && sku.measureMm <= range.mostMm) return
  // 77 or 30 under a millimetre header is centimetres or a size mark.
  const reason = sku.measureMm * 10 <= range.mostMm ? 'wrongUnit' : 'outOfRange'
  reader.refuse('measure', reason, String(sku.measureMm), 'useMillimetres')
}

function checkBarcodes(
  reader: FieldReader<Field>,
  sku: SkuRecord,
  ownerOf: (barcodeKey: string) => string | null,
): void {
  for (const barcode of sku.barcodes) {
    if (isScientificNumber(barcode))
      reader.refuse('barcodes', 'scientificNumber', barcode, 'formatColumnAsText')
    if (looksLikeGtin(barcode) && !isGtin(barcode)) reader.refuse('barcodes', 'badCheckDigit', barcode)
    const owner = ownerOf(barcode)
    if (owner !== null && owner !== sku.codeKey) reader.refuse('barcodes', 'duplicateBarcode', barcode)
  }
}
