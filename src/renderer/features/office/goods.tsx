import type { ReactElement } from 'react'
import { skuTitle } from '../../../shared/domain/catalogue/sku.ts'
import type { SkuRow } from '../../../shared/station/tables.ts'
import { Swatch } from '../../ui/swatch.tsx'

type Named = Pick<SkuRow, 'code' | 'display' | 'category' | 'item' | 'colour' | 'size' | 'name'>

/** What people call the goods; the code where nothing better is known. */
export const goodsTitle = (sku: Named): string => skuTitle(sku) || sku.name || sku.display

/** Goods in a table cell: their colour, what they are called, their code. */
export function Goods({ sku, sub }: { sku: Named; sub?: string }): ReactElement {
  return (
    <span className="goods">
      <Swatch colour={sku.colour || sku.display} size={34} />
      <span>
        {goodsTitle(sku)}
        <small>{sub ?? sku.display}</small>
      </span>
    </span>
  )
}
