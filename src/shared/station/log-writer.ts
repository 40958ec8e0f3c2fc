import type { EventEnvelope } from '../ledger/envelope.ts'
import { eventIdOf } from '../ledger/envelope.ts'
import { applyChanges, type Touched } from './apply-changes.ts'
import { deriveAllocation } from './derive-allocation.ts'
import { deriveDiscrepancies } from './derive-discrepancies.ts'
import { putMeta } from './counters.ts'
import type { NewPrint } from './decision.ts'
import { EVENT_TYPES, type KnownEvent, type StationEvent } from './event-types.ts'
import { project } from './project.ts'
import type { WriteTx } from './store.ts'
import { fullJob } from './print-job.ts'
import type { LogRecord, PersonalData, PrintJobRow, RecipientRow } from './tables.ts'

/** Who writes: the station's identity in its current generation. */
export interface StationIdentity {
  readonly stationId: string
  readonly generation: string
  readonly warehouseId: string
}

/** Counts this station's events without gaps. */
export const EVENT_COUNTER = 'eventCounter'

/** Where a generation's counters begin: the hub takes an unknown generation from there and from nowhere else. */
export const opensAtKey = (generation: string): string => `opensAt:${generation}`

/** On whose behalf events are posted. */
export interface Posting {
  readonly identity: StationIdentity
  readonly commandId: string
  readonly at: number
  readonly personId: string | null
  /** Orders whose pieces are held otherwise than before by the open work: allocated anew with what the events touch. */
  readonly pinned?: readonly string[]
}

/** Appends local events to the log, projects them, and derives what follows; answers their envelopes. */
export async function postEvents(
  tx: WriteTx,
  events: readonly StationEvent[],
  posting: Posting,
  carrier: Pick<LogRecord, 'commandId' | 'answer' | 'meta'> & { readonly people?: readonly string[] } = {},
): Promise<EventEnvelope[]> {
  if (events.length === 0) {
    if (posting.pinned?.length) await deriveAllocation(tx, withPinned(NOTHING_TOUCHED, posting))
    return []
  }
  const opensAt = opensAtKey(posting.identity.generation)
  const [counter, opened] = await Promise.all([tx.get('meta', EVENT_COUNTER), tx.get('meta', opensAt)])
  const last = Number(counter?.value ?? 0)
  const envelopes = events.map((event, index) => envelopeOf(event, posting, last + 1 + index))
  tx.put('meta', { key: EVENT_COUNTER, value: last + events.length })
  const opening = opened ? {} : { [opensAt]: last + 1 }
  putMeta(tx, opening)
  const first = opened ? carrier : { ...carrier, meta: { ...carrier.meta, ...opening } }
  for (const [index, envelope] of envelopes.entries())
    tx.put('records', {
      kind: 'event',
      id: envelope.eventId,
      data: envelope,
      eventId: envelope.eventId,
      outboxCounter: envelope.counter,
      ...(index === 0 ? first : {}),
    })
  await projectAll(tx, envelopes, posting)
  return envelopes
}

function envelopeOf(event: StationEvent, posting: Posting, counter: number): EventEnvelope {
  const { identity, commandId, at, personId } = posting
  return {
    eventId: eventIdOf({ ...identity, counter }),
    ...identity,
    counter,
    type: event.type,
    version: EVENT_TYPES[event.type].version,
    at,
    personId,
    commandId,
    movements: [...event.movements],
    entities: [...event.entities],
    body: event.body,
  }
}

const NOTHING_TOUCHED: Touched = { orderIds: new Set(), skuCodes: new Set(), binCodes: new Set() }

const withPinned = (touched: Touched, { pinned = [] }: Posting): Touched => ({
  ...touched,
  pinned: new Set(pinned),
})

async function projectAll(tx: WriteTx, envelopes: readonly EventEnvelope[], posting: Posting): Promise<void> {
  // Local bodies are of the current version by their type; only what comes from outside is lifted and parsed.
  const changes = envelopes.flatMap((envelope) => project(envelope, envelope as KnownEvent, null))
  const touched: Touched = await applyChanges(tx, changes)
  await deriveAllocation(tx, withPinned(touched, posting))
  await deriveDiscrepancies(tx, changes)
}

/** Seals papers that name nobody. */
export const STATION_PAPERS = 'station'

/** Writes personal data and print jobs down: into their tables, and into the log as records to be sealed. */
export function writePersonal(tx: WriteTx, personRef: string | null, data: PersonalData): void {
  const id = personRef ?? STATION_PAPERS
  tx.put('records', { kind: 'person', id, data })
  putPersonal(tx, data)
}

/** Personal data into its table, when it is written and when the journal brings it back. */
export function putPersonal(tx: WriteTx, data: PersonalData): void {
  switch (data.what) {
    case 'recipient':
      tx.put('recipients', recipientRow(data))
      break
    case 'print':
      tx.put('printJobs', data.job)
      break
    case 'batch':
      tx.put('printBatches', data.batch)
  }
}

/** A recipient with what the archive finds it by (ARC-1). */
export function recipientRow({ recipient, stamp }: RecipientData): RecipientRow {
  return { ...recipient, phoneTail: recipient.phone.replace(/\D/g, '').slice(-4), stamp: stamp ?? null }
}
type RecipientData = Extract<PersonalData, { what: 'recipient' }>

/** Personal data that came with an event is ordered like the event itself: the last writer wins. */
export function stamped(data: PersonalData, envelope: EventEnvelope | undefined): PersonalData {
  if (data.what !== 'recipient' || !envelope) return data
  return { ...data, stamp: { hubSequence: null, counter: envelope.counter, eventId: envelope.eventId } }
}

/** A print job as it is first written down. */
export const queuedJob = (print: NewPrint, at: number): PrintJobRow =>
  fullJob({ ...print, state: print.batch ? 'batched' : 'queued', createdAt: at, detail: '', file: '' })
