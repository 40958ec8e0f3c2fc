import type { Lease } from '../../src/shared/protocol/sync-messages.ts'

interface Holding {
  readonly stationId: string
  readonly token: number
  /** By the hub's clock. */
  readonly until: number
}

/** Watches what stations heard of leases: two that both believe to hold one order are one too many (SYN-2). */
export interface LeaseWatch {
  heard(stationId: string, leases: readonly Lease[], now: number): void
  /** From the moment in which it asks to give it back, a station no longer counts on it. */
  released(stationId: string, orderIds: readonly string[]): void
  /** The station's database is gone, and its leases with it. */
  forgotten(stationId: string): void
  readonly collisions: readonly string[]
}

export function createLeaseWatch(): LeaseWatch {
  const holdings = new Map<string, Holding[]>()
  const collisions: string[] = []
  const without = (orderId: string, stationId: string): Holding[] =>
    (holdings.get(orderId) ?? []).filter((holding) => holding.stationId !== stationId)
  return {
    collisions,
    heard: (stationId, leases, now) => {
      for (const { orderId, tag, token, expiresAt } of leases) {
        const others = without(orderId, stationId)
        if (tag !== 'granted') {
          holdings.set(orderId, others)
          continue
        }
        const live = others.filter((holding) => holding.until > now)
        for (const other of live)
          collisions.push(
            `${orderId}: ${stationId} heard token ${token} while ${other.stationId} has token ${other.token} until ${other.until}, now ${now}`,
          )
        holdings.set(orderId, [...live, { stationId, token, until: expiresAt }])
      }
    },
    released: (stationId, orderIds) => {
      for (const orderId of orderIds) holdings.set(orderId, without(orderId, stationId))
    },
    forgotten: (stationId) => {
      for (const orderId of holdings.keys()) holdings.set(orderId, without(orderId, stationId))
    },
  }
}
