import type { GlyphBitmap } from '../raster-port.ts'

/** A black and white picture: rows padded to bytes, the leftmost dot in the highest bit; a set bit is black. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  /** Bytes of one row. */
  readonly rowBytes: number
  readonly bits: Uint8Array
}

/** A rectangle in dots. */
export interface DotBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** All white. */
export function createBitmap(width: number, height: number): Bitmap {
  const rowBytes = (width + 7) >> 3
  return { width, height, rowBytes, bits: new Uint8Array(rowBytes * height) }
}

/** True when the dot is black; outside everything is white. */
export function isBlack({ bits, rowBytes, width, height }: Bitmap, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= width || y >= height) return false
  return ((bits[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
}

/** Blackens (or whitens) a rectangle; what lies outside is cut off. */
export function fillBox(bitmap: Bitmap, box: DotBox, black = true): void {
  const left = Math.max(0, box.x)
  const right = Math.min(bitmap.width, box.x + box.width)
  const bottom = Math.min(bitmap.height, box.y + box.height)
  if (right <= left) return
  const firstByte = left >> 3
  const lastByte = (right - 1) >> 3
  for (let y = Math.max(0, box.y); y < bottom; y += 1) {
    const row = y * bitmap.rowBytes
    for (let byte = firstByte; byte <= lastByte; byte += 1) {
      const head = byte === firstByte ? 0xff >> (left & 7) : 0xff
      const tail = byte === lastByte ? 0xff << (7 - ((right - 1) & 7)) : 0xff
      const old = bitmap.bits[row + byte] ?? 0
      bitmap.bits[row + byte] = black ? old | (head & tail) : old & ~(head & tail)
    }
  }
}

/** Adds a glyph with its pen at (x, baseline); what lies outside is cut off. */
export function drawGlyph(bitmap: Bitmap, glyph: GlyphBitmap, penX: number, baseline: number): void {
  const x = penX + glyph.left
  const y = baseline - glyph.top
  const fromRow = Math.max(0, -y)
  const toRow = Math.min(glyph.height, bitmap.height - y)
  if (x < 0 || x + glyph.width > bitmap.width) drawCut(bitmap, glyph, x, y, fromRow, toRow)
  else drawWhole(bitmap, glyph, x, y, fromRow, toRow)
}

/** Byte by byte. */
function drawWhole(
  bitmap: Bitmap,
  glyph: GlyphBitmap,
  x: number,
  y: number,
  fromRow: number,
  toRow: number,
): void {
  const glyphBytes = (glyph.width + 7) >> 3
  const shift = x & 7
  const { bits, rowBytes } = bitmap
  for (let row = fromRow; row < toRow; row += 1) {
    let target = (y + row) * rowBytes + (x >> 3)
    for (let source = row * glyphBytes; source < (row + 1) * glyphBytes; source += 1) {
      const byte = glyph.bits[source] ?? 0
      if (byte !== 0) {
        bits[target] = (bits[target] ?? 0) | (byte >> shift)
        const rest = (byte << (8 - shift)) & 0xff
        // A glyph at the very edge has nothing left for the byte after it.
        if (rest !== 0) bits[target + 1] = (bits[target + 1] ?? 0) | rest
      }
      target += 1
    }
  }
}

/** Dot by dot, for the rare glyph that crosses the edge. */
function drawCut(
  bitmap: Bitmap,
  glyph: GlyphBitmap,
  x: number,
  y: number,
  fromRow: number,
  toRow: number,
): void {
  const glyphBytes = (glyph.width + 7) >> 3
  for (let row = fromRow; row < toRow; row += 1) {
    for (let column = 0; column < glyph.width; column += 1) {
      const byte = glyph.bits[row * glyphBytes + (column >> 3)] ?? 0
      if ((byte & (0x80 >> (column & 7))) === 0) continue
      fillBox(bitmap, { x: x + column, y: y + row, width: 1, height: 1 })
    }
  }
}

/** The smallest rectangle of whole bytes with all ink in it; `null` when there is none. */
export function inkBox({ bits, rowBytes, height }: Bitmap): DotBox | null {
  const inked = (row: number): boolean => {
    for (let byte = row * rowBytes; byte < (row + 1) * rowBytes; byte += 1) if (bits[byte] !== 0) return true
    return false
  }
  let top = 0
  while (top < height && !inked(top)) top += 1
  if (top === height) return null
  let bottom = height
  while (!inked(bottom - 1)) bottom -= 1
  let left = rowBytes
  let right = 0
  for (let row = top; row < bottom; row += 1) {
    let first = 0
    while (first < left && bits[row * rowBytes + first] === 0) first += 1
    left = Math.min(left, first)
    let last = rowBytes - 1
    while (last >= right && bits[row * rowBytes + last] === 0) last -= 1
    right = Math.max(right, last + 1)
  }
  return { x: left * 8, y: top, width: (right - left) * 8, height: bottom - top }
}

/** The bytes of a rectangle that begins and ends on bytes, row by row. */
export function cutBytes({ bits, rowBytes }: Bitmap, box: DotBox): Uint8Array {
  const width = box.width >> 3
  const cut = new Uint8Array(width * box.height)
  for (let row = 0; row < box.height; row += 1) {
    const start = (box.y + row) * rowBytes + (box.x >> 3)
    cut.set(bits.subarray(start, start + width), row * width)
  }
  return cut
}
