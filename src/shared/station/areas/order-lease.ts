import { type Answer, stop } from '../../domain/answer.ts'
import type { DecideContext } from '../decision.ts'
import type { LeaseRow } from '../tables.ts'

type Leases = readonly (LeaseRow | undefined)[]

/**
 * SYN-2: an order that another station has on its desk, as far as this one knows. Without a hub nothing is known, the
 * work goes on, and a collision is found later.
 */
export function refuseLeased(
  leases: Leases,
  number: string,
  context: Pick<DecideContext, 'at'>,
): Answer | null {
  const other = leases.find((lease) => lease?.tag === 'held' && lease.expiresAt > context.at)
  if (!other) return null
  const seconds = Math.ceil((other.expiresAt - context.at) / 1000)
  return stop('packingElsewhere', 'SYN-2', { params: { number, station: other.stationName, seconds } })
}

/** The token under which this station works on the order; null when the hub has given none that still holds. */
export function ownToken(leases: Leases, context: DecideContext): number | null {
  const own = leases.find((lease) => lease?.tag === 'granted' && lease.expiresAt > context.at)
  return own?.token ?? null
}
