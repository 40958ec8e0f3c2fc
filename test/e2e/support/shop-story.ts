import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { ExpectedStock } from './expected-stock.ts'
import type { Floor } from './floor.ts'
import { importFiles } from './office.ts'
import { isPaid, type ShopFiles, type ShopOrder, type ShopSku } from './shop-files.ts'

/** One day at the shop, from goods-in to hand-over, as told by the files and the scans alone. */
export interface Story {
  readonly floor: Floor
  readonly files: ShopFiles
  readonly stock: ExpectedStock
  readonly orders: readonly ShopOrder[]
  readonly binOf: Map<string, string>
  readonly wantedMm: (order: ShopOrder, code: string) => number
  /** Waybill by order number, in the order in which they were given. */
  readonly waybills: Map<string, string>
  /** How many numbers of the pool are gone. */
  used: number
}

const JEANS = '牛仔裤'
const SUGGESTED_MM = 770

/** Chooses at least `count` paid orders: some of several lines, some of jeans, in the order of the file. */
export function tellStory(floor: Floor, files: ShopFiles, count: number): Story {
  const paid = files.taobao.filter(isPaid)
  const known = paid.filter((order) => order.lines.every((line) => files.skus.has(line.code)))
  const jeans = known.filter((order) => order.lines.some((line) => isJeans(files, line.code))).slice(0, 2)
  const several = known.filter((order) => order.lines.length > 1 && !jeans.includes(order)).slice(0, 4)
  const rest = known.filter(
    (order) => !jeans.includes(order) && !several.includes(order) && !hasJeans(files, order),
  )
  const chosen = [...jeans, ...several, ...rest].slice(0, count)
  if (chosen.length < count || jeans.length === 0 || several.length === 0)
    throw new Error('these files tell no story')
  return {
    floor,
    files,
    stock: new ExpectedStock(),
    orders: chosen,
    binOf: new Map(),
    waybills: new Map(),
    used: 0,
    wantedMm: (order, code) => {
      const first = order.lines.find((line) => isJeans(files, line.code))
      const asked = order.message.includes('腰围要77厘米') && first?.code === code
      return asked ? SUGGESTED_MM : (sku(files, code).waistMm ?? 0)
    },
  }
}

export function sku(files: ShopFiles, code: string): ShopSku {
  const found = files.skus.get(code)
  if (!found) throw new Error(`no SKU ${code} in the files`)
  return found
}

const isJeans = (files: ShopFiles, code: string): boolean => files.skus.get(code)?.category === JEANS
export const hasJeans = (files: ShopFiles, order: ShopOrder): boolean =>
  order.lines.some((line) => isJeans(files, line.code))

/** Pieces that the chosen orders, and every open order in front of them, can ask of an SKU. */
function neededPieces(story: Story): {
  plain: Map<string, number>
  measured: { code: string; mm: number }[]
} {
  const { files, orders } = story
  const codes = new Set(
    orders.flatMap((order) => order.lines.map((line) => line.code)).filter((code) => !isJeans(files, code)),
  )
  const plain = new Map<string, number>()
  for (const order of [...files.taobao, ...files.shopify].filter(isPaid))
    for (const line of order.lines)
      if (codes.has(line.code)) plain.set(line.code, (plain.get(line.code) ?? 0) + line.quantity)
  const measured = orders.flatMap((order) =>
    order.lines
      .filter((line) => isJeans(files, line.code))
      .flatMap((line) =>
        Array.from({ length: line.quantity }, () => ({
          code: line.code,
          mm: story.wantedMm(order, line.code),
        })),
      ),
  )
  return { plain, measured }
}

/** Goods-in, blind, with two signatures; nothing is in stock before the second. */
export async function receiveGoods(story: Story): Promise<void> {
  const { floor, files, stock } = story
  const { plain, measured } = neededPieces(story)
  await floor.go('receive')
  await floor.expectReasons(['CMD-NEW', 'receiveOpened'])
  for (const [code, quantity] of plain) {
    await floor.expectReasons([sku(files, code).barcode, 'pieceCounted'], [`QTY-${quantity}`, 'quantitySet'])
    stock.move({ sku: code }, quantity, 'supplier', 'dock')
  }
  for (const { code, mm } of measured) {
    await floor.expectReasons([sku(files, code).barcode, 'measureWanted'], [`MM-${mm}`, 'measured'])
    stock.move({ sku: code, mm }, 1, 'supplier', 'dock')
  }
  await floor.expectReasons(
    ['CMD-FINISH', 'signatureWanted'],
    ['BADGE-1002', 'signed'],
    ['BADGE-1002', 'samePerson'],
    ['BADGE-1001', 'posted'],
  )
}

