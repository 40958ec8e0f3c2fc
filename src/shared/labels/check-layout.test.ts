import { describe, expect, it } from 'vitest'
import { BUILT_IN_LAYOUTS, defaultLayoutFor } from './built-in-layouts.ts'
import { checkLayout, type LayoutFault } from './check-layout.ts'
import type { LabelLayout, LayoutField } from './label-layout.ts'

const WAYBILL = defaultLayoutFor('waybill')

function faultsWith(
  field: string,
  change: Partial<LayoutField>,
  layout: LabelLayout = WAYBILL,
): LayoutFault[] {
  expect(layout.fields.some((place) => place.field === field)).toBe(true)
  const fields = layout.fields.map((place) => (place.field === field ? { ...place, ...change } : place))
  return checkLayout({ ...layout, fields })
}

describe('checkLayout', () => {
  it.each(BUILT_IN_LAYOUTS.map((layout) => [layout.layoutId, layout] as const))(
    'LBL-1 finds nothing wrong with %s',
    (_, layout) => expect(checkLayout(layout)).toEqual([]),
  )

  it.each<[string, Partial<LayoutField>, LayoutFault['tag']]>([
    ['courierName', { xUm: 90_000 }, 'offPaper'],
    ['sortCode', { yUm: 175_000 }, 'offPaper'],
    ['waybillBars', { shown: false }, 'codeHidden'],
    ['mark', { shown: false }, 'mustShow'],
    ['waybillBars', { widthUm: 12_000, heightUm: 6000 }, 'tooSmallForCode'],
    ['waybillQr', { widthUm: 6000 }, 'tooSmallForCode'],
    ['printedAt', { sizeUm: 1200 }, 'tooSmallText'],
    ['printedAt', { minSizeUm: 1200 }, 'tooSmallText'],
    ['packer', { heightUm: 1000 }, 'noRoom'],
    ['destination', { yUm: 48_000 }, 'overlapsCode'],
    ['stubBars', { widthUm: 90_000 }, 'overlapsCode'],
  ])('LBL-1 %s with %j: %s', (field, change, tag) => {
    expect(faultsWith(field, change).map((fault) => fault.tag)).toContain(tag)
  })

  it('LBL-1 names the field, and of two codes the later one', () => {
    expect(faultsWith('weight', { xUm: 99_000 })).toEqual([{ tag: 'offPaper', field: 'weight' }])
    expect(faultsWith('waybillQr', { xUm: 60_000, heightUm: 12_000 })).toEqual([
      { tag: 'overlapsCode', field: 'waybillQr' },
    ])
  })

  it('LBL-1 a hidden field may be anywhere', () => {
    expect(faultsWith('weight', { shown: false, xUm: 399_000, heightUm: 0 })).toEqual([])
  })

  it('LBL-1 finds lines off the paper and through codes, and leaves frames around codes alone', () => {
    const line = { shape: 'rule', xUm: 3000, widthUm: 94_000, heightUm: 250, strokeUm: 0 } as const
    const around = {
      shape: 'frame',
      xUm: 3000,
      yUm: 38_000,
      widthUm: 94_000,
      heightUm: 20_000,
      strokeUm: 500,
    } as const
    expect(
      checkLayout({ ...WAYBILL, rules: [{ ...line, yUm: 45_000 }, { ...line, yUm: 179_900 }, around] }),
    ).toEqual([
      { tag: 'overlapsCode', field: 'rule', index: 0 },
      { tag: 'offPaper', field: 'rule', index: 1 },
    ])
  })

  it('LBL-1 knows no foreign fields and none twice', () => {
    const [first] = WAYBILL.fields
    if (first === undefined) throw new Error('no field')
    const fields = [...WAYBILL.fields, first, { ...first, field: 'slot' }]
    expect(checkLayout({ ...WAYBILL, fields })).toEqual([
      { tag: 'fieldTwice', field: first.field },
      { tag: 'unknownField', field: 'slot' },
    ])
  })
})
