import { type FirstLabel, type LabelFault, labelFault } from '../domain/shipping/label-first.ts'
import { canonicalJson } from '../ledger/canonical.ts'
import type { OrderRow } from './tables.ts'

/** What is known of one label that was printed ahead for an order (PAK-11). */
export interface OrderLabel {
  /** Absent while only its voiding has arrived. */
  readonly made?: FirstLabel & { readonly at: number; readonly personId: string | null }
  readonly voided?: { readonly reason: string; readonly at: number; readonly personId: string | null }
}

export type LabelChange =
  | ({ readonly set: 'labelMade' } & NonNullable<OrderLabel['made']>)
  | ({ readonly set: 'labelVoided'; readonly waybillKey: string } & NonNullable<OrderLabel['voided']>)

/** Folds a change into the order's row; should two stations write the same thing, all keep the same one of them. */
export function applyLabel(base: OrderRow, change: LabelChange): OrderRow {
  const known = base.labels?.[change.waybillKey] ?? {}
  return { ...base, labels: { ...base.labels, [change.waybillKey]: withChange(known, change) } }
}

function withChange(known: OrderLabel, change: LabelChange): OrderLabel {
  if (change.set === 'labelMade') {
    const { set: _set, ...made } = change
    return { ...known, made: agreed(known.made, made) }
  }
  const { set: _set, waybillKey: _key, ...voided } = change
  return { ...known, voided: agreed(known.voided, voided) }
}

const agreed = <T>(known: T | undefined, change: T): T =>
  known !== undefined && canonicalJson(known) <= canonicalJson(change) ? known : change

/** Labels of the order that were not voided, sorted by number. */
export function liveLabelsOf({ labels = {} }: Pick<OrderRow, 'labels'>): readonly FirstLabel[] {
  return Object.values(labels)
    .flatMap(({ made, voided }) => (made && !voided ? [made] : []))
    .sort((a, b) => (a.waybillKey < b.waybillKey ? -1 : 1))
}

/** Labels of the orders of one parcel, each once. */
export function labelsOfParcel(orders: readonly OrderRow[]): readonly FirstLabel[] {
  return [...new Map(orders.flatMap(liveLabelsOf).map((label) => [label.waybillKey, label])).values()]
}

/** The label under which a parcel goes out, or why it may not. */
export type ParcelLabel =
  | { readonly tag: 'none' }
  | { readonly tag: 'right'; readonly label: FirstLabel }
  | { readonly tag: 'wrong'; readonly label: FirstLabel; readonly fault: LabelFault }

/** PAK-11: looks at the label that was printed ahead for these orders. */
export function parcelLabel(orders: readonly OrderRow[], courier: string): ParcelLabel {
  const labels = labelsOfParcel(orders)
  const [label] = labels
  if (!label) return { tag: 'none' }
  if (labels.length > 1) return { tag: 'wrong', label, fault: 'twice' }
  const fault = labelFault(label, orders, courier)
  return fault === null ? { tag: 'right', label } : { tag: 'wrong', label, fault }
}
