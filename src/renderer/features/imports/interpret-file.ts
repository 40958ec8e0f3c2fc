import type { Result } from '../../../shared/base/result.ts'
import type { Sku } from '../../../shared/domain/catalogue/sku.ts'
import type { Bin } from '../../../shared/domain/stock/bin.ts'
import { BIN_COLUMNS, interpretBins } from '../../../shared/formats/bins.ts'
import { CATALOGUE_COLUMNS, interpretCatalogue } from '../../../shared/formats/catalogue.ts'
import { type ColumnNames, hasColumns } from '../../../shared/formats/columns.ts'
import { detectFormat, type FileFormat } from '../../../shared/formats/detect-format.ts'
import { interpretMappedOrders } from '../../../shared/formats/generic-orders.ts'
import { interpretNotice, NOTICE_COLUMNS } from '../../../shared/formats/notice.ts'
import type { OrderMapping } from '../../../shared/formats/order-mapping.ts'
import type { NoticeRecord, OrderRecord, WaybillRecord } from '../../../shared/formats/records.ts'
import { refusal } from '../../../shared/formats/refusal.ts'
import type { RowOutcome } from '../../../shared/formats/row-outcome.ts'
import { interpretShopify } from '../../../shared/formats/shopify.ts'
import { interpretTaobaoItems, type TaobaoItem } from '../../../shared/formats/taobao-items.ts'
import { interpretTaobaoOrders } from '../../../shared/formats/taobao-orders.ts'
import { interpretWaybillPool, WAYBILL_COLUMNS } from '../../../shared/formats/waybill-pool.ts'
import type { Misfit } from '../../../shared/station/imports/limits.ts'
import { toBin } from '../../../shared/station/imports/to-bin.ts'
import { toSku } from '../../../shared/station/imports/to-sku.ts'
import type { FileProblem, StationImportKind } from './import-protocol.ts'
import type { OpenedFile } from './open-file.ts'

const FORMATS: Readonly<Record<StationImportKind, readonly FileFormat[]>> = {
  orders: ['taobao-orders', 'taobao-items', 'shopify-orders', 'woocommerce-orders', 'unknown'],
  catalogue: ['catalogue'],
  bins: ['bins'],
  notice: ['supplier-notice'],
  waybills: ['waybill-pool'],
}

/** Per kind the columns without which nothing can be done, by their first names. */
const NEEDED: Readonly<
  Record<Exclude<StationImportKind, 'orders'>, { names: ColumnNames<string>; fields: readonly string[] }>
> = {
  catalogue: { names: CATALOGUE_COLUMNS, fields: ['code', 'name'] },
  bins: { names: BIN_COLUMNS, fields: ['code'] },
  notice: { names: NOTICE_COLUMNS, fields: ['noticeNo', 'skuCode', 'quantity'] },
  waybills: { names: WAYBILL_COLUMNS, fields: ['courier', 'number'] },
}

/** The file's format, or why it does not belong here. */
export function formatFor(
  kind: StationImportKind,
  headers: readonly string[],
): { readonly format: FileFormat; readonly problem: FileProblem | null } {
  const format = detectFormat(headers)
  if (FORMATS[kind].includes(format)) return { format, problem: null }
  if (format !== 'unknown') return { format, problem: { tag: 'wrongKind', found: format } }
  if (kind === 'orders') return { format, problem: null }
  const { names, fields } = NEEDED[kind]
  const columns = fields.filter((field) => !hasColumns(headers, names, [field]))
  if (columns.length > 0) {
    const missing = columns.map((field) => names[field]?.[0] ?? field)
    return { format, problem: { tag: 'missingColumns', columns: missing } }
  }
  return { format: FORMATS[kind][0] ?? 'unknown', problem: null }
}

/** Formats whose columns a person confirms. */
export const needsMapping = (format: FileFormat): boolean =>
  format === 'woocommerce-orders' || format === 'unknown'

/** The orders of an order file, whatever its platform. */
export function orderOutcomes(
  file: OpenedFile,
  format: FileFormat,
  mapping: OrderMapping,
): Iterable<RowOutcome<OrderRecord>> {
  // A workbook has no encoding of its own; what goes back to the platform is UTF-8 then.
  const encoding = file.encoding === 'xlsx' ? 'utf-8' : file.encoding
  if (format === 'taobao-orders') return interpretTaobaoOrders(file.table, { encoding })
  if (format === 'shopify-orders') return interpretShopify(file.table, { encoding })
  const source = format === 'woocommerce-orders' ? 'woocommerce' : 'generic'
  return interpretMappedOrders(file.table, { encoding, source, mapping })
}

export const itemOutcomes = (file: OpenedFile): Iterable<RowOutcome<TaobaoItem>> =>
  interpretTaobaoItems(file.table, { fileId: file.hash })

export const skuOutcomes = (file: OpenedFile): Iterable<RowOutcome<Sku>> =>
  mapped(interpretCatalogue(file.table), toSku)

export const binOutcomes = (file: OpenedFile): Iterable<RowOutcome<Bin>> =>
  mapped(interpretBins(file.table), toBin)

export const noticeOutcomes = (file: OpenedFile): Iterable<RowOutcome<NoticeRecord>> =>
  interpretNotice(file.table)

export const waybillOutcomes = (file: OpenedFile): Iterable<RowOutcome<WaybillRecord>> =>
  interpretWaybillPool(file.table)

/** Carries good rows over to the station's own shape; what does not fit is refused on its line. */
function* mapped<A, B>(
  outcomes: Iterable<RowOutcome<A>>,
  map: (record: A) => Result<B, Misfit>,
): Generator<RowOutcome<B>> {
  for (const outcome of outcomes) {
    if (outcome.tag !== 'record') {
      yield outcome
      continue
    }
    const result = map(outcome.record)
    if (result.ok) yield { ...outcome, record: result.value }
    else yield { tag: 'refused', refusal: refusal({ line: outcome.line, ...result.error }) }
  }
}
