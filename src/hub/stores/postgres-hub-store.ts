import pg from 'pg'
import {
  DataRefusedError,
  type HubScope,
  type HubStore,
  type HubTransaction,
  type SnapshotPart,
  type StoreFigures,
} from '../hub-store.ts'
import { MIGRATIONS } from '../migrations/all-migrations.ts'
import { migratePostgres } from './migrate-postgres.ts'
import { lockWarehouse, readLastSequence, readPage, readPageJson, readPeople } from './postgres-events.ts'
import { postgresTransaction } from './postgres-hub-transaction.ts'
import { openingTicket } from './postgres-openings.ts'
import { readStation, readStations, touchStation } from './postgres-stations.ts'

export interface PostgresHubStoreOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly connectionString: string
  /** Most connections of this process. */
  readonly connections?: number
  /** Told of connections that break while nobody uses them; the pool makes new ones. */
  readonly onConnectionError?: (error: Error) => void
}

const INT8 = 20
/** A hub that hangs in a transaction would keep its warehouse from all the others. */
const IDLE_IN_TRANSACTION_MS = 30_000
const STATEMENT_MS = 60_000
/** First keys of advisory locks; the second is the warehouse. */
const SCOPE_LOCKS = { leases: 722_501, snapshots: 722_502, stations: 722_503 } as const

/**
 * A hub store on PostgreSQL. Brings the database to its newest shape first; many processes may do so at once and work
 * on it together (SYN-3).
 */
export async function createPostgresHubStore(options: PostgresHubStoreOptions): Promise<HubStore> {
  const pool = createHubPool(options)
  try {
    await migratePostgres(pool, MIGRATIONS)
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    transaction: (scope, work) => runTransaction(pool, scope, work),
    readEvents: (warehouseId, after, limit) => readPage(pool, warehouseId, after, limit),
    readEventsJson: (warehouseId, after, limit) => readPageJson(pool, warehouseId, after, limit),
    readPeople: (warehouseId, personRefs) => readPeople(pool, warehouseId, personRefs),
    lastSequence: (warehouseId) => readLastSequence(pool, warehouseId),
    readSnapshotPart: (warehouseId, sequence, part) => readSnapshotPart(pool, warehouseId, sequence, part),
    newestSnapshot: (warehouseId) => newestSnapshot(pool, warehouseId),
    findStation: (stationId) => readStation(pool, stationId),
    listStations: (warehouseId) => readStations(pool, warehouseId),
    openingTicket: (opening) => openingTicket(pool, opening),
    touchStation: (stationId, seen) => touchStation(pool, stationId, seen),
    hubId: (candidate) => hubId(pool, candidate),
    ping: async () => {
      await pool.query('SELECT 1')
    },
    figures: (now) => readFigures(pool, now),
    close: () => pool.end(),
  }
}

/** The connections of a hub process: bounded in time, and acknowledged means on disk. */
export function createHubPool(options: PostgresHubStoreOptions): pg.Pool {
  const heard = (error: Error) => options.onConnectionError?.(error)
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.connections ?? 10,
    application_name: 'packbench-hub',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    // Whatever the server's default is: an acknowledged event is on disk.
    options: '-c synchronous_commit=on',
    types: {
      // Counters and times stay below 2^53; the rest as usual.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format),
    } as pg.CustomTypesConfig,
  })
  pool.on('error', heard)
  // A connection may also break between two statements of a transaction; the next statement says so.
  pool.on('connect', (client) => client.on('error', heard))
  return pool
}

async function runTransaction<T>(
  pool: pg.Pool,
  scope: HubScope,
  work: (tx: HubTransaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    await takeLock(client, scope)
    const result = await work(postgresTransaction(client, scope.lock === 'stations' ? '' : scope.warehouseId))
    await client.query('COMMIT')
    return result
  } catch (error) {
    broken = await rollBack(client)
    throw refusedByData(error) ?? error
  } finally {
    client.release(broken)
  }
}

/** What must not be used again when even the rollback fails. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function takeLock(client: pg.PoolClient, scope: HubScope): Promise<void> {
  if (scope.lock === 'events') {
    await lockWarehouse(client, scope.warehouseId)
    return
  }
  const second = scope.lock === 'stations' ? '' : scope.warehouseId
  await client.query('SELECT pg_advisory_xact_lock($1::integer, hashtext($2))', [
    SCOPE_LOCKS[scope.lock],
    second,
  ])
}

/** Data exceptions, broken constraints and rows beyond limits: SQLSTATE classes 22, 23 and 54. */
function refusedByData(error: unknown): DataRefusedError | null {
  if (!(error instanceof pg.DatabaseError)) return null
  return /^(22|23|54)/.test(error.code ?? '') ? new DataRefusedError(error.message, { cause: error }) : null
}

async function hubId(pool: pg.Pool, candidate: string): Promise<string> {
  await pool.query('INSERT INTO hub (hub_id) VALUES ($1) ON CONFLICT DO NOTHING', [candidate])
  const { rows } = await pool.query<{ hub_id: string }>('SELECT hub_id FROM hub')
  return rows[0]?.hub_id ?? candidate
}

async function newestSnapshot(pool: pg.Pool, warehouseId: string): Promise<number | null> {
  const { rows } = await pool.query<{ sequence: number | null }>(
    'SELECT max(sequence) AS sequence FROM snapshots WHERE warehouse_id = $1 AND whole',
    [warehouseId],
  )
  return rows[0]?.sequence ?? null
}

async function readSnapshotPart(
  pool: pg.Pool,
  warehouseId: string,
  sequence: number | null,
  part: number,
): Promise<SnapshotPart | null> {
  const { rows } = await pool.query<SnapshotPart>(
    `SELECT sequence, hash, parts, station_id AS "stationId", whole, at, part, rows
     FROM snapshots JOIN snapshot_parts USING (warehouse_id, sequence)
     WHERE warehouse_id = $1 AND whole AND part = $3 AND sequence = coalesce($2::bigint,
       (SELECT max(sequence) FROM snapshots WHERE warehouse_id = $1 AND whole))`,
    [warehouseId, sequence, part],
  )
  return rows[0] ?? null
}

/** Sequences have no holes, so that the last ones are the counts. */
async function readFigures(pool: pg.Pool, now: number): Promise<StoreFigures> {
  const { rows } = await pool.query<StoreFigures>(
    `SELECT
       (SELECT coalesce(sum(last_sequence), 0)::bigint FROM warehouses) AS events,
       (SELECT coalesce(max(last_sequence), 0) FROM warehouses) AS sequence,
       (SELECT count(*) FROM stations WHERE revoked_at IS NULL) AS stations,
       (SELECT count(*) FROM quarantine) AS quarantined,
       (SELECT count(*) FROM waybills WHERE state = 'free') AS "freeNumbers",
       (SELECT count(*) FROM leases WHERE expires_at > $1) AS leases,
       (SELECT count(*) FROM snapshot_differences) AS "differingSnapshots"`,
    [now],
  )
  const figures = rows[0]
  if (!figures) throw new Error('no figures')
  return figures
}
