import { assertNever } from '../base/assert.ts'
import { defaultLayoutOf } from './built-in-layouts.ts'
import type { LabelDocument, LayoutDocument } from './label-document.ts'
import type { LabelLayout } from './label-layout.ts'
import type { LabelFault, LabelModel, TextMeasurer } from './label-model.ts'
import { layoutControlSheet } from './layouts/control-sheet.ts'
import { layoutList } from './layouts/list.ts'
import { placeFields } from './place-fields.ts'

/**
 * Resolves a document into its pages (LBL-1); only lists and control sheets have more than one, and a courier's own
 * label has none. `layout` null: as it came; papers that flow take no notice of it. Copies are not pages. Never
 * throws for what a layout or a document may hold: look at `faultsOf` before printing.
 */
export function layoutLabel(
  document: LabelDocument,
  measurer: TextMeasurer,
  layout: LabelLayout | null,
): LabelModel[] {
  switch (document.kind) {
    case 'waybill':
    case 'sku':
    case 'bin':
    case 'carton':
    case 'put-wall':
      return [layoutFields(document, measurer, layout)]
    case 'list':
      return layoutList(document, measurer)
    case 'control-sheet':
      return layoutControlSheet(document, measurer)
    case 'courier-label':
      return []
    default:
      return assertNever(document, 'label document')
  }
}

/** Why none of the pages may be printed; empty when they may. */
export function faultsOf(pages: readonly LabelModel[]): LabelFault[] {
  return pages.flatMap((page) => page.faults)
}

function layoutFields(
  document: LayoutDocument,
  measurer: TextMeasurer,
  layout: LabelLayout | null,
): LabelModel {
  if (layout === null || layout.kind === document.kind)
    return placeFields(document, layout ?? defaultLayoutOf(document), measurer)
  const page = placeFields(document, defaultLayoutOf(document), measurer)
  return { ...page, faults: [...page.faults, { tag: 'wrongKind', field: layout.kind }] }
}
