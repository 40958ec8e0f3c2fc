import { type Bitmap, createBitmap, drawGlyph, fillBox } from '../../../src/shared/labels/backends/bitmap.ts'
import { encodeCode128 } from '../../../src/shared/labels/code128.ts'

/** What a TSPL printer would do with the bytes. */
export interface TsplJob {
  readonly page: Bitmap
  readonly copies: number
  /** Every command but the drawing ones, as it stood. */
  readonly settings: readonly string[]
  readonly barcodes: readonly string[]
}

/**
 * Reads the commands that the labels use, strictly: anything else throws, so that a value which broke out of its
 * quotes is seen. `dotsPerMm` is that of the printer.
 */
export function readTspl(bytes: Uint8Array, dotsPerMm: number): TsplJob {
  const data = Buffer.from(bytes)
  const settings: string[] = []
  const barcodes: string[] = []
  let page: Bitmap | null = null
  let copies = 0
  for (let at = 0; at < data.length; ) {
    const comma = /^BITMAP (\d+),(\d+),(\d+),(\d+),0,/.exec(data.toString('latin1', at, at + 60))
    if (comma !== null) {
      const [x = 0, y = 0, rowBytes = 0, rows = 0] = comma.slice(1, 5).map(Number)
      const start = at + comma[0].length
      drawPicture(page, data.subarray(start, start + rowBytes * rows), { x, y, rowBytes, rows })
      at = start + rowBytes * rows
      if (data.toString('latin1', at, at + 2) !== '\r\n') throw new Error('a BITMAP of another length')
      at += 2
      continue
    }
    const end = data.indexOf('\r\n', at)
    if (end < 0) throw new Error('an unfinished command')
    const line = data.toString('latin1', at, end)
    at = end + 2
    if (copies > 0) throw new Error(`after PRINT: ${line}`)
    const [command = ''] = line.split(' ', 1)
    if (command === 'BARCODE') barcodes.push(drawBarcode(page, line))
    else if (command === 'PRINT') copies = Number(/^PRINT 1,(\d+)$/.exec(line)?.[1])
    else if (!/^(|SIZE|GAP|DENSITY|DIRECTION|REFERENCE|OFFSET|SHIFT|CLS)$/.test(command))
      throw new Error(line)
    else settings.push(line)
    if (command === 'CLS') page = emptyPage(settings, dotsPerMm)
  }
  if (page === null || !(copies > 0)) throw new Error('nothing is printed')
  return { page, copies, settings, barcodes }
}

function emptyPage(settings: readonly string[], dotsPerMm: number): Bitmap {
  const size = settings
    .map((line) => /^SIZE ([\d.]+) mm,([\d.]+) mm$/.exec(line))
    .find((match) => match !== null)
  if (size === undefined || size === null) throw new Error('no SIZE before CLS')
  const [width, height] = size.slice(1).map((mm) => Math.floor(Number(mm) * dotsPerMm + 1e-6))
  return createBitmap(width ?? 0, height ?? 0)
}

interface PicturePlace {
  readonly x: number
  readonly y: number
  readonly rowBytes: number
  readonly rows: number
}

/** A set bit is white. */
function drawPicture(page: Bitmap | null, data: Buffer, { x, y, rowBytes, rows }: PicturePlace): void {
  if (page === null) throw new Error('BITMAP before CLS')
  const bits = Uint8Array.from(data, (byte) => byte ^ 0xff)
  drawGlyph(page, { width: rowBytes * 8, height: rows, left: x, top: 0, advanceEm: 0, bits }, 0, y)
}

function drawBarcode(page: Bitmap | null, line: string): string {
  const match = /^BARCODE (\d+),(\d+),"128",(\d+),0,0,(\d+),(\d+),"([^"\\]+)"$/.exec(line)
  if (page === null || match === null) throw new Error(line)
  const [x = 0, y = 0, height = 0, narrow = 0] = match.slice(1, 5).map(Number)
  const value = match[6] ?? ''
  let at = x
  for (const [index, modules] of encodeCode128(value).entries()) {
    if (index % 2 === 0) fillBox(page, { x: at, y, width: modules * narrow, height })
    at += modules * narrow
  }
  return value
}
