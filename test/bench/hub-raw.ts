import pg from 'pg'
import { answerMessages } from './hub-processes.ts'
import { stationEvent } from './sync-events.ts'

/**
 * The floor, in a process of its own: the same rows in a table of the same shape with the same indexes, by bare SQL.
 * Rows are made ready before the clock runs.
 */
export type RawMessage =
  | { readonly do: 'open'; readonly database: string; readonly connections: number }
  /** One statement and one commit per batch, on one connection. */
  | { readonly do: 'insertBatches'; readonly batches: number; readonly size: number }
  /** One insert and one commit per event, on every connection at once. */
  | { readonly do: 'insertSingles'; readonly perConnection: number }
  /** Looks up what was inserted in batches, by who wrote it. */
  | { readonly do: 'lookUp'; readonly batches: number; readonly size: number }
  /** Every one of `lanes` connections reads everything by pages. */
  | { readonly do: 'select'; readonly lanes: number; readonly through: number; readonly size: number }
  | { readonly do: 'close' }

/** What a run came to. */
export interface RawResult {
  readonly ms: number
  readonly latencies: readonly number[]
  readonly events: number
}

interface Row {
  readonly stationId: string
  readonly counter: number
  readonly envelope: string
}

const WAREHOUSE = 'main'
let clients: pg.Client[] = []
let sequence = 0

/** As the hub writes it, so that the floor is no slower for its own clumsiness. */
const INSERT = {
  name: 'raw-insert',
  text: `INSERT INTO raw_events (warehouse_id, sequence, station_id, generation, counter, people, envelope)
    SELECT $1, $2::bigint + place, station_id, 'g1', counter, 0, envelope
    FROM unnest(string_to_array($3, E'\\n'), $4::bigint[], string_to_array($5, E'\\n'))
      WITH ORDINALITY AS fresh(station_id, counter, envelope, place)`,
}
const INSERT_ONE = {
  name: 'raw-insert-one',
  text: `INSERT INTO raw_events (warehouse_id, sequence, station_id, generation, counter, people, envelope)
    VALUES ($1, $2, $3, 'g1', $4, 0, $5)`,
}
const LOOK_UP = {
  name: 'raw-look-up',
  text: `SELECT sequence, envelope FROM unnest(string_to_array($2, E'\\n'), $3::bigint[]) AS of(station_id, counter)
    JOIN raw_events USING (station_id, counter) WHERE warehouse_id = $1 AND generation = 'g1'`,
}
const SELECT = {
  name: 'raw-select',
  text: `SELECT sequence, envelope FROM raw_events WHERE warehouse_id = $1 AND sequence > $2
    ORDER BY sequence LIMIT $3`,
}

answerMessages<RawMessage>(async (message) => {
  switch (message.do) {
    case 'open':
      return open(message.database, message.connections)
    case 'insertBatches':
      return insertBatches(message.batches, message.size)
    case 'insertSingles':
      return insertSingles(message.perConnection)
    case 'lookUp':
      return lookUp(message.batches, message.size)
    case 'select':
      return select(message.lanes, message.through, message.size)
    case 'close':
      await Promise.all(clients.map((client) => client.end()))
      return undefined
  }
})

async function open(database: string, connections: number): Promise<void> {
  const made = Array.from({ length: connections }, () => new pg.Client({ connectionString: database }))
  await Promise.all(made.map((client) => client.connect()))
  clients = made
  sequence = 0
  const one = first()
  await one.query('CREATE TABLE raw_events (LIKE events INCLUDING ALL)')
  const { rows } = await one.query<{ durable: string }>(
    "SELECT current_setting('synchronous_commit') || current_setting('fsync') AS durable",
  )
  if (rows[0]?.durable !== 'onon') throw new Error('commits of this server are not durable')
}

function first(): pg.Client {
  const [client] = clients
  if (!client) throw new Error('not open')
  return client
}

/** The rows of batch n, as stations of these names would push them. */
function batch(n: number, size: number): Row[] {
  const stationId = `raw-${String(n % 8).padStart(4, '0')}`
  const from = Math.floor(n / 8) * size + 1
  return Array.from({ length: size }, (_, index) => row(stationId, from + index))
}

function row(stationId: string, counter: number): Row {
  return { stationId, counter, envelope: JSON.stringify(stationEvent(stationId, WAREHOUSE, counter)) }
}

async function insertBatches(batches: number, size: number): Promise<RawResult> {
  const rows = Array.from({ length: batches }, (_, n) => batch(n, size))
  return timed(rows.length * size, [rows], async (list) => {
    const values = [
      WAREHOUSE,
      sequence,
      list.map(({ stationId }) => stationId).join('\n'),
      `{${list.map(({ counter }) => counter).join(',')}}`,
      list.map(({ envelope }) => envelope).join('\n'),
    ]
    sequence += list.length
    await first().query({ ...INSERT, values })
  })
}

async function insertSingles(perConnection: number): Promise<RawResult> {
  const lanes = clients.map((client, n) =>
    Array.from({ length: perConnection }, (_, index) => ({
      client,
      ...row(`single-${String(n).padStart(4, '0')}`, index + 1),
    })),
  )
  return timed(lanes.length * perConnection, lanes, async ({ client, stationId, counter, envelope }) => {
    await client.query({ ...INSERT_ONE, values: [WAREHOUSE, ++sequence, stationId, counter, envelope] })
  })
}

async function lookUp(batches: number, size: number): Promise<RawResult> {
  const rows = Array.from({ length: batches }, (_, n) => batch(n, size))
  return timed(rows.length * size, [rows], async (list) => {
    const values = [
      WAREHOUSE,
      list.map(({ stationId }) => stationId).join('\n'),
      `{${list.map(({ counter }) => counter).join(',')}}`,
    ]
    const found = await first().query({ ...LOOK_UP, values })
    if (found.rows.length !== list.length) throw new Error('not found again')
  })
}

async function select(lanes: number, through: number, size: number): Promise<RawResult> {
  const pages = clients.slice(0, lanes).map((client) => {
    const starts: { client: pg.Client; after: number }[] = []
    for (let after = 0; after < through; after += size) starts.push({ client, after })
    return starts
  })
  return timed(lanes * through, pages, async ({ client, after }) => {
    const limit = Math.min(size, through - after)
    const found = await client.query({ ...SELECT, values: [WAREHOUSE, after, limit] })
    if (found.rows.length !== limit) throw new Error('rows are missing')
  })
}

async function timed<T>(
  events: number,
  lanes: readonly (readonly T[])[],
  work: (one: T) => Promise<void>,
): Promise<RawResult> {
  const latencies: number[] = []
  const began = performance.now()
  await Promise.all(
    lanes.map(async (lane) => {
      for (const one of lane) {
        const sent = performance.now()
        await work(one)
        latencies.push(performance.now() - sent)
      }
    }),
  )
  return { ms: performance.now() - began, latencies, events }
}
