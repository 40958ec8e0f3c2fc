import { z } from 'zod'

/** `packbench-backup.json`, the first entry of the archive. */
export const ManifestSchema = z.object({
  /** Of the archive: which files there are and what they mean. */
  format: z.literal(1),
  stationId: z.string(),
  appVersion: z.string(),
  /** Milliseconds since 1970. */
  at: z.number().int(),
  /** Of the journal, over all generations. */
  entries: z.number().int().nonnegative(),
  journalBytes: z.number().int().nonnegative(),
})
export type Manifest = z.infer<typeof ManifestSchema>
