import type { ClientBase, Pool } from 'pg'
import type { CodeRow, HubStore, StationRow } from '../hub-store.ts'

const COLUMNS = `stations.station_id AS "stationId", stations.warehouse_id AS "warehouseId", name,
  public_key AS "publicKey", app_version AS "appVersion", enrolled_at AS "enrolledAt",
  last_seen_at AS "lastSeenAt", revoked_at AS "revokedAt"`

export async function readStation(from: ClientBase | Pool, stationId: string): Promise<StationRow | null> {
  const { rows } = await from.query<StationRow>({
    name: 'station-1',
    text: `SELECT ${COLUMNS} FROM stations WHERE station_id = $1`,
    values: [stationId],
  })
  return rows[0] ?? null
}

export async function readStations(
  pool: Pool,
  warehouseId: string,
): Promise<(StationRow & { readonly lastCounter: number })[]> {
  const { rows } = await pool.query<StationRow & { lastCounter: number }>(
    `SELECT ${COLUMNS}, coalesce((SELECT max(last_counter) FROM generations
       WHERE generations.warehouse_id = $1 AND generations.station_id = stations.station_id), 0) AS "lastCounter"
     FROM stations WHERE warehouse_id = $1 ORDER BY stations.station_id COLLATE "C"`,
    [warehouseId],
  )
  return rows
}

export async function writeStation(client: ClientBase, row: StationRow): Promise<void> {
  await client.query(
    `INSERT INTO stations (station_id, warehouse_id, name, public_key, app_version, enrolled_at, last_seen_at,
       revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (station_id) DO UPDATE SET warehouse_id = excluded.warehouse_id, name = excluded.name,
       public_key = excluded.public_key, app_version = excluded.app_version, enrolled_at = excluded.enrolled_at,
       last_seen_at = excluded.last_seen_at, revoked_at = excluded.revoked_at`,
    [
      row.stationId,
      row.warehouseId,
      row.name,
      row.publicKey,
      row.appVersion,
      row.enrolledAt,
      row.lastSeenAt,
      row.revokedAt,
    ],
  )
}

/** Only what was seen: a revocation that happens meanwhile stays. */
export async function touchStation(
  pool: Pool,
  stationId: string,
  seen: Parameters<HubStore['touchStation']>[1],
): Promise<void> {
  await pool.query(
    'UPDATE stations SET last_seen_at = $2, app_version = coalesce($3, app_version) WHERE station_id = $1',
    [stationId, seen.at, seen.appVersion ?? null],
  )
}

export async function readCode(client: ClientBase, codeHash: string): Promise<CodeRow | null> {
  const { rows } = await client.query<CodeRow>(
    `SELECT code_hash AS "codeHash", warehouse_id AS "warehouseId", expires_at AS "expiresAt", used_by AS "usedBy"
     FROM codes WHERE code_hash = $1`,
    [codeHash],
  )
  return rows[0] ?? null
}

export async function writeCode(client: ClientBase, row: CodeRow): Promise<void> {
  await client.query(
    `INSERT INTO codes (code_hash, warehouse_id, expires_at, used_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (code_hash) DO UPDATE SET used_by = excluded.used_by`,
    [row.codeHash, row.warehouseId, row.expiresAt, row.usedBy],
  )
}
