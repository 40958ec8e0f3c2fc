import type { HostClient, Space, StationDescription } from '../../shared/protocol/host-contract.ts'
import { GENERATION_MARK, generationMark } from '../../shared/station/station-settings.ts'
import { beginFreshLog } from '../data/fresh-log.ts'
import { databaseName, openStationDatabase, type StationDatabase } from '../data/station-database.ts'

/** Where this browser's database stands towards the data directory (decision 11). */
export type OpenedStation =
  | OwnedStation
  | {
      /** Nothing here, but the journal has entries: the database was wiped, or this is another browser profile. */
      readonly tag: 'rebuild'
      readonly reason: 'databaseGone' | 'ownedByOther'
      readonly database: StationDatabase
      readonly description: StationDescription
    }

export interface OwnedStation {
  readonly tag: 'owned'
  readonly database: StationDatabase
  readonly description: StationDescription
  readonly databaseId: string
  readonly generation: string
  /** True when nobody has set the station up yet. */
  readonly blank: boolean
}

/** What the start waits for: the process beside this page, the browser's database, or what was left unfinished in it. */
export type StartStep = 'host' | 'database' | 'work'

/** Opens this station's database and finds out whether it is the one that the journal belongs to. */
export async function openStation(
  host: HostClient,
  space: Space,
  onStep: (step: StartStep) => void,
): Promise<OpenedStation> {
  onStep('host')
  const freshLog = beginFreshLog()
  const description = await host.call('station.describe', { space })
  onStep('database')
  await freshLog
  const database = openStationDatabase(databaseName(description.stationId, space))
  await database.open()
  const databaseId = await metaText(database, 'databaseId')
  onStep('work')
  const owner = description.ownerDatabaseId
  if (databaseId === null) {
    if (owner !== null || description.journal.totalEntries > 0) {
      return { tag: 'rebuild', reason: 'databaseGone', database, description }
    }
    return claim(host, { space, database, description, databaseId: crypto.randomUUID(), takeOver: false })
  }
  if (owner !== null && owner !== databaseId)
    return { tag: 'rebuild', reason: 'ownedByOther', database, description }
  const generation = (await metaText(database, 'generation')) ?? crypto.randomUUID()
  if (owner === null) return claim(host, { space, database, description, databaseId, takeOver: false })
  return { tag: 'owned', database, description, databaseId, generation, blank: await isBlank(database) }
}

interface ClaimInput {
  readonly space: Space
  readonly database: StationDatabase
  readonly description: StationDescription
  readonly databaseId: string
  readonly takeOver: boolean
}

/** Makes this database the owner under a new generation, and writes that down last: until then it counts as absent. */
export async function claim(host: HostClient, input: ClaimInput): Promise<OpenedStation> {
  const { space, database, description, databaseId, takeOver } = input
  const generation = crypto.randomUUID()
  const answer = await host.call('station.claim', { space, databaseId, generation, takeOver })
  if (answer.tag === 'ownedByOther') return { tag: 'rebuild', reason: 'ownedByOther', database, description }
  const last = await database.records.orderBy('seq').last()
  await database.meta.bulkPut([
    { key: 'journalCursor', value: { recordSeq: last?.seq ?? 0, journalSeq: 0 } },
    { key: 'generation', value: generation },
    // The database of a takeover was rebuilt: the lost one may have given out numbers that are not in it.
    { key: GENERATION_MARK, value: takeOver ? generationMark(generation) : '' },
    { key: 'databaseId', value: databaseId },
  ])
  return { tag: 'owned', database, description, databaseId, generation, blank: await isBlank(database) }
}

async function metaText(database: StationDatabase, key: string): Promise<string | null> {
  const value = (await database.meta.get(key))?.value
  return typeof value === 'string' ? value : null
}

const isBlank = async (database: StationDatabase): Promise<boolean> => (await database.settings.count()) === 0
