import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_LAYOUTS, builtInLayout } from './built-in-layouts.ts'
import type { LayoutDocument } from './label-document.ts'
import { FIELDS_OF } from './label-fields.ts'
import { LAYOUT_FORMAT, LAYOUT_KINDS, type LabelLayout, LabelLayoutSchema } from './label-layout.ts'
import type { LabelModel } from './label-model.ts'
import {
  anyDocument,
  barsOf,
  codesOf,
  expectSound,
  goodCode,
  measurer,
  SAMPLES,
  textsOf,
} from './label-samples.test-support.ts'
import { layoutLabel } from './layout-label.ts'

function pageOf(document: LayoutDocument, layout: LabelLayout): LabelModel {
  const [page] = layoutLabel(document, measurer, layout)
  if (page === undefined) throw new Error('no page')
  return page
}

function layoutNamed(layoutId: string): LabelLayout {
  const layout = builtInLayout(layoutId)
  if (layout === undefined) throw new Error(`no ${layoutId}`)
  return layout
}

/** A layout with some fields changed. */
const changed = (
  layout: LabelLayout,
  changes: Readonly<Record<string, Partial<LabelLayout['fields'][number]>>>,
) => ({
  ...layout,
  fields: layout.fields.map((place) => ({ ...place, ...changes[place.field] })),
})

describe('layouts as they come', () => {
  it('LBL-1 are sound layouts of all kinds that hold every field of their kind once', () => {
    for (const layout of BUILT_IN_LAYOUTS) {
      expect(LabelLayoutSchema.parse(layout)).toEqual(layout)
      const names = layout.fields.map((place) => place.field)
      expect([...names].sort()).toEqual(FIELDS_OF[layout.kind].map((spec) => spec.field).sort())
    }
    expect(new Set(BUILT_IN_LAYOUTS.map((layout) => layout.kind))).toEqual(new Set(LAYOUT_KINDS))
  })

  it.each(BUILT_IN_LAYOUTS.map((layout) => [layout.layoutId, layout] as const))(
    'LBL-1 %s keeps any data on the paper and every code free',
    (_, layout) => {
      fc.assert(
        fc.property(anyDocument(layout.kind, goodCode), (document) => {
          const page = pageOf(document, layout)
          expect(page.faults).toEqual([])
          expectSound(page)
          for (const item of page.items) if (item.item === 'text') expect(item.text.trim()).not.toBe('')
          expect(codesOf(page).length).toBeGreaterThan(0)
        }),
        { numRuns: 40 },
      )
    },
  )

  it('LBL-1 the same document gives the same page', () => {
    fc.assert(
      fc.property(anyDocument('waybill', goodCode), (document) => {
        const [one, other] = [layoutLabel(document, measurer, null), layoutLabel(document, measurer, null)]
        expect(one).toEqual(other)
      }),
      { numRuns: 20 },
    )
  })

  it('LBL-2 no zone of a waybill crosses its perforation', () => {
    for (const [layoutId, perforationUm] of [
      ['waybill-100x180', 110_000],
      ['waybill-100x150', 90_000],
    ] as const) {
      const layout = layoutNamed(layoutId)
      for (const box of [...layout.fields.filter((place) => place.shown), ...layout.rules])
        expect(box.yUm < perforationUm && box.yUm + box.heightUm > perforationUm, layoutId).toBe(false)
    }
  })

  it.each(['waybill-100x180', 'waybill-100x150', 'waybill-76x130'])(
    'LBL-2 %s shows what a waybill must',
    (id) => {
      const page = pageOf(
        {
          ...SAMPLES.waybill,
          recipient: { ...SAMPLES.waybill.recipient, company: '余杭科技', postcode: '311121' },
        },
        layoutNamed(id),
      )
      const texts = textsOf(page)
      for (const words of [
        '圆通速递',
        '571-B03-07',
        'YT 8800 1234 5678 9',
        '杭州转运中心',
        '张*',
        '*******5678',
        '余杭科技',
        '李*',
        '打包 王小芳',
        '签收人',
      ])
        expect(texts, words).toContain(words)
      expect(texts.join('')).toContain('311121')
      expect(texts.join('')).toContain('K7001/黑色/32;K7001/深蓝/33×2')
      expect(barsOf(page)[0]).toMatchObject({ value: 'YT8800123456789', symbology: 'code128', moduleUm: 375 })
    },
  )

  it('LBL-1 the carton shows its SSCC as GS1-128 and as text', () => {
    const page = pageOf({ ...SAMPLES.carton, sscc: '(00)095287654321012346' }, layoutNamed('carton-100x150'))
    expect(textsOf(page)).toEqual(expect.arrayContaining(['(00) 0 9528765 432101234 6', '第 2 箱 / 共 5 箱']))
    const [bars] = barsOf(page)
    expect(bars).toMatchObject({ value: '00095287654321012346', symbology: 'gs1-128', moduleUm: 500 })
    // Start C and FNC1, by which a scanner knows that an application identifier follows.
    expect(bars?.modules.slice(0, 12)).toEqual([2, 1, 1, 2, 3, 2, 4, 1, 1, 1, 3, 1])
  })

  it('LBL-1 a carton whose SSCC has a wrong check digit is a fault', () => {
    const page = pageOf({ ...SAMPLES.carton, sscc: '095287654321012347' }, layoutNamed('carton-100x150'))
    expect(page.faults).toEqual([{ tag: 'unprintableCode', field: 'ssccBars', value: '095287654321012347' }])
  })

  it('LBL-1 a carton without a waybill number simply has no code of it', () => {
    const page = pageOf({ ...SAMPLES.carton, waybillNumber: '' }, layoutNamed('carton-100x150'))
    expect(page.faults).toEqual([])
    expect(codesOf(page)).toEqual(['00095287654321012346'])
  })

  it('LBL-1 a put-wall label shows its slot large and its code as bars', () => {
    const page = pageOf(SAMPLES['put-wall'], layoutNamed('put-wall-60x40'))
    const slot = page.items.find((item) => item.item === 'text' && item.text === 'A-03')
    expect(slot?.item === 'text' && slot.sizeUm).toBe(15_000)
    expect(barsOf(page).map((bars) => bars.value)).toEqual(['SLOT-A-03'])
  })
})

