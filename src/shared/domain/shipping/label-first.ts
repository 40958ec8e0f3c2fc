import { z } from 'zod'
import { canonicalHash } from '../../ledger/canonical.ts'
import { addressMarkOf, type DeskedOrder } from '../orders/desk.ts'
import { COLLECTED } from './collected.ts'

/** When the waybill is printed: before picking (先打单), or when the parcel is finished (后打单). */
const LabellingSchema = z.enum(['first', 'last'])
export type Labelling = z.infer<typeof LabellingSchema>

/** Name of the setting that holds a station's way of working (PAK-11). */
export const labellingSetting = (stationId: string): string => `labelling:${stationId}`

/** Reads the stored setting; a station is label last until somebody says otherwise. */
export const readLabelling = (value: unknown): Labelling => LabellingSchema.catch('last').parse(value)

/**
 * Setting of the shop: the one station that prints a waybill by itself as soon as its order is paid and can ship, by its
 * id; empty: people print them. One for the whole shop, because two would print the same orders.
 */
export const LABELS_AT_ONCE = 'labelsAtOnce'

/** Whether this station is the one that prints waybills by itself: it also has to work label first. */
export const printsAtOnce = (labelling: unknown, atOnce: unknown, stationId: string): boolean =>
  atOnce === stationId && readLabelling(labelling) === 'first'

/** What a label printed ahead was made for: an order as it was then. */
export interface LabelledOrder {
  readonly orderId: string
  /** See `addressMark`. */
  readonly addressMark: string
  /** See {@link goodsMark}. */
  readonly goods: string
}

/** A label printed before picking: its number is these orders' and nobody else's. */
export interface FirstLabel {
  readonly waybillKey: string
  readonly courier: string
  readonly number: string
  /** Whose printer it came from. */
  readonly stationId: string
  readonly orders: readonly LabelledOrder[]
}

/**
 * Why a label does not fit its parcel any more. `twice`: several labels are there for one parcel; `orders`: it was
 * merged or parted since; `collected`: the buyer comes himself; `void`: the number is used up or written off.
 */
export type LabelFault = 'twice' | 'courier' | 'collected' | 'orders' | 'goods' | 'address' | 'void'

/** Changes when the goods of the order do; extras do not count, one that is out of stock holds nothing up (ORD-8). */
export function goodsMark({ platform }: DeskedOrder): string {
  const lines = (platform?.lines ?? []).map(({ skuCode, quantity }) => [skuCode, quantity] as const)
  return canonicalHash([...lines].sort(([a, m], [b, n]) => (a === b ? m - n : a < b ? -1 : 1))).slice(0, 12)
}

/** What has to be remembered of an order to tell later whether its label is still right. */
export const labelledOrder = (order: DeskedOrder & { readonly orderId: string }): LabelledOrder => ({
  orderId: order.orderId,
  addressMark: addressMarkOf(order),
  goods: goodsMark(order),
})

/** PAK-11: whether the label says what the parcel of these orders would say now; null: it does. */
export function labelFault(
  label: Pick<FirstLabel, 'courier' | 'orders'>,
  orders: readonly (DeskedOrder & { readonly orderId: string })[],
  courier: string,
): LabelFault | null {
  if (label.courier !== courier) return courier === COLLECTED ? 'collected' : 'courier'
  const made = new Map(label.orders.map((one) => [one.orderId, one]))
  if (made.size !== orders.length || orders.some(({ orderId }) => !made.has(orderId))) return 'orders'
  const now = orders.map(labelledOrder)
  if (now.some(({ orderId, goods }) => made.get(orderId)?.goods !== goods)) return 'goods'
  return now.some(({ orderId, addressMark }) => made.get(orderId)?.addressMark !== addressMark)
    ? 'address'
    : null
}
