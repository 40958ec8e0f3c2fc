import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bitmap, createBitmap, cutBytes, drawGlyph, fillBox, inkBox, isBlack } from './bitmap.ts'

const blackDots = (bitmap: Bitmap): string[] => {
  const dots: string[] = []
  for (let y = 0; y < bitmap.height; y += 1) {
    for (let x = 0; x < bitmap.width; x += 1) if (isBlack(bitmap, x, y)) dots.push(`${x},${y}`)
  }
  return dots
}

describe('bitmap', () => {
  it('LBL-1 a filled box is exactly its dots, wherever it lies, and nothing beyond the edges', () => {
    const at = fc.integer({ min: -12, max: 40 })
    const length = fc.integer({ min: 0, max: 30 })
    fc.assert(
      fc.property(at, at, length, length, (x, y, width, height) => {
        const bitmap = createBitmap(29, 17)
        fillBox(bitmap, { x, y, width, height })
        const wanted: string[] = []
        for (let row = Math.max(0, y); row < Math.min(17, y + height); row += 1) {
          for (let column = Math.max(0, x); column < Math.min(29, x + width); column += 1)
            wanted.push(`${column},${row}`)
        }
        expect(blackDots(bitmap)).toEqual(wanted)
        // The bits between the last dot and the end of the row's last byte stay white.
        expect(Array.from({ length: 17 }, (_, row) => (bitmap.bits[row * 4 + 3] ?? 0) & 0x07).join('')).toBe(
          '0'.repeat(17),
        )
      }),
    )
  })

  it('LBL-1 a glyph lands dot by dot, also across bytes and edges', () => {
    const glyph = {
      width: 11,
      height: 2,
      left: -1,
      top: 2,
      advanceEm: 1,
      bits: Uint8Array.of(0xff, 0x20, 0x80, 0x20),
    }
    fc.assert(
      fc.property(fc.integer({ min: -15, max: 45 }), fc.integer({ min: -4, max: 14 }), (pen, baseline) => {
        const bitmap = createBitmap(30, 10)
        drawGlyph(bitmap, glyph, pen, baseline)
        const row0 = [0, 1, 2, 3, 4, 5, 6, 7, 10].map((x) => [pen - 1 + x, baseline - 2] as const)
        const row1 = [0, 10].map((x) => [pen - 1 + x, baseline - 1] as const)
        const wanted = [...row0, ...row1]
          .filter(([x, y]) => x >= 0 && x < 30 && y >= 0 && y < 10)
          .map(([x, y]) => `${x},${y}`)
        expect(blackDots(bitmap)).toEqual(wanted)
      }),
    )
  })

  it('LBL-1 the ink box holds all ink in whole bytes, and cutting it loses none', () => {
    const bitmap = createBitmap(80, 20)
    expect(inkBox(bitmap)).toBeNull()
    fillBox(bitmap, { x: 17, y: 3, width: 1, height: 1 })
    fillBox(bitmap, { x: 40, y: 9, width: 9, height: 2 })
    const box = inkBox(bitmap)
    expect(box).toEqual({ x: 16, y: 3, width: 40, height: 8 })
    if (box === null) return
    const cut = cutBytes(bitmap, box)
    expect([...cut.subarray(0, 5)]).toEqual([0x40, 0, 0, 0, 0])
    expect([...cut.subarray(30, 35)]).toEqual([0, 0, 0, 0xff, 0x80])
  })
})
