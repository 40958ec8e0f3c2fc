import { renderLabelPdf } from '../../../shared/labels/backends/pdf.ts'
import type { LabelDocument } from '../../../shared/labels/label-document.ts'
import type { LabelModel } from '../../../shared/labels/label-model.ts'
import { layoutLabel } from '../../../shared/labels/layout-label.ts'
import { loadLabelFonts } from './label-fonts.ts'

/** Lays out and renders labels with the fonts of the house. */
export interface LabelRenderer {
  /** The resolved pages, for the screen preview. */
  layout(document: LabelDocument): LabelModel[]
  /** The same pages as a PDF; the same document gives the same bytes. */
  pdf(document: LabelDocument): Promise<RenderedLabel>
}

export interface RenderedLabel {
  readonly bytes: Uint8Array
  /** Characters that no font has, sorted, each once; a substitute stands in their place. */
  readonly missingGlyphs: string[]
}

/** Loads the fonts and renders one label, so that the first real one is fast. Rejects when the fonts are missing. */
export async function createLabelRenderer(): Promise<LabelRenderer> {
  const { fonts, measurer } = await loadLabelFonts()
  const renderer: LabelRenderer = {
    layout: (document) => layoutLabel(document, measurer),
    pdf: async (document) => {
      const models = layoutLabel(document, measurer)
      const missing = new Set(models.flatMap((model) => model.missingGlyphs))
      return { bytes: await renderLabelPdf(models, fonts), missingGlyphs: [...missing].sort() }
    },
  }
  await renderer.pdf(WARM_UP)
  return renderer
}

/** A label with every kind of item, so that all code is compiled before the first parcel. */
const WARM_UP: LabelDocument = {
  kind: 'waybill',
  courierCode: 'YTO',
  courierName: '圆通速递',
  waybillNumber: 'YT0000000000000',
  sortCode: '000-000',
  destination: '杭州',
  recipient: { name: '张*', phone: '*******0000', address: '浙江省杭州市余杭区文一西路969号*幢*室' },
  sender: { name: '李*', phone: '*******0000', address: '江苏省苏州市工业园区星湖街328号' },
  orderNumbers: ['1'],
  items: [{ text: 'K7001/黑色/32', quantity: 2 }],
  pieceCount: 1,
  weightGrams: 500,
  packerName: '王*',
  printedAt: '2026-01-01 00:00',
  copy: 0,
  sample: false,
}
