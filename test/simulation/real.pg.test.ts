import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostgresHubStore } from '../../src/hub/stores/postgres-hub-store.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { runSeed } from './run-seed.ts'

let server: TestPostgres
beforeAll(async () => {
  server = await startTestPostgres()
})
afterAll(() => server?.stop())

describe('simulation on a real PostgreSQL', () => {
  for (const seed of [1, 2, 3])
    it(`SYN-1 SYN-3 seed ${seed} ends equal on the hub's real store as well`, async () => {
      const hubStore = await createPostgresHubStore({ connectionString: await server.createDatabase() })
      const report = await runSeed(seed, { stations: 4, commands: 100, faults: true, hubStore })
      expect(report.broken).toEqual([])
      expect(report.events).toBeGreaterThan(50)
      await hubStore.close()
    })
})
