/** What a wave looks at to choose an order (PIK-1). */
export interface WaveOrder {
  readonly orderId: string
  readonly number: string
  readonly deadlineAt: number
  readonly courier: string
  /** Zones of the bins in which its pieces stand. */
  readonly zones: readonly string[]
  readonly pieces: number
}

/** Which orders make a wave; what is null or false does not matter. */
export interface WaveChoice {
  readonly courier: string | null
  /** Orders due up to this moment, milliseconds since 1970. */
  readonly dueBy: number | null
  /** Orders whose pieces all stand in this zone. */
  readonly zone: string | null
  /** Orders of one piece only: picked as one heap, without sorting. */
  readonly single: boolean
}

/** The orders of a wave, oldest deadline first. */
export function chooseWave(orders: readonly WaveOrder[], choice: WaveChoice): WaveOrder[] {
  return orders
    .filter((order) => choice.courier === null || order.courier === choice.courier)
    .filter((order) => choice.dueBy === null || order.deadlineAt <= choice.dueBy)
    .filter((order) => choice.zone === null || order.zones.every((zone) => zone === choice.zone))
    .filter((order) => !choice.single || order.pieces === 1)
    .sort((a, b) => a.deadlineAt - b.deadlineAt || (a.orderId < b.orderId ? -1 : 1))
}

/** A wave split for several pickers: batches of at most `size` orders, of nearly equal length. */
export function splitIntoBatches<T>(orders: readonly T[], size: number): T[][] {
  const count = Math.ceil(orders.length / Math.max(1, size))
  const [least, longer] = [Math.floor(orders.length / count), orders.length % count]
  let from = 0
  return Array.from({ length: count || 0 }, (_, index) => {
    const length = least + (index < longer ? 1 : 0)
    const batch = orders.slice(from, from + length)
    from += length
    return batch
  })
}
