import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { EvidenceSettings } from '../../../shared/protocol/evidence-contract.ts'
import { readJsonIfThere, writeFileDurably } from '../durable-file.ts'

/** Folder of clips and stills below a space's directory. */
export const EVIDENCE_FOLDER = 'evidence'

/** Belongs to the PC that the camera hangs on: no backup takes it along. */
const SETTINGS_FILE = 'evidence.json'
const MB = 1_048_576
const MOST_QUOTA_MB = 20 * 1024
const LEAST_QUOTA_MB = 512
/** Of the free disk, unless a person says otherwise. */
const QUOTA_SHARE = 0.2
const KEEP_DAYS = 90

const FileSchema = z.object({
  version: z.literal(1),
  enabled: z.boolean(),
  cameraId: z.string().nullable(),
  cameraName: z.string(),
  quotaMb: z.number().int().positive(),
  keepDays: z.number().int().positive(),
})

/** The settings of this PC, for live and demo alike. */
export interface EvidenceDesk {
  settings(): EvidenceSettings
  /** On disk when this resolves. */
  configure(settings: EvidenceSettings): Promise<void>
  freeBytes(): Promise<number | null>
}

/** Opens the settings of a data directory; off, and sized by the disk, until a person chose. */
export async function openEvidenceDesk(
  directory: string,
  freeBytes: () => Promise<number | null>,
): Promise<EvidenceDesk> {
  let settings = await readSettings(directory, await freeBytes())
  return {
    settings: () => settings,
    configure: async (next) => {
      const text = `${JSON.stringify({ version: 1, ...next }, null, 1)}\n`
      await writeFileDurably(join(directory, SETTINGS_FILE), text, 0o600)
      settings = next
    },
    freeBytes,
  }
}

async function readSettings(directory: string, freeBytes: number | null): Promise<EvidenceSettings> {
  const path = join(directory, SETTINGS_FILE)
  const stored = await readJsonIfThere(path)
  const parsed = FileSchema.safeParse(stored)
  if (parsed.success) {
    const { version: _version, ...settings } = parsed.data
    return settings
  }
  // A person's choice that cannot be read is put aside and not written over.
  if (stored !== undefined) await rename(path, `${path}.unreadable`)
  const share = Math.floor(((freeBytes ?? 0) * QUOTA_SHARE) / MB)
  const quotaMb = Math.min(MOST_QUOTA_MB, Math.max(LEAST_QUOTA_MB, share))
  return { enabled: false, cameraId: null, cameraName: '', quotaMb, keepDays: KEEP_DAYS }
}
