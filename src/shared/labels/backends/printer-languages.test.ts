import { deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCode128, encodeGs1Sscc } from '../code128.ts'
import type { BarsItem, LabelItem, LabelModel } from '../label-model.ts'
import type { GlyphRaster } from '../raster-port.ts'
import { isBlack } from './bitmap.ts'
import { type Dpi, placeBars } from './dots.ts'
import { drawModel } from './draw-model.ts'
import { renderLabelTspl } from './tspl.ts'
import { encodeZ64 } from './z64.ts'
import { renderLabelZpl } from './zpl.ts'

/** Every character a black square, as the fonts are not the matter here. */
const raster: GlyphRaster = {
  glyph: (_, size) => {
    const rowBytes = (size + 7) >> 3
    return {
      width: size,
      height: size,
      left: 0,
      top: size,
      advanceEm: 1,
      bits: new Uint8Array(rowBytes * size).fill(0xff),
    }
  },
}
const settings = {
  dpi: 203,
  darkness: null,
  gapUm: 2000,
  copies: 1,
  raster,
  deflate: (bytes: Uint8Array) => deflateSync(bytes),
} as const

const page = (...items: LabelItem[]): LabelModel => ({
  widthUm: 100_000,
  heightUm: 60_000,
  items,
  missingGlyphs: [],
  faults: [],
})

function bars(value: string, more: Partial<BarsItem> = {}): BarsItem {
  const modules = more.symbology === 'gs1-128' ? encodeGs1Sscc(value) : encodeCode128(value)
  const room = { xUm: 4000, yUm: 20_000, widthUm: 92_000, heightUm: 10_000 }
  const widthUm = modules.reduce((sum, width) => sum + width, 0) * 250
  const xUm = Math.round((100_000 - widthUm) / 2 / 125) * 125
  return {
    item: 'bars',
    symbology: 'code128',
    xUm,
    yUm: 20_000,
    heightUm: 10_000,
    moduleUm: 250,
    modules,
    value,
    room,
    ...more,
  }
}
const text = (words: string): LabelItem => ({
  item: 'text',
  xUm: 5000,
  baselineUm: 10_000,
  widthUm: 0,
  sizeUm: 4000,
  weight: 'regular',
  text: words,
  ink: 'black',
})
const rule: LabelItem = { item: 'rule', xUm: 0, yUm: 0, widthUm: 100_000, heightUm: 60_000 }

const zplOf = (model: LabelModel, more: object = {}): string =>
  Buffer.from(renderLabelZpl(model, { ...settings, ...more })).toString('latin1')
const tsplOf = (model: LabelModel, more: object = {}): string =>
  Buffer.from(renderLabelTspl(model, { ...settings, ...more })).toString('latin1')

describe('encodeZ64', () => {
  it('LBL-1 gives the checksums that printed labels carry', () => {
    // The compressed data of labels seen in print, with the CRC that their makers put behind it.
    const seen = [
      ['eJxjYKAnOADEDxgYGD8AMZBmBvKZgULsQMxEV4fAAQBLYQRC', '3CC2'],
      ['eJxbFQoAAasBAA==', 'B023'],
    ] as const
    for (const [base64, crc] of seen) {
      const packed = new Uint8Array(Buffer.from(base64, 'base64'))
      expect(Buffer.from(encodeZ64(packed, (bytes) => bytes)).toString()).toBe(`:Z64:${base64}:${crc}`)
    }
  })

  it('LBL-1 what was packed comes out again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const [, , base64 = ''] = Buffer.from(encodeZ64(bytes, settings.deflate)).toString().split(':')
        expect([...inflateSync(Buffer.from(base64, 'base64'))]).toEqual([...bytes])
      }),
    )
  })
})

describe('ZPL', () => {
  it('LBL-1 sets anew what a courier label may have left behind, before the first field', () => {
    const [beginning = ''] = zplOf(page(rule)).split('^FO')
    for (const mode of [
      '^MMT',
      '^MNY',
      '^PON',
      '^PMN',
      '^LRN',
      '^LT0',
      '^LS0',
      '^MD0',
      '^JMA',
      '^FWN',
      '^CI28',
      '^LH0,0',
    ])
      expect(beginning).toContain(mode)
    expect(beginning).toContain('^PW800^LL480')
    expect(zplOf(page(rule), { gapUm: 0 })).toContain('^MNN')
  })

  it('LBL-3 darkness is in two digits of thirty, and only when it is set', () => {
    expect(zplOf(page(rule), { darkness: 3 })).toMatch(/^~SD06\n\^XA/)
    expect(zplOf(page(rule), { darkness: 15 })).toMatch(/^~SD30\n/)
    expect(zplOf(page(rule))).not.toContain('~')
  })

  it('LBL-1 a plain value is set by the printer in whole dots, an SSCC begins with FNC1', () => {
    expect(zplOf(page(bars('YT8800123456789')))).toContain('^BY2^BCN,80,N,N,N,A^FDYT8800123456789^FS')
    const sscc = zplOf(page(bars('00095287654321012346', { symbology: 'gs1-128' })))
    expect(sscc).toContain('^BCN,80,N,N,N,D^FD(00)095287654321012346^FS')
    expect(zplOf(page(), { copies: 3 })).toContain('^PQ3\n^XZ')
  })

  it('LBL-1 a picture goes in bands that the printer can count', () => {
    const tall = { ...page({ ...rule, heightUm: 180_000 }), heightUm: 180_000 }
    const bands = [...zplOf(tall, { dpi: 300 }).matchAll(/\^FO(\d+),(\d+)\^GFA,(\d+),\d+,(\d+),/g)]
    let y = 0
    for (const [, , top, bytes, rowBytes] of bands) {
      expect(Number(bytes)).toBeLessThanOrEqual(99_999)
      expect(Number(top)).toBe(y)
      y += Number(bytes) / Number(rowBytes)
    }
    expect(y).toBe(2125)
    expect(bands.length).toBe(4)
  })
})

