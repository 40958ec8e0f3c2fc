import { z } from 'zod'
import { PersonSchema } from './person.ts'

/** The shop's settings by name; each is a last-writer field. */
export const SettingsChangedBody = z.object({ settings: z.record(z.string(), z.unknown()) })

/** A person was added or changed. */
export const PersonSavedBody = z.object({ person: PersonSchema })
