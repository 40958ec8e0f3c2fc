import { command, type Generator } from './generator.ts'

/** A parcel was sealed and its clip is noted, on whichever station thinks that it lies there. */
export const evidence: Generator = {
  name: 'evidence',
  weight: 2,
  makes: ['EvidenceNoted'],
  plan: async ({ dice, tx, stationId }) => {
    const bare = (await tx.range('parcels', null, {})).filter((row) => row.finish !== null && !row.evidence)
    if (bare.length === 0) return []
    const { parcelId } = dice.pick(bare)
    const state = dice.pick(['kept', 'partial', 'none'] as const)
    const cause = state === 'kept' ? null : dice.pick(['denied', 'cameraLost', 'diskFull'])
    const seconds = state === 'none' ? 0 : dice.between(10, 90)
    const bytes = seconds * 27_000
    const note = {
      parcelId,
      clipId: `clip-${stationId}-${parcelId}`,
      state,
      seconds,
      stills: seconds % 7,
      bytes,
      cause,
    }
    return [command({ type: 'NoteEvidence', note })]
  },
}
