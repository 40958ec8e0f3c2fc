import type { Recipient } from '../../src/shared/domain/orders/order.ts'
import { type EventEnvelope, eventIdOf } from '../../src/shared/ledger/envelope.ts'
import { goodStock, type Movement } from '../../src/shared/ledger/movement.ts'

/** An event as it travels, before it has a place in the stream. */
export interface MadeEvent {
  readonly event: EventEnvelope
  readonly people?: readonly Recipient[]
}

const SKUS = 1000
const BINS = 300
const BEGIN = Date.UTC(2026, 8, 1)
const AUTHORS = ['station-goods-in', 'station-bench-1', 'station-bench-2']
/** Orders wait about so long before they are packed. */
const BACKLOG = 300

const skuCode = (n: number): string => `${2000 + Math.floor(n / 20)}-深蓝-${n % 20}`
const binCode = (n: number): string =>
  `A-${String(n % 10).padStart(2, '0')}-${(n % 3) + 1}-${String(n).padStart(2, '0')}`
const homeBin = (sku: number): string => binCode(sku % BINS)
/** Looks like the UUID that a command has, and is the same in every run. */
const commandId = (n: number): string =>
  `${String((n * 2654435761) % 4294967296)
    .padStart(8, '0')
    .slice(-8)}-7000-4000-8000-${String(n).padStart(12, '0')}`

function move(sku: number, quantity: number, from: string, to: string): Movement {
  return { ...goodStock(skuCode(sku), null), quantity, from, to }
}

type Draft = Pick<EventEnvelope, 'type' | 'movements' | 'entities' | 'body'> & {
  readonly version?: number
  readonly people?: readonly Recipient[]
  readonly author: number
}

/**
 * An invented shop's stream: a catalogue and bins, then orders (two to a file chunk, with their recipients), goods
 * received, put away, parcels finished and handed over, pools of waybill numbers; the same in every run.
 */
export function* madeStream(warehouseId: string): Generator<MadeEvent> {
  const counters = AUTHORS.map(() => 0)
  let n = 0
  for (const draft of drafts()) {
    const { author, people, version = 1, ...rest } = draft
    const stationId = AUTHORS[author] ?? ''
    const counter = (counters[author] ?? 0) + 1
    counters[author] = counter
    const identity = { stationId, generation: 'g1', counter }
    n++
    const event: EventEnvelope = {
      eventId: eventIdOf(identity),
      ...identity,
      warehouseId,
      version,
      at: BEGIN + n * 15_000,
      personId: 'person-1',
      commandId: commandId(n),
      ...rest,
    }
    yield people ? { event, people } : { event }
  }
}

function* drafts(): Generator<Draft> {
  for (let from = 0; from < SKUS; from += 50) yield skusImported(from)
  yield binsImported()
  // What stood there before the first order came.
  for (let sku = 0; sku < SKUS; sku++) yield putAway(sku, 2000, 'adjustment')
  const shop: Shop = { received: [], orders: 0, packed: 0, handedOver: 0, notes: 0, puts: 0 }
  for (let n = 0; ; n++) {
    if (n % 1000 === 0) yield waybillsLoaded(n)
    const place = n % 20
    if (place < 3) yield ordersImported(shop)
    else if (place === 3) yield goodsReceived(shop)
    else if (place < 13) yield goodsPutAway(shop)
    else if (place < 19 && shop.packed + BACKLOG < shop.orders) yield parcelFinished(shop)
    else if (place === 19 && shop.handedOver + 8 < shop.packed) yield handedOver(shop)
    else yield goodsPutAway(shop)
  }
}

interface Shop {
  readonly received: { readonly sku: number; left: number }[]
  orders: number
  packed: number
  handedOver: number
  notes: number
  puts: number
}

function skusImported(from: number): Draft {
  const skus = Array.from({ length: 50 }, (_, index) => {
    const n = from + index
    const code = skuCode(n)
    return {
      code,
      display: code,
      item: String(2000 + Math.floor(n / 20)),
      name: `T恤 ${n}款 圆领短袖宽松`,
      category: 'T恤',
      colour: '深蓝',
      size: String(n % 20),
      barcodes: [`69${String(n).padStart(11, '0')}`],
      material: '棉98% 氨纶2%',
      weightGrams: 180 + (n % 60),
      measureMm: null,
      costFen: 3671,
      dailyPriceFen: 5874,
      promoPriceFen: 5139,
      floorPriceFen: 4772,
      fragile: false,
    }
  })
  return { author: 0, type: 'SkusImported', movements: [], entities: [], body: { file: '商品.csv', skus } }
}

function binsImported(): Draft {
  const bins = Array.from({ length: BINS }, (_, n) => ({
    code: binCode(n),
    kind: n % 10 === 9 ? ('reserve' as const) : ('pick' as const),
    capacity: null,
    category: 'T恤',
  }))
  return { author: 0, type: 'BinsImported', movements: [], entities: [], body: { file: '库位.csv', bins } }
}

