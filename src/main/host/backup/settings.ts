import { join } from 'node:path'
import { z } from 'zod'
import { readJsonIfThere, writeFileDurably } from '../durable-file.ts'
import { SETTINGS_NAME } from './names.ts'

/** `backup.json`. Only the public half of the recovery code is held: it encrypts and opens nothing (SEC-4). */
export const SettingsSchema = z.object({
  version: z.literal(1),
  /** `age1…`; null until backups were begun. */
  recipient: z.string().startsWith('age1').nullable(),
  directory: z.string().nullable(),
  everyHours: z.number().int().positive().nullable(),
  keep: z.number().int().positive(),
  evidence: z.boolean(),
  /** Milliseconds since 1970 of the last one that went well. */
  lastAt: z.number().int().nullable(),
  trouble: z.object({ tag: z.enum(['diskFull', 'notWritable', 'failed']), detail: z.string() }).nullable(),
})
export type BackupSettings = Readonly<z.infer<typeof SettingsSchema>>

const DEFAULTS: BackupSettings = {
  version: 1,
  recipient: null,
  directory: null,
  everyHours: 24,
  keep: 14,
  evidence: false,
  lastAt: null,
  trouble: null,
}

/** The settings of a data directory; the defaults when there are none yet. */
export async function readSettings(directory: string): Promise<BackupSettings> {
  const parsed = SettingsSchema.safeParse(await readJsonIfThere(join(directory, SETTINGS_NAME)))
  return parsed.success ? parsed.data : DEFAULTS
}

/** On disk when this returns. */
export async function writeSettings(directory: string, settings: BackupSettings): Promise<void> {
  await writeFileDurably(join(directory, SETTINGS_NAME), `${JSON.stringify(settings)}\n`, 0o600)
}
