import type { Space } from '../../../shared/protocol/host-contract.ts'
import { SYNC_PROTOCOL_VERSION } from '../../../shared/protocol/sync-messages.ts'
import type { HubCheck, SyncSigns } from '../../../shared/sync/diagnose.ts'
import type { StationApp } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { JOURNAL_CURSOR, type JournalCursor } from '../../station/journal-pump.ts'
import { useStationStatus } from '../../station/station-status.ts'
import { isHubHere } from '../../sync/hub-address.ts'
import { askHub } from '../../sync/hub-calls.ts'
import { loadSyncFigures } from './sync-figures.ts'

/** Looks at everything a diagnosis needs, live: the hub is asked, the host is asked, the database is counted. */
export async function gatherSigns(station: StationApp): Promise<SyncSigns> {
  const { host, space, database } = station
  const { sync, journalTrouble } = useStationStatus.getState()
  const [check, described, figures, journalLag] = await Promise.all([
    checkHub(station),
    host.call('station.describe', { space }).catch(() => null),
    loadSyncFigures(database),
    countLag(database),
  ])
  return {
    check: described === null ? { tag: 'hostGone', detail: '' } : check.found,
    hubIsHere: sync.link?.tag === 'enrolled' && isHubHere(sync.link.url),
    online: navigator.onLine,
    trouble: sync.trouble,
    clockOffsetMs: check.clockOffsetMs ?? sync.clockOffsetMs,
    cursor: figures.cursor,
    freeBytes: described?.freeBytes ?? null,
    journalLag,
    journalTrouble: journalTrouble?.tag ?? null,
    quarantined: figures.quarantined,
  }
}

interface Checked {
  readonly found: HubCheck
  readonly clockOffsetMs: number | null
}

/** Demo data has no hub. */
const hasHub = (space: Space): boolean => space === 'live'

async function checkHub({ host, space, description }: StationApp): Promise<Checked> {
  if (!hasHub(space)) return { found: { tag: 'notEnrolled' }, clockOffsetMs: null }
  const asked = await askHub(host, 'hello', {
    protocolVersion: SYNC_PROTOCOL_VERSION,
    appVersion: description.appVersion,
    generation: description.journal.generation ?? 'none',
    stationTime: Date.now(),
  })
  switch (asked.tag) {
    case 'answer':
      return { found: asked.value, clockOffsetMs: asked.clockOffsetMs }
    case 'refused': {
      const { tag, detail } = asked.refusal
      return { found: { tag: 'refused', refusal: tag, detail }, clockOffsetMs: asked.clockOffsetMs }
    }
    default:
      return { found: asked, clockOffsetMs: null }
  }
}

/** Counted here, because the window that writes the journal may be another one. */
async function countLag(database: StationDatabase): Promise<number> {
  const cursor = (await database.meta.get(JOURNAL_CURSOR))?.value as JournalCursor | undefined
  return database.records
    .where('seq')
    .above(cursor?.recordSeq ?? 0)
    .count()
}
