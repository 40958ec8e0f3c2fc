import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HubCaller, HubService } from '../../src/hub/hub-service.ts'
import { DataRefusedError } from '../../src/hub/hub-store.ts'
import { MIGRATIONS } from '../../src/hub/migrations/all-migrations.ts'
import { migratePostgres } from '../../src/hub/stores/migrate-postgres.ts'
import { createHubPool, createPostgresHubStore } from '../../src/hub/stores/postgres-hub-store.ts'
import { madePush } from '../support/hub-events.ts'
import { type HubRig, hubRig } from '../support/hub-rig.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { hubStoreSuite } from './hub-store.suite.ts'

let server: TestPostgres
beforeAll(async () => {
  server = await startTestPostgres()
})
afterAll(() => server.stop())

hubStoreSuite('PostgreSQL', async () =>
  createPostgresHubStore({ connectionString: await server.createDatabase() }),
)

describe('several hubs on one PostgreSQL', () => {
  for (const hubs of [2, 4]) {
    it(`SYN-3 gives ${hubs} hubs one order, in which a reader by cursor never misses an event`, async () => {
      const { rigs, close } = await openHubs(hubs)
      const first = rigs[0]
      if (!first) throw new Error('no hub')
      const stations = Array.from({ length: 12 }, (_, index) => first.caller(`s${index}`))
      let writing = true
      const reader = follow(
        rigs.map(({ hub }) => hub),
        first.caller('reader'),
        () => writing,
      )
      await Promise.all(
        stations.map((station, index) =>
          writeAll(rigs, { ...station, warehouseId: first.warehouseId }, index),
        ),
      )
      writing = false
      const read = await reader
      expect(read).toHaveLength(12 * PUSHES * EACH)
      expect(new Set(read).size).toBe(read.length)
      for (const { stationId } of stations) {
        const own = read
          .filter((id) => id.startsWith(`${stationId}.`))
          .map((id) => Number(id.split('.').at(-1)))
        expect(own).toEqual(Array.from({ length: PUSHES * EACH }, (_, index) => index + 1))
      }
      await close()
    })
  }

  it('SYN-3 answers one push that two hubs get at once as one event', async () => {
    const { rigs, close } = await openHubs(2)
    const caller = rigs[0]?.caller('a')
    if (!caller) throw new Error('no hub')
    for (let counter = 1; counter <= 20; counter++) {
      const push = madePush(caller, counter, 1)
      const answers = await Promise.all(rigs.map(({ hub }) => hub.answer(caller, 'push', push)))
      const told = answers.flatMap((answer) => (answer.tag === 'taken' ? answer.results : []))
      expect(told.map(({ tag }) => tag).sort()).toEqual(['ack', 'duplicate'])
      expect(told.map(({ sequence }) => sequence)).toEqual([counter, counter])
    }
    await close()
  })
})

