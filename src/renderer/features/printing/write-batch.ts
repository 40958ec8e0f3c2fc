import { BATCH_CHUNK } from '../../../shared/station/commands/command.ts'
import type { StationApp } from '../../app/station-app.ts'
import { type BatchLabel, type BatchSource, MOST_LABELS } from './batch-labels.ts'

/** What shall be written down, and how. */
interface BatchOrder {
  readonly batchId: string
  readonly source: BatchSource
  readonly copies: number
  readonly printerId: string | null
}

/**
 * Reads all labels and writes them down in chunks; the last one lets the batch begin (LBL-4). `onWritten` hears how many
 * are durable. Answers how many there are; 0: there was nothing to print.
 * @throws what the store throws; the labels written so far are kept as a batch that can go on
 */
export async function writeBatch(
  station: StationApp,
  { batchId, source, copies, printerId }: BatchOrder,
  onWritten: (written: number, size: number) => void,
): Promise<number> {
  const labels = await collect(source.read(station), copies)
  const size = labels.length
  onWritten(0, size)
  for (let offset = 0; offset < size; offset += BATCH_CHUNK) {
    const chunk = labels.slice(offset, offset + BATCH_CHUNK)
    const { answer } = await station.run({
      type: 'PrintBatch',
      batchId,
      what: source.what,
      size,
      offset,
      printerId,
      labels: chunk,
    })
    if (answer.tag !== 'done') throw new Error(answer.tag)
    onWritten(offset + chunk.length, size)
  }
  return size
}

/** All labels, each as often as wanted, copies of one thing side by side. */
async function collect(labels: AsyncIterable<BatchLabel>, copies: number): Promise<BatchLabel[]> {
  const all: BatchLabel[] = []
  for await (const label of labels)
    for (let i = 0; i < copies && all.length < MOST_LABELS; i++) all.push(label)
  return all
}
