import { type PDFContext, PDFRawStream, type PDFRef, PDFString } from 'pdf-lib'
import { asciiBytes } from './ascii.ts'
import { type CutFont, readCutFont } from './true-type.ts'
import type { Deflate } from './z64.ts'

/** A font in the file, and how text is written in it. */
export interface PdfFont {
  readonly ref: PDFRef
  /** The text as the hexadecimal glyph numbers that a page shows. */
  encode(text: string): string
}

/** A compressed stream; `entries` are more entries of its dictionary. */
export function addStream(
  pdf: PDFContext,
  deflate: Deflate,
  content: Uint8Array,
  entries: Readonly<Record<string, number>> = {},
): PDFRef {
  const packed = deflate(content)
  const dictionary = pdf.obj({ Length: packed.length, Filter: 'FlateDecode', ...entries })
  return pdf.register(PDFRawStream.of(dictionary, packed))
}

/**
 * Embeds a TrueType font whole as a CID font whose codes are its glyphs (ISO 32000-1, 9.7.4). `characters`, each once,
 * are those that the text uses; the map to Unicode makes it searchable. The font is cut already, so that reading it
 * through a font library, as pdf-lib's own embedding does, would only cost time.
 */
export function embedFont(
  pdf: PDFContext,
  deflate: Deflate,
  {
    file,
    name,
    characters,
  }: { readonly file: Uint8Array; readonly name: string; readonly characters: string },
): PdfFont {
  const font = readCutFont(file)
  const codes = new Map<string, string>()
  for (const character of characters) codes.set(character, hex4(font.glyphOf(character)))
  const per1000 = (units: number): number => Math.round((units * 1000) / font.unitsPerEm)
  const descriptor = pdf.register(
    pdf.obj({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: 4,
      FontBBox: font.box.map(per1000),
      ItalicAngle: 0,
      Ascent: per1000(font.ascent),
      Descent: per1000(font.descent),
      CapHeight: per1000(font.ascent),
      StemV: 80,
      FontFile2: addStream(pdf, deflate, file, { Length1: file.length }),
    }),
  )
  const descendant = pdf.register(
    pdf.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 1000,
      W: widths(font, characters, per1000),
      CIDToGIDMap: 'Identity',
    }),
  )
  const ref = pdf.register(
    pdf.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: addStream(pdf, deflate, asciiBytes(unicodeMap(codes))),
    }),
  )
  return { ref, encode: (text) => Array.from(text, (character) => codes.get(character) ?? '0000').join('') }
}

/** Advances other than that of a Chinese character, which is the default. */
function widths(
  font: CutFont,
  characters: string,
  per1000: (units: number) => number,
): (number | number[])[] {
  const glyphs = new Set(Array.from(characters, (character) => font.glyphOf(character)))
  return [...glyphs]
    .sort((a, b) => a - b)
    .map((glyph) => [glyph, per1000(font.advanceOf(glyph))] as const)
    .filter(([, advance]) => advance !== 1000)
    .flatMap(([glyph, advance]) => [glyph, [advance]])
}

/** A CMap may name at most a hundred characters in one go. */
const PER_BLOCK = 100

function unicodeMap(codes: ReadonlyMap<string, string>): string {
  const lines = [...codes].map(([character, code]) => `<${code}><${utf16(character)}>`)
  const blocks: string[] = []
  for (let from = 0; from < lines.length; from += PER_BLOCK) {
    const block = lines.slice(from, from + PER_BLOCK)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`)
  }
  return (
    '/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n' +
    '/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n' +
    '/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n' +
    `1 begincodespacerange<0000><FFFF>endcodespacerange\n${blocks.join('')}` +
    'endcmap CMapName currentdict/CMap defineresource pop end end'
  )
}

const hex4 = (code: number): string => code.toString(16).padStart(4, '0')

function utf16(character: string): string {
  let units = ''
  for (let index = 0; index < character.length; index += 1) units += hex4(character.charCodeAt(index))
  return units
}
