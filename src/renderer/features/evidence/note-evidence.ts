import { normaliseCode } from '../../../shared/base/text.ts'
import type { SealedClip } from '../../../shared/protocol/evidence-contract.ts'
import type { StationApp } from '../../app/station-app.ts'

/** Posts what was kept of a parcel and lets the host forget to ask; safe to do again. */
export async function noteEvidence(station: StationApp, clip: SealedClip): Promise<void> {
  const { clipId, parcelId, state, stills, bytes, cause } = clip
  const seconds = Math.round(clip.durationMs / 1000)
  await station.run({
    type: 'NoteEvidence',
    note: { parcelId, clipId, state, seconds, stills, bytes, cause },
  })
  await station.host.call('evidence.noted', { space: station.space, clipId }).catch(() => undefined)
}

/** Id of the parcel that bears the number; null while it is not known here. */
export async function parcelOf({ database }: StationApp, waybillNumber: string): Promise<string | null> {
  const row = await database.parcels.where('waybillNumber').equals(normaliseCode(waybillNumber)).first()
  return row?.parcelId ?? null
}

/**
 * What a crash left half done: clips that were sealed and never noted, and clips of parcels that were finished before
 * the clip was sealed. Clips of parcels that are still open are left alone.
 */
export async function finishEvidence(station: StationApp): Promise<void> {
  const { host, space, database } = station
  const { open, unnoted } = await host.call('evidence.state', { space })
  for (const clip of unnoted) await noteEvidence(station, clip)
  for (const { clipId, orderIds } of open) {
    const parcels = await database.parcels.where('orderIds').anyOf(orderIds).toArray()
    const finish = parcels.find((row) => row.finish?.taskId === clipId)?.finish
    if (!finish) continue
    const { waybillNumber, parcelId } = finish
    const answer = await host.call('evidence.seal', { space, clipId, waybillNumber, parcelId })
    if (answer.tag === 'sealed') await noteEvidence(station, answer.clip)
  }
}
