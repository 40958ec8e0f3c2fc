import type { Recipient } from '../domain/orders/order.ts'
import type { EventEnvelope } from '../ledger/envelope.ts'
import { isNewer, type Stamp } from '../ledger/stamp.ts'
import { applyChanges } from './apply-changes.ts'
import { deriveAllocation } from './derive-allocation.ts'
import { deriveDiscrepancies } from './derive-discrepancies.ts'
import { readEvent } from './event-types.ts'
import { recipientRow } from './log-writer.ts'
import { project } from './project.ts'
import { rememberingTx } from './remembering-tx.ts'
import type { RowChange } from './row-changes.ts'
import type { ReadTx, WriteTx } from './store.ts'
import type { HistoryState, LogRecord, SyncNote } from './tables.ts'

/** An event with its place in the warehouse's stream, and whom it concerns. */
export interface StreamEvent {
  readonly sequence: number
  readonly event: EventEnvelope
  readonly people?: readonly Recipient[]
}

/** Up to where the warehouse's stream has been applied; key in `meta`. */
export const HUB_CURSOR = 'hubCursor'

/** Present while the history before an adopted snapshot is not whole; key in `meta`, {@link HistoryState}. */
export const HISTORY = 'history'

/** Ids of events whose type this version could not read; tried again by a later one (SYN-4). Key in `meta`. */
const UNREAD = 'unreadEvents'

/**
 * Fills in what happened before the snapshot that this station began from. The balances and the figures of supplies
 * contain it already; everything else is the same whenever it is applied (decision 3).
 */
export async function applyHistory(tx: WriteTx, page: readonly StreamEvent[], cursor: number): Promise<void> {
  const history = (await tx.get('meta', HISTORY))?.value as HistoryState | undefined
  if (!history) return
  const known = await Promise.all(page.map(({ event }) => tx.where('records', 'eventId', event.eventId)))
  const changes: RowChange[] = []
  for (const [index, { sequence, event }] of page.entries()) {
    if (sequence > history.upTo || known[index]?.[0]) continue
    const { eventId } = event
    tx.put('records', {
      kind: 'event',
      id: eventId,
      eventId,
      hubSequence: sequence,
      data: event,
      filled: true,
    })
    changes.push(...(await projectOrKeep(tx, event, sequence)))
  }
  await applyChanges(
    tx,
    changes.filter(({ table }) => table !== 'balances' && table !== 'supplies'),
  )
  await deriveDiscrepancies(tx, changes)
  await writePeople(tx, page)
  const next = cursor >= history.upTo ? null : { ...history, cursor }
  const at = Number((await tx.get('meta', HUB_CURSOR))?.value ?? 0)
  tx.put('records', {
    kind: 'sync',
    id: `history-${cursor}`,
    data: { cursor: at, confirmed: [], history: next },
  })
  if (next) tx.put('meta', { key: HISTORY, value: next })
  else tx.delete('meta', HISTORY)
}

type EventRecord = Extract<LogRecord, { kind: 'event' }>

/**
 * Applies a piece of the warehouse's stream, in its order and together with the cursor (SYN-1). What is new is recorded
 * and projected; what the station posted itself is confirmed with its sequence. Confirming in stream order is what lets
 * a pending write outrank every confirmed one meanwhile: whatever comes after it in the stream is newer than it.
 * @param ownStationId promises that no other station's event of this piece is in the log: only after a rebuild may one
 *   be. Should the promise not hold, the log's unique index fails the transaction; null makes none.
 */
export async function applyStream(
  store: WriteTx,
  page: readonly StreamEvent[],
  cursor: number,
  ownStationId: string | null = null,
): Promise<{ readonly added: number; readonly confirmed: number }> {
  const tx = rememberingTx(store)
  const known = await findRecorded(tx, page, ownStationId)
  const changes: RowChange[] = []
  const confirmed = newlyConfirmed(page, known)
  // Before the page's events: replayed after them, a confirmation would come too late for later writers to win.
  if (confirmed.length > 0) {
    const at = Number((await tx.get('meta', HUB_CURSOR))?.value ?? 0)
    tx.put('records', { kind: 'sync', id: `confirmed-${cursor}`, data: { cursor: at, confirmed } })
  }
  let added = 0
  for (const [index, { sequence, event }] of page.entries()) {
    const record = known[index]
    if (record) {
      // Also when its sequence was known: what a torn journal left outranked is put right.
      changes.push(...confirmRecord(tx, record, sequence))
    } else {
      added++
      const { eventId } = event
      tx.put('records', { kind: 'event', id: eventId, eventId, hubSequence: sequence, data: event })
      changes.push(...(await projectOrKeep(tx, event, sequence)))
    }
  }
  const touched = await applyChanges(tx, changes)
  await deriveAllocation(tx, touched)
  await deriveDiscrepancies(tx, changes)
  await writePeople(tx, page)
  const note: SyncNote = { cursor, confirmed: [] }
  tx.put('records', { kind: 'sync', id: `sync-${cursor}`, data: note, meta: { [HUB_CURSOR]: cursor } })
  tx.put('meta', { key: HUB_CURSOR, value: cursor })
  tx.flush()
  return { added, confirmed: confirmed.length }
}

