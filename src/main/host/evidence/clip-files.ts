import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppendFile, OpenAppendFile } from '../append-file.ts'
import { systemErrorCode } from '../system-error.ts'
import { measureWebm, withDurationSlot } from './webm.ts'

/** A longer clip goes on in a further part, so that none is too large to be measured and shown in one piece. */
const MOST_PART_BYTES = 48 * 1024 * 1024
/** A power cut costs so many seconds at most; flushing each would keep the journal's disk busy. */
const SYNC_EVERY_CHUNKS = 5

/** `20261122/<clip id>.2.webm`, below the evidence folder. */
export const partFile = (clip: { readonly day: string; readonly clipId: string }, part: number): string =>
  `${clip.day}/${clip.clipId}.${part}.webm`

/** The part that is being recorded. */
export interface RunningPart {
  readonly part: number
  readonly bytes: () => number
  /** `stored` too when the chunk is there already. */
  append(sequence: number, chunk: Uint8Array): Promise<AppendOutcome>
  /** Fills in the duration, cuts a torn rest off and closes. */
  finish(): Promise<PartEnd>
}

export type AppendOutcome =
  | { readonly tag: 'stored' }
  | { readonly tag: 'gap'; readonly wanted: number }
  | { readonly tag: 'partFull' }

export interface PartEnd {
  readonly part: number
  readonly durationMs: number
  readonly bytes: number
}

/** Begins a part in a file of its own. */
export async function beginPart(openFile: OpenAppendFile, path: string, part: number): Promise<RunningPart> {
  const file = await openFile(path)
  let end = 0
  let next = 0
  /** What came so far, until the header is whole; null from then on. */
  let head: Uint8Array | null = new Uint8Array(0)
  return {
    part,
    bytes: () => end,
    append: async (sequence, chunk) => {
      if (sequence < next) return { tag: 'stored' }
      if (sequence > next) return { tag: 'gap', wanted: next }
      if (end + chunk.length > MOST_PART_BYTES) return { tag: 'partFull' }
      const begun: Uint8Array | null = head === null ? null : Buffer.concat([head, chunk])
      const slotted = begun === null ? null : withDurationSlot(begun)
      // A write that failed halfway is written over by the next; so is the header once there is room for its duration.
      const [bytes, at] = slotted === null ? [chunk, end] : [slotted, 0]
      await file.write(bytes, at)
      end = at + bytes.length
      head = slotted === null ? begun : null
      next += 1
      if (next % SYNC_EVERY_CHUNKS === 0) await file.sync()
      return { tag: 'stored' }
    },
    finish: () => finish(file, path, part),
  }
}

/** Ends a part that a crash left open. */
export async function finishLeftover(openFile: OpenAppendFile, path: string, part: number): Promise<PartEnd> {
  return finish(await openFile(path), path, part)
}

async function finish(file: AppendFile, path: string, part: number): Promise<PartEnd> {
  let end: PartEnd
  try {
    const size = await file.size()
    const { durationMs, goodEnd, duration } = measureWebm(await file.read(0, size))
    // What is no recording at all is kept as it is: a person may still make something of it.
    const bytes = durationMs > 0 ? goodEnd : size
    if (bytes < size) await file.truncate(bytes)
    if (duration !== null && durationMs > 0) await file.write(duration.bytes, duration.position)
    await file.sync()
    end = { part, durationMs, bytes }
  } finally {
    await file.close()
  }
  if (end.bytes === 0) await rm(path, { force: true })
  return end
}

/** Bytes of a file; 0 when it is not there. */
export async function sizeIfThere(directory: string, name: string): Promise<number> {
  try {
    return (await stat(join(directory, name))).size
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return 0
    throw error
  }
}