/** Enough numbers for the parcels of the next thousand events. */
function waybillsLoaded(at: number): Draft {
  const first = (at / 1000) * 350
  const waybills = Array.from({ length: 350 }, (_, index) => ({
    courier: 'STO',
    number: waybillNumber(first + index),
    sortCode: '021-03-12',
    position: first + index,
  }))
  return {
    author: 1,
    type: 'WaybillsLoaded',
    movements: [],
    entities: [],
    body: { file: '面单.csv', waybills },
  }
}

const waybillNumber = (n: number): string => `7730${String(n).padStart(11, '0')}`
const orderNumber = (n: number): string => `19${String(n * 7919).padStart(16, '0')}`
const skuOfOrder = (order: number, line: number): number => (order * 31 + line * 401) % SKUS
const linesOfOrder = (order: number): number => (order % 3 === 0 ? 2 : 1)

function ordersImported(shop: Shop): Draft {
  const first = shop.orders
  shop.orders += 2
  const orders = [first, first + 1].map((n) => ({
    orderId: `taobao/${orderNumber(n)}`,
    source: 'taobao' as const,
    number: orderNumber(n),
    status: 'paid' as const,
    statusText: '买家已付款，等待卖家发货',
    createdAt: BEGIN + n * 60_000,
    paidAt: BEGIN + n * 60_000,
    deadlineAt: BEGIN + n * 60_000 + 86_400_000,
    buyer: `tb${n}`,
    message: '',
    memo: '',
    personRef: `taobao/${orderNumber(n)}`,
    destination: '江苏省 苏州市 昆山市',
    lines: Array.from({ length: linesOfOrder(n) }, (_, line) => ({
      lineNo: line + 1,
      skuCode: skuCode(skuOfOrder(n, line)),
      title: '圆领短袖宽松T恤',
      attributes: '颜色：深蓝；尺码：L',
      quantity: 1 + (n % 2),
      priceFen: 5139,
    })),
    totalFen: 5139,
    encoding: 'gb18030',
    flag: 'none' as const,
  }))
  const people = [first, first + 1].map((n) => ({
    personRef: `taobao/${orderNumber(n)}`,
    name: `张${n}`,
    company: '',
    phone: `138${String(n).padStart(8, '0')}`,
    province: '江苏省',
    city: '苏州市',
    district: '昆山市',
    street: `人民路 ${n % 900} 号`,
    postcode: '215300',
    country: '中国',
  }))
  const entities = orders.map((order) => `order:${order.orderId}`)
  return {
    author: 1,
    type: 'OrdersImported',
    movements: [],
    entities,
    body: { file: '订单.csv', orders },
    people,
  }
}

function goodsReceived(shop: Shop): Draft {
  const note = shop.notes++
  const skus = [0, 1, 2].map((line) => (note * 3 + line) % SKUS)
  for (const sku of skus) shop.received.push({ sku, left: 20 })
  const lines = skus.map((sku) => ({
    skuCode: skuCode(sku),
    title: `T恤 ${2000 + Math.floor(sku / 20)} 深蓝 ${sku % 20}`,
    colour: '深蓝',
    size: String(sku % 20),
    expected: 20,
    counted: 20,
    defects: 0,
    byMeasure: {},
    defectsByMeasure: {},
  }))
  const signatures = (['clerk', 'countersign'] as const).map((as, index) => ({
    personId: `person-${index + 1}`,
    name: '李收货',
    at: BEGIN,
    as,
  }))
  const noteNo = `GI-${String(note).padStart(8, '0')}`
  return {
    author: 0,
    type: 'GoodsReceived',
    movements: skus.map((sku) => move(sku, 20, 'supplier', 'dock')),
    entities: [`note:${noteNo}`, ...skus.map((sku) => `sku:${skuCode(sku)}`)],
    body: { noteNo, noticeNo: null, supplier: '广州服装', openedAt: BEGIN, lines, signatures },
  }
}

function goodsPutAway(shop: Shop): Draft {
  shop.puts++
  const waiting = shop.received[0]
  const sku = waiting?.sku ?? shop.puts % SKUS
  const quantity = waiting ? Math.min(waiting.left, 5) : 1
  if (waiting) {
    waiting.left -= quantity
    if (waiting.left === 0) shop.received.shift()
  }
  return putAway(sku, quantity, waiting ? 'dock' : 'adjustment')
}

function putAway(sku: number, quantity: number, from: string): Draft {
  const bin = homeBin(sku)
  return {
    author: 0,
    type: 'GoodsPutAway',
    movements: [move(sku, quantity, from, `bin:${bin}`)],
    entities: [`sku:${skuCode(sku)}`, `bin:${bin}`],
    body: {
      binCode: bin,
      skuCode: skuCode(sku),
      measureMm: null,
      quantity,
      foundQuantity: 0,
      suggestedBin: bin,
    },
  }
}

