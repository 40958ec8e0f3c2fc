import { deliveryOf, type DeskedOrder } from '../orders/desk.ts'

/**
 * Stands for the courier where the buyer collects the parcel (自提, ORD-3). Such a parcel has a number of its own kind
 * instead of a waybill, and is handed over to the buyer.
 */
export const COLLECTED = 'PICKUP'

/** Beginning of the numbers of parcels that are collected: 自提. */
export const COLLECTED_NUMBERS = 'ZT'

/** Orders that go together have one way: the first that is more than a courier's round decides. */
export function isCollected(orders: readonly DeskedOrder[]): boolean {
  return orders.map(deliveryOf).find((mode) => mode !== 'courier') === 'collected'
}
