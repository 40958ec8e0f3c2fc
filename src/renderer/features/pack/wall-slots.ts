import { cartPlace } from '../../../shared/ledger/place.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/**
 * The slots of the put-wall in which these orders' pieces stand (PIK-1), by order. A slot counts as long as something is
 * in its order's cart; a wall has at most some hundred of them.
 */
export async function slotsOfOrders(
  database: StationDatabase,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(orderIds)
  const all = await database.slots.toArray()
  // Of an order that was sorted twice the later slot is the one.
  const slots = all.filter(({ orderId }) => wanted.has(orderId)).sort((a, b) => a.at - b.at)
  if (slots.length === 0) return new Map()
  const places = slots.map(({ orderId }) => cartPlace(orderId))
  const filled = await database.balances
    .where('place')
    .anyOf(places)
    .filter(({ quantity }) => quantity > 0)
    .toArray()
  const full = new Set<string>(filled.map(({ place }) => place))
  return new Map(
    slots.flatMap(({ orderId, code }) => (full.has(cartPlace(orderId)) ? [[orderId, code] as const] : [])),
  )
}
