import type { TextEncoding } from './detect-encoding.ts'

/**
 * What imports hand over: cleaned, typed, units last in the names. Codes stand as the file writes them; each has its
 * comparing form beside it (`…Key`, by normaliseCode), which is what stores index and imports compare.
 */

/** One SKU of a catalogue file (CAT-1, CAT-2, CAT-3). Money is fen, null = cell empty. */
export interface SkuRecord {
  readonly code: string
  readonly codeKey: string
  /** Item number 货号; the code itself where the file has no such column. */
  readonly item: string
  readonly name: string
  readonly category: string
  readonly colour: string
  readonly size: string
  /** In comparing form, without repeats. */
  readonly barcodes: readonly string[]
  readonly material: string
  readonly weightGrams: number | null
  /** Nominal measure of the size, e.g. the waist. */
  readonly measureMm: number | null
  readonly costFen: number | null
  readonly dailyPriceFen: number | null
  readonly promoPriceFen: number | null
  readonly floorPriceFen: number | null
  readonly fragile: boolean
}

/** PUT-1. */
export type BinKind = 'pick' | 'reserve' | 'quarantine' | 'returns' | 'packing'

/** One bin (PUT-1); capacity in pieces, null = not limited. */
export interface BinRecord {
  readonly code: string
  readonly codeKey: string
  readonly kind: BinKind
  readonly capacity: number | null
  readonly category: string
}

/** One line of a supplier's advance notice (RCV-1). */
export interface NoticeRecord {
  readonly noticeNo: string
  readonly supplier: string
  readonly skuCode: string
  readonly skuKey: string
  readonly quantity: number
  readonly priceFen: number | null
}

/** One waybill number of a courier's pool (LBL-5). */
export interface WaybillRecord {
  readonly courier: string
  readonly number: string
  readonly numberKey: string
  readonly sortCode: string
}

export type OrderSource = 'taobao' | 'shopify' | 'woocommerce' | 'generic'

/** Where the order stands on its platform. `refunding` = under refund: it stops at pick, pack and hand-over (ORD-2). */
export type OrderStatus = 'unpaid' | 'paid' | 'refunding' | 'refunded' | 'shipped' | 'done' | 'closed'

/** Who gets the parcel. Chinese platforms fill province, city, district; others leave district empty. */
export interface Recipient {
  readonly name: string
  readonly company: string
  /** As written; may be masked (`131****1907`). */
  readonly phone: string
  readonly province: string
  readonly city: string
  readonly district: string
  readonly street: string
  readonly postcode: string
  /** ISO code or name as written; 'CN' for Taobao. */
  readonly country: string
}

/** One ordered SKU; `lineNo` counts from 1 in the order of the file. */
export interface OrderLine {
  readonly lineNo: number
  readonly skuCode: string
  readonly skuKey: string
  readonly title: string
  /** The platform's words, e.g. `颜色分类：蓝;尺码：31`. */
  readonly attributes: string
  readonly quantity: number
  readonly priceFen: number | null
  /** A status of its own, where the platform gives one per line (a single line under refund); else null. */
  readonly status: OrderStatus | null
}

/** One platform order. Times are epoch milliseconds; money is hundredths of `currency`. */
export interface OrderRecord {
  readonly source: OrderSource
  readonly number: string
  readonly numberKey: string
  readonly status: OrderStatus
  /** The platform's own word for the status. */
  readonly statusText: string
  readonly createdAt: number | null
  readonly paidAt: number | null
  readonly buyer: string
  readonly message: string
  readonly memo: string
  readonly recipient: Recipient
  /** Empty for a Taobao order whose item file has not come yet. */
  readonly lines: readonly OrderLine[]
  /** Pieces the order itself announces (Taobao 宝贝总数量), to tell a half item file from a whole one; else null. */
  readonly expectedPieces: number | null
  readonly totalFen: number | null
  readonly currency: string
  /** Encoding of the file it came in: the shipped file goes back in the same (ORD-9). */
  readonly encoding: TextEncoding
}
