import { block, code, defineLayout, frame, rule, text } from './define-layout.ts'

const SMALL = { size: 2.7, min: 2 } as const
const line = (y: number, thickness: number) => rule(3, y, 94, thickness)

/**
 * Carton label 箱唛, 100 × 150 mm, with the SSCC at the foot in bars of at least 32 mm (GS1 General Specifications
 * 6.6.4, logistic labels).
 */
export const CARTON_100X150 = defineLayout({
  layoutId: 'carton-100x150',
  kind: 'carton',
  width: 100,
  height: 150,
  fields: [
    text('fromTerm', [3, 3, 9, 15], { size: 4.4, bold: true, align: 'center' }),
    block('from', [14, 4, 53, 13], { size: 3.2, min: 2, vertical: 'middle' }),
    text('mark', [73, 4.4, 22, 7], { size: 4, min: 2.2, bold: true, align: 'center' }),
    text('printedAt', [68, 13, 27, 4], { ...SMALL, align: 'right' }),
    text('toTerm', [3, 18, 9, 28], { size: 6, bold: true, align: 'center' }),
    block('to', [14, 19.4, 81, 25.4], { size: 5.4, min: 2.2, bold: true, vertical: 'middle' }),
    text('sampleMark', [3, 18.4, 94, 27.4], { size: 21, bold: true, align: 'center' }),
    text('cartonOf', [5, 46.8, 56, 10.4], { size: 6.4, min: 3, bold: true }),
    text('weight', [62, 46.8, 33, 10.4], { size: 4, min: 2.4, bold: true, align: 'right' }),
    text('waybillNumber', [5, 58.4, 69, 6], { size: 4.2, min: 2.2, bold: true }),
    block('orders', [5, 65, 69, 8.6], { size: 2.9, min: 1.9 }),
    code('waybillQr', [77, 58.2, 19, 16]),
    text('contentsTerm', [5, 75.4, 30, 3.4], { size: 2.7, bold: true }),
    text('contentsCount', [45, 75.4, 50, 3.4], { ...SMALL, bold: true, align: 'right' }),
    block('contents', [5, 79.4, 90, 22], { size: 3.4, min: 1.9 }),
    text('ssccTerm', [5, 102.6, 40, 4], { size: 3, bold: true }),
    code('ssccBars', [3.5, 107, 93, 32]),
    text('sscc', [5, 139.6, 90, 6.6], { size: 5.4, min: 3, bold: true, align: 'center' }),
  ],
  rules: [
    frame([3, 3, 94, 144], 0.5),
    line(18, 0.25),
    line(46, 0.5),
    line(57.6, 0.25),
    line(74.6, 0.25),
    line(102, 0.5),
    rule(12, 3, 0.25, 43),
  ],
})
