/**
 * What a print job says, before it is laid out: plain, masked data in words and codes. A job keeps its document,
 * so that a reprint shows what was printed, whatever became of the order since.
 */

/** A person or firm on a waybill, already masked for the copy that leaves the house (LBL-2). */
export interface LabelParty {
  readonly name: string
  readonly company?: string
  readonly phone: string
  /** Province, city, district and street, as it shall be read. */
  readonly address: string
  readonly postcode?: string
}

/** 面单 (LBL-2). */
export interface WaybillDocument {
  readonly kind: 'waybill'
  readonly courierCode: string
  readonly courierName: string
  readonly waybillNumber: string
  /** Sort code 大头笔, empty when the pool has none. */
  readonly sortCode: string
  readonly destination: string
  readonly recipient: LabelParty
  readonly sender: LabelParty
  readonly orderNumbers: readonly string[]
  /** Printed as `model/colour/size;model/colour/size`, a quantity above one as `×2`. */
  readonly items: readonly { readonly text: string; readonly quantity: number }[]
  readonly pieceCount: number
  readonly weightGrams: number | null
  readonly packerName: string
  readonly note?: string
  /** Local date and time in words, `2026-11-22 14:36`. */
  readonly printedAt: string
  /** Above zero: a reprint, marked as such. */
  readonly copy: number
  /** True in the demo space: the label says so across its face. */
  readonly sample: boolean
}

/** SKU label or, with a measure, the hang tag of one measured piece; 50 × 30 mm (RCV-4, RCV-8). */
export interface SkuDocument {
  readonly kind: 'sku'
  /** ASCII only. */
  readonly code: string
  readonly name: string
  readonly colour: string
  readonly size: string
  readonly skuCode: string
  /** Name and value of the measure, for instance `腰围` and 772. */
  readonly measure?: { readonly name: string; readonly millimetres: number }
}

/** Bin label 货位标签, 100 × 50 mm (PUT-1). */
export interface BinDocument {
  readonly kind: 'bin'
  readonly code: string
  readonly kindName: string
  readonly category: string
}

/** Carton label with its SSCC-18 as GS1-128 (GS1 General Specifications, AI 00); 100 × 150 mm. */
export interface CartonDocument {
  readonly kind: 'carton'
  /** 18 digits with their check digit, also as `(00)0952…`. */
  readonly sscc: string
  /** The shop, and where the carton goes. */
  readonly from: string
  readonly to: string
  readonly orderNumbers: readonly string[]
  /** Waybill number of the parcel, empty when it has none yet. */
  readonly waybillNumber: string
  /** This is carton `number` of `count`. */
  readonly number: number
  readonly count: number
  readonly items: readonly { readonly text: string; readonly quantity: number }[]
  readonly weightGrams: number | null
  /** Local date and time in words, `2026-11-22 14:36`. */
  readonly printedAt: string
  readonly sample: boolean
}

/** Label of one slot of a put-wall 播种墙, 60 × 40 mm. */
export interface PutWallDocument {
  readonly kind: 'put-wall'
  /** What a scanner reads, ASCII: `SLOT-A-03`. */
  readonly code: string
  /** What people read from afar: `A-03`. */
  readonly slot: string
  readonly wall: string
}

/**
 * A label that a courier gave as finished bytes, often only once. It is sent as it is: `layoutLabel` gives no pages
 * for it, and nothing of it can be moved.
 */
export interface CourierLabelDocument {
  readonly kind: 'courier-label'
  readonly language: 'zpl' | 'tspl' | 'pdf'
  readonly base64: string
  readonly waybillNumber: string
}

/** The papers that are lists. */
export type ListName = 'goods-in-note' | 'handover-list' | 'pick-slip' | 'exchange-list' | 'delivery-note'

/** A4 list with a heading, key facts, a table and signature lines: goods-in note 入库单, hand-over list 交接单 … */
export interface ListDocument {
  readonly kind: 'list'
  /** Names the print job, not the layout. 换货单 is the exchange list, 发货单 the delivery note. */
  readonly list: ListName
  readonly title: string
  /** Printed in text and as Code 128. */
  readonly number: string
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly columns: readonly {
    readonly title: string
    readonly weight: number
    readonly align: 'left' | 'right'
  }[]
  readonly rows: readonly (readonly string[])[]
  readonly totals: readonly string[]
  readonly signatures: readonly { readonly role: string; readonly name: string }[]
  readonly sample: boolean
}

/** A4 sheet of control barcodes (PAK-9): a grid of Code 128 with words. */
export interface ControlSheetDocument {
  readonly kind: 'control-sheet'
  readonly title: string
  readonly codes: readonly { readonly code: string; readonly words: string }[]
}

/** Labels whose fields a layout places (`LayoutKind`). */
export type LayoutDocument = WaybillDocument | SkuDocument | BinDocument | CartonDocument | PutWallDocument

/** Everything the station can print. */
export type LabelDocument = LayoutDocument | ListDocument | ControlSheetDocument | CourierLabelDocument
