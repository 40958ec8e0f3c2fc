/**
 * The resolved label: boxes in integer micrometres from the top left corner, text already measured, cut and wrapped.
 * Every back end (PDF, screen; printer languages) draws exactly this and decides nothing (LBL-1).
 */
export interface LabelModel {
  readonly widthUm: number
  readonly heightUm: number
  readonly items: readonly LabelItem[]
  /** Characters that no font has and that stand as a visible substitute. */
  readonly missingGlyphs: readonly string[]
}

/** One thing on the label. */
export type LabelItem = TextItem | BarsItem | QrItem | RuleItem | FrameItem

/** One line of text, its baseline at (x, baseline). */
export interface TextItem {
  readonly item: 'text'
  readonly xUm: number
  readonly baselineUm: number
  /** The measured advance width; a back end may assert that its own measure agrees. */
  readonly widthUm: number
  readonly sizeUm: number
  readonly weight: 'regular' | 'bold'
  readonly text: string
  /** Grey for the sample mark; labels themselves are black. */
  readonly ink: 'black' | 'faint'
}

/** A Code 128 symbol as bars: alternating bar and space widths in modules, starting with a bar. */
export interface BarsItem {
  readonly item: 'bars'
  readonly symbology: 'code128'
  readonly xUm: number
  readonly yUm: number
  readonly heightUm: number
  readonly moduleUm: number
  readonly modules: readonly number[]
  /** What a scanner reads. */
  readonly value: string
}

/** A QR symbol as a square matrix, row by row, `true` is dark. */
export interface QrItem {
  readonly item: 'qr'
  readonly xUm: number
  readonly yUm: number
  readonly moduleUm: number
  readonly size: number
  readonly dark: readonly boolean[]
  readonly value: string
}

/** A filled rectangle: rules and blocks. */
export interface RuleItem {
  readonly item: 'rule'
  readonly xUm: number
  readonly yUm: number
  readonly widthUm: number
  readonly heightUm: number
}

/** A stroked rectangle. */
export interface FrameItem {
  readonly item: 'frame'
  readonly xUm: number
  readonly yUm: number
  readonly widthUm: number
  readonly heightUm: number
  readonly strokeUm: number
}

/** Measures text for the layout; the host provides it from the real fonts. */
export interface TextMeasurer {
  /** Advance width in micrometres of `text` set in `sizeUm`. */
  widthUm(text: string, sizeUm: number, weight: 'regular' | 'bold'): number
  /** False when no font has the character, which is then shown as a substitute. */
  hasGlyph(character: string): boolean
}
