import { printableCodeOf } from '../../../shared/domain/catalogue/sku.ts'
import type { BinKind } from '../../../shared/domain/stock/bin.ts'
import { builtInLayout } from '../../../shared/labels/built-in-layouts.ts'
import type { LayoutDocument } from '../../../shared/labels/label-document.ts'
import type { LayoutKind } from '../../../shared/labels/label-layout.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { skuLabel } from '../catalogue/print-sku-label.ts'

/** Parcels looked through for one whose label is still in the database. */
const LATEST = 10
/** SKUs looked through for one whose code bars can hold. */
const FIRST = 20

export interface PreviewDocument {
  readonly document: LayoutDocument
  /** False: an example, as there is nothing of the kind yet. */
  readonly real: boolean
}

/** What the layout is shown with: the latest parcel, a real SKU or bin; an example where there is none. */
export async function previewDocument(
  database: StationDatabase,
  layoutId: string,
  kindName: (kind: BinKind) => string,
): Promise<PreviewDocument> {
  const kind = builtInLayout(layoutId)?.kind ?? 'waybill'
  const found = await realDocument(database, kind, kindName)
  const document = found ?? EXAMPLES[kind]
  // The tag is there for its measure, which no plain SKU has.
  if (layoutId === 'size-50x30' && document.kind === 'sku')
    return { document: { ...document, measure: { name: '腰围', millimetres: 772 } }, real: found !== null }
  return { document, real: found !== null }
}

async function realDocument(
  database: StationDatabase,
  kind: LayoutKind,
  kindName: (kind: BinKind) => string,
): Promise<LayoutDocument | null> {
  switch (kind) {
    case 'waybill':
      return latestWaybill(database)
    case 'sku': {
      for (const sku of await database.skus.limit(FIRST).toArray()) {
        const code = printableCodeOf(sku.codes)
        if (code !== null) return skuLabel(sku, code)
      }
      return null
    }
    case 'bin': {
      const bin = await database.bins.limit(1).first()
      return bin ? { kind, code: bin.code, kindName: kindName(bin.kind), category: bin.category } : null
    }
    case 'carton':
    case 'put-wall':
      return null
  }
}

async function latestWaybill(database: StationDatabase): Promise<LayoutDocument | null> {
  const parcels = await database.parcels.orderBy('finishedAt').reverse().limit(LATEST).toArray()
  const jobs = await database.printJobs.bulkGet(parcels.map(({ finish }) => finish?.labelJobId ?? ''))
  for (const job of jobs) if (job?.document.kind === 'waybill') return job.document
  return null
}

/** Examples as a shop knows them; words on labels are Chinese terms. */
const EXAMPLES: { readonly [K in LayoutKind]: Extract<LayoutDocument, { kind: K }> } = {
  waybill: {
    kind: 'waybill',
    courierCode: 'STO',
    courierName: '申通快递',
    waybillNumber: '773000000000123',
    sortCode: '571-B03-07',
    destination: '浙江省 杭州市 余杭区',
    recipient: { name: '张*', phone: '138****5678', address: '浙江省 杭州市 余杭区 文一西路 ****' },
    sender: { name: '朝夕裤坊', phone: '0571-1234567', address: '浙江省 台州市 椒江区 机场路 328 号' },
    orderNumbers: ['2890000000000012345'],
    items: [
      { text: 'K7001/黑色/32', quantity: 1 },
      { text: 'K7001/深蓝/33', quantity: 2 },
    ],
    pieceCount: 3,
    weightGrams: 1658,
    packerName: '王小芳',
    note: '请放驿站',
    printedAt: '2026-11-22 14:36',
    copy: 1,
    sample: false,
  },
  sku: {
    kind: 'sku',
    code: '6901000000022',
    name: '圆领短袖 T 恤 2004 款',
    colour: '奶油',
    size: 'L',
    skuCode: '2004-奶油-L',
  },
  bin: { kind: 'bin', code: 'A-01-03-2', kindName: '拣货', category: '牛仔裤' },
  carton: {
    kind: 'carton',
    sscc: '095287654321012346',
    from: '朝夕裤坊 浙江省 台州市',
    to: '苏州门店 江苏省 苏州市 星湖街 328 号',
    orderNumbers: ['DB-20261122-01'],
    waybillNumber: '773000000000123',
    number: 2,
    count: 5,
    items: [{ text: 'K7001/黑色/32', quantity: 12 }],
    weightGrams: 12_500,
    printedAt: '2026-11-22 14:36',
    sample: false,
  },
  'put-wall': { kind: 'put-wall', code: 'SLOT-A-03', slot: 'A-03', wall: '播种墙 1' },
}
