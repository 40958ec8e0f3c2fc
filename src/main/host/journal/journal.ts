import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { assert } from '../../../shared/base/assert.ts'
import {
  HostError,
  type JournalEntry,
  type JournalPage,
  type VerifyAnswer,
} from '../../../shared/protocol/host-contract.ts'
import type { AppendFile, OpenAppendFile } from '../append-file.ts'
import type { PeopleKeys } from '../people-keys.ts'
import { openBox, sealBox } from '../sealed-box.ts'
import { errorText, isDiskFull } from '../system-error.ts'
import { type JournalPayload, parseJournalLine, printJournalLine } from './journal-line.ts'
import { appendMarks, type JournalMark, MARK_EVERY } from './journal-marks.ts'
import { scanForOpening } from './open-scan.ts'
import { readLines } from './read-lines.ts'
import { verifyChain } from './verify-chain.ts'

/** What became of an append. */
export type JournalAppend =
  | { readonly tag: 'stored'; readonly lastSeq: number }
  | { readonly tag: 'gap'; readonly wantedSeq: number }
  | { readonly tag: 'diskFull'; readonly detail: string }

/** How far a journal reaches. */
export interface JournalExtent {
  readonly entries: number
  readonly bytes: number
}

/** The append-only, hash-chained record of one space. Appends must not overlap: the space queues them. */
export interface Journal {
  /** Entries over all generations. */
  totalEntries(): number
  /** Last sequence of a generation, 0 unless it is the one written last. */
  lastSeq(generation: string): number
  /** Stores what it has not yet; on disk (fdatasync) when this returns `stored`. */
  append(generation: string, entries: readonly JournalEntry[]): Promise<JournalAppend>
  read(cursor: string | null, limit: number): Promise<JournalPage>
  verify(): Promise<VerifyAnswer>
  /** What is on the disk for good: these bytes from the file's beginning are never written again. */
  extent(): JournalExtent
  /** What opening repaired. */
  readonly repairs: readonly string[]
  close(): Promise<void>
}

/** A page of the journal ends at this size even when the limit is not reached. */
const PAGE_BYTES = 8 * 1024 * 1024

interface State {
  readonly file: AppendFile
  readonly marksPath: string
  readonly marks: JournalMark[]
  readonly keys: PeopleKeys
  /** The last good line. The file may be longer only when a failed write could not be cut off: see `dirty`. */
  last: JournalMark
  dirty: boolean
}

/** Opens `<directory>/journal/journal.jsonl` or makes it; see {@link scanForOpening} for what is repaired. */
export async function openJournal(options: {
  readonly directory: string
  readonly keys: PeopleKeys
  readonly openFile: OpenAppendFile
}): Promise<Journal> {
  const directory = join(options.directory, 'journal')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const paths = { journal: join(directory, 'journal.jsonl'), marks: join(directory, 'journal.marks.jsonl') }
  const file = await options.openFile(paths.journal)
  const { last, marks, repairs } = await scanForOpening(file, paths)
  const state: State = { file, marksPath: paths.marks, marks, keys: options.keys, last, dirty: false }
  return {
    totalEntries: () => state.last.n,
    lastSeq: (generation) => (state.last.generation === generation ? state.last.seq : 0),
    append: (generation, entries) => appendEntries(state, generation, entries),
    read: (cursor, limit) => readPage(state, cursor, limit),
    verify: () => verifyChain(state.file, state.last.end),
    extent: () => ({ entries: state.last.n, bytes: state.last.end }),
    repairs,
    close: () => file.close(),
  }
}

async function appendEntries(
  state: State,
  generation: string,
  entries: readonly JournalEntry[],
): Promise<JournalAppend> {
  const lastSeq = state.last.generation === generation ? state.last.seq : 0
  requireConsecutive(entries)
  const known = entries.filter((entry) => entry.seq <= lastSeq)
  if (known.length > 0) await requireSame(state, generation, known)
  const fresh = entries.filter((entry) => entry.seq > lastSeq)
  const first = fresh[0]
  if (first === undefined) return { tag: 'stored', lastSeq }
  if (first.seq !== lastSeq + 1) return { tag: 'gap', wantedSeq: lastSeq + 1 }
  try {
    await writeEntries(state, generation, fresh)
  } catch (error) {
    if (isDiskFull(error)) return { tag: 'diskFull', detail: errorText(error) }
    throw error
  }
  return { tag: 'stored', lastSeq: state.last.seq }
}

function requireConsecutive(entries: readonly JournalEntry[]): void {
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1]
    if (before === undefined || entry.seq === before.seq + 1) continue
    throw new HostError({ tag: 'badRequest', detail: `entry ${entry.seq} follows entry ${before.seq}` })
  }
}

