import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What the generated files say, read by a few lines of their own and not by the product's parsers: the tests' idea of
 * the truth must not share a fault with what they judge.
 */
export interface ShopSku {
  readonly code: string
  readonly barcode: string
  readonly category: string
  readonly item: string
  readonly size: string
  readonly waistMm: number | null
  readonly grams: number
}

export interface ShopOrder {
  readonly number: string
  readonly status: string
  readonly message: string
  /** Pieces by SKU code, one entry per line of the file. */
  readonly lines: readonly { readonly code: string; readonly quantity: number }[]
}

export interface ShopFiles {
  readonly directory: string
  readonly skus: ReadonlyMap<string, ShopSku>
  readonly taobao: readonly ShopOrder[]
  readonly shopify: readonly ShopOrder[]
  readonly bins: readonly { readonly code: string; readonly category: string; readonly kind: string }[]
  readonly waybills: readonly string[]
}

/** Splits CSV text into cells; quotes may hold separators, quotes and line breaks. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const body = text.replace(/^\ufeff/, '')
  for (let i = 0; i < body.length; i++) {
    const character = body[i] ?? ''
    if (quoted) {
      if (character !== '"') cell += character
      else if (body[i + 1] === '"') cell += body[++i] ?? ''
      else quoted = false
      continue
    }
    if (character === '"') quoted = true
    else if (character === ',' || character === '\n') {
      row.push(cell)
      cell = ''
      if (character === '\n') {
        rows.push(row)
        row = []
      }
    } else if (character !== '\r') cell += character
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
}

type Named = (name: string) => string

function table(directory: string, file: string, encoding = 'utf-8'): Named[] {
  const [header = [], ...rows] = readCsv(
    new TextDecoder(encoding).decode(readFileSync(join(directory, file))),
  )
  const names = header.map((name) => name.trim())
  return rows.filter((row) => row.length > 1).map((row) => (name) => row[names.indexOf(name)] ?? '')
}

const bare = (cell: string): string => cell.replace(/^="?|"$|^'/g, '')

/** Reads a directory that the fixture maker wrote. */
export function readShopFiles(directory: string): ShopFiles {
  const skus = new Map<string, ShopSku>()
  for (const cell of table(directory, 'catalogue.csv')) {
    const code = cell('商家编码')
    // The four planted rows; each must be refused for a reason of its own.
    if (/^990[1-4]-/.test(code)) continue
    const waist = cell('腰围(mm)')
    skus.set(code, {
      code,
      barcode: cell('条形码'),
      category: cell('类目'),
      item: cell('货号'),
      size: cell('尺码'),
      waistMm: waist === '' ? null : Number(waist),
      grams: Number(cell('重量(克)')),
    })
  }
  return {
    directory,
    skus,
    taobao: taobaoOrders(directory),
    shopify: shopifyOrders(directory),
    bins: table(directory, 'bins.csv').map((cell) => ({
      code: cell('货位'),
      category: cell('类目'),
      kind: cell('类型'),
    })),
    waybills: table(directory, 'waybill-pool-sto.csv').map((cell) => cell('waybill_no')),
  }
}

function taobaoOrders(directory: string): ShopOrder[] {
  const lines = new Map<string, { code: string; quantity: number }[]>()
  for (const cell of table(directory, 'taobao-items.csv', 'gb18030')) {
    const number = bare(cell('订单编号'))
    const list = lines.get(number) ?? []
    list.push({ code: cell('商家编码'), quantity: Number(cell('购买数量')) })
    lines.set(number, list)
  }
  return table(directory, 'taobao-orders.csv', 'gb18030').map((cell) => {
    const number = bare(cell('订单编号'))
    return { number, status: cell('订单状态'), message: cell('买家留言'), lines: lines.get(number) ?? [] }
  })
}

function shopifyOrders(directory: string): ShopOrder[] {
  const orders = new Map<
    string,
    { number: string; status: string; message: string; lines: { code: string; quantity: number }[] }
  >()
  for (const cell of table(directory, 'shopify-orders.csv')) {
    const number = cell('Name')
    const open = cell('Financial Status') === 'paid' && cell('Cancelled at') === ''
    const order = orders.get(number) ?? { number, status: open ? 'paid' : 'stopped', message: '', lines: [] }
    order.lines.push({ code: cell('Lineitem sku'), quantity: Number(cell('Lineitem quantity')) })
    orders.set(number, order)
  }
  return [...orders.values()]
}

export const isPaid = (order: ShopOrder): boolean =>
  order.status === '买家已付款，等待卖家发货' || order.status === 'paid'
