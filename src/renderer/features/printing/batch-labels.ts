import { printableCodeOf, skuTitle } from '../../../shared/domain/catalogue/sku.ts'
import type {
  BinDocument,
  LabelDocument,
  PutWallDocument,
  SkuDocument,
} from '../../../shared/labels/label-document.ts'
import { binOfPlace } from '../../../shared/ledger/place.ts'
import { pickSlip } from '../../../shared/station/areas/papers.ts'
import type { BinRow, OrderRow, PrintBatchRow, SkuRow } from '../../../shared/station/tables.ts'
import type { StationApp } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { skuLabel } from '../catalogue/print-sku-label.ts'

/** More labels than this are several batches. */
export const MOST_LABELS = 5000
/** Rows read at a time. */
const PAGE = 200

/** One label of a batch. */
export interface BatchLabel {
  readonly document: LabelDocument
  readonly subject: string
}

/** What shall be printed, in order, read page by page. */
export interface BatchSource {
  readonly what: PrintBatchRow['what']
  /** Things to print labels of; copies come on top. */
  readonly count: number
  read(station: StationApp): AsyncIterable<BatchLabel>
}

/** Labels of these SKUs; those without a printable code get a house code first (CAT-1). */
export function skuSource(skus: readonly SkuRow[]): BatchSource {
  return { what: 'sku', count: skus.length, read: (station) => skuLabels(station, skus) }
}

/** Labels of the whole catalogue by code. */
export function catalogueSource(count: number): BatchSource {
  return { what: 'sku', count, read: allSkuLabels }
}

async function* allSkuLabels(station: StationApp): AsyncIterable<BatchLabel> {
  let after = ''
  for (;;) {
    const skus = await station.database.skus.where('code').above(after).limit(PAGE).toArray()
    yield* skuLabels(station, skus)
    const last = skus.at(-1)
    if (!last) return
    after = last.code
  }
}

async function* skuLabels(station: StationApp, skus: readonly SkuRow[]): AsyncIterable<BatchLabel> {
  for (const sku of skus) {
    const code = printableCodeOf(sku.codes) ?? (await houseCode(station, sku.code))
    if (code !== null) yield { document: skuLabel(sku, code), subject: sku.code }
  }
}

async function houseCode(station: StationApp, skuCode: string): Promise<string | null> {
  const { answer } = await station.run({ type: 'AssignHouseCode', skuCode })
  const code = answer.params?.code
  return typeof code === 'string' ? code : null
}

/** Labels that stand already, each named by its code. */
export function labelsSource(
  what: 'bin' | 'sku' | 'put-wall',
  documents: readonly (BinDocument | SkuDocument | PutWallDocument)[],
): BatchSource {
  return {
    what,
    count: documents.length,
    async *read() {
      for (const document of documents) yield { document, subject: document.code }
    },
  }
}

/** Words of a bin's kind, as the label says them. */
type KindWords = (kind: BinRow['kind']) => string

/** Labels of these bins. */
export function binSource(bins: readonly BinRow[], kindName: KindWords): BatchSource {
  return {
    what: 'bin',
    count: bins.length,
    async *read() {
      for (const bin of bins) yield binLabel(bin, kindName)
    },
  }
}

/** Labels of all bins in walking order. */
export function allBinsSource(count: number, kindName: KindWords): BatchSource {
  return {
    what: 'bin',
    count,
    async *read({ database }) {
      let after = ''
      for (;;) {
        const bins = await database.bins.where('code').above(after).limit(PAGE).toArray()
        for (const bin of bins) yield binLabel(bin, kindName)
        const last = bins.at(-1)
        if (!last) return
        after = last.code
      }
    },
  }
}

function binLabel({ code, kind, category }: BinRow, kindName: KindWords): BatchLabel {
  return { document: { kind: 'bin', code, kindName: kindName(kind), category }, subject: code }
}

/** Pick slips of the ready orders in the order in which they are picked: by deadline (PIK-2). */
export function pickSlipSource(count: number): BatchSource {
  return { what: 'pick-slip', count, read: pickSlips }
}

/** How many orders are ready to be picked. */
export const countReady = (database: StationDatabase): Promise<number> =>
  database.readiness.where('state').equals('ready').count()

async function* pickSlips({ database, env }: StationApp): AsyncIterable<BatchLabel> {
  const ready = new Set(await database.readiness.where('state').equals('ready').primaryKeys())
  let from = 0
  const at = Date.now()
  for (;;) {
    const orders = await database.orders
      .where('[queue+deadlineAt]')
      .between(['open', 0], ['open', Number.MAX_SAFE_INTEGER], true, true)
      .offset(from)
      .limit(PAGE)
      .toArray()
    for (const order of orders) {
      if (!ready.has(order.orderId)) continue
      const stops = await stopsOf(database, order)
      if (stops.length === 0) continue
      const number = order.platform?.number ?? order.orderId
      const { deadlineAt } = order
      const message = order.platform?.message ?? ''
      yield { document: pickSlip({ number, deadlineAt, message, stops }, { ...env, at }), subject: number }
    }
    if (orders.length < PAGE) return
    from += PAGE
  }
}

/** What stands in bins for the order, in walking order. */
async function stopsOf(database: StationDatabase, { orderId }: OrderRow) {
  const lines = await database.demand.where('orderId').equals(orderId).toArray()
  const skus = await database.skus.bulkGet(lines.map((line) => line.skuCode))
  return lines
    .flatMap((line, index) => {
      const sku = skus[index]
      const title = sku ? skuTitle(sku) : line.skuCode
      return line.allocated.flatMap(({ place, measureMm, quantity }) => {
        const binCode = binOfPlace(place)
        return binCode === null ? [] : [{ binCode, title, measureMm, quantity }]
      })
    })
    .sort((a, b) => (a.binCode < b.binCode ? -1 : a.binCode > b.binCode ? 1 : 0))
}
