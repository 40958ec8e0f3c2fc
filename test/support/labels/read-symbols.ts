import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { decodeImages } from '../../../src/main/host/labels/raster.test-support.ts'
import {
  type Bitmap,
  createBitmap,
  type DotBox,
  fillBox,
  isBlack,
} from '../../../src/shared/labels/backends/bitmap.ts'
import { type Dpi, placeBars, placeQr, toDots } from '../../../src/shared/labels/backends/dots.ts'
import type { LabelModel } from '../../../src/shared/labels/label-model.ts'

/** What two decoders of different make read in one place of a page, as `CODE-128:…`, `GS1-128:…` or `QR-Code:…`. */
export interface SymbolReading {
  readonly where: string
  readonly expected: string
  readonly zbar: string
  readonly zxing: string
}

/** Reads every symbol of the page by itself, because decoders name equal ones once. */
export async function readSymbols(
  pages: readonly { readonly where: string; readonly page: Bitmap; readonly model: LabelModel }[],
  dpi: Dpi,
  prefix: string,
): Promise<SymbolReading[]> {
  const cut = pages.flatMap(({ where, page, model }) =>
    symbolsOf(model, dpi).map(({ expected, box }) => ({ where, expected, image: cutOut(page, box) })),
  )
  const fresh = new Map<string, Bitmap>()
  for (const { image } of cut) if (!known.has(keyOf(image))) fresh.set(keyOf(image), image)
  await readAnew(fresh, prefix)
  return cut.map(({ where, expected, image }) => {
    const reading = known.get(keyOf(image))
    if (reading === undefined) throw new Error(`${where}: not read`)
    return { where, expected, ...reading }
  })
}

/** Printers that set a symbol alike to the dot need not have it read twice. */
const known = new Map<string, { readonly zbar: string; readonly zxing: string }>()
const keyOf = (image: Bitmap): string => createHash('sha1').update(toPbm(image)).digest('base64')

async function readAnew(images: ReadonlyMap<string, Bitmap>, prefix: string): Promise<void> {
  const files = Array.from(images.keys(), (_, index) => `${prefix}-symbol${index}.pbm`)
  await Promise.all([...images.values()].map((image, index) => writeFile(files[index] ?? '', toPbm(image))))
  const zbar = files.length === 0 ? [] : await decodeImages(files)
  for (const [index, [key, image]] of [...images].entries()) {
    known.set(key, { zbar: (zbar[index] ?? []).join(' '), zxing: await readZxing(image) })
  }
}

/** zbar does not say that a symbol begins with FNC1. */
export const asZbar = (expected: string): string => expected.replace(/^GS1-128:/, 'CODE-128:')

function symbolsOf(model: LabelModel, dpi: Dpi): { expected: string; box: DotBox }[] {
  return model.items.flatMap((item) => {
    if (item.item === 'qr') return [{ expected: `QR-Code:${item.value}`, box: placeQr(item, dpi).keepOut }]
    if (item.item !== 'bars') return []
    const kind = item.symbology === 'gs1-128' ? 'GS1-128' : 'CODE-128'
    const { keepOut } = placeBars(item, dpi)
    // Where the printer sets the bars a little to the side, its room still holds them.
    const x = toDots(item.room.xUm, dpi)
    const box = { x, y: keepOut.y, width: toDots(item.room.widthUm, dpi), height: keepOut.height }
    return [{ expected: `${kind}:${item.value}`, box }]
  })
}

/** The place on white, which the page would be around it. */
function cutOut(page: Bitmap, box: DotBox): Bitmap {
  const margin = 8
  const cut = createBitmap(box.width + 2 * margin, box.height + 2 * margin)
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      if (!isBlack(page, box.x + x, box.y + y)) continue
      fillBox(cut, { x: x + margin, y: y + margin, width: 1, height: 1 })
    }
  }
  return cut
}

export function toPbm({ width, height, bits }: Bitmap): Buffer {
  return Buffer.concat([Buffer.from(`P4\n${width} ${height}\n`), bits])
}

let prepared = false
function prepare(): void {
  if (prepared) return
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(file)).buffer } })
  prepared = true
}

async function readZxing(image: Bitmap): Promise<string> {
  prepare()
  const dots = new Uint32Array(image.width * image.height).fill(0xffffffff)
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) if (isBlack(image, x, y)) dots[y * image.width + x] = 0xff000000
  }
  const data = new Uint8ClampedArray(dots.buffer)
  const picture = { data, width: image.width, height: image.height, colorSpace: 'srgb' } as const
  const found = await readBarcodes(picture as ImageData, { formats: ['Code128', 'QRCode'] })
  return found
    .map(({ format, symbologyIdentifier, bytes }) => {
      const kind = format.startsWith('QR')
        ? 'QR-Code'
        : symbologyIdentifier === ']C1'
          ? 'GS1-128'
          : 'CODE-128'
      return `${kind}:${Buffer.from(bytes).toString('latin1')}`
    })
    .join(' ')
}
