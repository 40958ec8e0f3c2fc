import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { deflateSync } from 'node:zlib'
import { createFontCutter } from '../../src/main/host/labels/font-cutter.ts'
import { loadLabelFonts } from '../../src/main/host/labels/label-fonts.ts'
import { createLabelRenderer } from '../../src/main/host/labels/label-renderer.ts'
import { drawModel } from '../../src/shared/labels/backends/draw-model.ts'
import { darkRuns, inkBars } from '../../src/shared/labels/backends/ink.ts'
import { renderLabelPdf } from '../../src/shared/labels/backends/pdf.ts'
import { readCutFont } from '../../src/shared/labels/backends/true-type.ts'
import { renderLabelZpl } from '../../src/shared/labels/backends/zpl.ts'
import type { WaybillDocument } from '../../src/shared/labels/label-document.ts'
import type { LabelModel } from '../../src/shared/labels/label-model.ts'
import type { LabelLayout } from '../../src/shared/labels/label-layout.ts'
import { layoutLabel } from '../../src/shared/labels/layout-label.ts'
import { WAYBILL_100X180 } from '../../src/shared/labels/layouts/waybill-100x180.ts'

/** Ours, for the benchmark of labels, and what the peers are given. */

type Weight = 'regular' | 'bold'
/** Lines of a label that its reader would call Chinese. */
const CHINESE = /\p{Script=Han}/u

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈'
const CITIES = [
  '浙江省杭州市余杭区',
  '广东省深圳市南山区',
  '四川省成都市武侯区',
  '陕西省西安市雁塔区',
  '黑龙江省哈尔滨市道里区',
  '福建省厦门市思明区',
  '湖北省武汉市洪山区',
]
const ROADS = [
  '文一西路',
  '科技园南路',
  '天府大道',
  '曲江池东街',
  '友谊路',
  '环岛干道',
  '珞瑜路',
  '高新四路',
  '滨河中路',
]

/** A waybill of 100 × 180 mm with two Code 128, a QR symbol and a dozen Chinese lines; each number another one. */
export function benchWaybill(index: number): WaybillDocument {
  const surname = (at: number): string => SURNAMES[at % SURNAMES.length] ?? ''
  const city = CITIES[index % CITIES.length] ?? ''
  const road = ROADS[(index * 5) % ROADS.length] ?? ''
  return {
    kind: 'waybill',
    courierCode: 'YTO',
    courierName: '圆通速递',
    waybillNumber: `YT${8_800_000_000_000 + index * 7_654_321}`,
    sortCode: `571-B0${index % 10}-07`,
    destination: `${city.slice(-6)}转运中心`,
    recipient: {
      name: `${surname(index)}*`,
      phone: `*******${1000 + index}`,
      address: `${city}${road}${100 + index}号*幢*单元*室`,
    },
    sender: {
      name: '李*',
      company: '朝夕裤坊',
      phone: '*******1907',
      address: '江苏省苏州市工业园区星湖街328号',
    },
    orderNumbers: [`20261122-${100_000 + index}`],
    items: [
      { text: `K70${index % 90}/${['黑色', '藏青', '卡其'][index % 3]}/${28 + (index % 8)}`, quantity: 2 },
    ],
    pieceCount: 1,
    weightGrams: 600 + index,
    packerName: `${surname(index * 3)}小芳`,
    note: '放门卫处，轻拿轻放',
    printedAt: '2026-11-22 14:36',
    copy: 0,
    sample: false,
  }
}

const HIDDEN = new Set(
  'destinationTerm recipientTerm senderTerm signerTerm signedAtTerm stubRecipientTerm contentsTerm stubPieceCount stubWeight pieceCount weight stubRecipient printedAt senderPhone'.split(
    ' ',
  ),
)

/** What a peer draws: the model resolved to plain boxes and lines, in micrometres from the top left corner. */
export interface BenchLabel {
  readonly model: LabelModel
  readonly boxes: readonly { xUm: number; yUm: number; widthUm: number; heightUm: number }[]
}

/** The house's layout with as many fields as make twelve Chinese lines; the whole waybill has about twice as many. */
const TWELVE_LINES: LabelLayout = {
  ...WAYBILL_100X180,
  fields: WAYBILL_100X180.fields.map((field) => ({
    ...field,
    shown: field.shown && !HIDDEN.has(field.field),
  })),
}

/** Everything that is measured of ours. */
export async function prepareOurs(count: number, whole: boolean) {
  const { fonts, measurer, raster } = await loadLabelFonts()
  const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: 6 })
  const labels = Array.from({ length: count }, (_, index): BenchLabel => {
    const [model] = layoutLabel(benchWaybill(index), measurer, whole ? null : TWELVE_LINES)
    if (model === undefined) throw new Error('no page')
    const boxes = model.items.flatMap((item) => {
      if (item.item === 'bars') return inkBars(item)
      if (item.item === 'qr') return darkRuns(item)
      return item.item === 'rule' ? [item] : []
    })
    return { model, boxes }
  })
  const settings = { dpi: 203, darkness: null, gapUm: 2000, copies: 1, raster, deflate } as const
  return {
    labels,
    pdf: (models: readonly LabelModel[]) => renderLabelPdf(models, fonts, deflate),
    zpl: (model: LabelModel) => renderLabelZpl(model, settings),
    /** The whole label in dots, bars as well, and compressed: the least that sending it as a picture takes. */
    bareRaster: (model: LabelModel) => deflate(drawModel(model, { dpi: 203, raster }).bits),
    floor: (model: LabelModel) => floorPdf(model, fonts.cut, deflate),
    contents: countOf(labels[0]?.model),
  }
}

