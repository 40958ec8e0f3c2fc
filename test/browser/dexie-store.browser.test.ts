import { createDexieStore } from '../../src/renderer/data/dexie-store.ts'
import { openStationDatabase } from '../../src/renderer/data/station-database.ts'
import { stationStoreSuite } from '../contract/station-store.suite.ts'

stationStoreSuite('Dexie on IndexedDB', async () => {
  const database = openStationDatabase(`suite-${crypto.randomUUID()}`)
  await database.open()
  return createDexieStore(database)
})
