import type { VerifyAnswer } from '../../../shared/protocol/host-contract.ts'
import type { AppendFile } from '../append-file.ts'
import { type JournalLine, parseJournalLine } from './journal-line.ts'
import { JOURNAL_START, type JournalMark, markOf } from './journal-marks.ts'
import { readLines } from './read-lines.ts'

/**
 * Reads the journal up to the byte offset `to` and checks that each line's hash is right, that it names the line before,
 * that numbers run without a gap, and that each generation starts at 1. The first break is named by its line.
 */
export async function verifyChain(file: AppendFile, to: number): Promise<VerifyAnswer> {
  let last = JOURNAL_START
  let lineNumber = 0
  for await (const raw of readLines(file, 0, to)) {
    lineNumber++
    const line = raw.complete ? parseJournalLine(raw.bytes) : null
    if (line === null) return { tag: 'broken', line: lineNumber, detail: 'lineDamaged' }
    const detail = judgeLink(last, line)
    if (detail !== null) return { tag: 'broken', line: lineNumber, detail }
    last = markOf(line, raw.start, raw.end)
  }
  return { tag: 'intact', entries: last.n }
}

function judgeLink(last: JournalMark, line: JournalLine): string | null {
  if (line.prev !== last.hash) return 'chainBroken'
  if (line.payload.n !== last.n + 1) return 'numberSkipped'
  const wanted = line.payload.generation === last.generation ? last.seq + 1 : 1
  return line.payload.seq === wanted ? null : 'sequenceSkipped'
}
