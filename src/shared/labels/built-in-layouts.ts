import { assert } from '../base/assert.ts'
import type { LabelDocument, LayoutDocument } from './label-document.ts'
import { LAYOUT_KINDS, type LabelLayout, type LayoutKind } from './label-layout.ts'
import { BIN_100X50 } from './layouts/bin-100x50.ts'
import { CARTON_100X150 } from './layouts/carton-100x150.ts'
import { PUT_WALL_60X40 } from './layouts/put-wall-60x40.ts'
import { SIZE_50X30, SKU_50X30 } from './layouts/sku-50x30.ts'
import { WAYBILL_76X130 } from './layouts/waybill-76x130.ts'
import { WAYBILL_100X150 } from './layouts/waybill-100x150.ts'
import { WAYBILL_100X180 } from './layouts/waybill-100x180.ts'

/** The layouts as they come, the usual one of each kind first. */
export const BUILT_IN_LAYOUTS: readonly LabelLayout[] = [
  WAYBILL_100X180,
  WAYBILL_100X150,
  WAYBILL_76X130,
  SKU_50X30,
  SIZE_50X30,
  BIN_100X50,
  CARTON_100X150,
  PUT_WALL_60X40,
]

/** The layout as it came, undefined when there is none of that name. */
export function builtInLayout(layoutId: string): LabelLayout | undefined {
  return BUILT_IN_LAYOUTS.find((layout) => layout.layoutId === layoutId)
}

/** What a kind uses when nothing else was chosen. */
export function defaultLayoutFor(kind: LayoutKind): LabelLayout {
  const layout = BUILT_IN_LAYOUTS.find((candidate) => candidate.kind === kind)
  assert(layout !== undefined, `no layout for ${kind}`)
  return layout
}

/** The same for one document: a measured piece gets the hang tag (RCV-8). */
export function defaultLayoutOf(document: LayoutDocument): LabelLayout {
  return document.kind === 'sku' && document.measure !== undefined
    ? SIZE_50X30
    : defaultLayoutFor(document.kind)
}

/** True for labels whose fields a layout places; lists, control sheets and a courier's own labels have none. */
export function hasLayout(document: LabelDocument): document is LayoutDocument {
  return LAYOUT_KINDS.some((kind) => kind === document.kind)
}
