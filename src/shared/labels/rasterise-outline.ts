import type { GlyphBitmap } from './raster-port.ts'

/** A glyph's shape in font units, the y axis upwards, as its font file holds it. */
export interface GlyphOutline {
  readonly unitsPerEm: number
  readonly advance: number
  /** Closed contours of straight lines: `x, y` in turn. Curves are flattened by whoever reads the font. */
  readonly contours: readonly (readonly number[])[]
}

/**
 * How much of a dot the shape must cover for it to be black. A little below one half, because strokes of small
 * characters are about one dot wide and would vanish where they lie on the border of two.
 */
const COVERED = 0.4

/**
 * Scan conversion by exact covered area. Plain double arithmetic without transcendental functions: the same bits
 * wherever it runs. Contours that overlap in the same direction are one shape.
 */
export function rasteriseOutline(outline: GlyphOutline, sizeDots: number): GlyphBitmap {
  const advanceEm = outline.advance / outline.unitsPerEm
  const scale = sizeDots / outline.unitsPerEm
  const box = boundsOf(outline, scale)
  if (box === null) return { width: 0, height: 0, left: 0, top: 0, advanceEm, bits: new Uint8Array(0) }
  const { left, top, width, height } = box
  // Two columns more, because an edge also writes into the dot to its right.
  const area: Area = { cells: new Float64Array((width + 2) * height), stride: width + 2, height }
  for (const contour of outline.contours) {
    const last = contour.length - 2
    let x0 = (contour[last] ?? 0) * scale - left
    let y0 = top - (contour[last + 1] ?? 0) * scale
    for (let index = 0; index <= last; index += 2) {
      const x1 = (contour[index] ?? 0) * scale - left
      const y1 = top - (contour[index + 1] ?? 0) * scale
      addEdge(area, x0, y0, x1, y1)
      x0 = x1
      y0 = y1
    }
  }
  return { width, height, left, top, advanceEm, bits: threshold(area, width) }
}

function boundsOf({ contours }: GlyphOutline, scale: number) {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const contour of contours) {
    for (let index = 0; index < contour.length; index += 2) {
      const [x, y] = [contour[index] ?? 0, contour[index + 1] ?? 0]
      minX = Math.min(minX, x)
      maxX = Math.max(maxX, x)
      minY = Math.min(minY, y)
      maxY = Math.max(maxY, y)
    }
  }
  if (!(maxX > minX && maxY > minY)) return null
  const left = Math.floor(minX * scale)
  const top = Math.ceil(maxY * scale)
  return { left, top, width: Math.ceil(maxX * scale) - left, height: top - Math.floor(minY * scale) }
}

/** Differences along each row; summed up from the left they give the covered part of every dot. */
interface Area {
  readonly cells: Float64Array
  readonly stride: number
  readonly height: number
}

function addEdge(area: Area, xa: number, ya: number, xb: number, yb: number): void {
  if (ya === yb) return
  const downwards = ya < yb
  const [x0, y0, x1, y1] = downwards ? [xa, ya, xb, yb] : [xb, yb, xa, ya]
  const slope = (x1 - x0) / (y1 - y0)
  const lastRow = Math.min(area.height - 1, Math.ceil(y1) - 1)
  for (let row = Math.max(0, Math.floor(y0)); row <= lastRow; row += 1) {
    const from = Math.max(row, y0)
    const to = Math.min(row + 1, y1)
    const signed = downwards ? to - from : from - to
    const xFrom = x0 + (from - y0) * slope
    const xTo = x0 + (to - y0) * slope
    addRun(area.cells, row * area.stride, Math.min(xFrom, xTo), Math.max(xFrom, xTo), signed)
  }
}

/** One edge within one row, piece by piece: what lies right of a piece counts in its dot and all dots after it. */
function addRun(cells: Float64Array, start: number, left: number, right: number, signed: number): void {
  const last = Math.floor(right)
  const perDot = right > left ? signed / (right - left) : 0
  for (let dot = Math.floor(left); dot <= last; dot += 1) {
    const from = Math.max(left, dot)
    const to = Math.min(right, dot + 1)
    const part = right > left ? (to - from) * perDot : signed
    const share = part * ((from + to) / 2 - dot)
    const cell = start + dot
    cells[cell] = (cells[cell] ?? 0) + part - share
    cells[cell + 1] = (cells[cell + 1] ?? 0) + share
  }
}

function threshold({ cells, stride, height }: Area, width: number): Uint8Array {
  const rowBytes = (width + 7) >> 3
  const bits = new Uint8Array(rowBytes * height)
  for (let row = 0; row < height; row += 1) {
    let covered = 0
    for (let x = 0; x < width; x += 1) {
      covered += cells[row * stride + x] ?? 0
      if (Math.abs(covered) < COVERED) continue
      const byte = row * rowBytes + (x >> 3)
      bits[byte] = (bits[byte] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return bits
}
