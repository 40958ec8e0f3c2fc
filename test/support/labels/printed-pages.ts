import { readFile, writeFile } from 'node:fs/promises'
import { ready } from 'zpl-renderer-js'
import { rasteriseGhostscript, rasterisePoppler } from '../../../src/main/host/labels/raster.test-support.ts'
import type { Bitmap } from '../../../src/shared/labels/backends/bitmap.ts'
import type { Dpi } from '../../../src/shared/labels/backends/dots.ts'
import { readPng } from './read-png.ts'

/** Printers that the tests have: what comes out of them, in black and white. */

/** The resolution that gives the printer's dots: "203 dpi" are 8 dots a millimetre. */
const EXACT_DPI = { 203: 203.2, 300: 300 } as const

/** All pages of a PDF by one of the two programs. */
export async function printPdf(
  program: 'poppler' | 'ghostscript',
  prefix: string,
  pdf: Uint8Array,
  { dpi, pages }: { dpi: Dpi; pages: number },
): Promise<Bitmap[]> {
  const file = `${prefix}.pdf`
  await writeFile(file, pdf)
  const files =
    program === 'poppler'
      ? await rasterisePoppler(file, prefix, EXACT_DPI[dpi], pages)
      : await rasteriseGhostscript([file], prefix, EXACT_DPI[dpi], pages)
  return Promise.all(files.map(readPbm))
}

/** One label by a renderer of ZPL that knows nothing of ours. */
export async function printZpl(zpl: Uint8Array, dpi: Dpi): Promise<Bitmap> {
  const text = Buffer.from(zpl).toString('latin1')
  const size = /\^PW(\d+)\^LL(\d+)/.exec(text)
  if (size === null) throw new Error('no size')
  const dotsPerMm = dpi === 203 ? 8 : 12
  const { api } = await ready
  const [width, height] = [Number(size[1]) / dotsPerMm, Number(size[2]) / dotsPerMm]
  return readPng(Buffer.from(await api.zplToBase64Async(text, width, height, dotsPerMm), 'base64'))
}

/** Reads a binary PBM (P4). */
async function readPbm(file: string): Promise<Bitmap> {
  const bytes = await readFile(file)
  const header = /^P4\s(?:#[^\n]*\n)*\s*(\d+)\s(?:#[^\n]*\n)*(\d+)\s/.exec(bytes.toString('latin1', 0, 200))
  if (header === null) throw new Error(`${file} is no PBM`)
  const [width, height] = [Number(header[1]), Number(header[2])]
  return { width, height, rowBytes: (width + 7) >> 3, bits: bytes.subarray(header[0].length) }
}
