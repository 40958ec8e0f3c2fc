import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Three shirts, three bins, some orders of many pieces: a shop that is set up in seconds. */
export interface SmallShop {
  readonly catalogue: string
  readonly bins: string
  readonly waybills: string
  readonly orders: string
  readonly barcodes: readonly string[]
  readonly orderNumbers: readonly string[]
  /** Pieces of each shirt that an order wants. */
  readonly each: number
}

const BARCODES = ['6901000000004', '6901000000011', '6901000000028'] as const
const CODES = ['T1-WHITE-S', 'T1-WHITE-M', 'T1-WHITE-L'] as const

/** @param numbers waybill numbers in the pool */
export function writeSmallShop(
  directory: string,
  orders: number,
  each = 4,
  numbers = orders + 10,
): SmallShop {
  const write = (name: string, lines: readonly string[]): string => {
    const path = join(directory, name)
    writeFileSync(path, `\ufeff${lines.join('\r\n')}\r\n`)
    return path
  }
  const orderNumbers = Array.from({ length: orders }, (_, i) => `#${1001 + i}`)
  const address = 'Ada Example,1 Fictional Lane,Testville,00501,NY,US,+1 555-0100'
  const rows = orderNumbers.flatMap((number) =>
    CODES.map((code, i) => {
      const first = i === 0
      const head = first ? 'paid,2026-10-01 10:00:00 +0800,unfulfilled' : ',,'
      return `${number},${head},2026-10-01 09:00:00 +0800,${each},Shirt,10.00,${code},${first ? address : ',,,,,,'}`
    }),
  )
  return {
    catalogue: write('catalogue.csv', [
      '货号,商品名称,类目,颜色,尺码,商家编码,条形码,材质,重量(克)',
      ...CODES.map((code, i) => `T1,T恤 T1款,T恤,白,${code.at(-1)},${code},${BARCODES[i]},棉100%,180`),
    ]),
    bins: write('bins.csv', ['货位,类型,容量,类目', ...[1, 2, 3].map((n) => `B-01-1-0${n},拣货,5000,T恤`)]),
    waybills: write('pool.csv', [
      'courier,waybill_no,sort_code',
      ...Array.from({ length: numbers }, (_, i) => `STO,${773000000000000 + i * 13},571-01`),
    ]),
    orders: write('shopify.csv', [
      'Name,Financial Status,Paid at,Fulfillment Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone',
      ...rows,
    ]),
    barcodes: BARCODES,
    orderNumbers,
    each,
  }
}
