import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** A run that failed once: it is run again for ever. */
const CorpusEntrySchema = z.object({
  seed: z.number().int(),
  stations: z.number().int().positive(),
  commands: z.number().int().positive(),
  /** What did not hold when it was found. */
  found: z.array(z.string()),
})
export type CorpusEntry = z.infer<typeof CorpusEntrySchema>

export const CORPUS = join(process.cwd(), 'test/corpus')

/** All runs that ever failed, by file name. */
export function readCorpus(): CorpusEntry[] {
  if (!existsSync(CORPUS)) return []
  const files = readdirSync(CORPUS).filter((name) => name.endsWith('.json'))
  return files
    .sort()
    .map((name) => CorpusEntrySchema.parse(JSON.parse(readFileSync(join(CORPUS, name), 'utf8'))))
}

/** Keeps a failed run; one that is there already stays as it is. */
export function keepFailure(entry: CorpusEntry): void {
  mkdirSync(CORPUS, { recursive: true })
  const file = join(CORPUS, `seed-${entry.seed}-${entry.stations}x${entry.commands}.json`)
  const found = entry.found.slice(0, 5).map((text) => text.slice(0, 300))
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ ...entry, found }, null, 2)}\n`)
}
