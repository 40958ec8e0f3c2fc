import type { KnownEvent } from './event-types.ts'
import type { RowChange } from './row-changes.ts'

/** PAK-8: the parcel's evidence, and the station where it lies. */
export function projectEvidence(event: Extract<KnownEvent, { type: 'EvidenceNoted' }>): RowChange[] {
  const { parcelId, ...note } = event.body
  const evidence = { ...note, stationId: event.stationId, at: event.at }
  return [{ table: 'parcels', key: parcelId, change: { set: 'evidence', evidence } }]
}