/** Everything from the dock into the first bin of its category that has room. */
export async function putAway(story: Story): Promise<void> {
  const { floor, files, stock, binOf } = story
  const { plain, measured } = neededPieces(story)
  const filled = new Map<string, number>()
  const binFor = (code: string, quantity: number): string => {
    const category = sku(files, code).category
    const bin = files.bins.find((b) => b.category === category && (filled.get(b.code) ?? 0) + quantity <= 120)
    if (!bin) throw new Error(`no bin for ${quantity} × ${code}`)
    filled.set(bin.code, (filled.get(bin.code) ?? 0) + quantity)
    return bin.code
  }
  await floor.go('putaway')
  for (const [code, quantity] of plain) {
    const bin = binFor(code, quantity)
    binOf.set(code, bin)
    await floor.expectReasons(
      [sku(files, code).barcode, 'pieceInHand'],
      [`QTY-${quantity}`, 'pieceInHand'],
      [bin, 'putAway'],
    )
    stock.move({ sku: code }, quantity, 'dock', `bin:${bin}`)
  }
  for (const { code, mm } of measured) {
    const bin = binOf.get(code) ?? binFor(code, 1)
    binOf.set(code, bin)
    await floor.expectReasons(
      [sku(files, code).barcode, 'measureWanted'],
      [`MM-${mm}`, 'pieceInHand'],
      [bin, 'putAway'],
    )
    stock.move({ sku: code, mm }, 1, 'dock', `bin:${bin}`)
  }
}

/** Single pick of an order, bin by bin along the aisles. */
export async function pickOrder(story: Story, order: ShopOrder): Promise<void> {
  const { floor, files, stock, binOf } = story
  const binOfLine = (code: string): string => binOf.get(code) ?? ''
  const bins = [...new Set(order.lines.map((line) => binOfLine(line.code)))].sort()
  await floor.go('pick')
  await floor.expectReasons([order.number, 'pickOpened'])
  for (const bin of bins) {
    await floor.expectReasons([bin, 'binRight'])
    for (const line of order.lines.filter((l) => binOfLine(l.code) === bin))
      for (let piece = 0; piece < line.quantity; piece++) {
        const mm = isJeans(files, line.code) ? story.wantedMm(order, line.code) : null
        if (mm !== null) await floor.expectReasons([sku(files, line.code).barcode, 'measureWanted'])
        const verdict = await floor.scan(mm === null ? sku(files, line.code).barcode : `MM-${mm}`)
        if (!['piecePicked', 'pickDone'].includes(verdict.reason))
          throw new Error(`pick: ${verdict.reason} ${verdict.text}`)
        stock.move({ sku: line.code, mm }, 1, `bin:${bin}`, `cart:taobao/${order.number}`)
      }
  }
}

/** Opens an order at the bench; a jeans order without a confirmed waist is asked about first. */
export async function openParcel(story: Story, order: ShopOrder): Promise<void> {
  const { floor, files } = story
  await floor.go('pack')
  const opened = await floor.scan(order.number)
  if (opened.reason === 'parcelOpened') return
  if (opened.reason !== 'measureWanted')
    throw new Error(`open ${order.number}: ${opened.reason} ${opened.text}`)
  const jeans = order.lines.filter((line) => isJeans(files, line.code))
  for (const [index, line] of jeans.entries()) {
    const mm = story.wantedMm(order, line.code)
    const last = index === jeans.length - 1
    const answer =
      index === 0 && mm === SUGGESTED_MM && order.message.includes('腰围要77厘米') ? 'ANS-1' : `MM-${mm}`
    await floor.expectReasons([answer, last ? 'wantedConfirmed' : 'measureWanted'])
  }
  await floor.expectReasons([order.number, 'parcelOpened'])
}

