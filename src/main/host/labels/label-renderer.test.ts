import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LabelFonts, renderLabelPdf } from '../../../shared/labels/backends/pdf.ts'
import type { LabelDocument, WaybillDocument } from '../../../shared/labels/label-document.ts'
import type { LabelModel, TextItem } from '../../../shared/labels/label-model.ts'
import { layoutLabel } from '../../../shared/labels/layout-label.ts'
import { loadLabelFonts } from './label-fonts.ts'
import { createLabelRenderer, type LabelRenderer } from './label-renderer.ts'
import {
  type Bitmap,
  cropRows,
  decodeImages,
  dotsOf,
  extractText,
  rasteriseGhostscript,
  rasterisePoppler,
  readBitmap,
  requireRasterTools,
} from './raster.test-support.ts'

const PLAIN: WaybillDocument = {
  kind: 'waybill',
  courierCode: 'YTO',
  courierName: '圆通速递',
  waybillNumber: 'YT8800123456789',
  sortCode: '571-B03-07 12',
  destination: '杭州转运中心',
  recipient: {
    name: '张*',
    phone: '*******5678',
    address: '浙江省杭州市余杭区文一西路969号*幢*室',
    postcode: '311121',
  },
  sender: {
    name: '李*',
    company: '朝夕裤坊',
    phone: '*******1907',
    address: '江苏省苏州市工业园区星湖街328号',
  },
  orderNumbers: ['20261122-000137'],
  items: [{ text: 'K7001/黑色/32', quantity: 2 }],
  pieceCount: 1,
  weightGrams: 1658,
  packerName: '王小芳',
  printedAt: '2026-11-22 14:36',
  copy: 0,
  sample: false,
}

const LONG_ADDRESS = '内蒙古自治区呼伦贝尔市鄂伦春自治旗大杨树镇'.repeat(15).slice(0, 300)
const ITEMS = Array.from({ length: 40 }, (_, index) => ({
  text: `K7${index}/藏青色加绒/XXL`,
  quantity: (index % 3) + 1,
}))

/** What makes a waybill hard, taken in turn with numbers of 10 to 20 characters. */
const EXTREMES: readonly Partial<WaybillDocument>[] = [
  {},
  { recipient: { ...PLAIN.recipient, name: '𠮷龑', address: LONG_ADDRESS }, copy: 2 },
  { items: ITEMS, note: 'a "quoted" note\nin two lines', weightGrams: null },
  {
    recipient: { name: '', phone: '', address: '' },
    sortCode: '',
    items: [],
    packerName: '',
    orderNumbers: [],
  },
  {
    recipient: {
      name: 'Łukasz O’Brien-Müller',
      phone: '+** *** ***123',
      address: '5 "The Mews"\nHigh Street',
    },
    sample: true,
  },
]

/** Repeatable characters: the n-th number of the given length. */
function numberOf(index: number, length: number): string {
  const alphabet = index % 2 === 0 ? '0123456789' : '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  const tail = Array.from(
    { length: length - 2 },
    (_, place) => alphabet[(index * 7 + place * 13 + place * place) % alphabet.length],
  )
  return `${['YT', 'SF', 'JD', '77'][index % 4]}${tail.join('')}`
}

const WAYBILLS: readonly WaybillDocument[] = Array.from({ length: 22 }, (_, index) => ({
  ...PLAIN,
  ...EXTREMES[index % EXTREMES.length],
  waybillNumber: numberOf(index, 10 + (index % 11)),
}))

