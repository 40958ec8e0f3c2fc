import type { TextMeasurer } from './label-model.ts'

/**
 * How text gets into its box, the one rule for all labels: it is set in the wanted size; if it does not fit it
 * shrinks, down to the smallest size allowed; if it still does not fit it is cut and ends in `…`. A box too narrow even
 * for that stays empty. A line feed ends a line; blocks wrap between Chinese characters and at spaces; a Latin word is broken only when it is longer than a line.
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

/** Advances are proportional to the size, so that all trying is done in ems and every piece is measured once. */
interface Piece {
  readonly text: string
  readonly em: number
  /** Without the blanks at its end, which may hang over the edge. */
  readonly bareEm: number
}

type EmOf = (part: string) => number

/** A thousandth of a micrometre, against sums of widths that differ in their last bit. */
const TOLERANCE_UM = 0.001

/** Fits `text` into the box by the rule above. A box lower than one line still gets one line. */
export function fitText(measurer: TextMeasurer, text: string, box: FitBox, style: TextStyle): FittedText {
  const emOf: EmOf = (part) => measurer.widthUm(part, 1000, style.weight) / 1000
  if (box.heightUm === undefined) return fitLine(measurer, text.replaceAll('\n', ' '), box, style)
  const { heightUm } = box
  const measured = text
    .split('\n')
    .map((line) => pieces(line).map((part) => ({ text: part, em: emOf(part), bareEm: emOf(part.trimEnd()) })))
  for (let sizeUm = style.sizeUm; ; sizeUm = nextSize(sizeUm, style)) {
    const leadingUm = Math.round(sizeUm * LEADING)
    const widthEm = (box.widthUm + TOLERANCE_UM) / sizeUm
    const room = Math.max(1, Math.floor((heightUm - sizeUm) / leadingUm) + 1)
    const lines = wrap(measured, widthEm, emOf, room + 1)
    const cut = lines.length > room || lines.some((line) => emOf(line.trimEnd()) > widthEm)
    if (cut && sizeUm > style.minSizeUm) continue
    const kept = cut ? cutLines(lines, room, widthEm, emOf) : lines
    const set = kept.map((line) => setLine(measurer, line.trimEnd(), sizeUm, style))
    return { lines: set, sizeUm, leadingUm, cut }
  }
}

/** One line needs no trying: the size that fits follows from its width. */
function fitLine(measurer: TextMeasurer, text: string, box: FitBox, style: TextStyle): FittedText {
  const emOf: EmOf = (part) => measurer.widthUm(part, 1000, style.weight) / 1000
  const fitting = Math.floor((box.widthUm + TOLERANCE_UM) / Math.max(emOf(text), 1e-6))
  const sizeUm = Math.max(style.minSizeUm, Math.min(style.sizeUm, fitting))
  const cut = sizeUm > fitting
  const kept = cut ? cutLine(text, (box.widthUm + TOLERANCE_UM) / sizeUm, emOf) : text
  const lines = [setLine(measurer, kept, sizeUm, style)]
  return { lines, sizeUm, leadingUm: Math.round(sizeUm * LEADING), cut }
}

function setLine(measurer: TextMeasurer, text: string, sizeUm: number, { weight }: TextStyle) {
  return { text, widthUm: Math.ceil(measurer.widthUm(text, sizeUm, weight) - TOLERANCE_UM) }
}

const nextSize = (sizeUm: number, style: TextStyle): number =>
  Math.max(style.minSizeUm, Math.floor(sizeUm * SHRINK))

/** The lines that have room, the last of them (or any that is too wide) cut with the ellipsis. */
function cutLines(lines: readonly string[], room: number, widthEm: number, emOf: EmOf): string[] {
  const kept = lines.slice(0, room)
  return kept.map((line, index) => {
    if (index < kept.length - 1) return emOf(line.trimEnd()) > widthEm ? cutLine(line, widthEm, emOf) : line
    return cutLine(lines.slice(index).join(''), widthEm, emOf)
  })
}

