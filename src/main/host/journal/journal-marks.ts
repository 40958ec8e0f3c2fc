import { appendFile } from 'node:fs/promises'
import { z } from 'zod'
import { readTextIfThere, writeFileDurably } from '../durable-file.ts'
import { GENESIS_HASH, type JournalLine } from './journal-line.ts'

/** A place in the journal: where a line stands and what it says about the chain. Offsets in bytes. */
const MarkSchema = z.object({
  n: z.number().int().nonnegative(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  hash: z.string().length(64),
  generation: z.string().nullable(),
  seq: z.number().int().nonnegative(),
})
export type JournalMark = Readonly<z.infer<typeof MarkSchema>>

/** Every so many lines one is marked: opening verifies fewer than this, and a look-up reads no more. */
export const MARK_EVERY = 256

/** Before the first line. */
export const JOURNAL_START: JournalMark = {
  n: 0,
  start: 0,
  end: 0,
  hash: GENESIS_HASH,
  generation: null,
  seq: 0,
}

/** The mark of a line that was just read or written. */
export function markOf(line: JournalLine, start: number, end: number): JournalMark {
  const { n, generation, seq } = line.payload
  return { n, start, end, hash: line.hash, generation, seq }
}

/**
 * The marks beside the journal, from the first. They are a help and never the truth: what does not fit is left out,
 * and without them the journal is read from its beginning.
 */
export async function readMarks(path: string): Promise<JournalMark[]> {
  const marks: JournalMark[] = []
  for (const part of ((await readTextIfThere(path)) ?? '').split('\n')) {
    try {
      const mark = MarkSchema.parse(JSON.parse(part))
      const last = marks.at(-1) ?? JOURNAL_START
      if (mark.n > last.n && mark.start >= last.end && mark.end > mark.start) marks.push(mark)
    } catch {
      // Torn by a power cut, or the empty piece behind the last newline.
    }
  }
  return marks
}

/** Adds marks without waiting for the disk; a failure costs time at the next start and nothing else. */
export async function appendMarks(path: string, marks: readonly JournalMark[]): Promise<void> {
  if (marks.length === 0) return
  await appendFile(path, `\n${printMarks(marks)}`, { mode: 0o600 }).catch(() => undefined)
}

/** Replaces the marks after they turned out wrong. */
export async function rewriteMarks(path: string, marks: readonly JournalMark[]): Promise<void> {
  await writeFileDurably(path, printMarks(marks), 0o600)
}

function printMarks(marks: readonly JournalMark[]): string {
  return marks.map((mark) => `${JSON.stringify(mark)}\n`).join('')
}
