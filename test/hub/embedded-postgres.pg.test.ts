import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/hub/embedded-postgres.ts'
import { databaseDirectory } from '../../src/hub/postgres-directory.ts'

const cleanups: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-embedded-'))
  cleanups.push(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

async function start(directory: string): Promise<EmbeddedPostgres> {
  const started = await startEmbeddedPostgres(directory, (detail) => {
    throw new Error(detail)
  })
  cleanups.push(() => started.stop())
  return started
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 60_000; ; await sleep(100)) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}

function postmaster(directory: string): number {
  return Number(readFileSync(join(databaseDirectory(directory), 'postmaster.pid'), 'utf8').split('\n')[0])
}

describe('embedded PostgreSQL', () => {
  it('SYN-3 starts with a password of its own, on loopback alone, and commits durably', async () => {
    const directory = newDirectory()
    const { url } = await start(directory)
    expect(await ask(url, 'SHOW listen_addresses')).toBe('127.0.0.1')
    expect(await ask(url, 'SHOW fsync')).toBe('on')
    expect(await ask(url, 'SHOW synchronous_commit')).toBe('on')
    expect(statSync(join(directory, 'postgres.json')).mode & 0o777).toBe(0o600)
    expect(existsSync(join(directory, 'postgres-password.new'))).toBe(false)
    const { password } = new URL(url)
    await expect(ask(url.replace(password, 'wrong'), 'SELECT 1')).rejects.toThrow(/password/)
  })

  it('SYN-3 refuses a directory that another hub has, and takes it over once that one has stopped', async () => {
    const directory = newDirectory()
    const first = await start(directory)
    await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
    await expect(startEmbeddedPostgres(directory, () => undefined)).rejects.toMatchObject({
      fault: { tag: 'directoryInUse' },
    })
    await first.stop()
    const second = await start(directory)
    expect(second.url).toBe(first.url)
    expect(await ask(second.url, 'SELECT n FROM kept')).toBe(7)
  })

  it('SYN-3 brings a killed database back with everything that was committed', async () => {
    const directory = newDirectory()
    const { url } = await start(directory)
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS n')
    const killed = postmaster(directory)
    process.kill(killed, 'SIGKILL')
    expect(await eventually(() => ask(url, 'SELECT n FROM kept'))).toBe(7)
    expect(postmaster(directory)).not.toBe(killed)
  })

  it('SYN-3 runs below a directory that is closed to everybody else', async () => {
    const closed = newDirectory()
    chmodSync(closed, 0o700)
    const { url } = await start(join(closed, 'hub'))
    expect(await ask(url, 'SELECT 1')).toBe(1)
    const { uid } = statSync(databaseDirectory(join(closed, 'hub')))
    expect(uid === 0).toBe(false)
  })
})
