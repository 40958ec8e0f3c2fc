import type { ClientBase } from 'pg'
import type { HubTransaction, LeaseRow, SnapshotRow, WaybillRow } from '../hub-store.ts'
import { appendBatch, readGenerations, readHeld, readLastSequence } from './postgres-events.ts'
import { readTickets } from './postgres-openings.ts'
import { readCode, readStation, writeCode, writeStation } from './postgres-stations.ts'

/** The reads and writes of a transaction on its connection. */
export function postgresTransaction(client: ClientBase, warehouseId: string): HubTransaction {
  return {
    lastSequence: () => readLastSequence(client, warehouseId),
    generations: (stationIds) => readGenerations(client, warehouseId, stationIds),
    tickets: (stationIds) => readTickets(client, warehouseId, stationIds),
    held: (wanted) => readHeld(client, warehouseId, wanted),
    append: (batch) => appendBatch(client, warehouseId, batch),
    ...waybillParts(client, warehouseId),
    ...leaseParts(client, warehouseId),
    ...snapshotParts(client, warehouseId),
    code: (codeHash) => readCode(client, codeHash),
    putCode: (row) => writeCode(client, row),
    station: (stationId) => readStation(client, stationId),
    putStation: (row) => writeStation(client, row),
  }
}

type WaybillParts = Pick<HubTransaction, 'waybills' | 'freeWaybills' | 'putWaybills' | 'grantOf' | 'putGrant'>

function waybillParts(client: ClientBase, warehouseId: string): WaybillParts {
  const columns = 'key, courier, position, state, holder'
  return {
    waybills: async (keys) => {
      const { rows } = await client.query<WaybillRow>({
        name: 'waybills-1',
        text: `SELECT ${columns} FROM waybills WHERE warehouse_id = $1 AND key = ANY($2::text[])`,
        values: [warehouseId, keys],
      })
      return rows
    },
    freeWaybills: async (courier, count) => {
      const { rows } = await client.query<WaybillRow>(
        `SELECT ${columns} FROM waybills WHERE warehouse_id = $1 AND courier = $2 AND state = 'free'
         ORDER BY position NULLS LAST, key LIMIT $3`,
        [warehouseId, courier, count],
      )
      return rows
    },
    putWaybills: async (rows) => {
      await client.query({
        name: 'put-waybills-1',
        text: `INSERT INTO waybills (warehouse_id, ${columns})
          SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])
          ON CONFLICT (warehouse_id, key) DO UPDATE SET courier = excluded.courier, position = excluded.position,
            state = excluded.state, holder = excluded.holder`,
        values: [
          warehouseId,
          rows.map((row) => row.key),
          rows.map((row) => row.courier),
          rows.map((row) => row.position),
          rows.map((row) => row.state),
          rows.map((row) => row.holder),
        ],
      })
    },
    grantOf: async (stationId, requestId) => {
      const { rows } = await client.query<{ count: number }>(
        'SELECT count FROM grants WHERE warehouse_id = $1 AND station_id = $2 AND request_id = $3',
        [warehouseId, stationId, requestId],
      )
      return rows[0]?.count ?? null
    },
    putGrant: async ({ stationId, requestId, count, sequence }) => {
      await client.query(
        'INSERT INTO grants (warehouse_id, station_id, request_id, count, sequence) VALUES ($1, $2, $3, $4, $5)',
        [warehouseId, stationId, requestId, count, sequence],
      )
    },
  }
}

function leaseParts(client: ClientBase, warehouseId: string): Pick<HubTransaction, 'leases' | 'putLeases'> {
  return {
    leases: async (orderIds) => {
      const { rows } = await client.query<LeaseRow>({
        name: 'leases-1',
        text: `SELECT order_id AS "orderId", station_id AS "stationId", station_name AS "stationName",
            task_id AS "taskId", token, expires_at AS "expiresAt"
          FROM leases WHERE warehouse_id = $1 AND order_id = ANY($2::text[])`,
        values: [warehouseId, orderIds],
      })
      return rows
    },
    putLeases: async (rows) => {
      await client.query({
        name: 'put-leases-1',
        text: `INSERT INTO leases (warehouse_id, order_id, station_id, station_name, task_id, token, expires_at)
          SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
          ON CONFLICT (warehouse_id, order_id) DO UPDATE SET station_id = excluded.station_id,
            station_name = excluded.station_name, task_id = excluded.task_id, token = excluded.token,
            expires_at = excluded.expires_at`,
        values: [
          warehouseId,
          rows.map((row) => row.orderId),
          rows.map((row) => row.stationId),
          rows.map((row) => row.stationName),
          rows.map((row) => row.taskId),
          rows.map((row) => row.token),
          rows.map((row) => row.expiresAt),
        ],
      })
    },
  }
}

type SnapshotParts = Pick<
  HubTransaction,
  'snapshots' | 'putSnapshot' | 'deleteSnapshot' | 'putSnapshotPart' | 'snapshotParts' | 'countDifference'
>

function snapshotParts(client: ClientBase, warehouseId: string): SnapshotParts {
  return {
    snapshots: async () => {
      const { rows } = await client.query<SnapshotRow>(
        `SELECT sequence, hash, parts, station_id AS "stationId", whole, at FROM snapshots WHERE warehouse_id = $1`,
        [warehouseId],
      )
      return rows
    },
    putSnapshot: async ({ sequence, hash, parts, stationId, whole, at }) => {
      await client.query(
        `INSERT INTO snapshots (warehouse_id, sequence, hash, parts, station_id, whole, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (warehouse_id, sequence) DO UPDATE SET hash = excluded.hash, parts = excluded.parts,
           station_id = excluded.station_id, whole = excluded.whole, at = excluded.at`,
        [warehouseId, sequence, hash, parts, stationId, whole, at],
      )
    },
    deleteSnapshot: async (sequence) => {
      const values = [warehouseId, sequence]
      await client.query('DELETE FROM snapshot_parts WHERE warehouse_id = $1 AND sequence = $2', values)
      await client.query('DELETE FROM snapshots WHERE warehouse_id = $1 AND sequence = $2', values)
    },
    putSnapshotPart: async (sequence, part, rows) => {
      await client.query(
        `INSERT INTO snapshot_parts (warehouse_id, sequence, part, rows) VALUES ($1, $2, $3, $4)
         ON CONFLICT (warehouse_id, sequence, part) DO UPDATE SET rows = excluded.rows`,
        [warehouseId, sequence, part, rows],
      )
    },
    snapshotParts: async (sequence) => {
      const { rows } = await client.query<{ part: number }>(
        'SELECT part FROM snapshot_parts WHERE warehouse_id = $1 AND sequence = $2 ORDER BY part',
        [warehouseId, sequence],
      )
      return rows.map((row) => row.part)
    },
    countDifference: async (sequence, stationId, hash, at) => {
      await client.query(
        `INSERT INTO snapshot_differences (warehouse_id, sequence, station_id, hash, at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [warehouseId, sequence, stationId, hash, at],
      )
    },
  }
}
