import type {
  HostClient,
  JournalPage,
  Space,
  StationDescription,
} from '../../shared/protocol/host-contract.ts'
import { applyRecords, readJournalled } from '../../shared/station/replay.ts'
import { TABLE_NAMES } from '../../shared/station/tables.ts'
import { createDexieStore } from '../data/dexie-store.ts'
import type { StationDatabase } from '../data/station-database.ts'
import { claim, type OpenedStation } from './open-station.ts'

/** Entries read and applied at a time; each page is one transaction. */
const PAGE = 400

/**
 * Rebuilds the database from the journal (SEC-4): everything journalled comes back, under a new generation, so that no
 * number is ever given twice. A rebuild that was cut short starts over, because the owner's mark is written last.
 */
export async function rebuildStation(input: {
  readonly host: HostClient
  readonly space: Space
  readonly database: StationDatabase
  readonly description: StationDescription
  readonly onProgress: (progress: { done: number; total: number }) => void
}): Promise<OpenedStation> {
  const { host, space, database, description, onProgress } = input
  await database.delete()
  await database.open()
  const store = createDexieStore(database)
  let cursor: string | null = null
  let done = 0
  do {
    const page: JournalPage = await host.call('journal.read', { space, cursor, limit: PAGE })
    const records = page.entries.flatMap((entry) => readJournalled(entry.data) ?? [])
    await store.write(TABLE_NAMES, (tx) => applyRecords(tx, records, description.stationId))
    done += page.entries.length
    onProgress({ done, total: page.totalEntries })
    cursor = page.cursor
  } while (cursor !== null)
  return claim(host, { space, database, description, databaseId: crypto.randomUUID(), takeOver: true })
}
