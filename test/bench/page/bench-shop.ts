import type { PackLine, PackTask } from '../../../src/shared/domain/packing/pack-task.ts'
import { DEFAULT_SHOP_CLOCK } from '../../../src/shared/domain/orders/deadline.ts'
import type { StationEnvironment } from '../../../src/shared/station/environment.ts'
import type { OrderRow, PersonRow, SkuRow } from '../../../src/shared/station/tables.ts'

/** The n-th SKU of an invented catalogue, about as large as a real one. */
export function benchSku(n: number): SkuRow {
  const code = `${2000 + Math.floor(n / 40)}-深蓝-${n % 40}-${n}`
  const barcode = `69${String(n).padStart(11, '0')}`
  return {
    code,
    display: code,
    item: String(2000 + Math.floor(n / 40)),
    name: `T恤 ${n}款 圆领短袖宽松`,
    category: 'T恤',
    colour: '深蓝',
    size: String(n % 40),
    barcodes: [barcode],
    material: '棉98% 氨纶2%',
    weightGrams: 180 + (n % 60),
    measureMm: null,
    costFen: 3671,
    dailyPriceFen: 5874,
    promoPriceFen: 5139,
    floorPriceFen: 4772,
    fragile: false,
    codes: [code, barcode],
    linkedCodes: [],
    stamp: { hubSequence: null, counter: 1, eventId: 'S1.g1.1' },
  }
}

export const barcodeOf = (n: number): string => `69${String(n).padStart(11, '0')}`

export const benchEnvironment: StationEnvironment = {
  identity: { stationId: 'S1', generation: 'g1', warehouseId: 'main' },
  newId: () => crypto.randomUUID(),
  stationCode: 'PC1',
  shopClock: DEFAULT_SHOP_CLOCK,
  shop: { name: '蜀都精品', phone: '', address: '' },
  sample: false,
}

const stamp = { hubSequence: null, counter: 1, eventId: 'S1.g1.1' }

export const benchPerson: PersonRow = {
  personId: 'p1',
  name: '王打包',
  roles: ['manager'],
  badgeHash: 'x',
  pinHash: 'x',
  active: true,
  stamp,
}

export function benchOrder(orderId: string): OrderRow {
  return {
    orderId,
    platform: {
      orderId,
      source: 'taobao',
      number: orderId.slice(7),
      status: 'paid',
      statusText: '买家已付款，等待卖家发货',
      createdAt: 1,
      paidAt: 1,
      deadlineAt: 1,
      buyer: 'tb',
      message: '',
      memo: '',
      personRef: 'r1',
      destination: '江苏省 苏州市 昆山市',
      lines: [],
      totalFen: 1,
      encoding: 'gb18030',
      flag: 'red',
    },
    stamp,
    wanted: {},
    parcels: {},
    codeKey: orderId.slice(7),
    queue: 'open',
    deadlineAt: 1,
  }
}

/** The order that the parcel was opened from: it wants what lies on the bench. */
export function benchOrderOf({ taskId, lines }: Pick<PackTask, 'taskId' | 'lines'>): OrderRow {
  const order = benchOrder(taskId)
  const wanted = lines.map(({ lineNo, skuCode, quantity }) => ({
    lineNo,
    skuCode,
    title: '',
    attributes: '',
    quantity,
    priceFen: null,
  }))
  return { ...order, platform: order.platform && { ...order.platform, lines: wanted } }
}

/** A parcel of these SKUs as it stands on the bench after opening. */
export function benchParcel(orderId: string, skus: readonly number[]): PackTask {
  const lines = skus.map((n, index): PackLine => {
    const sku = benchSku(n)
    return {
      orderId,
      lineNo: index + 1,
      skuCode: sku.code,
      item: sku.item,
      title: `T恤 ${sku.item} 深蓝 ${sku.size}`,
      colour: sku.colour,
      size: sku.size,
      labelText: `${sku.item}/深蓝/${sku.size}`,
      quantity: 2,
      fragile: false,
      unitWeightGrams: sku.weightGrams,
      measured: false,
      wantedMm: null,
      toleranceMm: 0,
      sources: [{ place: 'bin:B-01-1-01', measureMm: null, quantity: 2 }],
      pieces: [],
    }
  })
  return {
    area: 'pack',
    taskId: orderId,
    openedAt: 1,
    openedBy: 'p1',
    undoHead: null,
    state: 'packing',
    orderIds: [orderId],
    orderNumbers: [orderId.slice(7)],
    courier: 'STO',
    personRef: 'r1',
    lines,
    weightGrams: null,
    weightSource: null,
    signature: null,
    trail: [],
  }
}
