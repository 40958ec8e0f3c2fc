import { balanceKey, goodStock } from '../../../src/shared/ledger/movement.ts'
import { binPlace } from '../../../src/shared/ledger/place.ts'
import type { DemandRow, OrderRow, ReadinessRow } from '../../../src/shared/station/tables.ts'
import { barcodeOf, benchOrder, benchSku } from './bench-shop.ts'
import { withLive } from './live-database.ts'
import { fillSkus, putRows } from './raw-fill.ts'

/**
 * Runs in the built application before its own code: notes when the Enter of each scan came and when its verdict stood
 * in the page, and fills the station's database past the application, for which a benchmark has no time.
 */
const VERDICT = '[role="status"][data-seq]'
const CHUNK = 4000
/** Goods of the parcels that are packed: SKUs from all over the catalogue, with stock in one bin each. */
const STOCKED = 500
const PIECES_EACH = 100_000

declare global {
  interface Window {
    /** The driver's binding. */
    benchAnswered?: (nothing: string) => void
  }
}

interface Answered {
  readonly reason: string
  readonly atMs: number
}
const entered: number[] = []
const answered: Answered[] = []

addEventListener(
  'keydown',
  (event) => {
    if (event.key === 'Enter') entered.push(event.timeStamp)
  },
  { capture: true },
)

new MutationObserver((records) => {
  for (const { target } of records)
    if (target instanceof Element && target.matches(VERDICT) && target.getAttribute('data-seq') !== '0') {
      answered.push({ reason: target.getAttribute('data-reason') ?? '', atMs: performance.now() })
      window.benchAnswered?.('')
    }
}).observe(document, { subtree: true, attributeFilter: ['data-seq'] })

const stockedSku = (n: number, skus: number): number => Math.floor(((n % STOCKED) * skus) / STOCKED)

/** Catalogue, stock, and `orders` open orders of other goods that wait in the queue behind those that are packed. */
async function fill(skus: number, orders: number): Promise<void> {
  await withLive(async (database) => {
    await fillSkus(database, 0, skus)
    const codes = Array.from(
      { length: Math.min(STOCKED, skus) },
      (_, n) => benchSku(stockedSku(n, skus)).code,
    )
    const stamp = { hubSequence: null, counter: 1, eventId: 'S1.g1.1' }
    await putRows(database, {
      bins: codes.map((_, n) => ({ code: `B-01-1-${n}`, kind: 'pick', capacity: null, category: '', stamp })),
      balances: codes.map((skuCode, n) => {
        const place = binPlace(`B-01-1-${n}`)
        const stock = goodStock(skuCode, null)
        return { ...stock, key: balanceKey(place, stock), place, quantity: PIECES_EACH }
      }),
    })
    for (let at = 0; at < orders; at += CHUNK) {
      const rows = Array.from({ length: Math.min(CHUNK, orders - at) }, (_, i) => waiting(at + i, skus))
      await putRows(database, {
        orders: rows.map(({ order }) => order),
        demand: rows.map(({ demand }) => demand),
        readiness: rows.map(({ readiness }) => readiness),
      })
    }
  })
}

function waiting(n: number, skus: number): { order: OrderRow; demand: DemandRow; readiness: ReadinessRow } {
  const orderId = `taobao/W${n}`
  const deadlineAt = Date.UTC(2030, 0, 1) + n
  const sku = benchSku((n * 7919 + 1) % skus)
  const order = benchOrder(orderId)
  const line = { lineNo: 1, skuCode: sku.code, title: '', attributes: '', quantity: 1, priceFen: null }
  return {
    order: {
      ...order,
      deadlineAt,
      platform: order.platform && { ...order.platform, deadlineAt, lines: [line] },
    },
    demand: {
      lineId: `${orderId}#1`,
      orderId,
      lineNo: 1,
      skuCode: sku.code,
      quantity: 1,
      measured: false,
      wantedMm: null,
      toleranceMm: 0,
      deadlineAt,
      allocated: [],
      shortQuantity: 1,
    },
    readiness: { orderId, state: 'short', deadlineAt, flag: 'yellow', flagged: 'yellow' },
  }
}

/** Code, barcode and grams of the n-th parcel's two pieces. */
function goodsOf(n: number, skus: number): { code: string; barcode: string; grams: number }[] {
  return [2 * n, 2 * n + 1].map((k) => {
    const index = stockedSku(k, skus)
    const sku = benchSku(index)
    return { code: sku.code, barcode: barcodeOf(index), grams: sku.weightGrams ?? 0 }
  })
}

/** Milliseconds from each scan's Enter to its verdict, and the reasons, in order; forgets them. */
function takeScans(): { readonly ms: number[]; readonly reasons: string[] } {
  const ms = answered.map(({ atMs }, n) => atMs - (entered[n] ?? Number.NaN))
  const reasons = answered.map(({ reason }) => reason)
  entered.length = 0
  answered.length = 0
  return { ms, reasons }
}

/** What the log and the archive hold: scans at the bench and finished parcels by order. */
function counts(): Promise<{ steps: number; parcels: number; orders: number }> {
  return withLive(async (database) => {
    const all = <T>(table: string): Promise<T[]> =>
      new Promise((resolve, reject) => {
        const request = database.transaction(table).objectStore(table).getAll()
        request.onsuccess = () => resolve(request.result as T[])
        request.onerror = () => reject(request.error)
      })
    const records = await all<{ kind: string; data: { area?: string } }>('records')
    const parcels = await all<{ orderIds: readonly string[] }>('parcels')
    return {
      steps: records.filter(({ kind, data }) => kind === 'step' && data.area === 'pack').length,
      parcels: parcels.length,
      orders: new Set(parcels.flatMap(({ orderIds }) => orderIds)).size,
    }
  })
}

Object.assign(window, {
  benchPacker: { fill, goodsOf, takeScans, counts },
})
