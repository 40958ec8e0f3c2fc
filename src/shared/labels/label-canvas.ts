import { assert } from '../base/assert.ts'
import { encodeCode128, moduleCount, QUIET_MODULES } from './code128.ts'
import { fitText, type TextStyle, toPrintable } from './fit-text.ts'
import type { LabelItem, LabelModel, TextItem, TextMeasurer } from './label-model.ts'
import { encodeQr, QR_QUIET_MODULES } from './qr.ts'

/** A rectangle from the top left corner. */
export interface Box {
  readonly xUm: number
  readonly yUm: number
  readonly widthUm: number
  readonly heightUm: number
}

/** Layouts think in millimetres, labels hold integer micrometres. */
export const mm = (millimetres: number): number => Math.round(millimetres * 1000)

/** A box given in millimetres. */
export function boxMm(x: number, y: number, width: number, height: number): Box {
  return { xUm: mm(x), yUm: mm(y), widthUm: mm(width), heightUm: mm(height) }
}

export interface TextOptions {
  /** Wanted and smallest size in millimetres. */
  readonly sizeMm: number
  readonly minMm?: number
  readonly bold?: boolean
  readonly align?: 'left' | 'center' | 'right'
  readonly vertical?: 'top' | 'middle' | 'bottom'
  /** Wraps over the height of the box; otherwise one line. */
  readonly wrap?: boolean
  readonly ink?: TextItem['ink']
}

/** Collects the items of one page. Every box is kept: nothing drawn into it leaves it. */
export interface LabelCanvas {
  /** Sets text into the box by the rule of fit-text; returns the lower edge of what was set. */
  text(box: Box, text: string, options: TextOptions): number
  /** A filled rectangle. */
  rule(box: Box): void
  /** A stroked rectangle. */
  frame(box: Box, strokeUm: number): void
  /**
   * Code 128 in the middle of the box, modules in whole dots of 203 dpi, at most `wantedModuleUm`, at least 0.25 mm,
   * with its quiet zones inside the box. A code too long for that becomes a QR symbol, so that it still can be read.
   */
  code(box: Box, value: string, wantedModuleUm: number): void
  /** QR symbol in the middle of the box with its quiet zone. */
  qr(box: Box, value: string): void
  /** The page as it stands. */
  model(): LabelModel
}

/** One dot of the usual thermal printer, 8 dots a millimetre. Bars that begin on a dot print with even edges. */
const DOT_UM = 125
/** Two dots: what a one-bit print still keeps apart. */
const MIN_MODULE_UM = 2 * DOT_UM
/** Height of Chinese characters above the baseline, as part of the size. */
const ASCENT = 0.87

/** An empty page. */
export function createCanvas(widthUm: number, heightUm: number, measurer: TextMeasurer): LabelCanvas {
  const items: LabelItem[] = []
  const missing = new Set<string>()
  return {
    text: (box, raw, options) => {
      const printable = toPrintable(measurer, raw)
      for (const character of printable.missing) missing.add(character)
      const set = setText(measurer, box, printable.text, options)
      items.push(...set.items)
      return set.bottomUm
    },
    rule: (box) => void items.push({ item: 'rule', ...box }),
    frame: (box, strokeUm) => void items.push({ item: 'frame', ...box, strokeUm }),
    code: (box, value, wantedModuleUm) => void items.push(placeCode(box, value, wantedModuleUm)),
    qr: (box, value) => void items.push(placeQr(box, value)),
    model: () => ({ widthUm, heightUm, items: [...items], missingGlyphs: [...missing].sort() }),
  }
}

function setText(measurer: TextMeasurer, box: Box, text: string, options: TextOptions) {
  if (text === '') return { items: [], bottomUm: box.yUm }
  const style: TextStyle = {
    sizeUm: mm(options.sizeMm),
    minSizeUm: mm(options.minMm ?? options.sizeMm),
    weight: options.bold ? 'bold' : 'regular',
  }
  const room = options.wrap ? { widthUm: box.widthUm, heightUm: box.heightUm } : { widthUm: box.widthUm }
  const { lines, sizeUm, leadingUm } = fitText(measurer, text, room, style)
  const usedUm = sizeUm + (lines.length - 1) * leadingUm
  const free = { top: 0, middle: (box.heightUm - usedUm) / 2, bottom: box.heightUm - usedUm }
  const topUm = Math.round(box.yUm + Math.max(0, free[options.vertical ?? 'top']))
  const items = lines.map((line, index): TextItem => {
    const spare = { left: 0, center: (box.widthUm - line.widthUm) / 2, right: box.widthUm - line.widthUm }
    return {
      item: 'text',
      xUm: Math.round(box.xUm + spare[options.align ?? 'left']),
      baselineUm: topUm + Math.round(ASCENT * sizeUm) + index * leadingUm,
      widthUm: line.widthUm,
      sizeUm,
      weight: style.weight,
      text: line.text,
      ink: options.ink ?? 'black',
    }
  })
  return { items, bottomUm: topUm + usedUm }
}

/** True when the code can be set as Code 128 in the width, quiet zones included; otherwise it becomes a QR symbol. */
export function fitsAsBars(value: string, widthUm: number): boolean {
  return largestModuleUm(encodeCode128(value), widthUm) >= MIN_MODULE_UM
}

function largestModuleUm(modules: readonly number[], widthUm: number): number {
  return Math.floor(widthUm / (moduleCount(modules) + 2 * QUIET_MODULES) / DOT_UM) * DOT_UM
}

function placeCode(box: Box, value: string, wantedModuleUm: number): LabelItem {
  const modules = encodeCode128(value)
  const fitting = Math.min(wantedModuleUm, largestModuleUm(modules, box.widthUm))
  if (fitting < MIN_MODULE_UM) return placeQr(box, value)
  return {
    item: 'bars',
    symbology: 'code128',
    xUm: onDot(box.xUm + (box.widthUm - moduleCount(modules) * fitting) / 2),
    yUm: box.yUm,
    heightUm: box.heightUm,
    moduleUm: fitting,
    modules,
    value,
  }
}

function placeQr(box: Box, value: string): LabelItem {
  const { size, dark } = encodeQr(value)
  const sideUm = Math.min(box.widthUm, box.heightUm)
  const moduleUm = Math.floor(sideUm / (size + 2 * QR_QUIET_MODULES) / DOT_UM) * DOT_UM
  assert(moduleUm >= MIN_MODULE_UM, `code too long for its label: ${value}`)
  return {
    item: 'qr',
    xUm: onDot(box.xUm + (box.widthUm - size * moduleUm) / 2),
    yUm: onDot(box.yUm + (box.heightUm - size * moduleUm) / 2),
    moduleUm,
    size,
    dark,
    value,
  }
}

const onDot = (positionUm: number): number => Math.round(positionUm / DOT_UM) * DOT_UM