const OTHERS: readonly LabelDocument[] = [
  {
    kind: 'sku',
    code: 'K7001-BK-32',
    name: '男士直筒休闲西裤 春秋款',
    colour: '黑色',
    size: '32',
    skuCode: 'K7001/黑色/32',
  },
  {
    kind: 'sku',
    code: 'PB0000123456',
    name: '西裤',
    colour: '灰',
    size: 'L',
    skuCode: '',
    measure: { name: '腰围', millimetres: 772 },
  },
  { kind: 'sku', code: 'ABCDEFGHIJKLMNOPQRSTUVW-XYZ', name: '西裤', colour: '灰', size: 'L', skuCode: '' },
  { kind: 'bin', code: 'A-03-02-15', kindName: '拣货位', category: '裤装' },
  {
    kind: 'list',
    list: 'goods-in-note',
    title: '入库单',
    number: 'GR-20261122-0007',
    facts: [{ name: '供应商', value: '杭州织造有限公司' }],
    columns: [
      { title: 'SKU', weight: 3, align: 'left' },
      { title: '数量', weight: 1, align: 'right' },
    ],
    rows: Array.from({ length: 45 }, (_, index) => [`K70${index} 男士休闲裤`, String(index)]),
    totals: ['合计 990 件'],
    signatures: [{ role: '收货', name: '王小芳' }],
    sample: true,
  },
  {
    kind: 'control-sheet',
    title: '控制条码',
    codes: [
      'CMD-NEW',
      'CMD-CONFIRM',
      'CMD-BACK',
      'CMD-HOLD',
      'CMD-FINISH',
      'CMD-REPRINT',
      'CMD-NEXT',
      'CMD-WEIGH',
      'QTY-10',
    ].map((code) => ({ code, words: `指令 ${code.slice(4)}` })),
  },
]

/** What a scanner must read on a page. */
function symbolsOf(model: LabelModel): string[] {
  const symbols = model.items.flatMap((item) => {
    if (item.item === 'bars') return [`CODE-128:${item.value}`]
    return item.item === 'qr' ? [`QR-Code:${item.value}`] : []
  })
  return [...new Set(symbols)].sort()
}

let renderer: LabelRenderer
let directory: string

beforeAll(async () => {
  requireRasterTools()
  renderer = await createLabelRenderer()
  directory = await mkdtemp(join(tmpdir(), 'packbench-labels-'))
}, 30_000)
afterAll(async () => {
  if (directory) await rm(directory, { recursive: true, force: true })
})

async function writePdf(name: string, bytes: Uint8Array): Promise<string> {
  const file = join(directory, `${name}.pdf`)
  await writeFile(file, bytes)
  return file
}

async function writePdfs(name: string, documents: readonly LabelDocument[]): Promise<string[]> {
  const files: string[] = []
  for (const [index, document] of documents.entries()) {
    files.push(await writePdf(`${name}${index}`, (await renderer.pdf(document)).bytes))
  }
  return files
}

/** Cuts a waybill's raster at the perforation, because a decoder names two equal symbols once. */
async function halves(image: string, dpi: number): Promise<string[]> {
  const bitmap = await readBitmap(image)
  const perforation = Math.round((110 / 25.4) * dpi)
  const files = [image.replace('.pbm', '-upper.pbm'), image.replace('.pbm', '-lower.pbm')] as const
  await writeFile(files[0], cropRows(bitmap, 0, perforation))
  await writeFile(files[1], cropRows(bitmap, perforation, bitmap.height))
  return [...files]
}

