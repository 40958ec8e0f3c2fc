import { code, defineLayout, frame, rule, text } from './define-layout.ts'

/** 货位标签, 100 × 50 mm (PUT-1): the code to read from the aisle, the bars to scan. */
export const BIN_100X50 = defineLayout({
  layoutId: 'bin-100x50',
  kind: 'bin',
  width: 100,
  height: 50,
  fields: [
    text('code', [5, 3.5, 90, 17], { size: 16, min: 2.6, bold: true, align: 'center' }),
    code('codeBars', [2.5, 22, 95, 17.5]),
    text('kindName', [5, 41.4, 30, 6], { size: 4, min: 2, bold: true }),
    text('category', [37, 41.4, 58, 6], { size: 4, min: 2, align: 'right' }),
  ],
  rules: [rule(3, 41, 94, 0.25), frame([2, 2, 96, 46], 0.5)],
})
