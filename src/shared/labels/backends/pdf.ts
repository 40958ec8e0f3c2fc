import { PDFContext, type PDFRef, PDFWriter } from 'pdf-lib'
import { assert } from '../../base/assert.ts'
import type { FrameItem, LabelItem, LabelModel, TextItem } from '../label-model.ts'
import { asciiBytes } from './ascii.ts'
import { darkRuns, type InkRectangle, inkBars } from './ink.ts'
import { addStream, embedFont, type PdfFont } from './pdf-font.ts'
import type { Deflate } from './z64.ts'

type Weight = TextItem['weight']

/** Where the PDF gets its fonts from. */
export interface LabelFonts {
  /**
   * A TrueType font with glyphs for exactly these characters (sorted, each once), without ligatures or kerning, so
   * that one character is one glyph with its plain advance.
   */
  cut(weight: Weight, characters: string): Uint8Array
}

/** Name of the embedded font, and what it is called on the pages. */
const FONTS: Readonly<Record<Weight, { readonly name: string; readonly key: string }>> = {
  regular: { name: 'PBNCHA+NotoSansSC-Regular', key: 'FA' },
  bold: { name: 'PBNCHB+NotoSansSC-Bold', key: 'FB' },
}
const FAINT_GREY = 0.83
/** PDF points of one micrometre: pages are drawn in whole micrometres. */
const POINTS = 72 / 25_400

/**
 * One PDF of all pages with vector bars and embedded fonts, one cut for all pages together; the same models give the
 * same bytes: there is no date and no producer in them.
 */
export async function renderLabelPdf(
  models: readonly LabelModel[],
  fonts: LabelFonts,
  deflate: Deflate,
): Promise<Uint8Array> {
  const pdf = PDFContext.create()
  const embedded = embedFonts({ pdf, deflate }, models, fonts)
  const resources = Object.fromEntries([...embedded].map(([weight, font]) => [FONTS[weight].key, font.ref]))
  const parent = pdf.nextRef()
  const pages = models.map((model) => addPage({ pdf, deflate }, model, embedded, parent))
  pdf.assign(
    parent,
    pdf.obj({ Type: 'Pages', Count: pages.length, Kids: pages, Resources: { Font: resources } }),
  )
  pdf.trailerInfo.Root = pdf.register(pdf.obj({ Type: 'Catalog', Pages: parent }))
  return PDFWriter.forContext(pdf, Number.POSITIVE_INFINITY).serializeToBuffer()
}

interface Target {
  readonly pdf: PDFContext
  readonly deflate: Deflate
}
type Embedded = ReadonlyMap<Weight, PdfFont>

/** Only the weights that are used. */
function embedFonts({ pdf, deflate }: Target, models: readonly LabelModel[], fonts: LabelFonts): Embedded {
  const used = { regular: new Set<string>(), bold: new Set<string>() }
  for (const model of models) {
    for (const item of model.items) {
      if (item.item === 'text') for (const character of item.text) used[item.weight].add(character)
    }
  }
  const embedded = new Map<Weight, PdfFont>()
  for (const weight of ['regular', 'bold'] as const) {
    const characters = [...used[weight]].sort().join('')
    if (characters === '') continue
    const file = fonts.cut(weight, characters)
    embedded.set(weight, embedFont(pdf, deflate, { file, name: FONTS[weight].name, characters }))
  }
  return embedded
}

function addPage({ pdf, deflate }: Target, model: LabelModel, embedded: Embedded, parent: PDFRef): PDFRef {
  const place: Place = { pageHeightUm: model.heightUm, embedded }
  const operators = model.items.map((item) => operatorsOf(item, place))
  const scale = POINTS.toFixed(9)
  const content = addStream(pdf, deflate, asciiBytes(`${scale} 0 0 ${scale} 0 0 cm\n${operators.join('')}`))
  // Rounded down: a page that is a hair too long becomes one dot row more in print.
  const [width = 0, height = 0] = [model.widthUm, model.heightUm].map(
    (um) => Math.floor(um * POINTS * 100) / 100,
  )
  return pdf.register(
    pdf.obj({ Type: 'Page', Parent: parent, MediaBox: [0, 0, width, height], Contents: content }),
  )
}

interface Place {
  readonly pageHeightUm: number
  readonly embedded: Embedded
}

function operatorsOf(item: LabelItem, place: Place): string {
  switch (item.item) {
    case 'text':
      return textOperators(item, place)
    case 'bars':
      return fillOperators(inkBars(item), place)
    case 'qr':
      return fillOperators(darkRuns(item), place)
    case 'rule':
      return fillOperators([item], place)
    case 'frame':
      return frameOperators(item, place)
  }
}

function textOperators(item: TextItem, { embedded, pageHeightUm }: Place): string {
  const font = embedded.get(item.weight)
  assert(font !== undefined, `font ${item.weight} is not embedded`)
  const at = `${item.xUm} ${pageHeightUm - item.baselineUm} Td`
  const text = `BT /${FONTS[item.weight].key} ${item.sizeUm} Tf ${at}<${font.encode(item.text)}>Tj ET\n`
  return item.ink === 'black' ? text : `${FAINT_GREY} g\n${text}0 g\n`
}

function fillOperators(rectangles: readonly InkRectangle[], place: Place): string {
  return `${rectangles.map((box) => rectangleOf(box, place)).join('')}f\n`
}

function frameOperators(item: FrameItem, place: Place): string {
  return `${item.strokeUm} w\n${rectangleOf(item, place)}S\n`
}

function rectangleOf(box: InkRectangle, { pageHeightUm }: Place): string {
  return `${box.xUm} ${pageHeightUm - box.yUm - box.heightUm} ${box.widthUm} ${box.heightUm} re\n`
}