describe('label renderer, printed in one bit and read back', () => {
  it.each([
    ['poppler', 203],
    ['ghostscript', 203],
    ['poppler', 300],
  ] as const)('LBL-2 both Code 128 of the waybills decode after %s at %i dpi', async (program, dpi) => {
    const name = `waybill-${program}-${dpi}-`
    // Eleven hold every length of number; at the usual 203 dpi all are read.
    const waybills = dpi === 203 ? WAYBILLS : WAYBILLS.slice(0, 11)
    const pdfs = await writePdfs(name, waybills)
    const images =
      program === 'ghostscript'
        ? await rasteriseGhostscript(pdfs, join(directory, name), dpi, pdfs.length)
        : (await Promise.all(pdfs.map((pdf) => rasterisePoppler(pdf, pdf.slice(0, -4), dpi, 1)))).flat()
    const parts = (await Promise.all(images.map((image) => halves(image, dpi)))).flat()
    const expected = waybills.flatMap(({ waybillNumber }) => [
      [`CODE-128:${waybillNumber}`],
      [`CODE-128:${waybillNumber}`, `QR-Code:${waybillNumber}`],
    ])
    expect(await decodeImages(parts)).toEqual(expected)
  })

  it('LBL-1 every code of SKU, bin, list and control sheet decodes after both programs', async () => {
    const pdfs = await writePdfs('other-', OTHERS)
    const models = OTHERS.map((document) => renderer.layout(document))
    const expected = models.flat().map(symbolsOf)
    expect(expected.flat().length).toBe(14)
    const poppler = await Promise.all(
      pdfs.map((pdf, index) => rasterisePoppler(pdf, pdf.slice(0, -4), 203, models[index]?.length ?? 0)),
    )
    expect(await decodeImages(poppler.flat())).toEqual(expected)
    const ghostscript = await rasteriseGhostscript(pdfs, join(directory, 'other-gs'), 203, expected.length)
    expect(await decodeImages(ghostscript)).toEqual(expected)
  })

  it('LBL-2 the waybill page is not a dot larger than the paper', async () => {
    const pdf = await writePdf('page', (await renderer.pdf(PLAIN)).bytes)
    const [image = ''] = await rasterisePoppler(pdf, pdf.slice(0, -4), 203.2, 1)
    const { width, height } = await readBitmap(image)
    expect([width, height]).toEqual([800, 1440])
  })
})

describe('label renderer, ink', () => {
  const DPI = 300
  /** Lines of hanzi only: each is one em wide, so character n begins n ems from the left. */
  const isHanzi = (item: LabelModel['items'][number]): item is TextItem =>
    item.item === 'text' && item.ink === 'black' && /^\p{Script=Han}{2,}$/u.test(item.text)

  function cellsOf(bitmap: Bitmap, item: TextItem): { character: string; dots: string }[] {
    const toDots = (um: number): number => Math.round((um / 25_400) * DPI)
    const side = toDots(item.sizeUm)
    return Array.from(item.text, (character, index) => {
      const box = {
        x: toDots(item.xUm + index * item.sizeUm),
        y: toDots(item.baselineUm - 0.87 * item.sizeUm),
        width: side,
        height: side,
      }
      return { character, dots: dotsOf(bitmap, box) }
    })
  }

  async function hanziCells(name: string, fonts: LabelFonts): Promise<{ character: string; dots: string }[]> {
    const { measurer } = await loadLabelFonts()
    const models = layoutLabel(
      { ...PLAIN, destination: '龑靐齉爨', sortCode: '杭州转运中心' },
      measurer,
      null,
    )
    const pdf = await writePdf(name, await renderLabelPdf(models, fonts, (bytes) => deflateSync(bytes)))
    const [image = ''] = await rasterisePoppler(pdf, pdf.slice(0, -4), DPI, 1)
    const bitmap = await readBitmap(image)
    return models.flatMap((model) => model.items.filter(isHanzi).flatMap((item) => cellsOf(bitmap, item)))
  }

  const inkShare = (dots: string): number => dots.replaceAll('.', '').length / dots.length

  it('LBL-1 every hanzi prints its own shape, not the empty box of a missing glyph', async () => {
    const { fonts } = await loadLabelFonts()
    const cells = await hanziCells('ink', fonts)
    const boxes = await hanziCells('boxes', { cut: (weight) => fonts.cut(weight, '0123456789') })
    expect(cells.length).toBeGreaterThanOrEqual(30)
    for (const [index, { character, dots }] of cells.entries()) {
      expect(inkShare(dots), character).toBeGreaterThan(0.06)
      expect(inkShare(dots), character).toBeLessThan(0.7)
      expect(dots, character).not.toBe(boxes[index]?.dots)
    }
    // Cells of the same size show as many shapes as they hold characters; the boxes, in contrast, are all the same.
    const big = cells.filter(
      ({ dots }) => dots.length === cells.find((cell) => cell.character === '杭')?.dots.length,
    )
    expect(new Set(big.map(({ dots }) => dots)).size).toBe(
      new Set(big.map(({ character }) => character)).size,
    )
    expect(big.length).toBeGreaterThanOrEqual(6)
  })

  it('LBL-1 the text can be searched, and each printed character reads as itself', async () => {
    const pdf = await writePdf('text', (await renderer.pdf(PLAIN)).bytes)
    const text = await extractText(pdf)
    for (const words of ['圆通速递', '杭州转运中心', 'K7001/黑色/32×2', '王小芳'])
      expect(text).toContain(words)
  })
})

