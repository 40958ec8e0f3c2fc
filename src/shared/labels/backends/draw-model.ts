import type { BarsItem, FrameItem, LabelItem, LabelModel, QrItem, TextItem } from '../label-model.ts'
import type { GlyphRaster } from '../raster-port.ts'
import { type Bitmap, createBitmap, type DotBox, drawGlyph, fillBox } from './bitmap.ts'
import { type Dpi, pageDots, placeBars, placeQr, toDots } from './dots.ts'

/** Draws the model in black and white; items that `leaveOut` names are left to the printer itself. */
export function drawModel(
  model: LabelModel,
  { dpi, raster, leaveOut }: { dpi: Dpi; raster: GlyphRaster; leaveOut?: (item: LabelItem) => boolean },
): Bitmap {
  const { width, height } = pageDots(model, dpi)
  const bitmap = createBitmap(width, height)
  drawFaint(bitmap, model, dpi, raster)
  for (const item of model.items) {
    if (leaveOut?.(item)) continue
    drawItem(bitmap, item, dpi, raster)
  }
  return bitmap
}

function drawItem(bitmap: Bitmap, item: LabelItem, dpi: Dpi, raster: GlyphRaster): void {
  switch (item.item) {
    case 'text':
      if (item.ink === 'black') drawText(bitmap, item, dpi, raster)
      break
    case 'bars':
      drawBars(bitmap, item, dpi)
      break
    case 'qr':
      drawQr(bitmap, item, dpi)
      break
    case 'rule':
      fillBox(bitmap, boxOf(item, dpi))
      break
    case 'frame':
      drawFrame(bitmap, item, dpi)
  }
}

/** Characters stand where their measured advances put them, each moved to the nearest dot. */
function drawText(bitmap: Bitmap, item: TextItem, dpi: Dpi, raster: GlyphRaster): void {
  const size = Math.max(1, toDots(item.sizeUm, dpi))
  const baseline = toDots(item.baselineUm, dpi)
  let penUm = item.xUm
  for (const character of item.text) {
    const glyph = raster.glyph(character, size, item.weight)
    drawGlyph(bitmap, glyph, toDots(penUm, dpi), baseline)
    penUm += glyph.advanceEm * item.sizeUm
  }
}

/** A box with both edges on dots; the thinnest rule is one dot. */
function boxOf(
  { xUm, yUm, widthUm, heightUm }: { xUm: number; yUm: number; widthUm: number; heightUm: number },
  dpi: Dpi,
): DotBox {
  const [x, y] = [toDots(xUm, dpi), toDots(yUm, dpi)]
  return {
    x,
    y,
    width: Math.max(1, toDots(xUm + widthUm, dpi) - x),
    height: Math.max(1, toDots(yUm + heightUm, dpi) - y),
  }
}

/** The stroke lies half on either side of the edge. */
function drawFrame(bitmap: Bitmap, item: FrameItem, dpi: Dpi): void {
  const stroke = Math.max(1, toDots(item.strokeUm, dpi))
  const half = item.strokeUm / 2
  const outer = boxOf(
    {
      xUm: item.xUm - half,
      yUm: item.yUm - half,
      widthUm: item.widthUm + item.strokeUm,
      heightUm: item.heightUm + item.strokeUm,
    },
    dpi,
  )
  fillBox(bitmap, { ...outer, height: stroke })
  fillBox(bitmap, { ...outer, y: outer.y + outer.height - stroke, height: stroke })
  fillBox(bitmap, { ...outer, width: stroke })
  fillBox(bitmap, { ...outer, x: outer.x + outer.width - stroke, width: stroke })
}

function drawBars(bitmap: Bitmap, item: BarsItem, dpi: Dpi): void {
  const { x, y, height, module } = placeBars(item, dpi)
  let at = x
  for (const [index, modules] of item.modules.entries()) {
    if (index % 2 === 0) fillBox(bitmap, { x: at, y, width: modules * module, height })
    at += modules * module
  }
}

function drawQr(bitmap: Bitmap, item: QrItem, dpi: Dpi): void {
  const { x, y, module } = placeQr(item, dpi)
  for (let row = 0; row < item.size; row += 1) {
    for (let column = 0; column < item.size; column += 1) {
      if (!item.dark[row * item.size + column]) continue
      fillBox(bitmap, { x: x + column * module, y: y + row * module, width: module, height: module })
    }
  }
}

/**
 * Grey as every fifth dot, under everything else. Codes and their quiet zones stay free of it, whatever the layout
 * says: a speck in a gap is a bar.
 */
function drawFaint(bitmap: Bitmap, model: LabelModel, dpi: Dpi, raster: GlyphRaster): void {
  const faint = model.items.filter((item) => item.item === 'text' && item.ink === 'faint')
  if (faint.length === 0) return
  for (const item of faint) if (item.item === 'text') drawText(bitmap, item, dpi, raster)
  const patterns = [0, 1, 2, 3, 4].map((row) =>
    Uint8Array.from({ length: 5 }, (_, byte) => ditherByte(row, byte)),
  )
  for (let y = 0; y < bitmap.height; y += 1) {
    const pattern = patterns[y % 5]
    for (let byte = 0; byte < bitmap.rowBytes; byte += 1) {
      const at = y * bitmap.rowBytes + byte
      if (bitmap.bits[at] !== 0) bitmap.bits[at] = (bitmap.bits[at] ?? 0) & (pattern?.[byte % 5] ?? 0)
    }
  }
  for (const item of model.items) {
    if (item.item === 'bars') fillBox(bitmap, placeBars(item, dpi).keepOut, false)
    if (item.item === 'qr') fillBox(bitmap, placeQr(item, dpi).keepOut, false)
  }
}

/** Dots where `x + 2y` divides by five: evenly spread, no two of them touch. */
function ditherByte(row: number, byte: number): number {
  let bits = 0
  for (let bit = 0; bit < 8; bit += 1) if ((byte * 8 + bit + 2 * row) % 5 === 0) bits |= 0x80 >> bit
  return bits
}
