import type { AppendFile } from '../append-file.ts'

/** A piece of a file up to and without its newline; positions are byte offsets. */
export interface RawLine {
  readonly start: number
  /** Behind the newline. */
  readonly end: number
  readonly bytes: Uint8Array
  /** False for a last piece that has no newline. */
  readonly complete: boolean
}

const CHUNK_BYTES = 256 * 1024

/** Reads the lines between two byte offsets, one chunk of the file in memory at a time. */
export async function* readLines(file: AppendFile, from: number, to: number): AsyncGenerator<RawLine> {
  let pending: Uint8Array = new Uint8Array(0)
  let start = from
  let position = from
  while (position < to) {
    const chunk = await file.read(position, Math.min(CHUNK_BYTES, to - position))
    if (chunk.length === 0) break
    position += chunk.length
    const held = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    let lineAt = 0
    // A line longer than a chunk was searched already in its first part.
    let searchFrom = pending.length
    for (;;) {
      const newline = held.indexOf(0x0a, searchFrom)
      if (newline < 0) break
      const end = start + (newline + 1 - lineAt)
      yield { start, end, bytes: held.subarray(lineAt, newline), complete: true }
      start = end
      lineAt = newline + 1
      searchFrom = lineAt
    }
    pending = held.subarray(lineAt)
  }
  if (pending.length > 0) {
    yield { start, end: start + pending.length, bytes: pending, complete: false }
  }
}