describe('label renderer, its answers', () => {
  it('LBL-4 the same document gives the same bytes, also from another renderer', async () => {
    const first = await renderer.pdf(PLAIN)
    await renderer.pdf({ ...PLAIN, waybillNumber: 'SF0000000001' })
    const second = await (await createLabelRenderer()).pdf(PLAIN)
    expect(Buffer.compare(first.bytes, (await renderer.pdf(PLAIN)).bytes)).toBe(0)
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0)
    expect(Buffer.compare(first.bytes, (await renderer.pdf({ ...PLAIN, copy: 1 })).bytes)).not.toBe(0)
  })

  it('LBL-1 reports what the fonts lack and nothing else', async () => {
    const recipient = { ...PLAIN.recipient, name: '𠮷龑😀', company: '镕喆堃犇 Ñandú & Sons' }
    expect((await renderer.pdf({ ...PLAIN, recipient })).missingGlyphs).toEqual(['😀', '𠮷'].sort())
    expect((await renderer.pdf(PLAIN)).missingGlyphs).toEqual([])
  })

  it('LBL-1 the preview has the pages of the print', async () => {
    const [list] = OTHERS.filter((document) => document.kind === 'list')
    if (list === undefined) throw new Error('no list')
    expect(renderer.layout(list).length).toBe(2)
  })

  it('LBL-1 a document with an unprintable code gives the fault and no bytes, in every language', async () => {
    for (const language of ['pdf', 'zpl', 'tspl'] as const) {
      const options = { language, dpi: 203, darkness: null, layout: null, gapUm: 2000 } as const
      const rendered = await renderer.render({ ...PLAIN, waybillNumber: '运单1' }, options)
      expect(rendered.faults.map(({ tag }) => tag)).toContain('unprintableCode')
      expect(rendered.bytes.length).toBe(0)
    }
  })

  it('LBL-4 the same document gives the same bytes in the printer languages too, from another renderer', async () => {
    const other = await createLabelRenderer()
    for (const language of ['zpl', 'tspl'] as const) {
      const options = { language, dpi: 300, darkness: 9, layout: null, gapUm: 2000 } as const
      const first = await renderer.render(PLAIN, options)
      expect(first.bytes.length).toBeGreaterThan(5000)
      expect(Buffer.compare(first.bytes, (await other.render(PLAIN, options)).bytes)).toBe(0)
    }
  })

  it('LBL-1 copies: pages of a PDF, a count for the printer', async () => {
    const options = { dpi: 203, darkness: null, layout: null, gapUm: 2000, copies: 2 } as const
    const text = async (language: 'pdf' | 'zpl' | 'tspl') =>
      Buffer.from((await renderer.render(PLAIN, { ...options, language })).bytes).toString('latin1')
    expect(await text('pdf')).toContain('/Count 2')
    expect(await text('zpl')).toContain('^PQ2')
    expect(await text('tspl')).toContain('PRINT 1,2')
  })

  it('LBL-3 a courier label goes as it is, and to no printer of another language', async () => {
    const base64 = Buffer.from('^XA^MMC^FO1,1^FDcourier^FS^XZ').toString('base64')
    const label = { kind: 'courier-label', language: 'zpl', base64, waybillNumber: 'YT1' } as const
    const options = { dpi: 203, darkness: 5, layout: null, gapUm: 2000 } as const
    const sent = await renderer.render(label, { ...options, language: 'zpl' })
    expect(Buffer.from(sent.bytes).toString()).toBe('^XA^MMC^FO1,1^FDcourier^FS^XZ')
    const refused = await renderer.render(label, { ...options, language: 'tspl' })
    expect([refused.bytes.length, refused.faults.length]).toEqual([0, 1])
  })
})
