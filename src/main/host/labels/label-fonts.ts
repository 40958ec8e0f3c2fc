import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Blob, Face, Font } from 'harfbuzzjs'
import type { LabelFonts } from '../../../shared/labels/backends/pdf.ts'
import type { TextMeasurer } from '../../../shared/labels/label-model.ts'
import { createFontCutter } from './font-cutter.ts'

const FONT_FILES = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const

/** Noto Sans SC (OFL) in two weights, to measure with and to embed. Rejects when the font files are not there. */
export async function loadLabelFonts(): Promise<{ fonts: LabelFonts; measurer: TextMeasurer }> {
  const [regular, bold] = await Promise.all([readFont(FONT_FILES.regular), readFont(FONT_FILES.bold)])
  const cutters = { regular: await createFontCutter(regular), bold: await createFontCutter(bold) }
  return {
    fonts: { cut: (weight, characters) => cutters[weight](characters) },
    measurer: createMeasurer(regular, bold),
  }
}

function readFont(file: string): Promise<Uint8Array> {
  return readFile(createRequire(import.meta.url).resolve(file))
}

/** Sums plain advances, which is what the PDF sets; character widths are remembered. */
function createMeasurer(regular: Uint8Array, bold: Uint8Array): TextMeasurer {
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
function createAdvances(fontFile: Uint8Array): (character: string) => number | undefined {
  const face = new Face(new Blob(fontFile))
  const font = new Font(face)
  const known = new Map<string, number | undefined>()
  return (character) => {
    if (known.has(character)) return known.get(character)
    const glyph = font.nominalGlyph(character.codePointAt(0) ?? 0)
    const advance = glyph === undefined || glyph === 0 ? undefined : font.glyphHAdvance(glyph) / face.upem
    known.set(character, advance)
    return advance
  }
}