function parcelFinished(shop: Shop): Draft {
  const n = shop.packed++
  const orderId = `taobao/${orderNumber(n)}`
  const quantity = 1 + (n % 2)
  const at = BEGIN + n * 60_000
  const skus = Array.from({ length: linesOfOrder(n) }, (_, line) => skuOfOrder(n, line))
  const lines = skus.map((sku, line) => ({
    orderId,
    lineNo: line + 1,
    skuCode: skuCode(sku),
    item: String(2000 + Math.floor(sku / 20)),
    title: `T恤 ${2000 + Math.floor(sku / 20)} 深蓝 ${sku % 20}`,
    colour: '深蓝',
    size: String(sku % 20),
    labelText: `${2000 + Math.floor(sku / 20)}/深蓝/${sku % 20}`,
    quantity,
    fragile: false,
    unitWeightGrams: 180,
    measured: false,
    wantedMm: null,
    toleranceMm: 0,
    sources: [{ place: `bin:${homeBin(sku)}`, measureMm: null, quantity }],
    pieces: Array.from({ length: quantity }, () => ({
      from: `bin:${homeBin(sku)}`,
      stockMm: null,
      measuredMm: null,
      at,
    })),
  }))
  return {
    author: 1 + (n % 2),
    type: 'ParcelFinished',
    version: 2,
    movements: skus.map((sku) => move(sku, quantity, `bin:${homeBin(sku)}`, 'packed')),
    entities: [`order:${orderId}`, `parcel:${parcelId(n)}`],
    body: {
      parcelId: parcelId(n),
      orderIds: [orderId],
      orderNumbers: [orderNumber(n)],
      source: 'taobao',
      personRef: orderId,
      courier: 'STO',
      waybillNumber: waybillNumber(n),
      waybillKey: `STO/${waybillNumber(n)}`,
      weightGrams: 180 * quantity,
      weightSource: 'scale',
      packerId: 'person-1',
      packerName: '王打包',
      destination: '江苏省 苏州市 昆山市',
      labelJobId: commandId(n),
      leaseToken: n + 1,
      at,
      lines,
      trail: skus.map((sku) => ({
        at,
        scan: `69${String(sku).padStart(11, '0')}`,
        reason: 'piecePacked',
        personId: 'person-1',
      })),
    },
  }
}

const parcelId = (n: number): string => `parcel-${String(n).padStart(8, '0')}`

function handedOver(shop: Shop): Draft {
  const first = shop.handedOver
  shop.handedOver += 6
  const all = Array.from({ length: 6 }, (_, index) => first + index)
  const handoverNo = `HO-${String(first).padStart(8, '0')}`
  return {
    author: 2,
    type: 'ParcelsHandedOver',
    movements: all.flatMap((n) =>
      Array.from({ length: linesOfOrder(n) }, (_, line) =>
        move(skuOfOrder(n, line), 1 + (n % 2), 'packed', 'customer'),
      ),
    ),
    entities: [`handover:${handoverNo}`],
    body: {
      handoverNo,
      courier: 'STO',
      signedBy: '李快递',
      parcels: all.map((n) => ({
        parcelId: parcelId(n),
        orderIds: [`taobao/${orderNumber(n)}`],
        waybillNumber: waybillNumber(n),
        ourWeightGrams: 180,
        theirWeightGrams: null,
        theirFeeFen: null,
        acceptedReason: null,
      })),
    },
  }
}

/** What one station pushes while people put goods away and pack: nine placements to a parcel. */
export function stationEvent(stationId: string, warehouseId: string, counter: number): EventEnvelope {
  const seed = counter * 37 + stationId.length * 11
  const parcel = counter % 10 === 0
  const {
    author: _author,
    people: _people,
    version = 1,
    ...rest
  } = parcel ? parcelOf(stationId, counter) : putAway(seed % SKUS, 1 + (seed % 5), 'dock')
  const identity = { stationId, generation: 'g1', counter }
  return {
    eventId: eventIdOf(identity),
    ...identity,
    warehouseId,
    version,
    at: BEGIN + counter * 15_000,
    personId: 'person-1',
    commandId: commandId(seed),
    ...rest,
  }
}

/** A parcel of a number that no other station has. */
function parcelOf(stationId: string, counter: number): Draft {
  const draft = parcelFinished({ received: [], orders: 0, packed: counter, handedOver: 0, notes: 0, puts: 0 })
  const number = `${stationId.replace(/\D/g, '').padStart(4, '0')}${String(counter).padStart(11, '0')}`
  const body = { ...(draft.body as object), waybillNumber: number, waybillKey: `STO/${number}` }
  return { ...draft, body }
}
