import { contains, isEmpty, overlap } from './box.ts'
import { FIELDS_OF, type FieldSpec, fieldSpec } from './label-fields.ts'
import type { LabelLayout, LayoutField } from './label-layout.ts'
import type { LabelBox, Symbology } from './label-model.ts'
import { placeCode } from './place-code.ts'
import { sidesOf } from './place-fields.ts'

/**
 * What is wrong with a layout, whatever stands on the label; `field` is the field to look at, of two the later one.
 * A layout with any of these is not saved: `offPaper`, `codeHidden` (a code that must be there), `mustShow` (a mark
 * that must be there), `tooSmallForCode` (not even a usual code fits), `overlapsCode` (ink in the white of a code),
 * `tooSmallText` (letters nobody reads), `noRoom` (a box that holds no letter), `unknownField`, `fieldTwice`.
 */
export interface LayoutFault {
  readonly tag:
    | 'offPaper'
    | 'codeHidden'
    | 'mustShow'
    | 'tooSmallForCode'
    | 'overlapsCode'
    | 'tooSmallText'
    | 'noRoom'
    | 'unknownField'
    | 'fieldTwice'
  /** Of a line or frame that is off the paper or in a code: `rule`, and its place in the list. */
  readonly field: string
  readonly index?: number
}

/** Letters of 1.5 mm are about the smallest that a thermal printer of 203 dpi makes legible. */
const SMALLEST_TEXT_UM = 1500
/** Codes as they usually are: what is longer may still turn to QR or be refused when its label is made. */
const USUAL_CODES: Readonly<Record<Symbology, string>> = {
  code128: 'YT8800123456789',
  'gs1-128': '00095287654321012346',
}

/** Checks a layout as the editor holds it; nothing wrong: empty. */
export function checkLayout(layout: LabelLayout): LayoutFault[] {
  const shown = layout.fields.filter((place) => place.shown)
  const zones = codeZones(layout, shown)
  return [
    ...namesWrong(layout),
    ...hidden(layout, shown),
    ...shown.flatMap((place) => placeWrong(layout, place)),
    ...overlaps(layout, shown, zones),
    ...rulesWrong(layout, zones),
  ]
}

function namesWrong(layout: LabelLayout): LayoutFault[] {
  const seen = new Set<string>()
  return layout.fields.flatMap(({ field }): LayoutFault[] => {
    const twice = seen.has(field)
    seen.add(field)
    if (twice) return [{ tag: 'fieldTwice', field }]
    return fieldSpec(layout.kind, field) === undefined ? [{ tag: 'unknownField', field }] : []
  })
}

function hidden(layout: LabelLayout, shown: readonly LayoutField[]): LayoutFault[] {
  return FIELDS_OF[layout.kind]
    .filter((spec) => !spec.hideable && !shown.some((place) => place.field === spec.field))
    .map((spec) => ({ tag: isCode(spec) ? 'codeHidden' : 'mustShow', field: spec.field }))
}

const isCode = (spec: FieldSpec | undefined): spec is FieldSpec =>
  spec?.type === 'bars' || spec?.type === 'qr'

function placeWrong(layout: LabelLayout, place: LayoutField): LayoutFault[] {
  const { field } = place
  const spec = fieldSpec(layout.kind, field)
  if (spec === undefined) return []
  if (!contains(paperOf(layout), place)) return [{ tag: 'offPaper', field }]
  if (isCode(spec)) return placeUsualCode(spec, place) === null ? [{ tag: 'tooSmallForCode', field }] : []
  if (Math.min(place.sizeUm, place.minSizeUm) < SMALLEST_TEXT_UM) return [{ tag: 'tooSmallText', field }]
  const smallest = Math.min(place.sizeUm, place.minSizeUm)
  return place.heightUm < smallest || place.widthUm < smallest ? [{ tag: 'noRoom', field }] : []
}

/** The white that the field's usual code would take; null when it does not fit. */
function placeUsualCode(spec: FieldSpec, place: LabelBox): LabelBox | null {
  const symbology = spec.field === 'ssccBars' ? 'gs1-128' : 'code128'
  const code = USUAL_CODES[symbology]
  const { xUm, yUm, widthUm, heightUm } = place
  const placed = placeCode(
    { xUm, yUm, widthUm, heightUm },
    { code, symbology, asQr: spec.type === 'qr', maxModuleUm: spec.maxModuleUm ?? 375 },
  )
  return placed.tag === 'placed' ? placed.zone : null
}

interface Zone {
  readonly field: string
  readonly zone: LabelBox
}

function codeZones(layout: LabelLayout, shown: readonly LayoutField[]): Zone[] {
  return shown.flatMap((place) => {
    const spec = fieldSpec(layout.kind, place.field)
    const zone = isCode(spec) ? placeUsualCode(spec, place) : null
    return zone === null ? [] : [{ field: place.field, zone }]
  })
}

/** Texts and other codes in the white of a code. */
function overlaps(layout: LabelLayout, shown: readonly LayoutField[], zones: readonly Zone[]): LayoutFault[] {
  return shown.flatMap((place, index): LayoutFault[] => {
    const { field } = place
    const spec = fieldSpec(layout.kind, field)
    if (spec === undefined || isEmpty(place)) return []
    const before = new Set(shown.slice(0, index).map((other) => other.field))
    const own = isCode(spec) ? zones.find((other) => other.field === field)?.zone : place
    const hit = zones.some(
      (other) =>
        other.field !== field &&
        own !== undefined &&
        overlap(other.zone, own) &&
        (!isCode(spec) || before.has(other.field)),
    )
    return hit ? [{ tag: 'overlapsCode', field }] : []
  })
}

function rulesWrong(layout: LabelLayout, zones: readonly Zone[]): LayoutFault[] {
  return layout.rules.flatMap((rule, index): LayoutFault[] => {
    const { xUm, yUm, widthUm, heightUm } = rule
    const box = { xUm, yUm, widthUm, heightUm }
    const sides = rule.shape === 'frame' ? sidesOf(box, rule.strokeUm) : [box]
    if (sides.some((side) => !isEmpty(side) && !contains(paperOf(layout), side)))
      return [{ tag: 'offPaper', field: 'rule', index }]
    const hit = sides.some((side) => !isEmpty(side) && zones.some(({ zone }) => overlap(zone, side)))
    return hit ? [{ tag: 'overlapsCode', field: 'rule', index }] : []
  })
}

const paperOf = (layout: LabelLayout): LabelBox => ({
  xUm: 0,
  yUm: 0,
  widthUm: layout.widthUm,
  heightUm: layout.heightUm,
})
