import { createPublicKey } from 'node:crypto'
import {
  type EnrolAnswer,
  type EnrolledStation,
  type EnrolRequest,
  HUB_STATION_ID,
  type SyncAnswer,
  SYNC_PROTOCOL_MINIMUM,
} from '../shared/protocol/sync-messages.ts'
import { CODE_VALID_MS, createEnrolmentCode, hashEnrolmentCode } from './enrolment-code.ts'
import type { HubCaller } from './hub-service.ts'
import type { CodeRow, HubStore, StationRow } from './hub-store.ts'
import { storableText } from './storable-text.ts'

const STATIONS = { lock: 'stations' } as const

/** Makes a code and keeps its hash. */
export async function createStationCode(
  store: HubStore,
  warehouseId: string,
  random: (bytes: number) => Uint8Array,
  now: number,
): Promise<SyncAnswer<'code'>> {
  const code = createEnrolmentCode(random)
  const expiresAt = now + CODE_VALID_MS
  const row: CodeRow = { codeHash: hashEnrolmentCode(code), warehouseId, expiresAt, usedBy: null }
  await store.transaction(STATIONS, (tx) => tx.putCode(row))
  return { code, expiresAt }
}

/** Takes a station in, or says why not (SEC-2). */
export async function enrolStation(
  store: HubStore,
  request: EnrolRequest,
  at: { readonly hubId: string; readonly now: number },
): Promise<EnrolAnswer> {
  if (request.protocolVersion < SYNC_PROTOCOL_MINIMUM) return refused('versionTooOld')
  if (!isStationKey(request.publicKey) || request.stationId === HUB_STATION_ID) return refused('badKey')
  const codeHash = hashEnrolmentCode(request.code)
  return store.transaction(STATIONS, async (tx) => {
    const code = await tx.code(codeHash)
    const known = await tx.station(request.stationId)
    // A code of one warehouse is no key to a station of another.
    if (!code || (known && known.warehouseId !== code.warehouseId)) return refused('codeUnknown')
    const enrolled: EnrolAnswer = {
      tag: 'enrolled',
      hubId: at.hubId,
      warehouseId: code.warehouseId,
      hubTime: at.now,
    }
    if (code.usedBy !== null) return isSameAgain(code, known, request) ? enrolled : refused('codeUsed')
    if (code.expiresAt <= at.now) return refused('codeExpired')
    await tx.putCode({ ...code, usedBy: request.stationId })
    await tx.putStation(stationOf(request, code.warehouseId, at.now))
    return enrolled
  })
}

const refused = (reason: Extract<EnrolAnswer, { tag: 'refused' }>['reason']): EnrolAnswer => ({
  tag: 'refused',
  reason,
})

/** The answer may have been lost: whoever holds the same key has proved to be the same, and changes nothing. */
function isSameAgain(code: CodeRow, known: StationRow | null, request: EnrolRequest): boolean {
  const { stationId, publicKey } = request
  return code.usedBy === stationId && known?.publicKey === publicKey && known.revokedAt === null
}

function stationOf(request: EnrolRequest, warehouseId: string, now: number): StationRow {
  return {
    stationId: request.stationId,
    warehouseId,
    name: storableText(request.stationName),
    publicKey: request.publicKey,
    appVersion: storableText(request.appVersion),
    enrolledAt: now,
    lastSeenAt: now,
    revokedAt: null,
  }
}

/** True for an Ed25519 public key as SPKI DER in base64. */
function isStationKey(publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && /^[A-Za-z0-9+/=]+$/.test(publicKey)
  } catch {
    return false
  }
}

/** A lost station of the caller's warehouse: its key is worth nothing from now on. */
export function revokeStation(
  store: HubStore,
  caller: HubCaller,
  stationId: string,
  now: number,
): Promise<SyncAnswer<'revoke'>> {
  return store.transaction(STATIONS, async (tx) => {
    const station = await tx.station(stationId)
    if (!station || station.warehouseId !== caller.warehouseId) return { tag: 'unknown' }
    if (station.revokedAt === null) await tx.putStation({ ...station, revokedAt: now })
    return { tag: 'revoked' }
  })
}

/** The stations of the caller's warehouse. */
export async function listStations(store: HubStore, caller: HubCaller): Promise<SyncAnswer<'stations'>> {
  const rows = await store.listStations(caller.warehouseId)
  return { stations: rows.map(toEnrolled) }
}

function toEnrolled(row: StationRow & { readonly lastCounter: number }): EnrolledStation {
  const { stationId, name, appVersion, enrolledAt, lastSeenAt, revokedAt, lastCounter } = row
  return { stationId, name, appVersion, enrolledAt, lastSeenAt, revokedAt, events: lastCounter }
}
