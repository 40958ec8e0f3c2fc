import { fitText, type TextStyle } from './fit-text.ts'
import type { LabelBox, TextItem, TextMeasurer } from './label-model.ts'

export interface TextSetting {
  /** Wanted and smallest size. */
  readonly sizeUm: number
  readonly minSizeUm: number
  readonly bold: boolean
  readonly align: 'left' | 'center' | 'right'
  readonly vertical: 'top' | 'middle' | 'bottom'
  /** Wraps over the height of the box; otherwise one line. */
  readonly wrap: boolean
  readonly ink: TextItem['ink']
}

export interface SetText {
  readonly items: readonly TextItem[]
  /** Lower edge of what was set. */
  readonly bottomUm: number
}

/** Height of Chinese characters above the baseline, as part of the size. */
const ASCENT = 0.87
/** Nobody reads smaller letters; a box lower than this stays empty. */
const SMALLEST_UM = 1000

/** Sets printable text (`toPrintable`) into the box by the rule of fit-text: no line is wider or lower than it. */
export function setText(measurer: TextMeasurer, box: LabelBox, text: string, setting: TextSetting): SetText {
  if (text === '' || box.heightUm < SMALLEST_UM || box.widthUm <= 0) return { items: [], bottomUm: box.yUm }
  const sizeUm = Math.min(setting.sizeUm, box.heightUm)
  const style: TextStyle = {
    sizeUm,
    minSizeUm: Math.min(setting.minSizeUm, sizeUm),
    weight: setting.bold ? 'bold' : 'regular',
  }
  const room = setting.wrap ? { widthUm: box.widthUm, heightUm: box.heightUm } : { widthUm: box.widthUm }
  const fitted = fitText(measurer, setting.wrap ? text : text.replaceAll('\n', ' '), room, style)
  const usedUm = fitted.sizeUm + (fitted.lines.length - 1) * fitted.leadingUm
  const free = { top: 0, middle: (box.heightUm - usedUm) / 2, bottom: box.heightUm - usedUm }
  const topUm = box.yUm + Math.floor(Math.max(0, free[setting.vertical]))
  const items = fitted.lines.flatMap((line, index): TextItem[] => {
    if (line.text === '') return []
    const spare = { left: 0, center: (box.widthUm - line.widthUm) / 2, right: box.widthUm - line.widthUm }
    return [
      {
        item: 'text',
        xUm: box.xUm + Math.floor(spare[setting.align]),
        baselineUm: topUm + Math.round(ASCENT * fitted.sizeUm) + index * fitted.leadingUm,
        widthUm: line.widthUm,
        sizeUm: fitted.sizeUm,
        weight: style.weight,
        text: line.text,
        ink: setting.ink,
      },
    ]
  })
  return { items, bottomUm: topUm + usedUm }
}
