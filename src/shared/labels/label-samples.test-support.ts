import fc from 'fast-check'
import { expect } from 'vitest'
import { overlap } from './box.ts'
import { QUIET_MODULES } from './code128.ts'
import type { LayoutDocument, ListDocument } from './label-document.ts'
import type { LayoutKind } from './label-layout.ts'
import type { BarsItem, LabelBox, LabelItem, LabelModel, TextMeasurer } from './label-model.ts'

/** Documents at their usual and at their extremes, and what must hold of every page. */

/** Hanzi one em, everything else 0.6 em; knows nothing outside the basic plane, no Hebrew and no Arabic. */
export const measurer: TextMeasurer = {
  widthUm: (text, sizeUm) =>
    Array.from(text).reduce((sum, c) => sum + (/\p{Script=Han}|…|〓/u.test(c) ? sizeUm : 0.6 * sizeUm), 0),
  hasGlyph: (character) =>
    (character.codePointAt(0) ?? 0) < 0x10000 && !/[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(character),
}

export const SAMPLES: { readonly [K in LayoutKind]: Extract<LayoutDocument, { kind: K }> } = {
  waybill: {
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
  },
  sku: { kind: 'sku', code: 'K7001-BK-32', name: '西裤', colour: '黑色', size: '32', skuCode: '' },
  bin: { kind: 'bin', code: 'A-01-03-2', kindName: '拣货位', category: '裤装' },
  carton: {
    kind: 'carton',
    sscc: '095287654321012346',
    from: '朝夕裤坊',
    to: '杭州市余杭区文一西路969号',
    orderNumbers: ['A-1', 'A-2'],
    waybillNumber: 'YT8800123456789',
    number: 2,
    count: 5,
    items: [{ text: 'K7001/黑色/32', quantity: 12 }],
    weightGrams: 12_500,
    printedAt: '2026-11-22 14:36',
    sample: false,
  },
  'put-wall': { kind: 'put-wall', code: 'SLOT-A-03', slot: 'A-03', wall: '播种墙 1' },
}

export const SAMPLE_LIST: ListDocument = {
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

/** Names and addresses as nobody would wish them. */
export const anyWords: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer({ min: 0, max: 300 }).map((n) => '呼伦贝尔市鄂伦春自治旗'.repeat(28).slice(0, n)),
  fc.constantFrom(
    '',
    'محمد بن سلمان',
    'דוד בן־גוריון',
    '👨‍👩‍👧 😀',
    'a\u0000\u001b\u202eb\r\n\tc',
    'W'.repeat(300),
  ),
)

const codeUnit = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-')
export const goodCode: fc.Arbitrary<string> = fc.string({ unit: codeUnit, minLength: 1, maxLength: 40 })

const items = fc.array(fc.record({ text: anyWords, quantity: fc.nat(12) }), { maxLength: 40 })
const party = fc.record({
  name: anyWords,
  phone: anyWords,
  address: anyWords,
  company: anyWords,
  postcode: anyWords,
})

/** Any document of a kind; `code` says what its codes may be. */
export function anyDocument(kind: LayoutKind, code: fc.Arbitrary<string>): fc.Arbitrary<LayoutDocument> {
  const common = { items, orderNumbers: fc.array(anyWords, { maxLength: 8 }), sample: fc.boolean() }
  switch (kind) {
    case 'waybill':
      return fc
        .record({
          ...common,
          waybillNumber: code,
          courierName: anyWords,
          sortCode: anyWords,
          destination: anyWords,
          recipient: party,
          sender: party,
          packerName: anyWords,
          note: anyWords,
          copy: fc.nat(3),
        })
        .map((parts) => ({ ...SAMPLES.waybill, ...parts }))
    case 'sku':
      return fc
        .record({ code, name: anyWords, colour: anyWords, size: anyWords, skuCode: anyWords })
        .chain((parts) =>
          fc.constantFrom(
            { ...SAMPLES.sku, ...parts },
            { ...SAMPLES.sku, ...parts, measure: { name: parts.colour, millimetres: 772 } },
          ),
        )
    case 'bin':
      return fc
        .record({ code, kindName: anyWords, category: anyWords })
        .map((parts) => ({ ...SAMPLES.bin, ...parts }))
    case 'carton':
      return fc
        .record({ ...common, waybillNumber: code, from: anyWords, to: anyWords })
        .map((parts) => ({ ...SAMPLES.carton, ...parts }))
    case 'put-wall':
      return fc
        .record({ code, slot: anyWords, wall: anyWords })
        .map((parts) => ({ ...SAMPLES['put-wall'], ...parts }))
  }
}

export const textsOf = (model: LabelModel): string[] =>
  model.items.flatMap((item) => (item.item === 'text' ? [item.text] : []))
export const barsOf = (model: LabelModel): BarsItem[] => model.items.filter((item) => item.item === 'bars')
export const codesOf = (model: LabelModel): string[] =>
  model.items.flatMap((item) => (item.item === 'bars' || item.item === 'qr' ? [item.value] : []))

/** What an item covers, with the white that it needs; a frame covers its stroke, hence four boxes. */
export function extents(item: LabelItem): LabelBox[] {
  switch (item.item) {
    case 'text':
      return [
        {
          xUm: item.xUm,
          yUm: Math.ceil(item.baselineUm - 0.87 * item.sizeUm),
          widthUm: item.widthUm,
          heightUm: Math.floor(item.sizeUm) - 1,
        },
      ]
    case 'bars': {
      const quiet = QUIET_MODULES * item.moduleUm
      const widthUm = item.modules.reduce((sum, width) => sum + width, 0) * item.moduleUm + 2 * quiet
      return [{ xUm: item.xUm - quiet, yUm: item.yUm, widthUm, heightUm: item.heightUm }]
    }
    case 'qr': {
      const quiet = 4 * item.moduleUm
      const side = item.size * item.moduleUm + 2 * quiet
      return [{ xUm: item.xUm - quiet, yUm: item.yUm - quiet, widthUm: side, heightUm: side }]
    }
    case 'rule':
      return [item]
    case 'frame': {
      const half = Math.floor(item.strokeUm / 2)
      const x = item.xUm - half
      const y = item.yUm - half
      const [widthUm, heightUm] = [item.widthUm + 2 * half, item.heightUm + 2 * half]
      return [
        { xUm: x, yUm: y, widthUm, heightUm: 2 * half },
        { xUm: x, yUm: y + item.heightUm, widthUm, heightUm: 2 * half },
        { xUm: x, yUm: y, widthUm: 2 * half, heightUm },
        { xUm: x + item.widthUm, yUm: y, widthUm: 2 * half, heightUm },
      ]
    }
  }
}

/** Everything in integers and on the paper, quiet zones included; bars of two dots and more; no ink in a code's white. */
export function expectSound(model: LabelModel): void {
  const trouble = troubleOf(model)
  expect(trouble, JSON.stringify(trouble)).toEqual([])
}

function troubleOf(model: LabelModel): unknown[] {
  const trouble: unknown[] = []
  const covered = model.items.map((item) => ({ item, boxes: extents(item) }))
  for (const { item, boxes } of covered) {
    for (const box of boxes) {
      const right = box.xUm + box.widthUm
      const bottom = box.yUm + box.heightUm
      if (box.xUm < 0 || box.yUm < 0 || right > model.widthUm || bottom > model.heightUm)
        trouble.push({ offPaper: item })
    }
    if (Object.values(item).some((value) => typeof value === 'number' && value % 1 !== 0))
      trouble.push({ notWhole: item })
    if (item.item !== 'bars' && item.item !== 'qr') continue
    if (item.moduleUm < (item.item === 'qr' ? 375 : 250) || item.moduleUm % 125 !== 0 || item.xUm % 125 !== 0)
      trouble.push({ dots: item })
    const zones = item.item === 'bars' ? [...boxes, item.room] : boxes
    for (const other of covered) {
      if (other.item === item) continue
      if (other.boxes.some((box) => zones.some((zone) => overlap(zone, box))))
        trouble.push({ overlap: [item, other.item] })
    }
  }
  return trouble
}
