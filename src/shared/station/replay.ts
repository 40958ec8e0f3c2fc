import { z } from 'zod'
import { EventEnvelopeSchema } from '../ledger/envelope.ts'
import { applyPatch } from '../ledger/patch.ts'
import { applyChanges, type Touched } from './apply-changes.ts'
import { confirmRecord, HUB_CURSOR, projectOrKeep } from './apply-stream.ts'
import { putMeta } from './counters.ts'
import { deriveAllocation } from './derive-allocation.ts'
import { deriveDiscrepancies } from './derive-discrepancies.ts'
import { EVENT_COUNTER, putPersonal } from './log-writer.ts'
import { setAside } from './outbox.ts'
import type { RowChange } from './row-changes.ts'
import type { WriteTx } from './store.ts'
import type { LogRecord, SyncNote, Task, WorkStep } from './tables.ts'

/**
 * Brings a database back from its journal: every record is stored again, steps replay their patches onto the desk,
 * events run through the same projections as when they were posted. Nothing is decided anew, so that a rebuilt station
 * stands exactly where the old one stood.
 */

/** What the journal must have kept of a record; the body of each kind is read by whoever applies it. */
const JournalledRecord = z.object({
  kind: z.enum(['step', 'event', 'person', 'checkpoint', 'sync']),
  id: z.string(),
  commandId: z.string().optional(),
  eventId: z.string().optional(),
  data: z.unknown(),
})

/** Reads an entry's data as a record; null for a sealed record whose key was destroyed (decision 8). */
export function readJournalled(data: unknown): LogRecord | null {
  if (data === null) return null
  return JournalledRecord.loose().parse(data) as unknown as LogRecord
}

/** Applies journalled records in their order; one transaction's worth at a time. */
export async function applyRecords(
  tx: WriteTx,
  records: readonly LogRecord[],
  stationId: string,
): Promise<void> {
  const touched = { skuCodes: new Set<string>(), orderIds: new Set<string>(), binCodes: new Set<string>() }
  for (const record of records) {
    const { seq: _seq, ...rest } = record
    tx.put('records', rest as LogRecord)
    putMeta(tx, record.meta)
    if (record.kind === 'step') await applyStep(tx, record.data)
    else if (record.kind === 'event') collect(touched, await applyEvent(tx, record, stationId))
    else if (record.kind === 'person') putPersonal(tx, record.data)
    else if (record.kind === 'sync') collect(touched, await applyNote(tx, record.data))
  }
  if ((await tx.get('meta', PARTIAL))?.value) tx.put('meta', { key: HUB_CURSOR, value: 0 })
  await deriveAllocation(tx, touched)
}

function collect(all: Record<'skuCodes' | 'orderIds' | 'binCodes', Set<string>>, more: Touched): void {
  for (const code of more.skuCodes) all.skuCodes.add(code)
  for (const orderId of more.orderIds) all.orderIds.add(orderId)
  for (const code of more.binCodes) all.binCodes.add(code)
}

async function applyStep(tx: WriteTx, step: WorkStep): Promise<void> {
  const before = (await tx.get('desk', step.area)) ?? null
  const after = applyPatch(before, step.forward) as Task | null | undefined
  if (after) tx.put('desk', after)
  else if (before) tx.delete('desk', step.area)
  if (step.shelf?.put) tx.put('held', step.shelf.put)
  if (step.shelf?.took) tx.delete('held', step.shelf.took)
  if (step.session !== undefined) tx.put('meta', { key: 'session', value: step.session })
}

/** Projects one stored or received event; unknown types count by their movements alone (SYN-4). */
export async function applyEvent(
  tx: WriteTx,
  record: Extract<LogRecord, { kind: 'event' }>,
  stationId: string,
): Promise<Touched> {
  const envelope = EventEnvelopeSchema.parse(record.data)
  const changes = await projectOrKeep(tx, envelope, record.hubSequence ?? null)
  const touched = await applyChanges(tx, changes)
  await deriveDiscrepancies(tx, changes)
  if (envelope.stationId === stationId) {
    const last = Number((await tx.get('meta', EVENT_COUNTER))?.value ?? 0)
    if (envelope.counter > last) tx.put('meta', { key: EVENT_COUNTER, value: envelope.counter })
  }
  return touched
}

/** What a round with the hub settled: sequences in stream order, and what the hub set aside. */
async function applyNote(tx: WriteTx, note: SyncNote): Promise<Touched> {
  const changes: RowChange[] = []
  for (const [eventId, sequence] of note.confirmed) {
    const record = (await tx.where('records', 'eventId', eventId))[0]
    if (record?.kind === 'event') changes.push(...confirmRecord(tx, record, sequence))
  }
  for (const [eventId, reason] of note.quarantined ?? []) await setAside(tx, eventId, reason)
  const touched = await applyChanges(tx, changes)
  await deriveDiscrepancies(tx, changes)
  await noteHistory(tx, note)
  return touched
}

/**
 * The journal of a station that began from a snapshot has the events but not the snapshot. As long as its history is not
 * whole the stream is applied from its start again: what the journal brought back is known, the rest is new.
 */
async function noteHistory(tx: WriteTx, { history }: SyncNote): Promise<void> {
  if (history === undefined) return
  if (history) tx.put('meta', { key: PARTIAL, value: true })
  else tx.delete('meta', PARTIAL)
}

/** Set while a replayed history is not whole; key in `meta`. */
const PARTIAL = 'partialHistory'