describe('TSPL', () => {
  it('LBL-1 clears, draws in inverted bits, and prints', () => {
    const corner: LabelItem = { item: 'rule', xUm: 1000, yUm: 0, widthUm: 500, heightUm: 125 }
    expect(tsplOf(page(corner), { darkness: 7, copies: 2 })).toBe(
      '\r\nSIZE 100 mm,60 mm\r\nGAP 2 mm,0 mm\r\nDENSITY 7\r\nDIRECTION 0,0\r\nREFERENCE 0,0\r\nOFFSET 0 mm\r\nSHIFT 0\r\nCLS\r\n' +
        'BITMAP 8,0,1,1,0,\x0f\r\nPRINT 1,2\r\n',
    )
  })

  it('LBL-1 a plain value is set by the printer, an SSCC is drawn', () => {
    const { x } = placeBars(bars('YT8800123456789'), 203)
    expect(tsplOf(page(bars('YT8800123456789')))).toContain(
      `\r\nBARCODE ${x},160,"128",80,0,0,2,2,"YT8800123456789"\r\n`,
    )
    const sscc = tsplOf(page(bars('00095287654321012346', { symbology: 'gs1-128' })))
    expect(sscc).not.toContain('BARCODE')
    expect(sscc).toContain('BITMAP')
  })
})

describe('printer languages, data as commands', () => {
  const HOSTILE = [
    '^XZ',
    '~JA',
    'A^FS^XA',
    '>;>8123',
    'a"b',
    '",1\\["]',
    'x_5E',
    'A,B',
    '\\&',
    'AB;CD',
    "it's",
  ]

  it('LBL-1 no value but a plain one stands in a command: it is drawn, and reads the same', () => {
    for (const value of HOSTILE) {
      const model = page(bars(value))
      expect(zplOf(model), value).not.toContain('^BC')
      expect(tsplOf(model), value).not.toContain('BARCODE')
      expect(zplOf(model)).toContain('^GFA')
    }
  })

  it('LBL-1 whatever is printed, the commands are the same ones', () => {
    const commands = (zpl: string): string =>
      zpl
        .replace(/:Z64:[^:]*:[0-9A-F]{4}/g, ':Z64')
        .replace(/\d+/g, '0')
        .replace(/\^FD[^^~]*\^FS/g, '^FD^FS')
    const plain = [commands(zplOf(page(text('x'), bars('AB1')))), commands(zplOf(page(text('x'), bars('~'))))]
    const printable = fc.string({
      unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)),
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(fc.string({ maxLength: 10 }), printable, (words, value) => {
        expect(plain).toContain(commands(zplOf(page(text(`x${words}`), bars(value)))))
        const lines = tsplOf(page(text('x'), bars(value)))
          .replace(/BITMAP [\s\S]*?\r\n(?=BARCODE|PRINT)/, '')
          .split('\r\n')
        const starts = lines.map((line) => line.split(' ', 1)[0]).filter((word) => word !== 'BARCODE')
        expect(starts).toEqual([
          '',
          'SIZE',
          'GAP',
          'DIRECTION',
          'REFERENCE',
          'OFFSET',
          'SHIFT',
          'CLS',
          'PRINT',
          '',
        ])
      }),
      { numRuns: 60 },
    )
  })
})

describe('dots', () => {
  it('LBL-1 bars keep whole dots and eight modules of white at either resolution, inside their room', () => {
    const values = ['1234567890', 'YT8800123456789', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '1'.repeat(56)]
    for (const dpi of [203, 300] as const satisfies readonly Dpi[]) {
      for (const value of values) {
        const item = bars(value)
        const { x, width, module } = placeBars(item, dpi)
        const modules = item.modules.reduce((sum, each) => sum + each, 0)
        expect(width).toBe(modules * module)
        expect(module).toBe(dpi === 203 ? 2 : 3)
        const dots = dpi === 203 ? 8 / 1000 : 300 / 25_400
        expect(x - Math.round(4000 * dots)).toBeGreaterThanOrEqual(8 * module)
        expect(Math.round(96_000 * dots) - x - width).toBeGreaterThanOrEqual(8 * module)
      }
    }
  })

  it('LBL-1 the grey of a sample never touches a code or its quiet zone', () => {
    const item = bars('YT8800123456789')
    const grey: LabelItem = {
      item: 'text',
      xUm: 0,
      baselineUm: 60_000,
      widthUm: 0,
      sizeUm: 60_000,
      weight: 'bold',
      text: '样样',
      ink: 'faint',
    }
    const sample = drawModel(page(grey, item), { dpi: 203, raster })
    const without = drawModel(page(item), { dpi: 203, raster })
    const { keepOut } = placeBars(item, 203)
    let greyDots = 0
    for (let y = 0; y < sample.height; y += 1) {
      for (let x = 0; x < sample.width; x += 1) {
        const inside =
          x >= keepOut.x && x < keepOut.x + keepOut.width && y >= keepOut.y && y < keepOut.y + keepOut.height
        if (inside) expect(isBlack(sample, x, y)).toBe(isBlack(without, x, y))
        else if (isBlack(sample, x, y)) greyDots += 1
      }
    }
    expect(greyDots).toBeGreaterThan(30_000)
    expect(greyDots).toBeLessThan(80_000)
  })
})
