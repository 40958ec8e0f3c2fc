import { join } from 'node:path'
import { z } from 'zod'
import { SCALE_DIALECTS } from '../../../shared/formats/scale-frames.ts'
import {
  type FoundScale,
  type ScaleSettings,
  ScaleSettingsSchema,
} from '../../../shared/protocol/scale-contract.ts'
import { readJsonIfThere, writeFileDurably } from '../durable-file.ts'

const SCALE_FILE = 'scale.json'

const FileSchema = z.object({
  version: z.literal(1),
  settings: ScaleSettingsSchema,
  found: z
    .object({ port: z.string(), baud: z.number().int().positive(), dialect: z.enum(SCALE_DIALECTS) })
    .nullable(),
})

/** What `scale.json` holds: what a person wants, and where the scale was heard last. */
export interface KeptScale {
  readonly settings: ScaleSettings
  readonly found: FoundScale | null
}

/** No port is touched before a person asks for a scale: something else may stand at it. */
const NOTHING: KeptScale = { settings: { on: false, port: null, baud: null, dialect: null }, found: null }

/** Reads the file; one that is missing or cannot be read means no scale, and is replaced at the next change. */
export async function readScaleSettings(directory: string): Promise<KeptScale> {
  const parsed = FileSchema.safeParse(await readJsonIfThere(join(directory, SCALE_FILE)))
  return parsed.success ? { settings: parsed.data.settings, found: parsed.data.found } : NOTHING
}

/** On disk when this returns. */
export async function writeScaleSettings(directory: string, kept: KeptScale): Promise<void> {
  await writeFileDurably(join(directory, SCALE_FILE), `${JSON.stringify({ version: 1, ...kept })}\n`, 0o600)
}
