import type { SyncAnswer, SyncRequest } from '../shared/protocol/sync-messages.ts'
import type { HubCaller } from './hub-service.ts'
import type { HubStore, HubTransaction, SnapshotRow } from './hub-store.ts'
import { storableText } from './storable-text.ts'

/** Events that must lie between two snapshots: below that, pulling is cheaper than keeping another one. */
export const SNAPSHOT_DISTANCE = 2000
/** Whole snapshots that are kept: a station may be in the middle of the one before the newest. */
const KEPT_SNAPSHOTS = 2
/** An offer without a new part for that long is taken for given up. */
const OFFER_PATIENCE_MS = 10 * 60_000

/** What becomes of an offered part. `start`: the snapshot begins (anew) with this part. */
export type OfferDecision = 'start' | 'store' | 'known' | 'notWanted' | 'differs'

/**
 * Whether an offered part is wanted (decision 9). A snapshot is of one station: two may cut the same rows into
 * different parts. Two stations that disagree at one sequence are told apart before anything else.
 */
export function decideOffer(
  rows: readonly SnapshotRow[],
  offer: Omit<SyncRequest<'offer'>, 'rows'> & { readonly stationId: string },
  now: number,
  lastSequence: number,
): OfferDecision {
  const same = rows.find((row) => row.sequence === offer.sequence)
  if (same && same.hash !== offer.hash) return 'differs'
  if (same?.whole)
    return same.stationId === offer.stationId && same.parts === offer.parts ? 'known' : 'notWanted'
  const begun = same && same.stationId === offer.stationId && same.parts === offer.parts
  if (begun) return 'store'
  if (offer.part !== 0 || offer.sequence > lastSequence) return 'notWanted'
  const newest = Math.max(
    ...rows.filter((row) => row.whole).map((row) => row.sequence),
    Number.NEGATIVE_INFINITY,
  )
  if (offer.sequence < newest + SNAPSHOT_DISTANCE) return 'notWanted'
  const other = rows.some(
    (row) => !row.whole && row.stationId !== offer.stationId && row.at > now - OFFER_PATIENCE_MS,
  )
  return other ? 'notWanted' : 'start'
}

/** Takes a part of a snapshot. */
export async function takeOffer(
  store: HubStore,
  caller: HubCaller,
  request: SyncRequest<'offer'>,
  now: number,
): Promise<SyncAnswer<'offer'>> {
  const { stationId, warehouseId } = caller
  const offer = { ...request, hash: storableText(request.hash), stationId }
  if (offer.part >= offer.parts) return { tag: 'notWanted' }
  const lastSequence = await store.lastSequence(warehouseId)
  return store.transaction({ lock: 'snapshots', warehouseId }, async (tx) => {
    const rows = await tx.snapshots()
    const decision = decideOffer(rows, offer, now, lastSequence)
    if (decision === 'known') return { tag: 'taken' }
    if (decision === 'notWanted') return { tag: 'notWanted' }
    if (decision === 'differs') {
      await tx.countDifference(offer.sequence, stationId, offer.hash, now)
      return { tag: 'differs' }
    }
    const begins = decision === 'start'
    const there = begins ? [] : await tx.snapshotParts(offer.sequence)
    if (begins) await clearUnfinished(tx, rows, offer)
    const whole = new Set([...there, offer.part]).size >= offer.parts
    await storePart(tx, { ...offer, at: now, whole })
    if (whole) await clearOld(tx, rows, offer)
    return { tag: 'taken' }
  })
}

/** Whoever starts one puts an end to those that were never finished. */
async function clearUnfinished(
  tx: HubTransaction,
  rows: readonly SnapshotRow[],
  offer: { readonly sequence: number },
): Promise<void> {
  for (const row of rows) {
    if (!row.whole || row.sequence === offer.sequence) await tx.deleteSnapshot(row.sequence)
  }
}

async function storePart(
  tx: HubTransaction,
  offer: SnapshotRow & { readonly part: number; readonly rows: string },
): Promise<void> {
  const { sequence, hash, parts, stationId, whole, at } = offer
  await tx.putSnapshot({ sequence, hash, parts, stationId, whole, at })
  await tx.putSnapshotPart(sequence, offer.part, storableText(offer.rows))
}

/** A whole one puts an end to those that nobody will ask for any more. */
async function clearOld(
  tx: HubTransaction,
  rows: readonly SnapshotRow[],
  newest: { readonly sequence: number },
): Promise<void> {
  const older = rows.filter((row) => row.whole && row.sequence !== newest.sequence).map((row) => row.sequence)
  for (const sequence of older.sort((a, b) => b - a).slice(KEPT_SNAPSHOTS - 1))
    await tx.deleteSnapshot(sequence)
}

/** A part of a whole snapshot: of that sequence, or of the newest. */
export async function readSnapshot(
  store: HubStore,
  caller: HubCaller,
  request: SyncRequest<'snapshot'>,
): Promise<SyncAnswer<'snapshot'>> {
  const found = await store.readSnapshotPart(caller.warehouseId, request.sequence, request.part)
  if (!found) return { tag: 'none' }
  const { sequence, part, parts, hash, rows } = found
  return { tag: 'part', sequence, part, parts, hash, rows }
}
