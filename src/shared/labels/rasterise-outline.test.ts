import { describe, expect, it } from 'vitest'
import { isBlack } from './backends/bitmap.ts'
import type { GlyphBitmap } from './raster-port.ts'
import { cacheGlyphs, type GlyphRaster } from './raster-port.ts'
import { rasteriseOutline } from './rasterise-outline.ts'

const rows = (glyph: GlyphBitmap): string[] =>
  Array.from({ length: glyph.height }, (_, y) =>
    Array.from({ length: glyph.width }, (_, x) =>
      isBlack({ ...glyph, rowBytes: (glyph.width + 7) >> 3 }, x, y) ? '#' : '.',
    ).join(''),
  )

const square = (x: number, y: number, side: number): number[] => [
  x,
  y,
  x + side,
  y,
  x + side,
  y + side,
  x,
  y + side,
]
const outline = (...contours: number[][]) => ({ unitsPerEm: 10, advance: 11, contours })

describe('rasteriseOutline', () => {
  it('LBL-1 blackens what a shape covers, a hole left white, placed about the pen and the baseline', () => {
    const hole = [3, 1, 3, 3, 5, 3, 5, 1]
    const glyph = rasteriseOutline(outline(square(1, -1, 6), hole), 10)
    expect(glyph).toMatchObject({ left: 1, top: 5, width: 6, height: 6, advanceEm: 1.1 })
    expect(rows(glyph).join('').replaceAll('.', '').length).toBe(36 - 4)
  })

  it('LBL-1 takes overlapping contours as one shape', () => {
    expect(rows(rasteriseOutline(outline(square(0, 0, 4), square(2, 0, 4)), 10))).toEqual(
      Array(4).fill('######'),
    )
  })

  it('LBL-1 counts the covered part of a dot: strokes of almost a dot do not vanish between two', () => {
    // Half a dot down: each of two rows holds 0.45 of the stroke.
    const stroke = [0, 0.55, 5, 0.55, 5, 1.45, 0, 1.45]
    expect(rows(rasteriseOutline(outline(stroke), 10))).toEqual(['#####', '#####'])
    const hair = [0, 0.9, 5, 0.9, 5, 1.1, 0, 1.1]
    expect(rows(rasteriseOutline(outline(hair), 10))).toEqual(['.....', '.....'])
  })

  it('LBL-1 a slope covers half of each dot that it halves', () => {
    const triangle = [0, 0, 4, 0, 4, 4]
    expect(rows(rasteriseOutline(outline(triangle), 10))).toEqual(['...#', '..##', '.###', '####'])
  })

  it('LBL-1 a blank is nothing but its advance', () => {
    expect(rasteriseOutline(outline(), 10)).toMatchObject({ width: 0, height: 0, advanceEm: 1.1 })
  })
})

describe('cacheGlyphs', () => {
  it('LBL-1 draws a glyph once for its size and weight, and keeps no more than the limit', () => {
    const drawn: string[] = []
    const raster: GlyphRaster = {
      glyph: (character, size, weight) => {
        drawn.push(`${character}${size}${weight}`)
        return rasteriseOutline(outline(square(0, 0, 5)), size)
      },
    }
    const cached = cacheGlyphs(raster, 2)
    expect(cached.glyph('单', 20, 'bold')).toBe(cached.glyph('单', 20, 'bold'))
    cached.glyph('单', 20, 'regular')
    cached.glyph('单', 20, 'bold')
    expect(drawn).toEqual(['单20bold', '单20regular'])
    // The third pushes out what was asked for longest ago.
    cached.glyph('单', 21, 'bold')
    cached.glyph('单', 20, 'bold')
    expect(drawn.length).toBe(3)
    cached.glyph('单', 20, 'regular')
    expect(drawn.length).toBe(4)
  })
})