/** Every piece of an order onto the bench. `offMeasure` measures the first jeans wrong once. */
export async function packPieces(
  story: Story,
  order: ShopOrder,
  options: { offMeasure?: boolean } = {},
): Promise<void> {
  const { floor, files } = story
  let wrongOnce = options.offMeasure ?? false
  for (const line of order.lines)
    for (let piece = 0; piece < line.quantity; piece++) {
      const scanned = await floor.scan(sku(files, line.code).barcode)
      if (!isJeans(files, line.code)) {
        if (scanned.verdict !== 'right')
          throw new Error(`pack ${line.code}: ${scanned.reason} ${scanned.text}`)
        continue
      }
      if (scanned.reason !== 'measureWanted') throw new Error(`pack ${line.code}: ${scanned.reason}`)
      const mm = story.wantedMm(order, line.code)
      if (wrongOnce)
        await floor.expectReasons([`MM-${mm + 25}`, 'offMeasure'], ['CMD-FINISH', 'measureWanted'])
      wrongOnce = false
      const measured = await floor.scan(`MM-${mm + 3}`)
      if (measured.verdict !== 'right')
        throw new Error(`measure ${mm + 3}: ${measured.reason} ${measured.text}`)
    }
}

/** Weight, badge, finish; the next number of the pool must come out. */
export async function finishParcel(story: Story, order: ShopOrder, from: 'bin' | 'cart'): Promise<string> {
  const { floor, files, stock, binOf } = story
  const grams = order.lines.reduce((sum, line) => sum + line.quantity * sku(files, line.code).grams, 30)
  await floor.expectReasons([`G-${grams}`, 'weightTaken'], ['BADGE-1002', 'signed'])
  const verdict = await floor.scan('CMD-FINISH')
  const waybill = files.waybills[story.used] ?? ''
  if (verdict.reason !== 'finished' || !verdict.text.includes(waybill))
    throw new Error(
      `finish ${order.number}: wanted waybill ${waybill}, got ${verdict.reason} ${verdict.text}`,
    )
  story.used += 1
  story.waybills.set(order.number, waybill)
  for (const line of order.lines) {
    const place = from === 'cart' ? `cart:taobao/${order.number}` : `bin:${binOf.get(line.code)}`
    const mm = isJeans(files, line.code) ? story.wantedMm(order, line.code) : null
    stock.move({ sku: line.code, mm }, line.quantity, place, 'packed')
  }
  return waybill
}

/** The order file again, with one order closed on the platform. */
export function writeClosedOrder(files: ShopFiles, number: string): string {
  const text = iconv.decode(readFileSync(join(files.directory, 'taobao-orders.csv')), 'gb18030')
  const lines = text.split('\r\n')
  const changed = lines.map((line) =>
    line.includes(number) ? line.replace('买家已付款，等待卖家发货', '交易关闭') : line,
  )
  if (changed.join() === lines.join()) throw new Error('nothing was closed')
  const path = join(files.directory, 'taobao-orders-later.csv')
  writeFileSync(path, iconv.encode(changed.join('\r\n'), 'gb18030'))
  return path
}

/** The buyer takes his money back while the parcel is open: nothing more goes in, and nothing leaves the stock. */
export async function refundMidParcel(story: Story, order: ShopOrder): Promise<void> {
  const { floor, files } = story
  const first = sku(files, order.lines[0]?.code ?? '')
  await openParcel(story, order)
  const scanned = await floor.scan(first.barcode)
  if (!['piecePacked', 'parcelComplete', 'measureWanted'].includes(scanned.reason))
    throw new Error(scanned.reason)
  const result = await importFiles(floor, 'orders', [writeClosedOrder(files, order.number)])
  if (result.accepted !== 1) throw new Error(`one order was closed, ${result.accepted} accepted`)
  await floor.go('pack')
  await floor.expectReasons(
    [first.barcode, 'orderCancelled'],
    ['CMD-FINISH', 'orderCancelled'],
    ['ANS-1', 'answered'],
    [order.number, 'orderCancelled'],
  )
}
