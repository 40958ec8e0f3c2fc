import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QUIET_MODULES } from './code128.ts'
import type { LabelDocument, ListDocument, SkuDocument, WaybillDocument } from './label-document.ts'
import type { BarsItem, LabelItem, LabelModel, TextMeasurer } from './label-model.ts'
import { layoutLabel } from './layout-label.ts'

/** Hanzi one em, everything else 0.6 em; knows nothing outside the basic plane. */
const measurer: TextMeasurer = {
  widthUm: (text, sizeUm) =>
    Array.from(text).reduce((sum, c) => sum + (/\p{Script=Han}|…|〓/u.test(c) ? sizeUm : 0.6 * sizeUm), 0),
  hasGlyph: (character) => (character.codePointAt(0) ?? 0) < 0x10000,
}

const waybill: WaybillDocument = {
  kind: 'waybill',
  courierCode: 'YTO',
  courierName: '圆通速递',
  waybillNumber: 'YT8800123456789',
  sortCode: '571-B03-07',
  destination: '杭州转运中心',
  recipient: { name: '张*', phone: '*******5678', address: '浙江省杭州市余杭区文一西路969号*幢*室' },
  sender: { name: '李*', company: '朝夕裤坊', phone: '*******1907', address: '江苏省苏州市星湖街328号' },
  orderNumbers: ['A-1'],
  items: [
    { text: 'K7001/黑色/32', quantity: 1 },
    { text: 'K7001/深蓝/33', quantity: 2 },
  ],
  pieceCount: 1,
  weightGrams: 1658,
  packerName: '王小芳',
  printedAt: '2026-11-22 14:36',
  copy: 0,
  sample: false,
}

const sku: SkuDocument = {
  kind: 'sku',
  code: 'K7001-BK-32',
  name: '西裤',
  colour: '黑色',
  size: '32',
  skuCode: '',
}

const list: ListDocument = {
  kind: 'list',
  list: 'handover-list',
  title: '交接单',
  number: 'HO-20261122-01',
  facts: [{ name: '快递', value: '圆通' }],
  columns: [
    { title: '运单号', weight: 3, align: 'left' },
    { title: '重量', weight: 1, align: 'right' },
  ],
  rows: Array.from({ length: 100 }, (_, index) => [`YT${index}`, `${index} g`]),
  totals: ['合计 100 件'],
  signatures: [{ role: '快递员', name: '' }],
  sample: false,
}

const textsOf = (model: LabelModel): string[] =>
  model.items.flatMap((item) => (item.item === 'text' ? [item.text] : []))
const barsOf = (model: LabelModel): BarsItem[] => model.items.filter((item) => item.item === 'bars')
const widthOf = (bars: BarsItem): number =>
  bars.modules.reduce((sum, width) => sum + width, 0) * bars.moduleUm

/** The one page of a document that has one. */
function pageOf(document: LabelDocument): LabelModel {
  const [page, ...more] = layoutLabel(document, measurer)
  expect(more).toEqual([])
  if (page === undefined) throw new Error('no page')
  return page
}

function extent(item: LabelItem): { left: number; top: number; right: number; bottom: number } {
  switch (item.item) {
    case 'text':
      return {
        left: item.xUm,
        top: item.baselineUm - 0.88 * item.sizeUm,
        right: item.xUm + item.widthUm,
        bottom: item.baselineUm + 0.14 * item.sizeUm,
      }
    case 'bars': {
      const quiet = QUIET_MODULES * item.moduleUm
      const right = item.xUm + widthOf(item) + quiet
      return { left: item.xUm - quiet, top: item.yUm, right, bottom: item.yUm + item.heightUm }
    }
    case 'qr': {
      const side = (item.size + 4) * item.moduleUm
      const quiet = 4 * item.moduleUm
      return {
        left: item.xUm - quiet,
        top: item.yUm - quiet,
        right: item.xUm + side,
        bottom: item.yUm + side,
      }
    }
    default:
      return {
        left: item.xUm,
        top: item.yUm,
        right: item.xUm + item.widthUm,
        bottom: item.yUm + item.heightUm,
      }
  }
}

