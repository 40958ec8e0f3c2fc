import { assert } from '../base/assert.ts'
import type { Recipient } from '../domain/orders/order.ts'
import { opensAtKey } from './log-writer.ts'
import type { ReadTx, WriteTx } from './store.ts'
import type { LogRecord, SyncNote } from './tables.ts'

/**
 * Events of this station that the hub has not confirmed yet (SYN-1). An event leaves the outbox when it comes by in the
 * warehouse's stream with its sequence, or when the hub has set it aside; sending it twice does no harm.
 */

type EventRecord = Extract<LogRecord, { kind: 'event' }>

export interface OutboxBatch {
  readonly generation: string
  readonly opensAt: number
  readonly events: readonly { readonly event: EventRecord['data']; readonly people?: readonly Recipient[] }[]
  readonly lastCounter: number
}

/** The next events to send after `afterCounter`, in order, of one generation; null when there are none. */
export async function readOutbox(
  tx: ReadTx,
  bounds: { readonly afterCounter: number; readonly limit: number },
): Promise<OutboxBatch | null> {
  const from = bounds.afterCounter + 1
  const rows = await tx.range('records', 'outboxCounter', { from, limit: bounds.limit })
  const waiting = rows.filter((row): row is EventRecord => row.kind === 'event')
  const first = waiting[0]
  if (!first) return null
  const { generation } = first.data
  const same = waiting.filter((row) => row.data.generation === generation)
  const opensAt = Number((await tx.get('meta', opensAtKey(generation)))?.value ?? 1)
  const events = await Promise.all(same.map((row) => withPeople(tx, row)))
  const last = same.at(-1)
  assert(last, 'the first event is one of its generation')
  return { generation, opensAt, events, lastCounter: last.data.counter }
}

async function withPeople(tx: ReadTx, { data, people }: EventRecord): Promise<OutboxBatch['events'][number]> {
  if (!people) return { event: data }
  const rows = await tx.getMany('recipients', people)
  const kept = rows.flatMap((row) => {
    if (!row) return []
    const { phoneTail: _derived, stamp: _order, ...recipient } = row
    return [recipient]
  })
  return { event: data, people: kept }
}

/**
 * Ids of the events that the hub set aside, so that they are found among a million records; key in `meta`. One that
 * came by in the stream after all has lost its mark and no longer counts.
 */
export const QUARANTINED = 'quarantinedEvents'

/** The hub has it but keeps it apart: it no longer waits, and a person has to look at it. */
export async function setAside(tx: WriteTx, eventId: string, reason: string): Promise<void> {
  const record = (await tx.where('records', 'eventId', eventId))[0]
  if (record?.kind !== 'event') return
  const { outboxCounter: _sent, ...rest } = record
  tx.put('records', { ...rest, quarantined: reason })
  const listed = ((await tx.get('meta', QUARANTINED))?.value as readonly string[] | undefined) ?? []
  if (!listed.includes(eventId)) tx.put('meta', { key: QUARANTINED, value: [...listed, eventId] })
}

/** Writes down what the hub set aside, for this database and for its journal. */
export async function noteQuarantine(
  tx: WriteTx,
  quarantined: NonNullable<SyncNote['quarantined']>,
  cursor: number,
): Promise<void> {
  for (const [eventId, reason] of quarantined) await setAside(tx, eventId, reason)
  const note: SyncNote = { cursor, confirmed: [], quarantined }
  tx.put('records', { kind: 'sync', id: `quarantine-${quarantined[0]?.[0] ?? ''}`, data: note })
}