/** A number that stands for two different records means that two writers share a generation: nothing may go on. */
async function requireSame(state: State, generation: string, known: readonly JournalEntry[]): Promise<void> {
  const wanted = new Map(known.map((entry) => [entry.seq, entry.id]))
  const firstSeq = known[0]?.seq ?? 0
  const before = state.marks.findLast((mark) => mark.generation !== generation || mark.seq <= firstSeq)
  for await (const raw of readLines(state.file, before?.start ?? 0, state.last.end)) {
    const payload = parseJournalLine(raw.bytes)?.payload
    if (payload === undefined || payload.generation !== generation) continue
    const id = wanted.get(payload.seq)
    if (id !== undefined) {
      assert(
        id === payload.id,
        `journal entry ${payload.seq} is ${payload.id} on disk and ${id} in the request`,
      )
      wanted.delete(payload.seq)
    }
    if (wanted.size === 0) return
  }
}

async function writeEntries(
  state: State,
  generation: string,
  entries: readonly JournalEntry[],
): Promise<void> {
  if (state.dirty) await cutBack(state)
  const refs = entries.filter((entry) => entry.kind === 'person').map((entry) => entry.id)
  const keys = refs.length > 0 ? await state.keys.ensure(refs) : new Map<string, never>()
  const texts: string[] = []
  const marks: JournalMark[] = []
  let last = state.last
  for (const entry of entries) {
    const payload = toPayload(last.n + 1, generation, entry, keys)
    const { text, hash } = printJournalLine(last.hash, payload)
    const end = last.end + Buffer.byteLength(text)
    last = { n: payload.n, start: last.end, end, hash, generation, seq: entry.seq }
    texts.push(text)
    if (last.n % MARK_EVERY === 0) marks.push(last)
  }
  try {
    await state.file.write(Buffer.from(texts.join('')), state.last.end)
    await state.file.sync()
  } catch (error) {
    state.dirty = true
    await cutBack(state).catch(() => undefined)
    throw error
  }
  state.last = last
  state.marks.push(...marks)
  await appendMarks(state.marksPath, marks)
}

/** After a failed write the file ends where it ended before, so that later appends go on from a whole line. */
async function cutBack(state: State): Promise<void> {
  await state.file.truncate(state.last.end)
  await state.file.sync()
  state.dirty = false
}

function toPayload(
  n: number,
  generation: string,
  { seq, kind, id, data }: JournalEntry,
  keys: Awaited<ReturnType<PeopleKeys['ensure']>>,
): JournalPayload {
  if (kind !== 'person') return { n, generation, seq, kind, id, data: data ?? null }
  const named = keys.get(id)
  assert(named !== undefined, 'every person of the batch has a key')
  const plain = Buffer.from(JSON.stringify(data ?? null))
  const box = sealBox(named.key, plain, sealContext({ generation, seq, id }))
  return { n, generation, seq, kind, id, data: null, sealed: { key: named.id, box } }
}

/** Ties a box to its place, so that one person's data cannot be moved under another's name. */
function sealContext(place: { generation: string; seq: number; id: string }): string {
  return JSON.stringify([place.generation, place.seq, place.id])
}

/** The cursor is the byte offset of the next line; a made-up one is refused or simply finds no whole line. */
async function readPage(state: State, cursor: string | null, limit: number): Promise<JournalPage> {
  const to = state.last.end
  const from = cursor === null ? 0 : Number(cursor)
  if (!Number.isSafeInteger(from) || from < 0 || from > to) {
    throw new HostError({ tag: 'badRequest', detail: 'cursor' })
  }
  const entries: JournalPage['entries'][number][] = []
  let at = from
  for await (const raw of readLines(state.file, from, to)) {
    const line = parseJournalLine(raw.bytes)
    if (line !== null) entries.push(toEntry(line.payload, state.keys))
    at = raw.end
    if (entries.length >= limit || at - from >= PAGE_BYTES) break
  }
  return { entries, cursor: at < to ? String(at) : null, totalEntries: state.last.n }
}

function toEntry(payload: JournalPayload, keys: PeopleKeys): JournalPage['entries'][number] {
  const { seq, kind, id, generation, sealed } = payload
  if (sealed === undefined) return { seq, kind, id, generation, data: payload.data ?? null }
  const found = keys.find(sealed.key)
  if (found.tag === 'sealedElsewhere') {
    // A rebuild without the people would look complete and not be: rather none at all.
    throw new HostError({
      tag: 'internal',
      detail: "the people's keys can only be opened by the desktop app",
    })
  }
  const plain = found.tag === 'key' ? openBox(found.key, sealed.box, sealContext(payload)) : null
  return {
    seq,
    kind,
    id,
    generation,
    data: plain === null ? null : JSON.parse(Buffer.from(plain).toString()),
  }
}
