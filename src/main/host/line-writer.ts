import type { AppendFile } from './append-file.ts'

/** Appends lines that are on the disk for good when the promise resolves. */
export interface LineWriter {
  /** Rejects when nothing of it can be relied on to have reached the disk. */
  append(text: string): Promise<void>
  /** Waits for what is under way; what comes later is refused. */
  close(): Promise<void>
}

interface Entry {
  readonly text: string
  resolve(): void
  reject(error: unknown): void
}

/**
 * Whatever comes while the disk is busy goes down together next: a batch of labels costs few flushes.
 * @param end where the good content ends
 */
export function createLineWriter(file: AppendFile, end: number): LineWriter {
  let waiting: Entry[] = []
  let position = end
  let pump: Promise<void> | null = null
  let closed = false

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const bytes = Buffer.from(batch.map(({ text }) => text).join(''))
        await file.write(bytes, position)
        await file.sync()
        position += bytes.length
        for (const entry of batch) entry.resolve()
      } catch (error) {
        // A part may be there: it must not stand before what comes next. A full disk takes this still.
        await file.truncate(position).catch(() => undefined)
        for (const entry of batch) entry.reject(error)
      }
    }
    pump = null
  }

  return {
    append: (text) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the file is closed'))
        waiting.push({ text, resolve, reject })
        pump ??= drain()
      }),
    close: async () => {
      if (closed) return
      closed = true
      await pump
      await file.close()
    },
  }
}
