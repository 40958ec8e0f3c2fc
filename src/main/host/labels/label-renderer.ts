import { deflateSync } from 'node:zlib'
import { assertNever } from '../../../shared/base/assert.ts'
import type { Dpi } from '../../../shared/labels/backends/dots.ts'
import { renderLabelPdf } from '../../../shared/labels/backends/pdf.ts'
import { renderLabelTspl } from '../../../shared/labels/backends/tspl.ts'
import type { Deflate } from '../../../shared/labels/backends/z64.ts'
import { renderLabelZpl } from '../../../shared/labels/backends/zpl.ts'
import type { CourierLabelDocument, LabelDocument } from '../../../shared/labels/label-document.ts'
import type { LabelLayout } from '../../../shared/labels/label-layout.ts'
import type { LabelFault, LabelModel } from '../../../shared/labels/label-model.ts'
import { faultsOf, layoutLabel } from '../../../shared/labels/layout-label.ts'
import type { PrinterLanguage } from '../../../shared/protocol/print-contract.ts'
import { type LoadedFonts, loadLabelFonts } from './label-fonts.ts'
import { WARM_UP } from './warm-up.ts'

/** What the printer wants. */
export interface RenderOptions {
  readonly language: PrinterLanguage
  readonly dpi: Dpi
  /** 0 to 15; `null` leaves the printer as it is set. */
  readonly darkness: number | null
  /** `null`: as it came. */
  readonly layout: LabelLayout | null
  /** Between labels; zero: endless paper. */
  readonly gapUm: number
  /** Left out: as many as the layout says. */
  readonly copies?: number
}

/** Lays out and renders labels with the fonts of the house. */
export interface LabelRenderer {
  /** The resolved pages, for the screen preview. */
  layout(document: LabelDocument, layout?: LabelLayout | null): LabelModel[]
  /** The same pages as bytes for a printer; the same document and options give the same bytes. */
  render(document: LabelDocument, options: RenderOptions): Promise<RenderedLabel>
  /** The same pages as a PDF. */
  pdf(document: LabelDocument, layout?: LabelLayout | null): Promise<RenderedLabel>
}

export interface RenderedLabel {
  /** Empty when there are faults: what cannot be scanned is not printed. */
  readonly bytes: Uint8Array
  /** Characters that no font has, sorted, each once; a substitute stands in their place. */
  readonly missingGlyphs: string[]
  readonly faults: LabelFault[]
}

/** Level 6: nine is slower and hardly smaller on what labels hold. */
const deflate: Deflate = (bytes) => deflateSync(bytes, { level: 6 })

/** Loads the fonts and renders one label, so that the first real one is fast. Rejects when the fonts are missing. */
export async function createLabelRenderer(): Promise<LabelRenderer> {
  const loaded = await loadLabelFonts()
  const render: LabelRenderer['render'] = async (document, options) =>
    document.kind === 'courier-label' ? foreign(document, options) : renderOwn(loaded, document, options)
  const renderer: LabelRenderer = {
    layout: (document, layout = null) => layoutLabel(document, loaded.measurer, layout),
    render,
    pdf: (document, layout = null) => render(document, { ...PLAIN_PDF, layout }),
  }
  for (const language of ['pdf', 'zpl', 'tspl'] as const) {
    await renderer.render(WARM_UP, { ...PLAIN_PDF, language })
    // Whoever waits for the host gets a turn between two of them.
    await new Promise(setImmediate)
  }
  return renderer
}

const PLAIN_PDF: RenderOptions = { language: 'pdf', dpi: 203, darkness: null, layout: null, gapUm: 2000 }

async function renderOwn(
  loaded: LoadedFonts,
  document: LabelDocument,
  options: RenderOptions,
): Promise<RenderedLabel> {
  const pages = layoutLabel(document, loaded.measurer, options.layout)
  const faults = faultsOf(pages)
  const missingGlyphs = [...new Set(pages.flatMap((page) => page.missingGlyphs))].sort()
  const bytes = faults.length > 0 ? new Uint8Array(0) : await bytesOf(loaded, pages, options)
  return { bytes, missingGlyphs, faults }
}

function bytesOf(
  loaded: LoadedFonts,
  pages: readonly LabelModel[],
  options: RenderOptions,
): Uint8Array | Promise<Uint8Array> {
  const { language, layout, copies = layout?.copies ?? 1 } = options
  const settings = { ...options, copies, raster: loaded.raster, deflate }
  switch (language) {
    case 'pdf':
      return renderLabelPdf(Array.from({ length: copies }, () => pages).flat(), loaded.fonts, deflate)
    case 'zpl':
      return Buffer.concat(pages.map((page) => renderLabelZpl(page, settings)))
    case 'tspl':
      return Buffer.concat(pages.map((page) => renderLabelTspl(page, settings)))
    default:
      return assertNever(language, 'printer language')
  }
}

/**
 * A courier's own label goes as it is. What it may leave behind in the printer is undone at the beginning of each of
 * ours.
 */
function foreign({ language, base64 }: CourierLabelDocument, options: RenderOptions): RenderedLabel {
  const fits = language === options.language
  return {
    bytes: fits ? Buffer.from(base64, 'base64') : new Uint8Array(0),
    missingGlyphs: [],
    faults: fits ? [] : [{ tag: 'wrongKind', field: 'language' }],
  }
}
