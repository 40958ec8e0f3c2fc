import { boxMm, createCanvas, fitsAsBars, type LabelCanvas, mm } from '../label-canvas.ts'
import type { SkuDocument } from '../label-document.ts'
import type { LabelModel, TextMeasurer } from '../label-model.ts'

/** SKU label and hang tag, 50 × 30 mm (RCV-4, RCV-8). Numbers are millimetres. */

const LEFT = 2
const WIDTH = 46

/** Name, colour and size, code; a hang tag shows its measure large beside colour and size. */
export function layoutSku(sku: SkuDocument, measurer: TextMeasurer): LabelModel {
  const canvas = createCanvas(mm(50), mm(30), measurer)
  canvas.text(boxMm(LEFT, 1.4, WIDTH, 5.4), sku.name, {
    sizeMm: 3,
    minMm: 2.1,
    bold: true,
    wrap: true,
    vertical: 'middle',
  })
  canvas.rule(boxMm(LEFT, 7.2, WIDTH, 0.25))
  // The quiet zones may use the full width of the label.
  const bars = boxMm(0.5, 14, 49, 9.6)
  if (fitsAsBars(sku.code, bars.widthUm)) {
    drawVariant(canvas, sku, WIDTH)
    canvas.code(bars, sku.code, 250)
  } else {
    drawVariant(canvas, sku, WIDTH - 18)
    canvas.qr(boxMm(31.5, 7.6, 17, 16.4), sku.code)
  }
  drawCodes(canvas, sku)
  return canvas.model()
}

/** Colour and size; a measure stands beside them, or below them in the narrow form. */
function drawVariant(canvas: LabelCanvas, sku: SkuDocument, width: number): void {
  const words = { minMm: 2, bold: true, vertical: 'middle' } as const
  const variant = [sku.colour, sku.size].filter(Boolean).join(' / ')
  if (sku.measure === undefined) {
    canvas.text(boxMm(LEFT, 7.8, width, 5.6), variant, { ...words, sizeMm: 4 })
    return
  }
  const measure = `${sku.measure.name} ${(sku.measure.millimetres / 10).toFixed(1)} cm`
  if (width === WIDTH) {
    canvas.text(boxMm(LEFT, 7.8, 20, 5.6), variant, { ...words, sizeMm: 3.2 })
    canvas.text(boxMm(LEFT + 20.5, 7.8, width - 20.5, 5.6), measure, { ...words, sizeMm: 4, align: 'right' })
  } else {
    canvas.text(boxMm(LEFT, 7.8, width, 5.6), variant, { ...words, sizeMm: 4 })
    canvas.text(boxMm(LEFT, 14.5, width, 5.6), measure, { ...words, sizeMm: 4 })
  }
}

/** The scanned code and, where it differs, the SKU's own. */
function drawCodes(canvas: LabelCanvas, sku: SkuDocument): void {
  const code = { sizeMm: 2.6, minMm: 1.8, bold: true, align: 'center', vertical: 'middle' } as const
  if (sku.skuCode === '' || sku.skuCode === sku.code) {
    canvas.text(boxMm(LEFT, 24.2, WIDTH, 4), sku.code, { ...code, sizeMm: 3.2 })
    return
  }
  canvas.text(boxMm(LEFT, 24.2, WIDTH, 2.6), sku.code, code)
  canvas.text(boxMm(LEFT, 26.9, WIDTH, 2.2), sku.skuCode, { ...code, sizeMm: 2.1, minMm: 1.7, bold: false })
}
