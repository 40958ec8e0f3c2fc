import { z } from 'zod'
import { type Movement, MovementSchema } from './movement.ts'

/**
 * The envelope of every posted fact (decisions 2 and 5). Identity is (station, generation, counter); `movements` and
 * `entities` stand outside the typed body, so that a version which does not know the type still keeps the stock right
 * and finds the event by what it concerns.
 */
export const EventEnvelopeSchema = z.object({
  eventId: z.string().min(1),
  stationId: z.string().min(1),
  generation: z.string().min(1),
  /** Counts the events of a station without gaps; goes on counting in a new generation. */
  counter: z.number().int().positive(),
  warehouseId: z.string().min(1),
  type: z.string().min(1),
  version: z.number().int().positive(),
  /** Milliseconds since 1970 by the station's clock. */
  at: z.number().int(),
  personId: z.string().nullable(),
  commandId: z.string().min(1),
  movements: z.array(MovementSchema),
  /** Such as `order:taobao/193…`, `parcel:…`, `sku:…`. */
  entities: z.array(z.string()),
  body: z.unknown(),
})
export type EventEnvelope = z.infer<typeof EventEnvelopeSchema>

/** What a decision posts; execution adds identity, time and person. */
export interface NewEvent<T extends string = string, B = unknown> {
  readonly type: T
  readonly movements: readonly Movement[]
  readonly entities: readonly string[]
  readonly body: B
}

/** The identity as one string. */
export function eventIdOf(identity: { stationId: string; generation: string; counter: number }): string {
  return `${identity.stationId}.${identity.generation}.${identity.counter}`
}
