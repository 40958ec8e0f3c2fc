import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { normaliseCode } from '../../../shared/base/text.ts'
import { EVIDENCE_CAUSES } from '../../../shared/protocol/evidence-contract.ts'
import type { OpenAppendFile } from '../append-file.ts'
import { readTextIfThere, writeFileDurably } from '../durable-file.ts'
import { createLineWriter } from '../line-writer.ts'

const RecordSchema = z.object({
  clipId: z.string(),
  /** Folder that its files lie in, `yyyymmdd` of the day it began. */
  day: z.string().regex(/^\d{8}$/),
  at: z.number(),
  orderIds: z.array(z.string()).readonly(),
  state: z.enum(['open', 'sealed', 'gone']),
  /** As codes are compared; empty until it is sealed. */
  waybillNumber: z.string(),
  parcelId: z.string(),
  /** When it was sealed or removed; 0 before. */
  endedAt: z.number(),
  noted: z.boolean(),
  why: z.enum(['days', 'quota', 'discarded']).nullable(),
  figures: z.object({
    state: z.enum(['kept', 'partial', 'none']),
    durationMs: z.number(),
    stills: z.number(),
    bytes: z.number(),
    cause: z.enum(EVIDENCE_CAUSES).nullable(),
  }),
})
export type ClipRecord = Readonly<z.infer<typeof RecordSchema>>

/** Every clip of a space, by id and by waybill number. */
export interface ClipIndex {
  get(clipId: string): ClipRecord | undefined
  /** The newest one that is still there, else the newest. */
  byWaybill(waybillNumber: string): ClipRecord | undefined
  /** In the order in which they began. */
  all(): Iterable<ClipRecord>
  /** Bytes of all that is not removed. */
  usedBytes(): number
  /** Changes a record in memory alone: what the disk tells anew after a restart. */
  note(record: ClipRecord): void
  /** On the disk when this resolves. */
  put(record: ClipRecord): Promise<void>
  close(): Promise<void>
}

const INDEX_FILE = 'index.jsonl'
/** Written anew above this size when most of it is out of date. */
const COMPACT_ABOVE_BYTES = 4 * 1024 * 1024
/** For so long the archive can say when and why a clip was removed. */
const REMEMBER_GONE_MS = 400 * 24 * 3600 * 1000

/** Opens the index below `directory`: whole lines count, the last one of a clip holds, a torn tail is cut off. */
export async function openClipIndex(options: {
  readonly directory: string
  readonly openFile: OpenAppendFile
  readonly now: () => number
}): Promise<ClipIndex> {
  const { directory, openFile, now } = options
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, INDEX_FILE)
  const { records, lines, end } = parseIndex((await readTextIfThere(path)) ?? '')
  let goodEnd = end
  if (end > COMPACT_ABOVE_BYTES && lines > 2 * records.size) {
    for (const [clipId, record] of records)
      if (record.state === 'gone' && record.endedAt < now() - REMEMBER_GONE_MS) records.delete(clipId)
    const text = [...records.values()].map(lineOf).join('')
    await writeFileDurably(path, text, 0o600)
    goodEnd = Buffer.byteLength(text)
  }
  const file = await openFile(path)
  if ((await file.size()) > goodEnd) await file.truncate(goodEnd)
  const writer = createLineWriter(file, goodEnd)
  const shelf = createShelf(records)
  return {
    ...shelf,
    put: async (record) => {
      await writer.append(lineOf(record))
      shelf.note(record)
    },
    close: () => writer.close(),
  }
}

const lineOf = (record: ClipRecord): string => `${JSON.stringify(record)}\n`

function parseIndex(text: string): { records: Map<string, ClipRecord>; lines: number; end: number } {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const records = new Map<string, ClipRecord>()
  const lines = whole.split('\n').filter((line) => line !== '')
  for (const line of lines) {
    const parsed = RecordSchema.safeParse(parseJson(line))
    if (parsed.success) records.set(parsed.data.clipId, parsed.data)
  }
  return { records, lines: lines.length, end: Buffer.byteLength(whole) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function createShelf(records: Map<string, ClipRecord>): Omit<ClipIndex, 'put' | 'close'> {
  const byWaybill = new Map<string, Set<string>>()
  let used = 0
  const count = (record: ClipRecord, sign: 1 | -1): void => {
    if (record.state !== 'gone') used += sign * record.figures.bytes
  }
  const file = ({ waybillNumber, clipId }: ClipRecord): void => {
    if (waybillNumber === '') return
    const known = byWaybill.get(waybillNumber) ?? new Set()
    byWaybill.set(waybillNumber, known.add(clipId))
  }
  for (const record of records.values()) {
    count(record, 1)
    file(record)
  }
  return {
    get: (clipId) => records.get(clipId),
    byWaybill: (waybillNumber) => {
      const ids = [...(byWaybill.get(normaliseCode(waybillNumber)) ?? [])]
      const found = ids.flatMap((clipId) => records.get(clipId) ?? []).reverse()
      return found.find(({ state }) => state !== 'gone') ?? found[0]
    },
    all: () => records.values(),
    usedBytes: () => used,
    note: (record) => {
      const before = records.get(record.clipId)
      if (before !== undefined) count(before, -1)
      records.set(record.clipId, record)
      count(record, 1)
      file(record)
    },
  }
}
