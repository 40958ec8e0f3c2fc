import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bottomOf } from './box.ts'
import { defaultLayoutFor } from './built-in-layouts.ts'
import type { LabelDocument } from './label-document.ts'
import { LabelDocumentSchema } from './label-document-schema.ts'
import type { LabelModel } from './label-model.ts'
import {
  anyWords,
  barsOf,
  expectSound,
  extents,
  goodCode,
  measurer,
  SAMPLE_LIST as list,
  SAMPLES,
  textsOf,
} from './label-samples.test-support.ts'
import { faultsOf, layoutLabel } from './layout-label.ts'

const { waybill, sku } = SAMPLES

/** The one page of a document that has one. */
function pageOf(document: LabelDocument): LabelModel {
  const [page, ...more] = layoutLabel(document, measurer, null)
  expect(more).toEqual([])
  if (page === undefined) throw new Error('no page')
  return page
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
    for (const box of pageOf({ ...waybill, sample: true, copy: 3 }).items.flatMap(extents)) {
      expect(box.yUm < 109_000 && bottomOf(box) > 111_000).toBe(false)
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

  it('LBL-1 a code of any length keeps its quiet zones on every label', () => {
    for (let length = 1; length <= 40; length += 1) {
      const code = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ-ABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(0, length)
      expectSound(pageOf({ ...waybill, waybillNumber: code }))
      expectSound(pageOf({ ...sku, code, measure: { name: '腰围', millimetres: 772 } }))
      expectSound(pageOf({ kind: 'bin', code, kindName: '拣货位', category: '裤装' }))
      for (const page of layoutLabel({ ...list, number: code }, measurer, null)) expectSound(page)
      const sheet = { kind: 'control-sheet', title: '控制条码', codes: [{ code, words: '确认' }] } as const
      for (const page of layoutLabel(sheet, measurer, null)) expectSound(page)
    }
  })

  it('RCV-8 a hang tag shows the measure in centimetres', () => {
    expect(textsOf(pageOf({ ...sku, measure: { name: '腰围', millimetres: 772 } }))).toContain('腰围 77.2 cm')
  })

  it('LBL-1 a code too long for bars becomes a QR symbol', () => {
    const page = pageOf({ ...sku, code: 'ABCDEFGHIJKLMNOPQRSTUVW-XYZ' })
    expect(barsOf(page)).toEqual([])
    expect(page.items.find((item) => item.item === 'qr')).toMatchObject({
      value: 'ABCDEFGHIJKLMNOPQRSTUVW-XYZ',
    })
    expect(page.faults).toEqual([])
  })

  it.each(['', '运单1', 'A\n', '１２３'])(
    'LBL-1 a waybill with the number %j is a fault, never a throw',
    (number) => {
      const page = pageOf({ ...waybill, waybillNumber: number })
      expect(page.faults[0]).toEqual({ tag: 'unprintableCode', field: 'waybillBars', value: number })
      expect(barsOf(page)).toEqual([])
    },
  )

  it('LBL-1 a number that no symbol on a label can hold is a fault', () => {
    const number = 'A'.repeat(2000)
    expect(pageOf({ ...waybill, waybillNumber: number }).faults[0]).toEqual({
      tag: 'tooSmallForCode',
      field: 'waybillBars',
      value: number,
    })
  })

  it('LBL-1 codes of lists and control sheets that cannot be set are faults of their page', () => {
    expect(faultsOf(layoutLabel({ ...list, number: '交接1' }, measurer, null))).toEqual([
      { tag: 'unprintableCode', field: 'code', value: '交接1' },
    ])
    const sheet = { kind: 'control-sheet', title: '', codes: [{ code: '', words: '确认' }] } as const
    expect(faultsOf(layoutLabel(sheet, measurer, null))).toEqual([
      { tag: 'unprintableCode', field: 'code', value: '' },
    ])
  })

  it('LBL-1 a courier’s own label has no pages, and another kind’s layout is a fault', () => {
    const own = { kind: 'courier-label', language: 'zpl', base64: 'XlhB', waybillNumber: 'SF1' } as const
    expect(layoutLabel(own, measurer, null)).toEqual([])
    const pages = layoutLabel(waybill, measurer, defaultLayoutFor('bin'))
    expect(faultsOf(pages)).toEqual([{ tag: 'wrongKind', field: 'bin' }])
  })

  it('LBL-1 right-to-left names stand as substitutes and are reported, not in wrong order', () => {
    const page = pageOf({ ...waybill, recipient: { ...waybill.recipient, name: 'דוד 1' } })
    expect(textsOf(page)).toContain('〓〓〓 1')
    expect(page.missingGlyphs).toEqual([...'דוד'].sort().filter((c, i, all) => all[i - 1] !== c))
  })

  it('LBL-1 a list of any words and columns stays on its pages', () => {
    const pairs = (maxLength: number) => fc.array(fc.tuple(anyWords, anyWords), { maxLength })
    const column = fc.record({
      title: anyWords,
      weight: fc.double({ min: 0.001, max: 1000, noNaN: true }),
      align: fc.constantFrom('left', 'right'),
    })
    const documents = fc.record({
      number: fc.oneof(goodCode, anyWords),
      title: anyWords,
      columns: fc.array(column, { maxLength: 12 }),
      rows: fc.array(fc.array(anyWords, { maxLength: 12 }), { maxLength: 12 }),
      facts: pairs(30).map((all) => all.map(([name, value]) => ({ name, value }))),
      totals: fc.array(anyWords, { maxLength: 10 }),
      signatures: pairs(9).map((all) => all.map(([role, name]) => ({ role, name }))),
      sample: fc.boolean(),
    })
    fc.assert(
      fc.property(documents, (parts) => {
        const document = LabelDocumentSchema.parse({ ...list, ...parts })
        for (const page of layoutLabel(document, measurer, null)) expectSound(page)
      }),
      { numRuns: 40 },
    )
  })

  it('LBL-1 a list flows over pages: every row once, head on each page, closing on the last', () => {
    const pages = layoutLabel(list, measurer, null)
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
    expect(layoutLabel({ ...list, rows: [] }, measurer, null).length).toBe(1)
    const counts = Array.from({ length: 40 }, (_, rows) => {
      const pages = layoutLabel({ ...list, rows: list.rows.slice(0, rows + 1) }, measurer, null)
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
    const pages = layoutLabel({ kind: 'control-sheet', title: '控制条码', codes }, measurer, null)
    expect(pages.length).toBe(2)
    for (const page of pages) expectSound(page)
    expect(pages.flatMap(barsOf).map((bars) => bars.value)).toEqual(codes.map(({ code }) => code))
    expect(pages.flatMap(textsOf)).toEqual(expect.arrayContaining(codes.map(({ words }) => words)))
  })
})
