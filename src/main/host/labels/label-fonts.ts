import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Blob, Face, Font } from 'harfbuzzjs'
import type { LabelFonts } from '../../../shared/labels/backends/pdf.ts'
import type { TextMeasurer } from '../../../shared/labels/label-model.ts'
import type { GlyphRaster } from '../../../shared/labels/raster-port.ts'
import { createFontCutter } from './font-cutter.ts'
import { createGlyphRaster, type OutlineFont } from './glyph-raster.ts'

const FONT_FILES = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const

/** What the labels need of the house's fonts. */
export interface LoadedFonts {
  /** Cut for embedding. */
  readonly fonts: LabelFonts
  readonly measurer: TextMeasurer
  /** Drawn in dots, for printer languages. */
  readonly raster: GlyphRaster
}

/** Noto Sans SC (OFL) in two weights. Rejects when the font files are not there. */
export async function loadLabelFonts(): Promise<LoadedFonts> {
  const [regular, bold] = await Promise.all([readFont(FONT_FILES.regular), readFont(FONT_FILES.bold)])
  // One after the other: preparing one keeps the host busy for a tenth of a second.
  const cutters = {
    regular: await createFontCutter(regular),
    bold: await rested(() => createFontCutter(bold)),
  }
  const opened = { regular: openFont(regular), bold: openFont(bold) }
  return {
    fonts: { cut: (weight, characters) => cutters[weight](characters) },
    measurer: createMeasurer(opened),
    raster: createGlyphRaster(opened),
  }
}

/** Gives whoever waits for the host a turn first. */
async function rested<T>(work: () => Promise<T>): Promise<T> {
  await new Promise(setImmediate)
  return work()
}

function readFont(file: string): Promise<Uint8Array> {
  return readFile(createRequire(import.meta.url).resolve(file))
}

function openFont(fontFile: Uint8Array): OutlineFont {
  const face = new Face(new Blob(fontFile))
  return { font: new Font(face), unitsPerEm: face.upem }
}

/** Sums plain advances, which is what the PDF sets; character widths are remembered. */
function createMeasurer({ regular, bold }: { regular: OutlineFont; bold: OutlineFont }): TextMeasurer {
  const advances = { regular: createAdvances(regular), bold: createAdvances(bold) }
  return {
    widthUm: (text, sizeUm, weight) => {
      let em = 0
      for (const character of text) em += advances[weight](character) ?? 0
      return em * sizeUm
    },
    hasGlyph: (character) =>
      advances.regular(character) !== undefined && advances.bold(character) !== undefined,
  }
}

/** Advance of a character in ems, `undefined` when the font lacks it. */
function createAdvances({ font, unitsPerEm }: OutlineFont): (character: string) => number | undefined {
  const known = new Map<string, number | undefined>()
  return (character) => {
    if (known.has(character)) return known.get(character)
    const glyph = font.nominalGlyph(character.codePointAt(0) ?? 0)
    const advance = glyph === undefined || glyph === 0 ? undefined : font.glyphHAdvance(glyph) / unitsPerEm
    known.set(character, advance)
    return advance
  }
}
