import type { ClientBase, Pool } from 'pg'
import type { Opening } from '../hub-store.ts'

/** Gives the ticket for a generation that is not there yet: one for each life, the latest life's only. */
export async function openingTicket(pool: Pool, opening: Opening): Promise<string | null> {
  const { warehouseId, stationId, generation, candidate } = opening
  const { rows } = await pool.query<{ ticket: string }>(
    `INSERT INTO openings (warehouse_id, station_id, generation, ticket)
     SELECT $1, $2, $3, $4 WHERE NOT EXISTS
       (SELECT FROM generations WHERE warehouse_id = $1 AND station_id = $2 AND generation = $3)
     ON CONFLICT (warehouse_id, station_id) DO UPDATE SET generation = excluded.generation,
       ticket = CASE WHEN openings.generation = excluded.generation THEN openings.ticket ELSE excluded.ticket END
     RETURNING ticket`,
    [warehouseId, stationId, generation, candidate],
  )
  return rows[0]?.ticket ?? null
}

export async function readTickets(
  client: ClientBase,
  warehouseId: string,
  stationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ station_id: string; ticket: string }>(
    'SELECT station_id, ticket FROM openings WHERE warehouse_id = $1 AND station_id = ANY($2::text[])',
    [warehouseId, stationIds],
  )
  return new Map(rows.map((row) => [row.station_id, row.ticket]))
}
