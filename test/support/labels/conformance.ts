import { deflateSync } from 'node:zlib'
import { type LoadedFonts, loadLabelFonts } from '../../../src/main/host/labels/label-fonts.ts'
import { type Bitmap, isBlack } from '../../../src/shared/labels/backends/bitmap.ts'
import type { Dpi } from '../../../src/shared/labels/backends/dots.ts'
import { drawModel } from '../../../src/shared/labels/backends/draw-model.ts'
import { renderLabelPdf } from '../../../src/shared/labels/backends/pdf.ts'
import { renderLabelTspl } from '../../../src/shared/labels/backends/tspl.ts'
import { renderLabelZpl } from '../../../src/shared/labels/backends/zpl.ts'
import type { LabelModel } from '../../../src/shared/labels/label-model.ts'
import { layoutLabel } from '../../../src/shared/labels/layout-label.ts'
import { compareInk, type GlyphInk } from './compare-ink.ts'
import type { PrintCase } from './extreme-documents.ts'
import { printPdf, printZpl } from './printed-pages.ts'
import { asZbar, readSymbols, type SymbolReading } from './read-symbols.ts'
import { readTspl } from './tspl-reader.ts'
import { readZpl } from './zpl-reader.ts'

/** How a label gets onto paper in the tests; `zebrash` is the independent reader of ZPL, which takes its time. */
export type Press = 'poppler' | 'ghostscript' | 'zpl' | 'zebrash' | 'tspl'

/** What one printing of some labels showed. */
export interface Findings {
  readonly symbols: number
  readonly glyphs: number
  /** In words, empty when all is well. */
  readonly wrong: string[]
}

let loaded: Promise<LoadedFonts> | null = null
/** The fonts, loaded once for all tests of a file. */
export function houseFonts(): Promise<LoadedFonts> {
  loaded ??= loadLabelFonts()
  return loaded
}

/** The pages of the cases, each with the name of its layout; a case with faults is a mistake of the test. */
export async function modelsOf(cases: readonly PrintCase[]): Promise<{ name: string; model: LabelModel }[]> {
  const { measurer } = await houseFonts()
  return cases.flatMap(({ document, layout }) =>
    layoutLabel(document, measurer, layout).map((model, page) => {
      const name = `${layout?.layoutId ?? document.kind}${page > 0 ? `#${page + 1}` : ''}`
      if (model.faults.length > 0) throw new Error(`${name}: ${JSON.stringify(model.faults)}`)
      return { name, model }
    }),
  )
}

/**
 * Prints the pages (with other fonts, to see the check fail), decodes every symbol with two decoders, and compares the
 * ink of every Chinese character.
 */
export async function checkPress(
  press: Press,
  dpi: Dpi,
  named: readonly { name: string; model: LabelModel }[],
  prefix: string,
  paints?: Partial<LoadedFonts>,
): Promise<Findings> {
  const { raster } = await houseFonts()
  const pages = await printPages(
    press,
    dpi,
    named.map(({ model }) => model),
    { prefix, ...paints },
  )
  const placed = named.map(({ name, model }, index) => {
    const page = pages[index]
    if (page === undefined) throw new Error(`${name}: no page`)
    return { where: `${press} ${dpi} ${name}`, page, model }
  })
  const readings = await readSymbols(placed, dpi, prefix)
  const ink = placed.map(({ where, page, model }) => ({
    where,
    glyphs: compareInk(page, model, raster, dpi),
  }))
  return {
    symbols: readings.length,
    glyphs: ink.reduce((sum, { glyphs }) => sum + glyphs.length, 0),
    wrong: [
      ...readings.flatMap(wrongSymbols),
      ...ink.flatMap(({ where, glyphs }) => wrongInk(where, glyphs)),
    ],
  }
}

function wrongSymbols({ where, expected, zbar, zxing }: SymbolReading): string[] {
  return [
    ...(zbar === asZbar(expected) ? [] : [`${where}: zbar reads "${zbar}" for ${expected}`]),
    ...(zxing === expected ? [] : [`${where}: zxing reads "${zxing}" for ${expected}`]),
  ]
}

/** Renderers differ in a dot here and there; an empty or a boxed character is like nothing, or like the box. */
function wrongInk(where: string, glyphs: readonly GlyphInk[]): string[] {
  return glyphs
    .filter(({ likeness, boxLikeness }) => likeness < LEAST_LIKENESS || likeness < boxLikeness + CLEARLY)
    .map(({ character, sizeDots, likeness, boxLikeness }) => {
      return `${where}: ${character} of ${sizeDots} dots, ${likeness.toFixed(2)} like itself, ${boxLikeness.toFixed(2)} like a box`
    })
}

/**
 * Ghostscript sets fourteen-dot characters as roughly as 0.38, with a box at 0.1; a box is 0.36 like some character at
 * most, but always far more like a box. What is not there is like neither.
 */
const LEAST_LIKENESS = 0.3
const CLEARLY = 0.1

const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes)

async function printPages(
  press: Press,
  dpi: Dpi,
  models: readonly LabelModel[],
  paints: Partial<LoadedFonts> & { readonly prefix: string },
): Promise<Bitmap[]> {
  const { fonts, raster, prefix } = { ...(await houseFonts()), ...paints }
  const settings = { dpi, darkness: 8, gapUm: 2000, copies: 1, raster, deflate }
  switch (press) {
    case 'poppler':
    case 'ghostscript':
      return printPdf(press, prefix, await renderLabelPdf(models, fonts, deflate), {
        dpi,
        pages: models.length,
      })
    case 'zpl':
      return models.map((model) => readZpl(renderLabelZpl(model, settings)).page)
    case 'zebrash': {
      const pages: Bitmap[] = []
      for (const model of models) pages.push(await printZpl(renderLabelZpl(model, settings), dpi))
      return pages
    }
    case 'tspl':
      return models.map(
        (model) => readTspl(renderLabelTspl(model, settings), dpi === 203 ? 8 : 300 / 25.4).page,
      )
  }
}

/**
 * The printer's page against the model in dots, bars included: what a printer language makes of it must be the same
 * to the dot, whoever reads it. Answers in words, empty when it is.
 */
export async function compareDots(
  press: 'zpl' | 'zebrash' | 'tspl',
  dpi: Dpi,
  { name, model }: { name: string; model: LabelModel },
): Promise<string[]> {
  const { raster } = await houseFonts()
  const wanted = drawModel(model, { dpi, raster })
  const [page] = await printPages(press, dpi, [model], { prefix: '' })
  if (page === undefined || page.width !== wanted.width || page.height !== wanted.height) {
    return [`${press} ${dpi} ${name}: a page of another size`]
  }
  let different = 0
  for (let y = 0; y < wanted.height; y += 1) {
    for (let x = 0; x < wanted.width; x += 1)
      if (isBlack(page, x, y) !== isBlack(wanted, x, y)) different += 1
  }
  return different === 0 ? [] : [`${press} ${dpi} ${name}: ${different} dots differ`]
}