/** The longest beginning that fits together with the ellipsis; nothing where not even that fits. */
function cutLine(line: string, widthEm: number, emOf: EmOf): string {
  const room = widthEm - emOf(ELLIPSIS)
  if (room < 0) return ''
  let kept = ''
  let em = 0
  for (const character of line) {
    em += emOf(character)
    if (em > room) break
    kept += character
  }
  return kept.trimEnd() + ELLIPSIS
}

/** Runs that may not be broken: a star with its unit (`*室`), Latin words and numbers, else single characters. */
const WORD =
  /\*+\p{Script=Han}|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{M}'’_*+.:@#&/×-]+|./gsu
/** Punctuation that does not begin a line. */
const CLINGS = /^[,.;:!?)\]}%，。、；：！？）】》」』”’…·]$/u

/** Lines keep the blanks at their ends, so that joined again they give the text; gives up after `maxLines`. */
function wrap(
  paragraphs: readonly (readonly Piece[])[],
  widthEm: number,
  emOf: EmOf,
  maxLines: number,
): string[] {
  const lines: string[] = []
  for (const paragraph of paragraphs) {
    lines.push(...wrapOne(paragraph, widthEm, emOf, maxLines - lines.length))
    if (lines.length >= maxLines) return lines
    // A blank for the line feed, should the rest be joined to be cut.
    lines.push(`${lines.pop() ?? ''} `)
  }
  return lines
}

function wrapOne(line: readonly Piece[], widthEm: number, emOf: EmOf, maxLines: number): string[] {
  const lines: string[] = []
  let text = ''
  let em = 0
  for (const piece of line) {
    if (em + piece.bareEm <= widthEm) {
      text += piece.text
      em += piece.em
      continue
    }
    if (text !== '') lines.push(text)
    if (lines.length >= maxLines) return lines
    const parts =
      piece.bareEm <= widthEm ? [piece.text] : breakWord(piece.text, widthEm, emOf, maxLines - lines.length)
    lines.push(...parts.slice(0, -1))
    text = parts.at(-1) ?? ''
    em = emOf(text)
  }
  return text === '' && lines.length > 0 ? lines : [...lines, text]
}

function breakWord(word: string, widthEm: number, emOf: EmOf, maxLines: number): string[] {
  const parts: string[] = []
  let part = ''
  let em = 0
  for (const character of word) {
    const characterEm = emOf(character)
    if (part !== '' && em + characterEm > widthEm) {
      parts.push(part)
      if (parts.length >= maxLines) return parts
      part = ''
      em = 0
    }
    part += character
    em += characterEm
  }
  return [...parts, part]
}

/** Unbreakable pieces; punctuation joins the piece before it. */
function pieces(text: string): string[] {
  const result: string[] = []
  for (const piece of text.match(WORD) ?? []) {
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

/** Most texts are clean; only the others are worth the work. */
const UNCLEAN = /[\p{Surrogate}\p{Cf}\p{Variation_Selector}\p{Cc}]|[^\S ]|^\s|\s\s|\s$/u

/**
 * Text as it can be set on one line: composed (NFC), every white space one blank, invisible format characters and
 * variation selectors dropped, characters without a glyph replaced by a visible substitute and reported. Right-to-left
 * scripts, for which the font has no glyphs, become substitutes like any other, so that nothing is set in wrong order.
 */
export function toPrintable(measurer: TextMeasurer, raw: string): PrintableText {
  const text = UNCLEAN.test(raw) ? cleaned(raw) : raw.normalize('NFC')
  const missing: string[] = []
  for (const character of text) if (!measurer.hasGlyph(character)) missing.push(character)
  if (missing.length === 0) return { text, missing }
  const lacking = new Set(missing)
  const substitute = SUBSTITUTES.find((mark) => measurer.hasGlyph(mark)) ?? '?'
  return {
    text: Array.from(text, (character) => (lacking.has(character) ? substitute : character)).join(''),
    missing,
  }
}

function cleaned(raw: string): string {
  return raw
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}
