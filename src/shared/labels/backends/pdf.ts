import fontkit from '@pdf-lib/fontkit'
import {
  beginText,
  endText,
  fill,
  PDFDocument,
  type PDFFont,
  type PDFName,
  type PDFOperator,
  type PDFPage,
  rectangle,
  setFillingGrayscaleColor,
  setFontAndSize,
  setLineWidth,
  setStrokingGrayscaleColor,
  setTextMatrix,
  showText,
  stroke,
} from 'pdf-lib'
import { assert } from '../../base/assert.ts'
import type { FrameItem, LabelItem, LabelModel, TextItem } from '../label-model.ts'
import { darkRuns, type InkRectangle, inkBars } from './ink.ts'

type Weight = TextItem['weight']

/** Where the PDF gets its fonts from. */
export interface LabelFonts {
  /**
   * A TrueType font with glyphs for exactly these characters (sorted, each once), without ligatures or kerning, so
   * that one character is one glyph with its plain advance.
   */
  cut(weight: Weight, characters: string): Uint8Array
}

/** Name and object key of the embedded font; fixed, because pdf-lib would add a random suffix. */
const FONT_NAMES: Readonly<Record<Weight, string>> = {
  regular: 'PBNCHA+NotoSansSC-Regular',
  bold: 'PBNCHB+NotoSansSC-Bold',
}
const FAINT_GREY = 0.83

/**
 * One PDF of all pages with vector bars and embedded fonts; the same models give the same bytes. The fonts are cut
 * beforehand and embedded whole: pdf-lib's own subsetting can print empty boxes.
 */
export async function renderLabelPdf(models: readonly LabelModel[], fonts: LabelFonts): Promise<Uint8Array> {
  // Without dates and producer, which would differ from one print to the next.
  const pdf = await PDFDocument.create({ updateMetadata: false })
  pdf.registerFontkit(fontkit)
  const embedded = new Map<Weight, PDFFont>()
  for (const weight of ['regular', 'bold'] as const) {
    const characters = charactersOf(models, weight)
    if (characters === '') continue
    const customName = FONT_NAMES[weight]
    embedded.set(weight, await pdf.embedFont(fonts.cut(weight, characters), { subset: false, customName }))
  }
  for (const model of models) drawPage(pdf, model, embedded)
  return pdf.save({ addDefaultPage: false, updateFieldAppearances: false })
}

function charactersOf(models: readonly LabelModel[], weight: Weight): string {
  const characters = new Set<string>()
  for (const item of models.flatMap((model) => model.items)) {
    if (item.item !== 'text' || item.weight !== weight) continue
    for (const character of item.text) characters.add(character)
  }
  return [...characters].sort().join('')
}

interface Place {
  readonly pageHeightUm: number
  font(weight: Weight): { readonly font: PDFFont; readonly key: PDFName }
}

function drawPage(pdf: PDFDocument, model: LabelModel, embedded: ReadonlyMap<Weight, PDFFont>): void {
  // Rounded down: a page that is a hair too long becomes one dot row more in print.
  const page = pdf.addPage([
    Math.floor(points(model.widthUm) * 100) / 100,
    Math.floor(points(model.heightUm) * 100) / 100,
  ])
  const keys = new Map<Weight, PDFName>()
  const place: Place = {
    pageHeightUm: model.heightUm,
    font: (weight) => fontOnPage(page, embedded.get(weight), keys, weight),
  }
  page.pushOperators(setFillingGrayscaleColor(0), setStrokingGrayscaleColor(0))
  for (const item of model.items) page.pushOperators(...operatorsOf(item, place))
}

function fontOnPage(page: PDFPage, font: PDFFont | undefined, keys: Map<Weight, PDFName>, weight: Weight) {
  assert(font !== undefined, `font ${weight} is not embedded`)
  const key = keys.get(weight) ?? page.node.newFontDictionary(weight === 'bold' ? 'FB' : 'FA', font.ref)
  keys.set(weight, key)
  return { font, key }
}

function operatorsOf(item: LabelItem, place: Place): PDFOperator[] {
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

function textOperators(item: TextItem, place: Place): PDFOperator[] {
  const { font, key } = place.font(item.weight)
  const [x, y] = [points(item.xUm), points(place.pageHeightUm - item.baselineUm)]
  const text = [
    beginText(),
    setFontAndSize(key, points(item.sizeUm)),
    setTextMatrix(1, 0, 0, 1, x, y),
    showText(font.encodeText(item.text)),
    endText(),
  ]
  if (item.ink === 'black') return text
  return [setFillingGrayscaleColor(FAINT_GREY), ...text, setFillingGrayscaleColor(0)]
}

function fillOperators(rectangles: readonly InkRectangle[], place: Place): PDFOperator[] {
  return [...rectangles.map((box) => rectangleOf(box, place)), fill()]
}

function frameOperators(item: FrameItem, place: Place): PDFOperator[] {
  return [setLineWidth(points(item.strokeUm)), rectangleOf(item, place), stroke()]
}

function rectangleOf(box: InkRectangle, place: Place): PDFOperator {
  const y = place.pageHeightUm - box.yUm - box.heightUm
  return rectangle(points(box.xUm), points(y), points(box.widthUm), points(box.heightUm))
}

/** PDF points with four decimals, 35 nanometres. */
function points(um: number): number {
  return Math.round(((um * 72) / 25_400) * 10_000) / 10_000
}
