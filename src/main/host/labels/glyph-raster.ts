import { DrawFuncs, type Font } from 'harfbuzzjs'
import type { TextItem } from '../../../shared/labels/label-model.ts'
import { cacheGlyphs, type GlyphRaster } from '../../../shared/labels/raster-port.ts'
import { type GlyphOutline, rasteriseOutline } from '../../../shared/labels/rasterise-outline.ts'

/** A font with the units of its em. */
export interface OutlineFont {
  readonly font: Font
  readonly unitsPerEm: number
}

/**
 * Some three thousand characters in three sizes: 1 MB at most sizes. Of outlines there are fewer, because every size
 * is drawn from the same one.
 */
const GLYPHS_KEPT = 8000

/** Draws the glyphs of the two weights, each once for a size. */
export function createGlyphRaster(fonts: Readonly<Record<TextItem['weight'], OutlineFont>>): GlyphRaster {
  const outlines = { regular: createOutliner(fonts.regular), bold: createOutliner(fonts.bold) }
  return cacheGlyphs(
    { glyph: (character, sizeDots, weight) => rasteriseOutline(outlines[weight](character), sizeDots) },
    GLYPHS_KEPT,
  )
}

/** Straight pieces of one curve: at 60 dots an em, more would move the edge by less than a hundredth of a dot. */
const PIECES = 6

/** Contours as HarfBuzz draws them, the quadratic curves of TrueType flattened. */
function createOutliner({ font, unitsPerEm }: OutlineFont): (character: string) => GlyphOutline {
  let contours: number[][] = []
  let contour: number[] = []
  const draw = new DrawFuncs()
  draw.setMoveToFunc((x, y) => {
    contour = [x, y]
    contours.push(contour)
  })
  draw.setLineToFunc((x, y) => void contour.push(x, y))
  draw.setQuadraticToFunc((cx, cy, x, y) => {
    const x0 = contour[contour.length - 2] ?? 0
    const y0 = contour[contour.length - 1] ?? 0
    for (let piece = 1; piece <= PIECES; piece += 1) {
      const t = piece / PIECES
      const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
      contour.push(a * x0 + b * cx + c * x, a * y0 + b * cy + c * y)
    }
  })
  return (character) => {
    const glyph = font.nominalGlyph(character.codePointAt(0) ?? 0) ?? 0
    contours = []
    font.drawGlyph(glyph, draw)
    return { unitsPerEm, advance: font.glyphHAdvance(glyph), contours }
  }
}
