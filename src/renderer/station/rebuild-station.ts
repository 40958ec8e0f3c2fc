import type {
  HostClient,
  JournalPage,
  Space,
  StationDescription,
} from '../../shared/protocol/host-contract.ts'
import { REBUILT, type RebuiltNote } from '../../shared/station/finish-rebuild.ts'
import { applyRecords, readJournalled } from '../../shared/station/replay.ts'
import { TABLE_NAMES } from '../../shared/station/tables.ts'
import { createDexieStore } from '../data/dexie-store.ts'
import type { StationDatabase } from '../data/station-database.ts'
import { claim, type OpenedStation } from './open-station.ts'

/** Entries read and applied at a time; each page is one transaction. */
const PAGE = 400

interface RebuildInput {
  readonly host: HostClient
  readonly space: Space
  readonly database: StationDatabase
  readonly description: StationDescription
}

/**
 * Rebuilds the database from the journal (SEC-4): everything journalled comes back, under a new generation, so that no
 * number is ever given twice. A rebuild that was cut short starts over, because the owner's mark is written last.
 */
export async function rebuildStation(
  input: RebuildInput & {
    readonly onProgress: (progress: { done: number; total: number }) => void
  },
): Promise<OpenedStation> {
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
  return takeOver(input, 'journal')
}

/**
 * Begins anew with an empty database that the hub's stream fills from its start (SYN-1). What was on the desk and what
 * the hub was never sent does not come back.
 */
export async function rebuildFromHub(input: RebuildInput): Promise<OpenedStation> {
  await input.database.delete()
  await input.database.open()
  return takeOver(input, 'hub')
}

/** The note of what is still to be done stands before the owner's mark does, so that it is never missing. */
async function takeOver(input: RebuildInput, from: RebuiltNote['from']): Promise<OpenedStation> {
  const { host, space, database, description } = input
  const note: RebuiltNote = { from, setAside: mayLackItsEnd(description) }
  await database.meta.put({ key: REBUILT, value: note })
  return claim(host, { space, database, description, databaseId: crypto.randomUUID(), takeOver: true })
}

/** The generation that a restore leaves in the data directory until a page has rebuilt. */
const RESTORED_GENERATION = 'restored-'

/** Numbers may have been given out that the data directory knows nothing of: a restored backup, a journal cut short. */
export function mayLackItsEnd({
  notices,
  journal,
}: Pick<StationDescription, 'notices' | 'journal'>): boolean {
  return notices.length > 0 || (journal.generation?.startsWith(RESTORED_GENERATION) ?? false)
}
