import { open } from 'node:fs/promises'
import type { AppendFile } from '../append-file.ts'
import { systemErrorCode } from '../system-error.ts'
import { parseJournalLine } from './journal-line.ts'
import {
  JOURNAL_START,
  type JournalMark,
  MARK_EVERY,
  markOf,
  readMarks,
  rewriteMarks,
} from './journal-marks.ts'
import { readLines } from './read-lines.ts'

/** What opening found. */
export interface OpenScan {
  /** The last good line; appends go on behind it. */
  readonly last: JournalMark
  readonly marks: JournalMark[]
  /** What was repaired, in words for a log; empty when nothing was. */
  readonly repairs: readonly string[]
}

/**
 * Finds the end of the journal and cuts off what a power cut left there.
 *
 * The lines since the last mark are read. What follows the last line whose own hash is right is moved to
 * `journal.torn-<n>`, and appends go on behind that line: nothing acknowledged is lost by this, because a line that was
 * acknowledged was whole on the disk, and if the disk lost it all the same, the page sends it again. A damaged line *in
 * the middle* stays where it is: start-up must work and nothing may be destroyed, so appends go on behind the end and
 * the verification names the line for ever after.
 */
export async function scanForOpening(
  file: AppendFile,
  paths: { readonly journal: string; readonly marks: string },
): Promise<OpenScan> {
  const size = await file.size()
  const kept = await trustedMarks(file, await readMarks(paths.marks), size)
  const repairs = kept.short ? ['the journal is shorter than its marks say'] : []
  const from = kept.marks.at(-1) ?? JOURNAL_START
  const { last, marks } = await scanFrom(file, from, size)
  const all = [...kept.marks, ...marks]
  if (kept.dropped || marks.length > 0) await rewriteMarks(paths.marks, all)
  if (last.end < size) {
    const aside = await keepAside(file, paths.journal, last.end, size)
    await file.truncate(last.end)
    await file.sync()
    repairs.push(`${size - last.end} bytes behind entry ${last.n} were moved to ${aside}`)
  }
  return { last, marks: all, repairs }
}

/** Drops marks from the end until one fits the line it names. */
async function trustedMarks(
  file: AppendFile,
  marks: readonly JournalMark[],
  size: number,
): Promise<{ marks: JournalMark[]; dropped: boolean; short: boolean }> {
  const trusted = [...marks]
  let short = false
  for (let mark = trusted.at(-1); mark !== undefined; mark = trusted.at(-1)) {
    if (await fits(file, mark, size)) break
    short ||= mark.end > size
    trusted.pop()
  }
  return { marks: trusted, dropped: trusted.length < marks.length, short }
}

async function fits(file: AppendFile, mark: JournalMark, size: number): Promise<boolean> {
  if (mark.end > size) return false
  const line = parseJournalLine(await file.read(mark.start, mark.end - mark.start - 1))
  return line !== null && line.hash === mark.hash && line.payload.n === mark.n
}

async function scanFrom(
  file: AppendFile,
  from: JournalMark,
  size: number,
): Promise<{ last: JournalMark; marks: JournalMark[] }> {
  const marks: JournalMark[] = []
  let last = from
  for await (const raw of readLines(file, from.end, size)) {
    const line = raw.complete ? parseJournalLine(raw.bytes) : null
    if (line === null) continue
    last = markOf(line, raw.start, raw.end)
    if (last.n % MARK_EVERY === 0 && last.n > (marks.at(-1) ?? from).n) marks.push(last)
  }
  return { last, marks }
}

async function keepAside(file: AppendFile, journal: string, from: number, to: number): Promise<string> {
  const base = journal.replace(/\.jsonl$/, '')
  for (let number = 1; ; number++) {
    const path = `${base}.torn-${number}`
    try {
      const handle = await open(path, 'wx', 0o600)
      try {
        for (let at = from; at < to; ) {
          const bytes = await file.read(at, Math.min(1024 * 1024, to - at))
          if (bytes.length === 0) break
          await handle.writeFile(bytes)
          at += bytes.length
        }
        await handle.sync()
      } finally {
        await handle.close()
      }
      return path
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error
    }
  }
}
