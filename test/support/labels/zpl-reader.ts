import { inflateSync } from 'node:zlib'
import { type Bitmap, createBitmap, drawGlyph, fillBox } from '../../../src/shared/labels/backends/bitmap.ts'
import { encodeCode128, encodeGs1Sscc } from '../../../src/shared/labels/code128.ts'

/** What a ZPL printer would do with the bytes. */
export interface ZplJob {
  readonly page: Bitmap
  readonly copies: number
  /** Commands before the first field, as they stood. */
  readonly settings: readonly string[]
  readonly barcodes: readonly string[]
}

const SETTINGS = /^(~SD\d\d|\^(XA|MMT|MN[NY]|PON|PMN|LRN|LT0|LS0|MD0|JMA|FWN|CI28|PW\d+|LL\d+|LH0,0))$/

/**
 * Reads one label of the commands that ours use, strictly: anything else throws, so that a value which became a
 * command is seen. Fast, where the independent renderer takes a second a label; the two must agree dot for dot.
 */
export function readZpl(bytes: Uint8Array): ZplJob {
  const text = Buffer.from(bytes).toString('latin1')
  if (/[^\x20-\x7e\n]/.test(text)) throw new Error('not plain ASCII')
  const settings: string[] = []
  const barcodes: string[] = []
  let [copies, ended] = [0, false]
  const size = /\^PW(\d+)\^LL(\d+)/.exec(text)
  const page = createBitmap(Number(size?.[1]), Number(size?.[2]))
  for (const field of text.replaceAll('\n', '').split(/(?=\^FO)|(?<=\^FS)(?!\^FO)/)) {
    const graphic = /^\^FO(\d+),(\d+)\^GFA,(\d+),(\d+),(\d+),:Z64:([A-Za-z0-9+/=]+):([0-9A-F]{4})\^FS$/.exec(
      field,
    )
    const bars = /^\^FO(\d+),(\d+)\^BY(\d+)\^BCN,(\d+),N,N,N,([AD])\^FD([^^~]+)\^FS$/.exec(field)
    if (graphic !== null) drawPicture(page, graphic)
    else if (bars !== null) barcodes.push(drawBarcode(page, bars))
    else {
      for (const command of field.split(/(?=[\^~])/)) {
        if (ended) throw new Error(`after the label: ${command}`)
        if (/^\^PQ\d+$/.test(command)) copies = Number(command.slice(3))
        else if (command === '^XZ') ended = true
        else if (SETTINGS.test(command)) settings.push(command)
        else throw new Error(`an unknown command: ${command}`)
      }
    }
  }
  if (!ended || copies < 1) throw new Error('nothing is printed')
  return { page, copies, settings, barcodes }
}

function drawPicture(page: Bitmap, [, x, y, sent, size, row, base64 = '', crc]: RegExpExecArray): void {
  const bits = inflateSync(Buffer.from(base64, 'base64'))
  if (bits.length !== Number(size) || sent !== size || Number(size) > 99_999) throw new Error('a wrong size')
  if (crc !== crcOf(base64)) throw new Error('a wrong checksum')
  const [width, height] = [Number(row) * 8, bits.length / Number(row)]
  // The last byte of a row may reach beyond the paper, which prints nothing there.
  drawGlyph(page, { width, height, left: Number(x), top: 0, advanceEm: 0, bits }, 0, Number(y))
}

/** CRC-16/XMODEM, bit by bit. */
function crcOf(text: string): string {
  let crc = 0
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

function drawBarcode(page: Bitmap, [, x, y, module, height, mode, value = '']: RegExpExecArray): string {
  const plain = value.replace(/[()]/g, '')
  let at = Number(x)
  for (const [index, modules] of (mode === 'D' ? encodeGs1Sscc(plain) : encodeCode128(value)).entries()) {
    if (index % 2 === 0) {
      fillBox(page, { x: at, y: Number(y), width: modules * Number(module), height: Number(height) })
    }
    at += modules * Number(module)
  }
  return plain
}
