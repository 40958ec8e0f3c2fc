import { execFile, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Rasterising and decoding with third-party programs, for the tests of the labels. */

const run = promisify(execFile)

/** Which packages hold the programs (Debian names). */
const PACKAGES = {
  pdftoppm: 'poppler-utils',
  pdftotext: 'poppler-utils',
  gs: 'ghostscript',
  zbarimg: 'zbar-tools',
}

/** Throws, naming the packages, when a program is missing. */
export function requireRasterTools(): void {
  const missing = Object.entries(PACKAGES).filter(
    ([tool]) => spawnSync(tool, ['--version']).error !== undefined,
  )
  if (missing.length === 0) return
  const packages = [...new Set(missing.map(([, name]) => name))].join(' ')
  throw new Error(`missing ${missing.map(([tool]) => tool).join(', ')}: apt-get install ${packages}`)
}

/** One-bit pages `<prefix>-1.pbm` … by Poppler; returns the paths of the pages. */
export async function rasterisePoppler(
  pdf: string,
  prefix: string,
  dpi: number,
  pages: number,
): Promise<string[]> {
  await run('pdftoppm', ['-mono', '-r', String(dpi), pdf, prefix])
  const digits = String(pages).length
  return Array.from({ length: pages }, (_, page) => `${prefix}-${String(page + 1).padStart(digits, '0')}.pbm`)
}

/** One-bit pages of all files by Ghostscript, in order; returns their paths. */
export async function rasteriseGhostscript(
  pdfs: string[],
  prefix: string,
  dpi: number,
  pages: number,
): Promise<string[]> {
  const flags = [
    '-q',
    '-dBATCH',
    '-dNOPAUSE',
    '-dSAFER',
    '-sDEVICE=pbmraw',
    `-r${dpi}`,
    `-sOutputFile=${prefix}-%03d.pbm`,
  ]
  await run('gs', [...flags, ...pdfs])
  return Array.from({ length: pages }, (_, page) => `${prefix}-${String(page + 1).padStart(3, '0')}.pbm`)
}

/** What zbarimg reads in every image, in the order of the images: `CODE-128:…` and `QR-Code:…`, sorted, each once. */
export async function decodeImages(images: readonly string[]): Promise<string[][]> {
  const { stdout } = await run('zbarimg', ['-q', '--xml', ...images], { maxBuffer: 1 << 26 }).catch(
    withOutput,
  )
  const sources = new Map<string, string[]>()
  for (const [, href = '', body = ''] of stdout.matchAll(/<source href='([^']*)'>(.*?)<\/source>/gs)) {
    const symbols = [...body.matchAll(/<symbol type='([^']+)'.*?<!\[CDATA\[(.*?)\]\]>/gs)]
    sources.set(href, [...new Set(symbols.map(([, type, data]) => `${type}:${data}`))].sort())
  }
  return images.map((image) => sources.get(image) ?? [])
}

/** zbarimg ends with 4 when an image holds no symbol, which is for the test to judge. */
function withOutput(error: { code?: number; stdout?: string }): { stdout: string } {
  if (error.code === 4 && error.stdout !== undefined) return { stdout: error.stdout }
  throw error
}

/** The text of all pages as a search would find it. */
export async function extractText(pdf: string): Promise<string> {
  return (await run('pdftotext', ['-raw', pdf, '-'])).stdout
}

/** A one-bit image, rows padded to bytes, a set bit is black. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly rows: Buffer
}

/** Reads a binary PBM (P4). */
export async function readBitmap(file: string): Promise<Bitmap> {
  const bytes = await readFile(file)
  const header = /^P4\s(?:#[^\n]*\n)*\s*(\d+)\s(?:#[^\n]*\n)*(\d+)\s/.exec(bytes.toString('latin1', 0, 200))
  if (header === null) throw new Error(`${file} is no PBM`)
  return { width: Number(header[1]), height: Number(header[2]), rows: bytes.subarray(header[0].length) }
}

/** Rows `from` up to before `to` as a binary PBM. */
export function cropRows(bitmap: Bitmap, from: number, to: number): Buffer {
  const stride = Math.ceil(bitmap.width / 8)
  const head = Buffer.from(`P4\n${bitmap.width} ${to - from}\n`)
  return Buffer.concat([head, bitmap.rows.subarray(from * stride, to * stride)])
}

/** The dots of a rectangle as text of `#` and `.`, row by row. */
export function dotsOf(bitmap: Bitmap, box: { x: number; y: number; width: number; height: number }): string {
  const stride = Math.ceil(bitmap.width / 8)
  let dots = ''
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) {
      const byte = bitmap.rows[y * stride + (x >> 3)] ?? 0
      dots += (byte >> (7 - (x & 7))) & 1 ? '#' : '.'
    }
  }
  return dots
}
