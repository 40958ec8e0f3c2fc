import type { Pool, PoolClient } from 'pg'
import type { Migration } from '../migrations/migration.ts'

/** Any number, the same in every version: processes that start together wait for each other by it. */
const MIGRATION_LOCK = 7_225_020_341

/**
 * Brings a database to the newest shape (SYN-3). Each step is one transaction; of processes that start together one
 * does the work and the others find it done.
 *
 * @throws when the database is of a newer version than this program knows
 */
export async function migratePostgres(pool: Pool, migrations: readonly Migration[]): Promise<void> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    // A step on a big table may take longer than any request may.
    await client.query('SET statement_timeout = 0')
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrateLocked(client, migrations)
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    throw broken
  } finally {
    // The session is ended with its settings; its lock goes with it.
    client.release(broken ?? true)
  }
}

async function migrateLocked(client: PoolClient, migrations: readonly Migration[]): Promise<void> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    number integer PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL DEFAULT now())`)
  const { rows } = await client.query<{ number: number }>('SELECT number FROM schema_migrations')
  const done = new Set(rows.map((row) => row.number))
  const known = new Set(migrations.map((migration) => migration.number))
  for (const number of done) {
    if (!known.has(number))
      throw new Error(`the database has step ${number}, which this version does not know`)
  }
  for (const migration of migrations) {
    if (!done.has(migration.number)) await runStep(client, migration)
  }
}

async function runStep(client: PoolClient, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(migration.sql)
    await client.query('INSERT INTO schema_migrations (number, name) VALUES ($1, $2)', [
      migration.number,
      migration.name,
    ])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
