import { type Bitmap, createBitmap, drawGlyph, isBlack } from '../../../src/shared/labels/backends/bitmap.ts'
import { type Dpi, toDots } from '../../../src/shared/labels/backends/dots.ts'
import type { LabelModel } from '../../../src/shared/labels/label-model.ts'
import type { GlyphBitmap, GlyphRaster } from '../../../src/shared/labels/raster-port.ts'

/** How one printed character compares with its shape, and with the box of a missing glyph. */
export interface GlyphInk {
  readonly character: string
  readonly sizeDots: number
  /**
   * Correlation of the dots: 1 the same, 0 nothing in common; give or take a dot of position. Measured: characters as
   * different renderers set them 0.38 and more, boxes 0.36 and less.
   */
  readonly likeness: number
  readonly boxLikeness: number
}

/** Shapes of fewer dots say little. */
const LEAST_SIZE = 12
/** So like itself that nothing else need be tried. */
const SURE = 0.7
/** No font has it. */
const NOWHERE = '\u{10ffff}'

/** Every black Chinese character of a page, in each size and weight once, against the shape that it should have. */
export function compareInk(page: Bitmap, model: LabelModel, raster: GlyphRaster, dpi: Dpi): GlyphInk[] {
  // The grey of a sample lies below the text and would count as its ink.
  if (model.items.some((item) => item.item === 'text' && item.ink === 'faint')) return []
  const seen = new Set<string>()
  return model.items.flatMap((item) => {
    if (item.item !== 'text') return []
    const sizeDots = toDots(item.sizeUm, dpi)
    const box = raster.glyph(NOWHERE, sizeDots, item.weight)
    const baseline = toDots(item.baselineUm, dpi)
    let penUm = item.xUm
    return Array.from(item.text).flatMap((character) => {
      const glyph = raster.glyph(character, sizeDots, item.weight)
      const pen = toDots(penUm, dpi)
      penUm += glyph.advanceEm * item.sizeUm
      const key = `${item.weight} ${sizeDots} ${character}`
      if (sizeDots < LEAST_SIZE || !/\p{Script=Han}/u.test(character) || seen.has(key)) return []
      seen.add(key)
      const likeness = correlate(page, glyph, pen, baseline, sizeDots)
      const boxLikeness = likeness < SURE ? correlate(page, box, pen, baseline, sizeDots) : 0
      return [{ character, sizeDots, likeness, boxLikeness }]
    })
  })
}

/** Phi coefficient over the character's square, the best of nine positions. */
function correlate(page: Bitmap, glyph: GlyphBitmap, pen: number, baseline: number, side: number): number {
  const shape = createBitmap(side, side)
  const ascent = Math.round(side * 0.87)
  drawGlyph(shape, glyph, 0, ascent)
  let best = 0
  for (let dy = -1; dy <= 1; dy += 1) {
    for (let dx = -1; dx <= 1; dx += 1) {
      if (best < SURE) best = Math.max(best, phi(page, shape, pen + dx, baseline - ascent + dy))
    }
  }
  return best
}

function phi(page: Bitmap, shape: Bitmap, left: number, top: number): number {
  let [both, onPage, inShape] = [0, 0, 0]
  for (let y = 0; y < shape.height; y += 1) {
    for (let x = 0; x < shape.width; x += 1) {
      const wanted = isBlack(shape, x, y)
      const black = isBlack(page, left + x, top + y)
      if (wanted) inShape += 1
      if (black) onPage += 1
      if (wanted && black) both += 1
    }
  }
  const all = shape.width * shape.height
  const spread = onPage * (all - onPage) * inShape * (all - inShape)
  return spread === 0 ? 0 : (both * all - onPage * inShape) / Math.sqrt(spread)
}
