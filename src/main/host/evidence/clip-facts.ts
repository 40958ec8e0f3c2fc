import { z } from 'zod'
import { type ClipFigures, EVIDENCE_CAUSES } from '../../../shared/protocol/evidence-contract.ts'
import type { OpenAppendFile } from '../append-file.ts'
import { readTextIfThere } from '../durable-file.ts'

/** One line of `<clip id>.jsonl`, beside the clip's files. */
const FactSchema = z.discriminatedUnion('fact', [
  z.object({ fact: z.literal('part'), part: z.number(), at: z.number() }),
  z.object({ fact: z.literal('end'), part: z.number(), durationMs: z.number(), bytes: z.number() }),
  z.object({
    fact: z.literal('still'),
    file: z.string(),
    at: z.number(),
    reason: z.string(),
    bytes: z.number(),
  }),
  z.object({ fact: z.literal('loss'), at: z.number(), cause: z.enum(EVIDENCE_CAUSES) }),
])
export type ClipFact = Readonly<z.infer<typeof FactSchema>>
type FactOf<F extends ClipFact['fact']> = Extract<ClipFact, { fact: F }>

/** All that can be read of a clip's facts; empty when there are none. */
export async function readFacts(path: string): Promise<ClipFact[]> {
  const lines = ((await readTextIfThere(path)) ?? '').split('\n')
  return lines.flatMap((line) => {
    try {
      const parsed = FactSchema.safeParse(JSON.parse(line))
      return parsed.success ? [parsed.data] : []
    } catch {
      return []
    }
  })
}

/**
 * Appends one fact. The line break stands in front, so that what comes after a torn line is whole again.
 * @param sync true: on the disk for good when this resolves
 */
export async function appendFact(
  openFile: OpenAppendFile,
  path: string,
  fact: ClipFact,
  sync = false,
): Promise<void> {
  const file = await openFile(path)
  try {
    await file.write(Buffer.from(`\n${JSON.stringify(fact)}`), await file.size())
    if (sync) await file.sync()
  } finally {
    await file.close()
  }
}

export function factsOf<F extends ClipFact['fact']>(facts: readonly ClipFact[], kind: F): FactOf<F>[] {
  return facts.filter((one): one is FactOf<F> => one.fact === kind)
}

/** The part that was begun and never ended; null when there is none. */
export function unendedPart(facts: readonly ClipFact[]): FactOf<'part'> | null {
  const ended = new Set(factsOf(facts, 'end').map(({ part }) => part))
  return factsOf(facts, 'part').find(({ part }) => !ended.has(part)) ?? null
}

/** A clip in figures; being put aside in between is no loss. */
export function figuresOf(facts: readonly ClipFact[]): ClipFigures {
  const ends = factsOf(facts, 'end')
  const stills = factsOf(facts, 'still')
  const losses = factsOf(facts, 'loss')
  const durationMs = ends.reduce((sum, end) => sum + end.durationMs, 0)
  const bytes = [...ends, ...stills].reduce((sum, one) => sum + one.bytes, 0)
  const cause = losses[0]?.cause ?? null
  const nothing = durationMs === 0 && stills.length === 0
  const state = nothing ? 'none' : cause === null && durationMs > 0 ? 'kept' : 'partial'
  return { state, durationMs, stills: stills.length, bytes, cause }
}
