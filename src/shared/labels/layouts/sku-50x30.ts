import { block, code, defineLayout, rule, text } from './define-layout.ts'

const CODE = { size: 2.7, min: 1.8, bold: true, align: 'center' } as const
const SKU_CODE = { size: 2, min: 1.7, align: 'center' } as const

/** SKU label, 50 × 30 mm (RCV-4). The quiet zones of the bars may use the full width of the label. */
export const SKU_50X30 = defineLayout({
  layoutId: 'sku-50x30',
  kind: 'sku',
  width: 50,
  height: 30,
  fields: [
    block('name', [2, 1, 46, 4.8], { size: 3, min: 2.1, bold: true, vertical: 'middle' }),
    text('variant', [2, 6.3, 46, 4], { size: 3.6, min: 2, bold: true }),
    code('codeBars', [0.5, 10.5, 49, 13.9]),
    text('code', [2, 24.5, 46, 2.8], CODE),
    text('skuCode', [2, 27.2, 46, 2.2], SKU_CODE),
  ],
  rules: [rule(2, 5.95, 46, 0.25)],
})

/** Hang tag of one measured piece, 50 × 30 mm (RCV-8): its measure stands out. */
export const SIZE_50X30 = defineLayout({
  layoutId: 'size-50x30',
  kind: 'sku',
  width: 50,
  height: 30,
  fields: [
    block('name', [2, 1, 46, 3.4], { size: 2.8, min: 2, bold: true, vertical: 'middle' }),
    text('colourSize', [2, 5, 19.5, 5.3], { size: 3.6, min: 2, bold: true }),
    text('measure', [22, 5, 26, 5.3], { size: 4.8, min: 2.4, bold: true, align: 'right' }),
    code('codeBars', [0.5, 10.5, 49, 13.9]),
    text('code', [2, 24.5, 46, 2.8], CODE),
    text('skuCode', [2, 27.2, 46, 2.2], SKU_CODE),
  ],
  rules: [rule(2, 4.6, 46, 0.25)],
})
