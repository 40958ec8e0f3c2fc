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
  /** Why this page must not be printed, empty when it may: a code that cannot be scanned is worse than no label. */
  readonly faults: readonly LabelFault[]
}

/**
 * What is wrong with a label as it would come out. `field` names the layout's field; on A4 papers `code`.
 * `codeHidden`: the layout does not show a code that must be there; `unprintableCode`: empty, not ASCII, or an SSCC
 * with a wrong check digit; `tooSmallForCode`: neither bars nor a QR symbol fit; `wrongKind`: another kind's layout.
 */
export type LabelFault =
  | { readonly tag: 'codeHidden'; readonly field: string }
  | { readonly tag: 'unprintableCode'; readonly field: string; readonly value: string }
  | { readonly tag: 'tooSmallForCode'; readonly field: string; readonly value: string }
  | { readonly tag: 'wrongKind'; readonly field: string }

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

/**
 * A Code 128 symbol as bars: alternating bar and space widths in modules, starting with a bar. The bars stand on dots
 * of 203 dpi; a back end for another grid sets the value anew, with modules of its own, as wide as `room` allows.
 */
export interface BarsItem {
  readonly item: 'bars'
  /** `gs1-128` begins with FNC1; its value then starts with the application identifier. */
  readonly symbology: Symbology
  readonly xUm: number
  readonly yUm: number
  readonly heightUm: number
  readonly moduleUm: number
  readonly modules: readonly number[]
  /** What a scanner reads; of `gs1-128` without the FNC1 and without brackets: `00095…`. */
  readonly value: string
  /** What the bars may use, ten modules of white on either side included. No other ink stands in it. */
  readonly room: LabelBox
}

export type Symbology = 'code128' | 'gs1-128'

/** A rectangle from the top left corner. */
export interface LabelBox {
  readonly xUm: number
  readonly yUm: number
  readonly widthUm: number
  readonly heightUm: number
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
  /**
   * Advance width in micrometres of `text` set in `sizeUm`: the sum of its characters' advances, as it is set, and
   * proportional to the size.
   */
  widthUm(text: string, sizeUm: number, weight: 'regular' | 'bold'): number
  /** False when no font has the character, which is then shown as a substitute. */
  hasGlyph(character: string): boolean
}
