import { assertNever } from '../base/assert.ts'
import type { LabelDocument } from './label-document.ts'
import type { LabelModel, TextMeasurer } from './label-model.ts'
import { layoutBin } from './layouts/bin.ts'
import { layoutControlSheet } from './layouts/control-sheet.ts'
import { layoutList } from './layouts/list.ts'
import { layoutSku } from './layouts/sku.ts'
import { layoutWaybill } from './layouts/waybill.ts'

/** Resolves a document into its pages (LBL-1); only lists and control sheets have more than one. */
export function layoutLabel(document: LabelDocument, measurer: TextMeasurer): LabelModel[] {
  switch (document.kind) {
    case 'waybill':
      return [layoutWaybill(document, measurer)]
    case 'sku':
      return [layoutSku(document, measurer)]
    case 'bin':
      return [layoutBin(document, measurer)]
    case 'list':
      return layoutList(document, measurer)
    case 'control-sheet':
      return layoutControlSheet(document, measurer)
    default:
      return assertNever(document, 'label document')
  }
}
