import { inflateSync } from 'node:zlib'
import { type Bitmap, createBitmap, fillBox } from '../../../src/shared/labels/backends/bitmap.ts'

/** Reads a PNG of eight-bit grey or RGBA without interlacing as black and white; half grey is white. */
export function readPng(png: Buffer): Bitmap {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const [depth, colour, , , interlaced] = png.subarray(24, 29)
  const channels = new Map([
    [0, 1],
    [2, 3],
    [6, 4],
  ]).get(colour ?? -1)
  if (depth !== 8 || channels === undefined || interlaced !== 0) throw new Error('a PNG of another kind')
  const rows = unfilter(inflateSync(Buffer.concat(dataOf(png))), width * channels, height, channels)
  const bitmap = createBitmap(width, height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((rows[(y * width + x) * channels] ?? 255) < 128) fillBox(bitmap, { x, y, width: 1, height: 1 })
    }
  }
  return bitmap
}

function dataOf(png: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return parts
}

/** Undoes the filters of PNG (RFC 2083, 6). */
function unfilter(data: Buffer, rowBytes: number, height: number, channels: number): Uint8Array {
  const rows = new Uint8Array(rowBytes * height)
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (rowBytes + 1)] ?? 0
    for (let x = 0; x < rowBytes; x += 1) {
      const at = y * rowBytes + x
      const left = x >= channels ? (rows[at - channels] ?? 0) : 0
      const up = y > 0 ? (rows[at - rowBytes] ?? 0) : 0
      const corner = y > 0 && x >= channels ? (rows[at - rowBytes - channels] ?? 0) : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      rows[at] = (data[y * (rowBytes + 1) + 1 + x] ?? 0) + guess
    }
  }
  return rows
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
