import { bottomOf, cutOut, intersection, isEmpty, largestBeside, overlap, rightOf, sameBox } from './box.ts'
import { toPrintable } from './fit-text.ts'
import type { LayoutDocument } from './label-document.ts'
import { FIELDS_OF, type FieldSpec, type FieldValue, fieldValues } from './label-fields.ts'
import type { LabelLayout, LayoutField, LayoutRule } from './label-layout.ts'
import type { LabelBox, LabelFault, LabelItem, LabelModel, TextMeasurer } from './label-model.ts'
import { placeCode } from './place-code.ts'
import { setText } from './place-text.ts'

/**
 * Fills a layout with a document. Whatever the layout or the data: everything stays on the paper, and codes come
 * first: texts give way to them, rules are cut out around them, and a code that could not be scanned is a fault.
 */
export function placeFields(
  document: LayoutDocument,
  layout: LabelLayout,
  measurer: TextMeasurer,
): LabelModel {
  const { widthUm, heightUm } = layout
  const page: Page = {
    paper: { xUm: 0, yUm: 0, widthUm, heightUm },
    measurer,
    values: fieldValues(document),
    codes: [],
    zones: [],
    faults: [],
    missing: new Set(),
  }
  const placements = fieldsOf(layout)
  for (const placement of placements) placeCodeField(page, placement)
  const texts = placements.flatMap((placement) => placeTextField(page, placement))
  const rules = layout.rules.flatMap((rule) => placeRule(page, rule))
  const behind = texts.filter((item) => item.item === 'text' && item.ink === 'faint')
  const before = texts.filter((item) => !behind.includes(item))
  return {
    widthUm,
    heightUm,
    items: [...behind, ...rules, ...before, ...page.codes],
    missingGlyphs: [...page.missing].sort(),
    faults: page.faults,
  }
}

/** The page as it fills; `zones` is the white around its codes. */
interface Page {
  readonly paper: LabelBox
  readonly measurer: TextMeasurer
  readonly values: Readonly<Record<string, FieldValue>>
  readonly codes: LabelItem[]
  readonly zones: LabelBox[]
  readonly faults: LabelFault[]
  readonly missing: Set<string>
}

interface Placement {
  readonly spec: FieldSpec
  readonly place: LayoutField | undefined
}

/** In the order of the kind's fields, not of the layout: codes that must be there take their room first. */
function fieldsOf(layout: LabelLayout): Placement[] {
  const places = new Map(layout.fields.filter((place) => place.shown).map((place) => [place.field, place]))
  return FIELDS_OF[layout.kind].map((spec) => ({ spec, place: places.get(spec.field) }))
}

const isCode = (spec: FieldSpec): boolean => spec.type === 'bars' || spec.type === 'qr'

function placeCodeField(page: Page, { spec, place }: Placement): void {
  const value = page.values[spec.field]
  if (!isCode(spec) || value?.value !== 'code') return
  const { code, symbology } = value
  const { field, hideable } = spec
  if (place === undefined) {
    if (!hideable) page.faults.push({ tag: 'codeHidden', field })
    return
  }
  if (code === '' && hideable) return
  const placed = placeCode(largestBeside(intersection(place, page.paper), page.zones), {
    code,
    symbology,
    asQr: spec.type === 'qr',
    maxModuleUm: spec.maxModuleUm ?? 375,
    known: page.codes,
  })
  // A second symbol of the same code is a convenience: a long one may find room in one place only.
  if (placed.tag === 'tooSmallForCode' && hideable && hasCode(page, code)) return
  if (placed.tag !== 'placed') {
    page.faults.push({ tag: placed.tag, field, value: code })
    return
  }
  page.codes.push(placed.item)
  page.zones.push(placed.zone)
}

function hasCode(page: Page, code: string): boolean {
  return page.codes.some((item) => (item.item === 'bars' || item.item === 'qr') && item.value === code)
}

const FRAME_STROKE_UM = 400
const FRAME_PADDING_UM = 800

function placeTextField(page: Page, { spec, place }: Placement): LabelItem[] {
  const value = page.values[spec.field]
  if (place === undefined || value === undefined || value.value === 'code') return []
  const text = printableText(page, value)
  if (text === '') return []
  const box = largestBeside(intersection(place, page.paper), page.zones)
  const framed = spec.look === 'framed'
  const inner = framed ? inset(box, FRAME_PADDING_UM) : box
  const { items } = setText(page.measurer, inner, text, {
    sizeUm: place.sizeUm,
    minSizeUm: Math.min(place.minSizeUm, place.sizeUm),
    bold: place.bold,
    align: place.align,
    vertical: place.vertical,
    wrap: place.wrap,
    ink: spec.look === 'faint' ? 'faint' : 'black',
  })
  if (!framed || items.length === 0) return [...items]
  return [{ item: 'frame', ...inset(box, FRAME_STROKE_UM / 2), strokeUm: FRAME_STROKE_UM }, ...items]
}

function printableText(page: Page, value: Exclude<FieldValue, { value: 'code' }>): string {
  const raw = value.value === 'text' ? [value.text] : value.lines
  return raw
    .map((line) => {
      const printable = toPrintable(page.measurer, line)
      for (const character of printable.missing) page.missing.add(character)
      return printable.text
    })
    .filter((line) => line !== '')
    .join('\n')
}

function inset(box: LabelBox, byUm: number): LabelBox {
  const xUm = box.xUm + byUm
  const yUm = box.yUm + byUm
  return {
    xUm,
    yUm,
    widthUm: Math.max(0, rightOf(box) - byUm - xUm),
    heightUm: Math.max(0, bottomOf(box) - byUm - yUm),
  }
}

/** A frame stays one where it can; where it would leave the paper or cross a code it becomes what is left of its sides. */
function placeRule(page: Page, rule: LayoutRule): LabelItem[] {
  const { xUm, yUm, widthUm, heightUm, strokeUm } = rule
  const box = { xUm, yUm, widthUm, heightUm }
  const sides = rule.shape === 'frame' ? sidesOf(box, strokeUm) : [box]
  const clear = sides.every(
    (side) =>
      sameBox(side, intersection(side, page.paper)) && !page.zones.some((zone) => overlap(zone, side)),
  )
  if (rule.shape === 'frame' && clear) return isEmpty(box) ? [] : [{ item: 'frame', ...box, strokeUm }]
  return sides
    .map((side) => intersection(side, page.paper))
    .filter((side) => !isEmpty(side))
    .flatMap((side) => cutOut(side, page.zones))
    .map((part) => ({ item: 'rule', ...part }))
}

/** The four sides of a frame as filled rectangles; the stroke lies half inside, half outside. */
export function sidesOf(box: LabelBox, strokeUm: number): LabelBox[] {
  const half = Math.floor(strokeUm / 2)
  const outer = {
    xUm: box.xUm - half,
    yUm: box.yUm - half,
    widthUm: box.widthUm + 2 * half,
    heightUm: box.heightUm + 2 * half,
  }
  return [
    { ...outer, heightUm: strokeUm },
    { ...outer, yUm: bottomOf(box) - half, heightUm: strokeUm },
    { ...outer, widthUm: strokeUm },
    { ...outer, xUm: rightOf(box) - half, widthUm: strokeUm },
  ]
}