/** Everything in integers and on the page, quiet zones included, bars of two dots and more, and no ink in a quiet zone. */
function expectSound(model: LabelModel): void {
  for (const item of model.items) {
    const { left, top, right, bottom } = extent(item)
    expect(left).toBeGreaterThanOrEqual(0)
    expect(top).toBeGreaterThanOrEqual(0)
    expect(right).toBeLessThanOrEqual(model.widthUm)
    expect(bottom).toBeLessThanOrEqual(model.heightUm)
    for (const value of Object.values(item)) if (typeof value === 'number') expect(value % 1).toBe(0)
  }
  for (const bars of barsOf(model)) {
    expect(bars.moduleUm).toBeGreaterThanOrEqual(250)
    expect(bars.moduleUm % 125).toBe(0)
    for (const item of model.items)
      if (item !== bars && item.item !== 'frame') expect(overlap(bars, item)).toBe(false)
  }
}

function overlap(one: LabelItem, other: LabelItem): boolean {
  const [a, b] = [extent(one), extent(other)]
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

describe('layoutLabel', () => {
  it('LBL-2 the waybill shows number, sort code, parties, items, packer, weight and signature zone', () => {
    const texts = textsOf(pageOf(waybill))
    expect(texts).toEqual(
      expect.arrayContaining([
        '圆通速递',
        '571-B03-07',
        'YT 8800 1234 5678 9',
        '杭州转运中心',
        '张*',
        '*******5678',
        '朝夕裤坊',
        '共 2 款 3 件',
        '打包 王小芳',
        '重量 1.658 kg',
        '签收人',
      ]),
    )
    expect(texts.join('')).toContain('K7001/黑色/32;K7001/深蓝/33×2')
  })

  it('LBL-2 the waybill is 100 × 180 mm with the number twice as Code 128, modules of 0.375 mm', () => {
    const page = pageOf(waybill)
    expect([page.widthUm, page.heightUm]).toEqual([100_000, 180_000])
    expect(barsOf(page).map(({ value, moduleUm }) => [value, moduleUm])).toEqual([
      ['YT8800123456789', 375],
      ['YT8800123456789', 375],
    ])
    expect(barsOf(page).map((bars) => bars.yUm < 110_000)).toEqual([true, false])
  })

  it('LBL-2 nothing is printed across the perforation at 110 mm', () => {
    for (const item of pageOf({ ...waybill, sample: true, copy: 3 }).items) {
      const { top, bottom } = extent(item)
      expect(top < 109_000 && bottom > 111_000).toBe(false)
    }
  })

  it('LBL-2 a long number takes narrower modules, never under two dots', () => {
    const modules = barsOf(pageOf({ ...waybill, waybillNumber: 'JDVAXABCDEFGHIJKLMNO' })).map(
      (bars) => bars.moduleUm,
    )
    expect(modules).toEqual([250, 250])
  })

  it('LBL-2 without a sort code the destination stands large', () => {
    const page = pageOf({ ...waybill, sortCode: '' })
    const sizes = page.items.flatMap((item) =>
      item.item === 'text' && item.text === '杭州转运中心' ? [item.sizeUm] : [],
    )
    expect(Math.max(...sizes)).toBeGreaterThan(12_000)
  })

  it('LBL-4 a reprint and a sample say so', () => {
    const page = pageOf({ ...waybill, copy: 2, sample: true })
    expect(textsOf(page)).toContain('样张 补打 2')
    expect(page.items.some((item) => item.item === 'text' && item.ink === 'faint')).toBe(true)
    expect(textsOf(pageOf(waybill)).join('')).not.toMatch(/补打|样张/)
  })

  it('LBL-1 reports characters that no font has, each once', () => {
    const page = pageOf({
      ...waybill,
      recipient: { ...waybill.recipient, name: '𠮷田', address: '𠮷' },
      packerName: '😀',
    })
    expect(page.missingGlyphs).toEqual(['😀', '𠮷'].sort())
    expect(textsOf(page)).toContain('〓田')
  })

  it('LBL-1 whatever the data, all stays on the label and out of the quiet zones', () => {
    const words = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 0, max: 300 }).map((n) => '呼伦贝尔市鄂伦春自治旗'.repeat(28).slice(0, n)),
    )
    const party = fc.record({ name: words, phone: words, address: words, company: words, postcode: words })
    const number = fc.string({
      unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-'),
      minLength: 1,
      maxLength: 30,
    })
    const items = fc.array(fc.record({ text: words, quantity: fc.nat(12) }), { maxLength: 40 })
    const documents = fc.record({
      waybillNumber: number,
      courierName: words,
      sortCode: words,
      destination: words,
      recipient: party,
      sender: party,
      items,
      orderNumbers: fc.array(number, { maxLength: 8 }),
      packerName: words,
      note: words,
      copy: fc.nat(3),
      sample: fc.boolean(),
    })
    fc.assert(
      fc.property(documents, words, (parts, name) => {
        expectSound(pageOf({ ...waybill, ...parts }))
        expectSound(
          pageOf({ ...sku, code: parts.waybillNumber, name, colour: name, skuCode: parts.sortCode }),
        )
        expectSound(
          pageOf({ kind: 'bin', code: parts.waybillNumber, kindName: name, category: parts.destination }),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('LBL-1 a code of any length keeps its quiet zones on every label', () => {
    for (let length = 1; length <= 40; length += 1) {
      const code = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ-ABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(0, length)
      if (length <= 30) expectSound(pageOf({ ...waybill, waybillNumber: code }))
      expectSound(pageOf({ ...sku, code, measure: { name: '腰围', millimetres: 772 } }))
      expectSound(pageOf({ kind: 'bin', code, kindName: '拣货位', category: '裤装' }))
      for (const page of layoutLabel({ ...list, number: code }, measurer)) expectSound(page)
      const sheet = { kind: 'control-sheet', title: '控制条码', codes: [{ code, words: '确认' }] } as const
      for (const page of layoutLabel(sheet, measurer)) expectSound(page)
    }
  })

  it('RCV-8 a hang tag shows the measure in centimetres', () => {
    expect(textsOf(pageOf({ ...sku, measure: { name: '腰围', millimetres: 772 } }))).toContain('腰围 77.2 cm')
  })

  it('LBL-1 a code too long for bars becomes a QR symbol, an unprintable one is refused', () => {
    const page = pageOf({ ...sku, code: 'ABCDEFGHIJKLMNOPQRSTUVW-XYZ' })
    expect(barsOf(page)).toEqual([])
    expect(page.items.find((item) => item.item === 'qr')).toMatchObject({
      value: 'ABCDEFGHIJKLMNOPQRSTUVW-XYZ',
    })
    expect(() => pageOf({ ...sku, code: '黑色' })).toThrow('not a printable code')
  })

  it('LBL-1 a list flows over pages: every row once, head on each page, closing on the last', () => {
    const pages = layoutLabel(list, measurer)
    expect(pages.length).toBe(3)
    const texts = pages.map(textsOf)
    expect(texts.flat().filter((text) => /^YT\d+$/.test(text))).toEqual(list.rows.map(([number]) => number))
    for (const [index, page] of pages.entries()) {
      expectSound(page)
      expect(texts[index]).toContain('运单号')
      expect(texts[index]).toContain(`第 ${index + 1} 页 / 共 3 页`)
      expect(barsOf(page).length).toBe(index === 0 ? 1 : 0)
      expect(texts[index]?.includes('合计 100 件')).toBe(index === 2)
    }
  })

  it('LBL-1 an empty list is one page, and totals that do not fit get a page of their own', () => {
    expect(layoutLabel({ ...list, rows: [] }, measurer).length).toBe(1)
    const counts = Array.from({ length: 40 }, (_, rows) => {
      const pages = layoutLabel({ ...list, rows: list.rows.slice(0, rows + 1) }, measurer)
      for (const page of pages) expectSound(page)
      expect(pages.filter((page) => textsOf(page).includes('合计 100 件')).length).toBe(1)
      return pages.length
    })
    expect(new Set(counts)).toEqual(new Set([1, 2]))
  })

  it('PAK-9 the control sheet holds every code with its words', () => {
    const codes = Array.from({ length: 20 }, (_, index) => ({
      code: `CMD-CONFIRM-${index}`,
      words: `确认 ${index}`,
    }))
    const pages = layoutLabel({ kind: 'control-sheet', title: '控制条码', codes }, measurer)
    expect(pages.length).toBe(2)
    for (const page of pages) expectSound(page)
    expect(pages.flatMap(barsOf).map((bars) => bars.value)).toEqual(codes.map(({ code }) => code))
    expect(pages.flatMap(textsOf)).toEqual(expect.arrayContaining(codes.map(({ words }) => words)))
  })
})
