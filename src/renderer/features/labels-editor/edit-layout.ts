import type { LabelLayout, LayoutField } from '../../../shared/labels/label-layout.ts'

/** What a person does to a layout, and the way back; no screen and no storage in here. */

/** A millimetre and half of one: steps of the arrow keys, the number fields and the mouse. */
export const STEP_UM = 1000
export const FINE_STEP_UM = 500
/** Neither a box nor a paper gets smaller. */
const SMALLEST_BOX_UM = 1000
const PAPER_UM = { widthUm: [20_000, 300_000], heightUm: [15_000, 400_000] } as const
/** Edits that can be taken back. */
const MOST_STEPS = 100

/** A layout with its edits of this session. */
export interface EditedLayout {
  readonly past: readonly LabelLayout[]
  readonly now: LabelLayout
  readonly future: readonly LabelLayout[]
}

export const startEditing = (layout: LabelLayout): EditedLayout => ({ past: [], now: layout, future: [] })

/** The next edit; nothing changes when the layout is the same, and what was undone is gone. */
export function edited(work: EditedLayout, next: LabelLayout): EditedLayout {
  if (sameLayout(work.now, next)) return work
  return { past: [...work.past, work.now].slice(-MOST_STEPS), now: next, future: [] }
}

export function undone(work: EditedLayout): EditedLayout {
  const before = work.past.at(-1)
  if (before === undefined) return work
  return { past: work.past.slice(0, -1), now: before, future: [work.now, ...work.future] }
}

export function redone(work: EditedLayout): EditedLayout {
  const [after, ...future] = work.future
  if (after === undefined) return work
  return { past: [...work.past, work.now], now: after, future }
}

/** Versions are told apart by their number, layouts by what they say. */
export function sameLayout(a: LabelLayout, b: LabelLayout): boolean {
  return JSON.stringify({ ...a, version: 0 }) === JSON.stringify({ ...b, version: 0 })
}

export function fieldOf(layout: LabelLayout, field: string): LayoutField | undefined {
  return layout.fields.find((place) => place.field === field)
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most))
const snapped = (um: number): number => Math.round(um / FINE_STEP_UM) * FINE_STEP_UM

function withField(
  layout: LabelLayout,
  field: string,
  change: (place: LayoutField) => LayoutField,
): LabelLayout {
  return {
    ...layout,
    fields: layout.fields.map((place) => (place.field === field ? change(place) : place)),
  }
}

/** Moves a box by so much, at most to the edge of the paper. */
export function moveField(layout: LabelLayout, field: string, dxUm: number, dyUm: number): LabelLayout {
  return withField(layout, field, (place) => ({
    ...place,
    xUm: clamp(place.xUm + dxUm, 0, Math.max(0, layout.widthUm - place.widthUm)),
    yUm: clamp(place.yUm + dyUm, 0, Math.max(0, layout.heightUm - place.heightUm)),
  }))
}

/** Draws a box larger or smaller at its right and lower edge, within the paper. */
export function resizeField(layout: LabelLayout, field: string, dxUm: number, dyUm: number): LabelLayout {
  return withField(layout, field, (place) => ({
    ...place,
    widthUm: clamp(
      place.widthUm + dxUm,
      SMALLEST_BOX_UM,
      Math.max(SMALLEST_BOX_UM, layout.widthUm - place.xUm),
    ),
    heightUm: clamp(
      place.heightUm + dyUm,
      SMALLEST_BOX_UM,
      Math.max(SMALLEST_BOX_UM, layout.heightUm - place.yUm),
    ),
  }))
}

/** What the pointer drags: to whole half millimetres, by the way it has gone since it was put down. */
export function dragField(
  layout: LabelLayout,
  drag: {
    readonly field: string
    readonly what: 'move' | 'resize'
    readonly dxUm: number
    readonly dyUm: number
  },
): LabelLayout {
  const go = drag.what === 'move' ? moveField : resizeField
  return go(layout, drag.field, snapped(drag.dxUm), snapped(drag.dyUm))
}

/** What the form says of one field, as it was typed: what is off the paper is a fault to be seen, not put right. */
export function setField(
  layout: LabelLayout,
  field: string,
  patch: Partial<Omit<LayoutField, 'field'>>,
): LabelLayout {
  return withField(layout, field, (place) => {
    const next = { ...place, ...patch }
    // The smallest size follows the wanted one down, and pushes it up.
    if (patch.sizeUm !== undefined) return { ...next, minSizeUm: Math.min(next.minSizeUm, next.sizeUm) }
    if (patch.minSizeUm !== undefined) return { ...next, sizeUm: Math.max(next.sizeUm, next.minSizeUm) }
    return next
  })
}

export const setCopies = (layout: LabelLayout, copies: number): LabelLayout => ({
  ...layout,
  copies: clamp(Math.round(copies), 1, 9),
})

/** Another paper: the fields stay where they are, and those off it are shown as faults. */
export function setPaper(
  layout: LabelLayout,
  paper: Partial<Pick<LabelLayout, 'widthUm' | 'heightUm'>>,
): LabelLayout {
  const size = { widthUm: layout.widthUm, heightUm: layout.heightUm, ...paper }
  return {
    ...layout,
    widthUm: clamp(size.widthUm, ...PAPER_UM.widthUm),
    heightUm: clamp(size.heightUm, ...PAPER_UM.heightUm),
  }
}

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * An arrow key on a box: one millimetre, with Shift half of one; with Ctrl or Alt the box grows instead. Null for
 * other keys.
 */
export function keyEdit(
  layout: LabelLayout,
  field: string,
  press: {
    readonly key: string
    readonly shiftKey: boolean
    readonly ctrlKey: boolean
    readonly altKey: boolean
  },
): LabelLayout | null {
  const arrow = ARROWS[press.key]
  if (arrow === undefined) return null
  const step = press.shiftKey ? FINE_STEP_UM : STEP_UM
  const go = press.ctrlKey || press.altKey ? resizeField : moveField
  return go(layout, field, arrow[0] * step, arrow[1] * step)
}
