import { normaliseCode } from '../../../shared/base/text.ts'
import type { Sku } from '../../../shared/domain/catalogue/sku.ts'
import { gs1CheckDigit } from '../../../shared/formats/gtin.ts'

/** One demo product: its colours and sizes make its SKUs. */
interface Product {
  readonly item: string
  readonly name: string
  readonly category: string
  readonly material: string
  readonly colours: readonly string[]
  readonly sizes: readonly string[]
  readonly weightGrams: number
  /** Added per size step. */
  readonly stepGrams: number
  readonly costFen: number
  readonly priceFen: number
  readonly fragile?: boolean
}

const JEANS_SIZES = ['28', '29', '30', '31', '32', '33']
const S_TO_XL = ['S', 'M', 'L', 'XL']
const S_TO_L = ['S', 'M', 'L']

const PRODUCTS: readonly Product[] = [
  jeans('2031', '高腰直筒牛仔裤', ['深蓝', '浅蓝'], JEANS_SIZES, 4200),
  jeans('2032', '小脚弹力牛仔裤', ['黑色'], JEANS_SIZES.slice(0, 5), 3900),
  tee('2004', '圆领纯棉短袖 T 恤', ['奶油', '雾蓝', '黑色'], S_TO_XL),
  tee('2006', '海魂衫长袖 T 恤', ['条纹'], S_TO_L),
  dress('2002', '法式碎花连衣裙', ['碎花', '藕粉'], 7800),
  dress('2008', '收腰针织连衣裙', ['墨绿', '姜黄'], 8600),
  glass('2010', '耐热玻璃杯', '玻璃杯', ['琥珀', '透明', '薄荷'], ['350ml', '500ml']),
  glass('2011', '郁金香高脚杯', '玻璃杯', ['透明', '藕粉'], ['280ml']),
  glass('2012', '手工马克杯', '马克杯', ['奶油', '雾蓝', '砖红'], ['350ml']),
  glass('2013', '竖纹花瓶', '花瓶', ['琥珀', '墨绿', '透明'], ['均码']),
  glass('2014', '密封储物罐', '储物罐', ['透明'], ['500ml', '1L']),
]

function jeans(
  item: string,
  name: string,
  colours: readonly string[],
  sizes: readonly string[],
  costFen: number,
): Product {
  const material = '棉 98% 氨纶 2%'
  const rest = { material, weightGrams: 560, stepGrams: 20, costFen, priceFen: 12900 }
  return { item, name, category: '牛仔裤', colours, sizes, ...rest }
}

function tee(item: string, name: string, colours: readonly string[], sizes: readonly string[]): Product {
  const rest = { material: '棉 100%', weightGrams: 180, stepGrams: 12, costFen: 1500, priceFen: 5900 }
  return { item, name, category: 'T恤', colours, sizes, ...rest }
}

function dress(item: string, name: string, colours: readonly string[], costFen: number): Product {
  const rest = { material: '粘纤 100%', weightGrams: 300, stepGrams: 15, costFen, priceFen: 19900 }
  return { item, name, category: '连衣裙', colours, sizes: S_TO_L, ...rest }
}

function glass(
  item: string,
  name: string,
  category: string,
  colours: readonly string[],
  sizes: readonly string[],
): Product {
  const rest = { material: '高硼硅玻璃', weightGrams: 290, stepGrams: 70, costFen: 1200, priceFen: 3900 }
  return { item, name, category, colours, sizes, ...rest, fragile: true }
}

/** The demo catalogue: jeans, T-shirts, dresses and glass, 60 SKUs in all. */
export function demoSkus(): Sku[] {
  return PRODUCTS.flatMap((product) =>
    product.colours.flatMap((colour) =>
      product.sizes.map((size, step) => demoSku(product, colour, size, step)),
    ),
  ).map((sku, index) => ({ ...sku, barcodes: [gtin13(index + 1)] }))
}

function demoSku(product: Product, colour: string, size: string, step: number): Sku {
  const { item, name, category, material, costFen, priceFen, fragile = false } = product
  const display = `${item}-${colour}-${size}`
  return {
    code: normaliseCode(display),
    display,
    item,
    name,
    category,
    colour,
    size,
    barcodes: [],
    material,
    weightGrams: product.weightGrams + step * product.stepGrams,
    // The size chart of the jeans: size 28 has a waist of 700 mm, each size 25 more.
    measureMm: category === '牛仔裤' ? 700 + (Number(size) - 28) * 25 : null,
    costFen,
    dailyPriceFen: priceFen,
    promoPriceFen: Math.round(priceFen * 0.85),
    floorPriceFen: Math.round(priceFen * 0.75),
    fragile,
  }
}

/** A valid GTIN-13 under an invented company prefix. */
function gtin13(running: number): string {
  const body = `690199900${String(running).padStart(3, '0')}`
  return `${body}${gs1CheckDigit(body)}`
}
