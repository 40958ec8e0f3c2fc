import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createHubService, type HubCaller, type HubService } from '../../src/hub/hub-service.ts'
import type { HubStore } from '../../src/hub/hub-store.ts'

/** A hub on a store, with a clock that stands until it is set. */
export interface HubRig {
  readonly hub: HubService
  readonly store: HubStore
  /** Of this rig alone. */
  readonly warehouseId: string
  /** A station of the rig's warehouse, as the border of the hub would hand it on. */
  caller(name: string): HubCaller
  /** Sets the hub's clock forward. */
  pass(milliseconds: number): void
  now(): number
  readonly news: { readonly warehouseId: string; readonly sequence: number }[]
}

let rigs = 0

/** A rig with a warehouse and stations that no other rig of the same database has. */
export function hubRig(store: HubStore): HubRig {
  rigs += 1
  const warehouseId = `w${rigs}-${randomBytes(4).toString('hex')}`
  const news: { warehouseId: string; sequence: number }[] = []
  let now = 1_800_000_000_000
  const hub = createHubService({
    store,
    clock: () => now,
    random: (bytes) => randomBytes(bytes),
    hubVersion: 'test',
    onNews: (of, sequence) => news.push({ warehouseId: of, sequence }),
  })
  return {
    hub,
    store,
    warehouseId,
    caller: (name) => ({ stationId: `${name}-${warehouseId}`, warehouseId, name }),
    pass: (milliseconds) => {
      now += milliseconds
    },
    now: () => now,
    news,
  }
}

/** A station's public key: Ed25519, SPKI DER in base64. */
export function stationKey(): string {
  return generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
}
