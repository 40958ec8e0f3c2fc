import { assert } from '../../base/assert.ts'

/** What a PDF must know of the font that it embeds. */
export interface CutFont {
  readonly unitsPerEm: number
  /** `xMin yMin xMax yMax` in font units. */
  readonly box: readonly [number, number, number, number]
  readonly ascent: number
  readonly descent: number
  /** 0, the missing glyph, when the font lacks the character. */
  glyphOf(character: string): number
  advanceOf(glyph: number): number
}

/** Reads the tables `head`, `hhea`, `hmtx` and `cmap` (formats 4 and 12) of a TrueType file (ISO/IEC 14496-22). */
export function readCutFont(file: Uint8Array): CutFont {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tables = readDirectory(view)
  const at = (tag: string): number => {
    const offset = tables.get(tag)
    assert(offset !== undefined, `the font has no table ${tag}`)
    return offset
  }
  const [head, hhea, hmtx] = [at('head'), at('hhea'), at('hmtx')]
  const lastMetric = view.getUint16(hhea + 34) - 1
  const i16 = (offset: number): number => view.getInt16(offset)
  return {
    unitsPerEm: view.getUint16(head + 18),
    box: [i16(head + 36), i16(head + 38), i16(head + 40), i16(head + 42)],
    ascent: i16(hhea + 4),
    descent: i16(hhea + 6),
    glyphOf: readCharacterMap(view, at('cmap')),
    // Glyphs after the last metric all have its advance.
    advanceOf: (glyph) => view.getUint16(hmtx + 4 * Math.min(glyph, lastMetric)),
  }
}

function readDirectory(view: DataView): Map<string, number> {
  const tables = new Map<string, number>()
  for (let entry = 12; entry < 12 + 16 * view.getUint16(4); entry += 16) {
    const letters = [0, 1, 2, 3].map((index) => view.getUint8(entry + index))
    tables.set(String.fromCharCode(...letters), view.getUint32(entry + 8))
  }
  return tables
}

function readCharacterMap(view: DataView, cmap: number): (character: string) => number {
  let [format4, format12] = [0, 0]
  for (let index = 0; index < view.getUint16(cmap + 2); index += 1) {
    const subtable = cmap + view.getUint32(cmap + 4 + 8 * index + 4)
    const format = view.getUint16(subtable)
    if (format === 4) format4 = subtable
    if (format === 12) format12 = subtable
  }
  return (character) => {
    const code = character.codePointAt(0) ?? 0
    if (format12 !== 0) return lookUp12(view, format12, code)
    return format4 === 0 || code > 0xffff ? 0 : lookUp4(view, format4, code)
  }
}

/** Segments of UTF-16 units: the end codes, two bytes of padding, then start codes, deltas and offsets. */
function lookUp4(view: DataView, table: number, code: number): number {
  const bytes = view.getUint16(table + 6)
  for (let segment = 0; segment < bytes; segment += 2) {
    if (code > view.getUint16(table + 14 + segment)) continue
    const start = view.getUint16(table + 16 + bytes + segment)
    if (code < start) return 0
    const delta = view.getUint16(table + 16 + 2 * bytes + segment)
    const place = table + 16 + 3 * bytes + segment
    const offset = view.getUint16(place)
    if (offset === 0) return (code + delta) & 0xffff
    const glyph = view.getUint16(place + offset + 2 * (code - start))
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff
  }
  return 0
}

/** Groups of characters with glyphs in a row. */
function lookUp12(view: DataView, table: number, code: number): number {
  for (let index = 0; index < view.getUint32(table + 12); index += 1) {
    const group = table + 16 + 12 * index
    if (code > view.getUint32(group + 4)) continue
    const start = view.getUint32(group)
    return code < start ? 0 : view.getUint32(group + 8) + code - start
  }
  return 0
}