describe('layouts as a manager may make them', () => {
  const um = fc.oneof(fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 0, max: 110_000 }))
  const size = fc.integer({ min: 1000, max: 60_000 })
  const place = (field: string) =>
    fc.record({
      field: fc.constant(field),
      shown: fc.boolean(),
      xUm: um,
      yUm: um,
      widthUm: um,
      heightUm: um,
      sizeUm: size,
      minSizeUm: size,
      bold: fc.boolean(),
      align: fc.constantFrom('left', 'center', 'right'),
      vertical: fc.constantFrom('top', 'middle', 'bottom'),
      wrap: fc.boolean(),
    })
  const rule = fc.record({
    shape: fc.constantFrom('rule', 'frame'),
    xUm: um,
    yUm: um,
    widthUm: um,
    heightUm: um,
    strokeUm: fc.integer({ min: 0, max: 5000 }),
  })
  const anyCase = fc.constantFrom(...LAYOUT_KINDS).chain((kind) =>
    fc.tuple(
      anyDocument(kind, fc.oneof(goodCode, fc.string({ maxLength: 20 }), fc.constant('9'.repeat(40)))),
      fc.record({
        format: fc.constant(LAYOUT_FORMAT),
        layoutId: fc.constant('mine'),
        kind: fc.constant(kind),
        version: fc.constant(1),
        widthUm: fc.integer({ min: 10_000, max: 300_000 }),
        heightUm: fc.integer({ min: 10_000, max: 400_000 }),
        copies: fc.constant(1),
        fields: fc.tuple(...FIELDS_OF[kind].map((spec) => place(spec.field))),
        rules: fc.array(rule, { maxLength: 6 }),
      }),
    ),
  )

  it('LBL-1 whatever the layout and the data, all stays on the paper, in its field and out of the codes', () => {
    fc.assert(
      fc.property(anyCase, ([document, layout]) => {
        const page = pageOf(document, layout)
        expectSound(page)
        const widest = Math.max(
          ...layout.fields.filter((field) => field.shown).map((field) => field.widthUm),
          0,
        )
        for (const item of page.items)
          if (item.item === 'text') expect(item.widthUm).toBeLessThanOrEqual(widest)
      }),
      { numRuns: 150 },
    )
  })

  it('LBL-1 the code that must be there is on the label or a fault', () => {
    fc.assert(
      fc.property(anyCase, ([document, layout]) => {
        const page = pageOf(document, layout)
        const [required] = FIELDS_OF[layout.kind]
        if (page.faults.some((fault) => fault.field === required?.field)) return
        expect(codesOf(page).length).toBeGreaterThan(0)
      }),
      { numRuns: 100 },
    )
  })

  it('LBL-1 each text is no wider than its own field', () => {
    const layout = layoutNamed('waybill-100x180')
    fc.assert(
      fc.property(
        anyDocument('waybill', goodCode),
        fc.constantFrom(...layout.fields),
        (document, { field }) => {
          const one = { ...layout, rules: [], fields: layout.fields.filter((each) => each.field === field) }
          const box = one.fields[0]
          for (const item of pageOf(document, one).items) {
            if (item.item !== 'text' || box === undefined) continue
            expect(item.xUm).toBeGreaterThanOrEqual(box.xUm)
            expect(item.xUm + item.widthUm).toBeLessThanOrEqual(box.xUm + box.widthUm)
            expect(item.baselineUm).toBeLessThanOrEqual(box.yUm + box.heightUm)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('LBL-1 bars in too narrow a box become a QR symbol, in too small a box a fault', () => {
    const layout = layoutNamed('bin-100x50')
    const narrow = pageOf(SAMPLES.bin, changed(layout, { codeBars: { xUm: 40_000, widthUm: 15_000 } }))
    expect(narrow.items.filter((item) => item.item === 'qr').map((item) => item.value)).toEqual(['A-01-03-2'])
    expect(narrow.faults).toEqual([])
    const small = pageOf(SAMPLES.bin, changed(layout, { codeBars: { widthUm: 15_000, heightUm: 7000 } }))
    expect(small.faults).toEqual([{ tag: 'tooSmallForCode', field: 'codeBars', value: 'A-01-03-2' }])
  })

  it('LBL-2 a number too long for bars is read above and on the stub by QR symbols of three dots', () => {
    for (const id of ['waybill-100x180', 'waybill-100x150', 'waybill-76x130']) {
      const page = pageOf({ ...SAMPLES.waybill, waybillNumber: 'A'.repeat(40) }, layoutNamed(id))
      expect(page.faults).toEqual([])
      const modules = page.items.flatMap((item) => (item.item === 'qr' ? [item.moduleUm] : []))
      expect(modules.length).toBeGreaterThanOrEqual(2)
      expect(Math.min(...modules)).toBeGreaterThanOrEqual(375)
    }
  })

  it('LBL-1 a hidden code is a fault, a hidden text is not', () => {
    const layout = layoutNamed('waybill-100x180')
    const hidden = changed(layout, { waybillBars: { shown: false }, weight: { shown: false } })
    const page = pageOf(SAMPLES.waybill, hidden)
    expect(page.faults).toEqual([{ tag: 'codeHidden', field: 'waybillBars' }])
    expect(textsOf(page).filter((text) => text === '重量 1.658 kg').length).toBe(1)
  })

  it('LBL-1 texts give way to a code and rules are cut out around it', () => {
    const layout = layoutNamed('bin-100x50')
    const crowded = changed(layout, {
      category: { xUm: 5000, yUm: 20_000, widthUm: 90_000, heightUm: 28_000 },
    })
    const page = pageOf(SAMPLES.bin, {
      ...crowded,
      rules: [
        { shape: 'rule', xUm: 1000, yUm: 30_000, widthUm: 98_000, heightUm: 300, strokeUm: 0 },
        { shape: 'frame', xUm: 10_000, yUm: 10_000, widthUm: 80_000, heightUm: 35_000, strokeUm: 400 },
      ],
    })
    expectSound(page)
    expect(textsOf(page)).toContain('裤装')
    expect(page.items.filter((item) => item.item === 'rule').length).toBeGreaterThan(2)
  })
})