describe('the PostgreSQL of a hub', () => {
  it('SYN-3 is brought to its shape once by hubs that start together', async () => {
    const connectionString = await server.createDatabase()
    const stores = await Promise.all([1, 2, 3, 4].map(() => createPostgresHubStore({ connectionString })))
    const ids = await Promise.all(stores.map((store, index) => store.hubId(`hub-${index}`)))
    expect(new Set(ids).size).toBe(1)
    await Promise.all(stores.map((store) => store.close()))
  })

  it('SYN-4 takes events while a newer version changes its shape, and refuses to go back', async () => {
    const connectionString = await server.createDatabase()
    const store = await createPostgresHubStore({ connectionString })
    const r = hubRig(store)
    const a = r.caller('a')
    const pool = new pg.Pool({ connectionString, max: 1 })
    const next = {
      number: MIGRATIONS.length + 1,
      name: 'more',
      sql: 'ALTER TABLE events ADD COLUMN more text; SELECT pg_sleep(0.2)',
    }
    const migrated = migratePostgres(pool, [...MIGRATIONS, next])
    for (let counter = 1; counter <= 30; counter++) {
      expect((await r.hub.answer(a, 'push', madePush(a, counter, 1))).tag).toBe('taken')
    }
    await migrated
    expect((await r.hub.answer(a, 'push', madePush(a, 31, 1))).tag).toBe('taken')
    expect((await r.hub.answer(a, 'pull', { after: 0, limit: 100 })).events).toHaveLength(31)
    await expect(createPostgresHubStore({ connectionString })).rejects.toThrow(`step ${next.number}`)
    await r.hub.close()
    await pool.end()
  })

  it('SYN-1 goes on after its connections were cut, and keeps what it acknowledged', async () => {
    const connectionString = await server.createDatabase()
    const r = hubRig(await createPostgresHubStore({ connectionString }))
    const a = r.caller('a')
    await r.hub.answer(a, 'push', madePush(a, 1, 5))
    const other = new pg.Client({ connectionString })
    await other.connect()
    await other.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    await other.end()
    const push = madePush(a, 1, 6)
    const answer = await r.hub.answer(a, 'push', push).catch(() => r.hub.answer(a, 'push', push))
    expect(answer.tag === 'taken' && answer.results.map(({ tag }) => tag)).toEqual([
      ...Array(5).fill('duplicate'),
      'ack',
    ])
    await r.hub.close()
    expect(await r.hub.figures()).toMatchObject({
      databaseOk: false,
      databaseRoundTripMs: null,
      ingestPushes: 2,
    })
  })

  it('SYN-3 tells rows that it will never take from those that it cannot take now', async () => {
    const store = await createPostgresHubStore({ connectionString: await server.createDatabase() })
    const write = (envelope: string) =>
      store.transaction({ lock: 'events', warehouseId: 'w' }, (tx) => {
        const event = { stationId: 's', generation: 'g', counter: 1, sequence: 1, envelope, people: [] }
        return tx.append({ events: [event], generations: [], quarantined: [] })
      })
    await expect(write('a\nb')).rejects.toThrow(DataRefusedError)
    await expect(write('a\0b')).rejects.toThrow(DataRefusedError)
    expect(await store.lastSequence('w')).toBe(0)
    await store.close()
  })

  it('SYN-1 has commits on disk whatever the default of the server is', async () => {
    const connectionString = await server.createDatabase()
    const admin = new pg.Client({ connectionString })
    await admin.connect()
    await admin.query(
      `ALTER DATABASE ${new URL(connectionString).pathname.slice(1)} SET synchronous_commit = off`,
    )
    await admin.end()
    const pool = createHubPool({ connectionString })
    const { rows } = await pool.query('SHOW synchronous_commit')
    expect(rows[0]).toEqual({ synchronous_commit: 'on' })
    await pool.end()
  })
})

const PUSHES = 12
const EACH = 5

async function openHubs(count: number): Promise<{ rigs: HubRig[]; close: () => Promise<void> }> {
  const connectionString = await server.createDatabase()
  const stores = await Promise.all(
    Array.from({ length: count }, () => createPostgresHubStore({ connectionString, connections: 5 })),
  )
  const rigs = stores.map(hubRig)
  return { rigs, close: async () => void (await Promise.all(rigs.map(({ hub }) => hub.close()))) }
}

/** A station that pushes to one hub after the other, and now and then again what it has pushed. */
async function writeAll(rigs: readonly HubRig[], caller: HubCaller, seed: number): Promise<void> {
  for (let index = 0; index < PUSHES; index++) {
    const push = madePush(caller, index * EACH + 1, EACH)
    const hubs = [rigs[(index + seed) % rigs.length], rigs[(index + seed + 1) % rigs.length]]
    const targets = index % 3 === 0 ? hubs : hubs.slice(0, 1)
    await Promise.all(targets.map((rig) => rig?.hub.answer(caller, 'push', push)))
  }
}

/** Pulls by cursor from one hub after the other until nothing is written any more; fails at a hole. */
async function follow(
  hubs: readonly HubService[],
  caller: HubCaller,
  goesOn: () => boolean,
): Promise<string[]> {
  const ids: string[] = []
  for (let turn = 0; ; turn++) {
    const last = !goesOn()
    const hub = hubs[turn % hubs.length]
    if (!hub) throw new Error('no hub')
    const page = JSON.parse(await hub.pullJson(caller, { after: ids.length, limit: 100 }))
    for (const { sequence, event } of page.events) {
      expect(sequence).toBe(ids.length + 1)
      ids.push(event.eventId)
    }
    expect(page.last).toBeGreaterThanOrEqual(ids.length)
    if (last && page.events.length === 0) return ids
  }
}
