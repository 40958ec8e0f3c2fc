import { type EventEnvelope, eventIdOf } from '../../src/shared/ledger/envelope.ts'
import type { PushedEvent, SyncRequest } from '../../src/shared/protocol/sync-messages.ts'

/** Who writes an event, and where. */
export interface EventWriter {
  readonly stationId: string
  readonly warehouseId: string
}

/** An event of a type that no version knows, about 400 bytes: what the hub must keep and pass on all the same. */
export function madeEvent(
  writer: EventWriter,
  counter: number,
  changes: Partial<EventEnvelope> & Readonly<Record<string, unknown>> = {},
): EventEnvelope {
  const generation = changes.generation ?? 'g1'
  const { stationId, warehouseId } = writer
  return {
    eventId: eventIdOf({ stationId, generation, counter }),
    stationId,
    generation,
    counter,
    warehouseId,
    type: 'TestThingHappened',
    version: 1,
    at: 1_790_000_000_000 + counter,
    personId: 'person-1',
    commandId: `command-${stationId}-${counter}`,
    movements: [],
    entities: [`sku:S-${counter % 100}`],
    body: { counter, note: `事件 ${counter}` },
    ...changes,
  }
}

/** A push of events with contiguous counters. */
export function madePush(
  writer: EventWriter,
  from: number,
  count: number,
  changes: Partial<EventEnvelope> = {},
): SyncRequest<'push'> {
  const events: PushedEvent[] = []
  for (let counter = from; counter < from + count; counter++) {
    events.push({ event: madeEvent(writer, counter, changes) })
  }
  return { generation: changes.generation ?? 'g1', opensAt: 1, events }
}
