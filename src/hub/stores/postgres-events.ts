import type { ClientBase, Pool } from 'pg'
import type {
  AppendBatch,
  GenerationRow,
  HeldEvent,
  StoredPage,
  StoredPerson,
  WantedCounters,
} from '../hub-store.ts'

/** The statements that carry the load: named, so that a connection plans them once. */

/**
 * Envelopes come as lines of one text: `JSON.stringify` leaves no line break in them, and unlike the elements of an
 * array they need no escaping, which costs more than the insert. Ids hold no line break either (`sync-messages.ts`).
 */
const APPEND = `
WITH changed AS (
  INSERT INTO generations (warehouse_id, station_id, generation, opens_at, last_counter, closed)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::boolean[])
  ON CONFLICT (warehouse_id, station_id, generation)
  DO UPDATE SET last_counter = excluded.last_counter, closed = excluded.closed
), counted AS (
  UPDATE warehouses SET last_sequence = $7::bigint + $8::bigint WHERE warehouse_id = $1
)
INSERT INTO events (warehouse_id, sequence, station_id, generation, counter, people, envelope)
SELECT $1, $7::bigint + place, station_id, generation, counter, people, envelope
FROM unnest(
  string_to_array($9, E'\\n'), string_to_array($10, E'\\n'), $11::bigint[], $12::integer[],
  string_to_array($13, E'\\n')
) WITH ORDINALITY AS fresh(station_id, generation, counter, people, envelope, place)`

/** Takes a batch in with one statement, and one more for each rare thing. */
export async function appendBatch(
  client: ClientBase,
  warehouseId: string,
  batch: AppendBatch,
): Promise<void> {
  const { events, generations } = batch
  await client.query({
    name: 'append-1',
    text: APPEND,
    values: [
      warehouseId,
      generations.map((row) => row.stationId),
      generations.map((row) => row.generation),
      generations.map((row) => row.opensAt),
      generations.map((row) => row.lastCounter),
      generations.map((row) => row.closed),
      ...eventColumns(await firstSequence(client, warehouseId, batch), events),
    ],
  })
  if (events.some((event) => event.people.length > 0)) await insertPeople(client, warehouseId, events)
  if (batch.quarantined.length > 0) await insertQuarantined(client, warehouseId, batch.quarantined)
}

/** The sequence before the batch; without events it is that of the warehouse, which stays. */
async function firstSequence(client: ClientBase, warehouseId: string, batch: AppendBatch): Promise<number> {
  const first = batch.events[0]
  return first ? first.sequence - 1 : readLastSequence(client, warehouseId)
}

function eventColumns(before: number, events: AppendBatch['events']): unknown[] {
  return [
    before,
    events.length,
    events.map((event) => event.stationId).join('\n'),
    events.map((event) => event.generation).join('\n'),
    `{${events.map((event) => event.counter).join(',')}}`,
    `{${events.map((event) => event.people.length).join(',')}}`,
    events.map((event) => event.envelope).join('\n'),
  ]
}

async function insertPeople(
  client: ClientBase,
  warehouseId: string,
  events: AppendBatch['events'],
): Promise<void> {
  const rows = events.flatMap(({ sequence, people }) =>
    people.map((person, ordinal) => ({ sequence, ordinal, ...person })),
  )
  await client.query(
    `INSERT INTO people (warehouse_id, sequence, ordinal, person_ref, person)
     SELECT $1, * FROM unnest($2::bigint[], $3::integer[], $4::text[], $5::text[])`,
    [
      warehouseId,
      rows.map((row) => row.sequence),
      rows.map((row) => row.ordinal),
      rows.map((row) => row.personRef),
      rows.map((row) => row.person),
    ],
  )
}

async function insertQuarantined(
  client: ClientBase,
  warehouseId: string,
  rows: AppendBatch['quarantined'],
): Promise<void> {
  await client.query(
    `INSERT INTO quarantine (warehouse_id, station_id, generation, counter, content_hash, reason, consumed,
       envelope, people, at)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::boolean[],
       $8::text[], $9::text[], $10::bigint[])
     ON CONFLICT DO NOTHING`,
    [
      warehouseId,
      rows.map((row) => row.stationId),
      rows.map((row) => row.generation),
      rows.map((row) => row.counter),
      rows.map((row) => row.contentHash),
      rows.map((row) => row.reason),
      rows.map((row) => row.consumed),
      rows.map((row) => row.envelope),
      rows.map((row) => row.people),
      rows.map((row) => row.at),
    ],
  )
}

/** Holds the warehouse's order to the end of the transaction; the warehouse is there afterwards. */
export async function lockWarehouse(client: ClientBase, warehouseId: string): Promise<number> {
  const lock = {
    name: 'lock-warehouse-1',
    text: 'SELECT last_sequence FROM warehouses WHERE warehouse_id = $1 FOR UPDATE',
    values: [warehouseId],
  }
  const found = await client.query<{ last_sequence: number }>(lock)
  if (found.rows[0]) return found.rows[0].last_sequence
  await client.query('INSERT INTO warehouses (warehouse_id) VALUES ($1) ON CONFLICT DO NOTHING', [
    warehouseId,
  ])
  return (await client.query<{ last_sequence: number }>(lock)).rows[0]?.last_sequence ?? 0
}

