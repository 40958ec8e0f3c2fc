import type { ShopClock } from '../domain/orders/deadline.ts'
import type { Person } from '../domain/people/person.ts'
import type { DecideContext, ShopIdentity } from './decision.ts'
import type { StationIdentity } from './log-writer.ts'

/** What stays the same while a station runs; composed once at start from settings and identity. */
export interface StationEnvironment {
  readonly identity: StationIdentity
  readonly newId: () => string
  readonly stationCode: string
  readonly shopClock: ShopClock
  readonly shop: ShopIdentity
  readonly sample: boolean
}

/** The context of one decision. */
export function decideContext(env: StationEnvironment, at: number, person: Person | null): DecideContext {
  const { identity, newId, stationCode, shopClock, shop, sample } = env
  return { at, newId, person, stationCode, stationId: identity.stationId, shopClock, shop, sample }
}
