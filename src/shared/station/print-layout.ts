import { builtInLayout, defaultLayoutFor, defaultLayoutOf, hasLayout } from '../labels/built-in-layouts.ts'
import type { LabelDocument, LayoutDocument } from '../labels/label-document.ts'
import {
  type LabelLayout,
  LabelLayoutSchema,
  layoutChoiceSetting,
  layoutSetting,
} from '../labels/label-layout.ts'
import type { ReadTx } from './store.ts'

/**
 * The layout that the shop uses for a document, as it was last saved (LBL-1): for waybills the courier's own choice
 * before the one for all. Null: as the document's kind comes.
 */
export async function chosenLayout(tx: ReadTx, document: LabelDocument): Promise<LabelLayout | null> {
  if (!hasLayout(document)) return null
  const standard = defaultLayoutOf(document)
  const chosen = await chosenName(tx, document)
  const saved = await savedLayout(tx, chosen ?? standard.layoutId)
  const layout = saved ?? (chosen === null ? null : (builtInLayout(chosen) ?? null))
  return layout?.kind === document.kind ? layout : null
}

async function chosenName(tx: ReadTx, document: LayoutDocument): Promise<string | null> {
  const { kind } = document
  // The tag of a measured piece carries its measure; a choice for plain labels must not lose it (RCV-4).
  if (defaultLayoutOf(document) !== defaultLayoutFor(kind)) return null
  const courier = document.kind === 'waybill' ? [layoutChoiceSetting(kind, document.courierCode)] : []
  const rows = await tx.getMany('settings', [...courier, layoutChoiceSetting(kind)])
  const names = rows.map((row) => row?.value)
  return names.find((name): name is string => typeof name === 'string' && name !== '') ?? null
}

async function savedLayout(tx: ReadTx, layoutId: string): Promise<LabelLayout | null> {
  const saved = LabelLayoutSchema.safeParse((await tx.get('settings', layoutSetting(layoutId)))?.value)
  return saved.success ? saved.data : null
}
