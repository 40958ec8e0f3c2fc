/** Goods in a bin that a picker did not find all of (PIK-3). */
interface DoubtedGoods {
  readonly binCode: string
  readonly skuCode: string
  readonly measureMm: number | null
}

/** Key of doubted goods: bin, SKU and measure. */
export const shortKey = ({ binCode, skuCode, measureMm }: DoubtedGoods): string =>
  `${binCode}|${skuCode}|${measureMm ?? ''}`
