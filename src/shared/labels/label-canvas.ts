import { mm } from './box.ts'
import { toPrintable } from './fit-text.ts'
import type { LabelBox, LabelFault, LabelItem, LabelModel, TextItem, TextMeasurer } from './label-model.ts'
import { placeCode } from './place-code.ts'
import { setText } from './place-text.ts'

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

/** Collects the items of one A4 page. Every box is kept: nothing drawn into it leaves it. */
export interface LabelCanvas {
  /** Sets text into the box by the rule of fit-text; returns the lower edge of what was set. */
  text(box: LabelBox, text: string, options: TextOptions): number
  /** A filled rectangle. */
  rule(box: LabelBox): void
  /** A stroked rectangle. */
  frame(box: LabelBox, strokeUm: number): void
  /** Code 128 in the middle of the box, as `placeCode` says; what cannot be read becomes a fault of the page. */
  code(box: LabelBox, value: string, maxModuleUm: number): void
  /** The page as it stands. */
  model(): LabelModel
}

/** An empty page. */
export function createCanvas(widthUm: number, heightUm: number, measurer: TextMeasurer): LabelCanvas {
  const items: LabelItem[] = []
  const faults: LabelFault[] = []
  const missing = new Set<string>()
  return {
    text: (box, raw, options) => {
      const printable = toPrintable(measurer, raw)
      for (const character of printable.missing) missing.add(character)
      const set = setText(measurer, box, printable.text, {
        sizeUm: mm(options.sizeMm),
        minSizeUm: mm(options.minMm ?? options.sizeMm),
        bold: options.bold ?? false,
        align: options.align ?? 'left',
        vertical: options.vertical ?? 'top',
        wrap: options.wrap ?? false,
        ink: options.ink ?? 'black',
      })
      items.push(...set.items)
      return set.bottomUm
    },
    rule: (box) => void items.push({ item: 'rule', ...box }),
    frame: (box, strokeUm) => void items.push({ item: 'frame', ...box, strokeUm }),
    code: (box, value, maxModuleUm) => {
      const placed = placeCode(box, { code: value, symbology: 'code128', asQr: false, maxModuleUm })
      if (placed.tag === 'placed') items.push(placed.item)
      else faults.push({ tag: placed.tag, field: 'code', value })
    },
    model: () => ({ widthUm, heightUm, items: [...items], missingGlyphs: [...missing].sort(), faults }),
  }
}
