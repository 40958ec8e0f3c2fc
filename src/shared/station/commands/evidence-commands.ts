import type { CommandEffect } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { CommandOf } from './command.ts'

/** PAK-8: notes what evidence there is of a parcel, once: a page that was reloaded may ask again. */
export async function noteEvidence(tx: ReadTx, command: CommandOf<'NoteEvidence'>): Promise<CommandEffect> {
  const { parcelId, clipId, state, seconds, stills, bytes, cause } = command.note
  const row = await tx.get('parcels', parcelId)
  if (!row?.finish) return { answer: { tag: 'gone' } }
  if (row.evidence) return { answer: { tag: 'unchanged' } }
  const event: StationEvent = {
    type: 'EvidenceNoted',
    movements: [],
    entities: [`parcel:${parcelId}`],
    body: { parcelId, clipId, state, seconds, stills, bytes, cause },
  }
  return { answer: { tag: 'done' }, events: [event] }
}
