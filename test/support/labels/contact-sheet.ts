import { deflateSync } from 'node:zlib'
import { type Bitmap, isBlack } from '../../../src/shared/labels/backends/bitmap.ts'

/** A picture in eight-bit grey. */
interface Grey {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

const GAP = 24
/** Dots of a page that become one pixel of the sheet, each way. */
const SHRINK = 2

/** All pages on one sheet of the width, in rows, each with a thin edge; as a PNG. */
export function contactSheet(pages: readonly Bitmap[], width: number): Buffer {
  const small = pages.map(shrink)
  const places: { x: number; y: number; picture: Grey }[] = []
  let [x, y, rowHeight] = [GAP, GAP, 0]
  for (const picture of small) {
    if (x > GAP && x + picture.width + GAP > width) {
      y += rowHeight + GAP
      x = GAP
      rowHeight = 0
    }
    places.push({ x, y, picture })
    x += picture.width + GAP
    rowHeight = Math.max(rowHeight, picture.height)
  }
  const height = y + rowHeight + GAP
  const sheet = { width, height, pixels: new Uint8Array(width * height).fill(0xd8) }
  for (const { x: left, y: top, picture } of places) {
    for (let row = 0; row < picture.height; row += 1) {
      const line = picture.pixels.subarray(row * picture.width, (row + 1) * picture.width)
      sheet.pixels.set(line, (top + row) * width + left)
    }
  }
  return toPng(sheet)
}

function shrink(page: Bitmap): Grey {
  const [width, height] = [Math.floor(page.width / SHRINK), Math.floor(page.height / SHRINK)]
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let black = 0
      for (let dot = 0; dot < SHRINK * SHRINK; dot += 1) {
        if (isBlack(page, x * SHRINK + (dot % SHRINK), y * SHRINK + Math.floor(dot / SHRINK))) black += 1
      }
      pixels[y * width + x] = 255 - Math.round((black * 255) / (SHRINK * SHRINK))
    }
  }
  return { width, height, pixels }
}

function toPng({ width, height, pixels }: Grey): Buffer {
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1)
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(4)
  frame.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crcOf(body))
  return Buffer.concat([frame, body, sum])
}

/** CRC-32 as PNG wants it, bit by bit; the platform has its own only from Node 22 on. */
function crcOf(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
