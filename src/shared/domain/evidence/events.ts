import { z } from 'zod'

/**
 * What the camera kept of a parcel (PAK-8), posted once it is sealed, so that everybody knows that there is a clip and
 * on which station it lies, or why there is none. The pictures themselves never leave the station.
 */
export const EvidenceNotedBody = z.object({
  parcelId: z.string().min(1).max(200),
  clipId: z.string().min(1).max(100),
  /** `partial`: something was lost in between; `none`: there is nothing to look at. */
  state: z.enum(['kept', 'partial', 'none']),
  /** Length of all parts together. */
  seconds: z.number().int().min(0).max(1_000_000),
  stills: z.number().int().min(0).max(1000),
  bytes: z.number().int().min(0),
  /** Tag of the first loss; null when nothing was lost. Later versions may know more of them. */
  cause: z.string().max(40).nullable(),
})
export type EvidenceNote = Readonly<z.infer<typeof EvidenceNotedBody>>