function countOf(model: LabelModel | undefined): string {
  const items = model?.items ?? []
  const lines = items.filter((item) => item.item === 'text' && CHINESE.test(item.text)).length
  const bars = items.filter(({ item }) => item === 'bars').length
  return `${bars} Code 128, ${items.filter(({ item }) => item === 'qr').length} QR, ${lines} Chinese lines`
}

/** Peers need the tables that ours leaves out; otherwise the font is cut for them alike. */
export async function peerCutters(): Promise<Record<Weight, (characters: string) => Uint8Array>> {
  const file = (name: string): Uint8Array =>
    readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${name}.ttf`))
  const dropped = ['GSUB', 'GPOS', 'GDEF', 'BASE', 'kern', 'vhea', 'vmtx', 'VORG', 'STAT', 'DSIG']
  return {
    regular: await createFontCutter(file('400Regular/NotoSansSC_400Regular'), dropped),
    bold: await createFontCutter(file('700Bold/NotoSansSC_700Bold'), dropped),
  }
}

/** A PDF written by hand for this one kind of label, without a map to Unicode: the least that the work can be. */
function floorPdf(
  model: LabelModel,
  cut: (weight: Weight, characters: string) => Uint8Array,
  deflate: (bytes: Uint8Array) => Uint8Array,
): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  let length = 9
  const add = (head: string, body: Uint8Array | null = null): number => {
    offsets.push(length)
    const text = `${offsets.length} 0 obj\n${head}`
    const part =
      body === null
        ? Buffer.from(`${text}\nendobj\n`)
        : Buffer.concat([Buffer.from(`${text}stream\n`), body, Buffer.from('\nendstream\nendobj\n')])
    parts.push(part)
    length += part.length
    return offsets.length
  }
  const used = { regular: new Set<string>(), bold: new Set<string>() }
  for (const item of model.items)
    if (item.item === 'text') for (const c of item.text) used[item.weight].add(c)
  const glyphs = { regular: new Map<string, string>(), bold: new Map<string, string>() }
  const fonts = (['regular', 'bold'] as const).map((weight) => {
    const file = cut(weight, [...used[weight]].sort().join(''))
    const font = readCutFont(file)
    for (const c of used[weight]) glyphs[weight].set(c, font.glyphOf(c).toString(16).padStart(4, '0'))
    const packed = deflate(file)
    const data = add(`<</Filter/FlateDecode/Length ${packed.length}/Length1 ${file.length}>>`, packed)
    const name = `ABCDEF+Noto-${weight}`
    const descriptor = add(
      `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 900/StemV 80/FontFile2 ${data} 0 R>>`,
    )
    const cid = add(
      `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${descriptor} 0 R/CIDToGIDMap/Identity>>`,
    )
    return add(
      `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H/DescendantFonts[${cid} 0 R]>>`,
    )
  })
  const high = model.heightUm
  let text = '.002834646 0 0 .002834646 0 0 cm\n'
  for (const item of model.items) {
    if (item.item === 'text') {
      const hex = Array.from(item.text, (c) => glyphs[item.weight].get(c)).join('')
      text += `BT /F${item.weight} ${item.sizeUm} Tf ${item.xUm} ${high - item.baselineUm} Td<${hex}>Tj ET\n`
    } else if (item.item === 'frame') {
      text += `${item.strokeUm} w ${item.xUm} ${high - item.yUm - item.heightUm} ${item.widthUm} ${item.heightUm} re S\n`
    } else {
      const boxes = item.item === 'bars' ? inkBars(item) : item.item === 'qr' ? darkRuns(item) : [item]
      for (const b of boxes) text += `${b.xUm} ${high - b.yUm - b.heightUm} ${b.widthUm} ${b.heightUm} re\n`
      text += 'f\n'
    }
  }
  const packed = deflate(Buffer.from(text))
  const content = add(`<</Filter/FlateDecode/Length ${packed.length}>>`, packed)
  const page = add(
    `<</Type/Page/Parent ${offsets.length + 2} 0 R/MediaBox[0 0 283.46 510.23]/Contents ${content} 0 R/Resources<</Font<</Fregular ${fonts[0]} 0 R/Fbold ${fonts[1]} 0 R>>>>>>`,
  )
  const pages = add(`<</Type/Pages/Count 1/Kids[${page} 0 R]>>`)
  const root = add(`<</Type/Catalog/Pages ${pages} 0 R>>`)
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const end = `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${offsets.length + 1}/Root ${root} 0 R>>\nstartxref\n${length}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end)])
}

/** In a process of its own: how long the first label takes after the warm-up, and with everything before it. */
export async function measureFirstLabel(): Promise<{ readonly warmMs: number; readonly coldMs: number }> {
  const started = performance.now()
  const renderer = await createLabelRenderer()
  const warm = performance.now()
  const options = { language: 'pdf', dpi: 203, darkness: null, layout: null, gapUm: 2000 } as const
  await renderer.render(benchWaybill(4711), options)
  const done = performance.now()
  return { warmMs: done - warm, coldMs: done - started }
}