/** What was posted here and has got its sequence only now. */
function newlyConfirmed(
  page: readonly StreamEvent[],
  known: readonly (EventRecord | null)[],
): [eventId: string, sequence: number][] {
  return page.flatMap(({ sequence, event }, index): [string, number][] => {
    const record = known[index]
    return record && record.hubSequence !== sequence ? [[event.eventId, sequence]] : []
  })
}

/** The records of those events that are here already; only a given station's are looked for, or everybody's. */
function findRecorded(
  tx: ReadTx,
  page: readonly StreamEvent[],
  stationId: string | null,
): Promise<(EventRecord | null)[]> {
  return Promise.all(
    page.map(async ({ event }) => {
      if (stationId !== null && event.stationId !== stationId) return null
      const record = (await tx.where('records', 'eventId', event.eventId))[0]
      return record?.kind === 'event' ? record : null
    }),
  )
}

/** Takes an event out of the outbox and answers what its sequence changes in rows that the last writer decides. */
export function confirmRecord(tx: WriteTx, record: EventRecord, sequence: number): RowChange[] {
  const { outboxCounter: _sent, quarantined: _apart, ...rest } = record
  tx.put('records', { ...rest, hubSequence: sequence })
  return project(record.data, readEvent(record.data), sequence).filter(isStamped)
}

const isStamped = ({ change }: RowChange): boolean => 'stamp' in change

/** The changes of an event; one of a type or version not known here counts by its movements and is remembered. */
export async function projectOrKeep(
  tx: WriteTx,
  envelope: EventEnvelope,
  sequence: number | null,
): Promise<RowChange[]> {
  const event = readEvent(envelope)
  if (event === null) {
    const unread = await unreadEvents(tx)
    if (!unread.includes(envelope.eventId))
      tx.put('meta', { key: UNREAD, value: [...unread, envelope.eventId] })
  }
  return project(envelope, event, sequence)
}

async function unreadEvents(tx: ReadTx): Promise<readonly string[]> {
  return ((await tx.get('meta', UNREAD))?.value as readonly string[] | undefined) ?? []
}

/**
 * After an update: reads what the older version could not and projects what it says beyond its movements. Projections
 * do not depend on order, so nothing has to be rebuilt (decision 5). Answers how many could be read.
 */
export async function readAgain(tx: WriteTx): Promise<number> {
  const unread = await unreadEvents(tx)
  if (unread.length === 0) return 0
  const rest: string[] = []
  const changes: RowChange[] = []
  for (const eventId of unread) {
    const record = (await tx.where('records', 'eventId', eventId))[0]
    const event = record?.kind === 'event' ? readEvent(record.data) : null
    if (record?.kind !== 'event' || event === null) rest.push(eventId)
    else changes.push(...project(record.data, event, record.hubSequence ?? null).filter(isOfTheBody))
  }
  const touched = await applyChanges(tx, changes)
  await deriveAllocation(tx, touched)
  await deriveDiscrepancies(tx, changes)
  tx.put('meta', { key: UNREAD, value: rest })
  return unread.length - rest.length
}

const isOfTheBody = ({ table }: RowChange): boolean => table !== 'balances' && table !== 'movements'

/** Addresses are ordered like the events that brought them in; they are journalled sealed, as every person's data. */
async function writePeople(tx: WriteTx, page: readonly StreamEvent[]): Promise<void> {
  const arrived = page.flatMap(({ sequence, event, people }) =>
    (people ?? []).map((recipient) => {
      const stamp: Stamp = { hubSequence: sequence, counter: event.counter, eventId: event.eventId }
      return { recipient, stamp }
    }),
  )
  if (arrived.length === 0) return
  const rows = await tx.getMany(
    'recipients',
    arrived.map(({ recipient }) => recipient.personRef),
  )
  const stamps = new Map(rows.map((row, index) => [arrived[index]?.recipient.personRef, row?.stamp]))
  for (const { recipient, stamp } of arrived) {
    if (!isNewer(stamp, stamps.get(recipient.personRef))) continue
    stamps.set(recipient.personRef, stamp)
    const data = { what: 'recipient', recipient, stamp } as const
    tx.put('records', { kind: 'person', id: recipient.personRef, data })
    tx.put('recipients', recipientRow(data))
  }
}
