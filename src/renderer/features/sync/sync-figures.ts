import { useLiveQuery } from '../../data/use-live-query.ts'
import type { EventEnvelope } from '../../../shared/ledger/envelope.ts'
import { HUB_CURSOR } from '../../../shared/station/apply-stream.ts'
import { QUARANTINED } from '../../../shared/station/outbox.ts'
import { mayAct } from '../../../shared/domain/people/person.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { useStationStatus } from '../../station/station-status.ts'

/** What waits for the hub, and up to where its stream is applied. */
export interface SyncFigures {
  readonly waiting: number
  /** When the oldest that waits was done, milliseconds since 1970. */
  readonly oldestAt: number | null
  readonly cursor: number
  readonly quarantined: number
}

/** Reads the figures once. */
export async function loadSyncFigures(database: StationDatabase): Promise<SyncFigures> {
  const { records, meta } = database
  const [waiting, oldest, cursor, apart] = await Promise.all([
    records.where('outboxCounter').above(0).count(),
    records.orderBy('outboxCounter').first(),
    meta.get(HUB_CURSOR),
    loadQuarantined(database),
  ])
  return {
    waiting,
    oldestAt: oldest?.kind === 'event' ? oldest.data.at : null,
    cursor: Number(cursor?.value ?? 0),
    quarantined: apart.length,
  }
}

/** The figures, followed as they change. */
export function useSyncFigures(): SyncFigures | undefined {
  const { database } = useStation()
  return useLiveQuery(() => loadSyncFigures(database), [database])
}

/** An event that the hub keeps apart, and why. */
export interface QuarantinedEvent {
  readonly event: EventEnvelope
  readonly reason: string
}

/** Shown at most; whoever has more needs support, not a longer list. */
const MOST_QUARANTINED = 500

/** Events that the hub keeps apart, newest first. */
export async function loadQuarantined(database: StationDatabase): Promise<QuarantinedEvent[]> {
  const ids = ((await database.meta.get(QUARANTINED))?.value as readonly string[] | undefined) ?? []
  if (ids.length === 0) return []
  const rows = await database.records.where('eventId').anyOf(ids.slice(-MOST_QUARANTINED)).toArray()
  return rows
    .flatMap((row) =>
      row.kind === 'event' && row.quarantined !== undefined
        ? [{ event: row.data, reason: row.quarantined }]
        : [],
    )
    .sort((a, b) => b.event.at - a.event.at)
}

/** True when the signed-in person may join, leave and manage; before there are people everybody may. */
export function useMayManage(): boolean {
  const { database } = useStation()
  const personId = useStationStatus((status) => status.personId)
  const may = useLiveQuery(async () => {
    const person = personId === null ? undefined : await database.people.get(personId)
    return mayAct(person ?? null, 'manager') || (await database.people.count()) === 0
  }, [database, personId])
  return may ?? false
}