export async function readLastSequence(client: ClientBase | Pool, warehouseId: string): Promise<number> {
  const { rows } = await client.query<{ last_sequence: number }>({
    name: 'last-sequence-1',
    text: 'SELECT last_sequence FROM warehouses WHERE warehouse_id = $1',
    values: [warehouseId],
  })
  return rows[0]?.last_sequence ?? 0
}

export async function readGenerations(
  client: ClientBase,
  warehouseId: string,
  stationIds: readonly string[],
): Promise<GenerationRow[]> {
  const { rows } = await client.query<GenerationRow>({
    name: 'generations-1',
    text: `SELECT station_id AS "stationId", generation, opens_at AS "opensAt", last_counter AS "lastCounter", closed
      FROM generations WHERE warehouse_id = $1 AND station_id = ANY($2::text[])`,
    values: [warehouseId, stationIds],
  })
  return rows
}

export async function readHeld(
  client: ClientBase,
  warehouseId: string,
  wanted: readonly WantedCounters[],
): Promise<HeldEvent[]> {
  const each = wanted.flatMap(({ counters, ...of }) => counters.map((counter) => ({ ...of, counter })))
  const { rows } = await client.query<HeldEvent>({
    name: 'held-1',
    text: `WITH wanted AS (
        SELECT DISTINCT * FROM unnest(string_to_array($2, E'\\n'), string_to_array($3, E'\\n'), $4::bigint[])
          AS of(station_id, generation, counter)
      )
      SELECT station_id AS "stationId", generation, counter, sequence, NULL AS reason, envelope
      FROM wanted JOIN events USING (station_id, generation, counter) WHERE warehouse_id = $1
      UNION ALL
      SELECT station_id, generation, counter, NULL, reason, envelope
      FROM wanted JOIN quarantine USING (station_id, generation, counter) WHERE warehouse_id = $1 AND consumed`,
    values: [
      warehouseId,
      each.map((one) => one.stationId).join('\n'),
      each.map((one) => one.generation).join('\n'),
      `{${each.map((one) => one.counter).join(',')}}`,
    ],
  })
  return rows
}

/**
 * A page as the text of the pull answer, put together by the database: one value crosses the wire and nothing is
 * parsed. One statement sees one state, so `last` is never behind its events.
 */
const PULL = `
SELECT '{"events":[' || coalesce((
  SELECT string_agg('{"sequence":' || sequence || ',"event":' || envelope || CASE WHEN people = 0 THEN '' ELSE
    coalesce((SELECT ',"people":[' || string_agg(person, ',' ORDER BY ordinal) || ']' FROM people beside
      WHERE beside.warehouse_id = $1 AND beside.sequence = page.sequence), '') END || '}', ',' ORDER BY sequence)
  FROM (SELECT sequence, people, envelope FROM events WHERE warehouse_id = $1 AND sequence > $2::bigint
    ORDER BY sequence LIMIT $3::integer) page
), '') || '],"last":' || coalesce((SELECT last_sequence FROM warehouses WHERE warehouse_id = $1), 0) || '}' AS page`

export async function readPageJson(
  pool: Pool,
  warehouseId: string,
  after: number,
  limit: number,
): Promise<string> {
  const { rows } = await pool.query<{ page: string }>({
    name: 'pull-1',
    text: PULL,
    values: [warehouseId, after, limit],
  })
  return rows[0]?.page ?? '{"events":[],"last":0}'
}

/** A page as rows. */
export async function readPage(
  pool: Pool,
  warehouseId: string,
  after: number,
  limit: number,
): Promise<StoredPage> {
  const { rows } = await pool.query<{
    last: number
    sequence: number | null
    envelope: string
    people: string[]
  }>(
    `SELECT coalesce(warehouses.last_sequence, 0) AS last, page.sequence, page.envelope, page.people
     FROM (VALUES ($1)) AS of(warehouse_id)
     LEFT JOIN warehouses ON warehouses.warehouse_id = of.warehouse_id
     LEFT JOIN LATERAL (
       SELECT sequence, envelope, ARRAY(SELECT person FROM people
         WHERE events.people > 0 AND people.warehouse_id = $1 AND people.sequence = events.sequence
         ORDER BY ordinal) AS people
       FROM events WHERE warehouse_id = $1 AND sequence > $2::bigint ORDER BY sequence LIMIT $3::integer
     ) page ON true ORDER BY page.sequence`,
    [warehouseId, after, limit],
  )
  const events = rows.flatMap(({ sequence, envelope, people }) =>
    sequence === null ? [] : [{ sequence, envelope, people }],
  )
  return { events, last: rows[0]?.last ?? 0 }
}

/** The newest record of each of these people. */
export async function readPeople(
  pool: Pool,
  warehouseId: string,
  personRefs: readonly string[],
): Promise<StoredPerson[]> {
  const { rows } = await pool.query<StoredPerson>(
    `SELECT DISTINCT ON (person_ref) sequence, person FROM people
     WHERE warehouse_id = $1 AND person_ref = ANY($2::text[])
     ORDER BY person_ref, sequence DESC, ordinal DESC`,
    [warehouseId, personRefs],
  )
  return rows
}
