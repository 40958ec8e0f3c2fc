import { code, defineLayout, text } from './define-layout.ts'

/** One slot of a put-wall 播种墙, 60 × 40 mm: the slot to read from afar, its code to scan. */
export const PUT_WALL_60X40 = defineLayout({
  layoutId: 'put-wall-60x40',
  kind: 'put-wall',
  width: 60,
  height: 40,
  fields: [
    text('wall', [2.5, 1.4, 55, 3.4], { size: 2.9, min: 1.9, align: 'center' }),
    text('slot', [2.5, 4.8, 55, 15.4], { size: 15, min: 4, bold: true, align: 'center' }),
    code('codeBars', [0.5, 20.3, 59, 14]),
    text('code', [2.5, 34.5, 55, 4.2], { size: 3.4, min: 1.9, align: 'center' }),
  ],
  rules: [],
})
