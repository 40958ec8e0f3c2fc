import type { TextMeasurer } from './label-model.ts'

/**
 * How text gets into its box, the one rule for all labels: it is set in the wanted size; if it does not fit it
 * shrinks in steps of 5 % down to the smallest size allowed; if it still does not fit it is cut and ends in `…`.
 * Blocks wrap between Chinese characters and at spaces; a Latin word is broken only when it is longer than a line.
 */

export interface TextStyle {
  readonly sizeUm: number
  /** Smallest size that still reads; equal to `sizeUm` when it must not shrink. */
  readonly minSizeUm: number
  readonly weight: 'regular' | 'bold'
}

/** Lines that fit, all in one size. `cut` tells that something was left out. */
export interface FittedText {
  readonly lines: readonly { readonly text: string; readonly widthUm: number }[]
  readonly sizeUm: number
  /** Distance between baselines. */
  readonly leadingUm: number
  readonly cut: boolean
}

export interface FitBox {
  readonly widthUm: number
  /** One line if absent. */
  readonly heightUm?: number
}

const ELLIPSIS = '…'
const SHRINK = 0.95
const LEADING = 1.18

/** Fits `text` into the box by the rule above. A box lower than one line still gets one line. */
export function fitText(measurer: TextMeasurer, text: string, box: FitBox, style: TextStyle): FittedText {
  for (let sizeUm = style.sizeUm; ; sizeUm = Math.max(style.minSizeUm, Math.floor(sizeUm * SHRINK))) {
    const fitted = fitAt(measurer, text, box, { ...style, sizeUm })
    if (!fitted.cut || sizeUm <= style.minSizeUm) return fitted
  }
}

function fitAt(measurer: TextMeasurer, text: string, box: FitBox, style: TextStyle): FittedText {
  const { sizeUm, weight } = style
  const leadingUm = Math.round(sizeUm * LEADING)
  const room =
    box.heightUm === undefined ? 1 : Math.max(1, Math.floor((box.heightUm - sizeUm) / leadingUm) + 1)
  const measure = (part: string): number => measurer.widthUm(part, sizeUm, weight)
  const lines = wrap(text, box.widthUm, measure, room + 1)
  const cut = lines.length > room
  const kept = cut
    ? [...lines.slice(0, room - 1), cutLine(lines.slice(room - 1).join(''), box.widthUm, measure)]
    : lines
  const measured = kept.map((line) => ({ text: line.trimEnd(), widthUm: Math.ceil(measure(line.trimEnd())) }))
  return { lines: measured, sizeUm, leadingUm, cut }
}

type Measure = (part: string) => number

/** The longest beginning that fits together with the ellipsis. */
function cutLine(line: string, widthUm: number, measure: Measure): string {
  const characters = Array.from(line)
  while (characters.length > 0 && measure(characters.join('').trimEnd() + ELLIPSIS) > widthUm)
    characters.pop()
  return characters.join('').trimEnd() + ELLIPSIS
}

/** Runs that may not be broken: a star with its unit (`*室`), Latin words and numbers, else single characters. */
const WORD =
  /\*+\p{Script=Han}|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{M}'’_*+.:@#&/×-]+|./gsu
/** Punctuation that does not begin a line. */
const CLINGS = /^[,.;:!?)\]}%，。、；：！？）】》」』”’…·]$/u

/** Lines keep the blanks at their ends, so that joined again they give the text. */
function wrap(text: string, widthUm: number, measure: Measure, maxLines: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    const longer = line + piece
    if (measure(longer.trimEnd()) <= widthUm) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    if (lines.length >= maxLines) return lines
    const parts = measure(piece) <= widthUm ? [piece] : breakWord(piece, widthUm, measure)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

function breakWord(word: string, widthUm: number, measure: Measure): string[] {
  const parts: string[] = []
  let part = ''
  for (const character of word) {
    if (part !== '' && measure(part + character) > widthUm) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}

/** Unbreakable pieces; punctuation joins the piece before it. */
function pieces(text: string): string[] {
  const result: string[] = []
  for (const [piece] of text.matchAll(WORD)) {
    const last = result.at(-1)
    if (last !== undefined && CLINGS.test(piece) && last.trim() !== '')
      result[result.length - 1] = last + piece
    else result.push(piece)
  }
  return result
}

/** What stands for a character that no font has: the geta mark of Chinese and Japanese printing. */
const SUBSTITUTES = ['〓', '□', '?'] as const

export interface PrintableText {
  readonly text: string
  readonly missing: readonly string[]
}

/**
 * Text as it can be set on one line: composed (NFC), every white space one blank, invisible format characters and
 * variation selectors dropped, characters without a glyph replaced by a visible substitute and reported.
 */
export function toPrintable(measurer: TextMeasurer, raw: string): PrintableText {
  const clean = raw
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  const substitute = SUBSTITUTES.find((mark) => measurer.hasGlyph(mark)) ?? '?'
  const missing: string[] = []
  const text = Array.from(clean, (character) => {
    if (measurer.hasGlyph(character)) return character
    missing.push(character)
    return substitute
  }).join('')
  return { text, missing }
}
