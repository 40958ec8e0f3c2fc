import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createHubService, type HubService } from '../../src/hub/hub-service.ts'
import { createMemoryHubStore } from '../../src/hub/stores/memory-hub-store.ts'
import type { HubCallAnswer } from '../../src/shared/protocol/host-contract.ts'
import {
  type SyncCall,
  type SyncRequest,
  syncRequestSchemas,
} from '../../src/shared/protocol/sync-messages.ts'
import { createMemoryStore } from '../../src/shared/station/memory-store.ts'
import {
  createTestStation,
  openTestStation,
  type TestStation,
} from '../../src/shared/station/test-station.ts'
import { keepLeases } from '../../src/shared/sync/keep-leases.ts'
import { keepNumbers } from '../../src/shared/sync/keep-numbers.ts'
import { createSyncSession, type SyncPorts, type SyncSession } from '../../src/shared/sync/sync-session.ts'

/** A hub on the memory store and stations that talk to it as over the wire, one after the other. */
export interface SyncedStation extends TestStation {
  readonly session: SyncSession
  readonly ports: SyncPorts
  /** False: the network is cut. */
  online: boolean
  /** Talks with the hub until there is nothing to say. */
  sync(): Promise<void>
  leases(): Promise<boolean>
  numbers(): Promise<readonly string[]>
}

export interface SyncedShop {
  readonly hub: HubService
  /** The hub's clock, milliseconds; tests move it. */
  readonly clock: { now: number }
  station(stationId: string, on?: TestStation): Promise<SyncedStation>
}

export function createSyncedShop(): SyncedShop {
  const clock = { now: Date.UTC(2026, 10, 22, 3) }
  const hub = createHubService({
    store: createMemoryHubStore(),
    clock: () => clock.now,
    random: (bytes) => randomBytes(bytes),
    hubVersion: 'test',
  })
  return {
    hub,
    clock,
    station: async (stationId, on) =>
      openSynced(hub, clock, on ?? (await createTestStation(undefined, stationId))),
  }
}

async function openSynced(
  hub: HubService,
  clock: { now: number },
  station: TestStation,
): Promise<SyncedStation> {
  const { code } = await hub.createCode()
  const { stationId } = station.env.identity
  const publicKey = generateKeyPairSync('ed25519')
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64')
  const enrolled = await hub.enrol({
    protocolVersion: 1,
    code,
    stationId,
    stationName: stationId,
    publicKey,
    appVersion: '1',
  })
  if (enrolled.tag !== 'enrolled') throw new Error(enrolled.reason)
  const network = { online: true }
  const ports: SyncPorts = {
    store: station.store,
    identity: station.env.identity,
    appVersion: 'test',
    now: () => clock.now,
    clockOffsetMs: () => 0,
    dice: () => 0.5,
    yieldTurn: () => Promise.resolve(),
    call: async (call, body): Promise<HubCallAnswer> => {
      if (!network.online) return { tag: 'unreachable', cause: 'noNetwork', detail: '' }
      const known = await hub.findStation(stationId)
      if (!known) return { tag: 'notEnrolled' }
      const request = syncRequestSchemas[call].parse(JSON.parse(JSON.stringify(body)))
      const value = await hub.answer(known.caller, call, request as SyncRequest<SyncCall>)
      return { tag: 'answered', value: JSON.parse(JSON.stringify(value)), clockOffsetMs: 0 }
    },
  }
  const session = createSyncSession(ports)
  return Object.assign(
    network,
    { ...station },
    {
      session,
      ports,
      sync: async () => {
        session.hurry()
        for (let turn = 0; turn < 1000; turn++) if ((await session.step()).act === 'rest') return
        throw new Error('the session does not come to rest')
      },
      leases: () => keepLeases(session, ports),
      numbers: () => keepNumbers(session, ports, station.env),
    },
  )
}

/** A station on an empty database: nobody has set it up yet. */
export function blankStation(stationId: string, generation = 'g1'): TestStation {
  return openTestStation(createMemoryStore(), { stationId, generation })
}
