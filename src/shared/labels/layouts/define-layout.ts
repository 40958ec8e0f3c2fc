import { boxMm, mm } from '../box.ts'
import { FIELDS_OF } from '../label-fields.ts'
import {
  type LabelLayout,
  LAYOUT_FORMAT,
  type LayoutField,
  type LayoutKind,
  type LayoutRule,
} from '../label-layout.ts'

/** x, y, width and height in millimetres. */
export type Place = readonly [x: number, y: number, width: number, height: number]

export interface PlacedText {
  /** Wanted and smallest size in millimetres. */
  readonly size: number
  readonly min?: number
  readonly bold?: boolean
  readonly align?: LayoutField['align']
  readonly vertical?: LayoutField['vertical']
  readonly wrap?: boolean
}

/** A field of text; in the middle of its height unless told otherwise. */
export function text(field: string, place: Place, options: PlacedText): LayoutField {
  return {
    field,
    shown: true,
    ...boxMm(...place),
    sizeUm: mm(options.size),
    minSizeUm: mm(options.min ?? options.size),
    bold: options.bold ?? false,
    align: options.align ?? 'left',
    vertical: options.vertical ?? 'middle',
    wrap: options.wrap ?? false,
  }
}

/** A field of several lines, from the top. */
export function block(field: string, place: Place, options: PlacedText): LayoutField {
  return text(field, place, { vertical: 'top', wrap: true, ...options })
}

/** Bars or a QR symbol. */
export const code = (field: string, place: Place): LayoutField => text(field, place, { size: 3 })

/** A filled rectangle. */
export const rule = (...place: Place): LayoutRule => ({ shape: 'rule', ...boxMm(...place), strokeUm: 0 })

/** A stroked rectangle. */
export const frame = (place: Place, stroke: number): LayoutRule => ({
  shape: 'frame',
  ...boxMm(...place),
  strokeUm: mm(stroke),
})

/** A layout as it came; the kind's other fields are there, hidden, so that they can be shown. */
export function defineLayout(layout: {
  readonly layoutId: string
  readonly kind: LayoutKind
  /** Millimetres. */
  readonly width: number
  readonly height: number
  readonly fields: readonly LayoutField[]
  readonly rules: readonly LayoutRule[]
}): LabelLayout {
  const placed = new Set(layout.fields.map((place) => place.field))
  const others = FIELDS_OF[layout.kind]
    .filter(({ field }) => !placed.has(field))
    .map(({ field }) => ({ ...text(field, [3, 3, 20, 8], { size: 3, min: 2 }), shown: false }))
  return {
    format: LAYOUT_FORMAT,
    layoutId: layout.layoutId,
    kind: layout.kind,
    version: 0,
    widthUm: mm(layout.width),
    heightUm: mm(layout.height),
    copies: 1,
    fields: [...layout.fields, ...others],
    rules: [...layout.rules],
  }
}
