import {
  HostError,
  type HostClient,
  type JournalEntry,
  type Space,
} from '../../shared/protocol/host-contract.ts'
import type { LogRecord } from '../../shared/station/tables.ts'
import type { StationDatabase } from '../data/station-database.ts'
import { turns } from '../data/turns.ts'
import { useStationStatus } from './station-status.ts'

/**
 * How far the journal has followed: the last record of this database, and its number in the journal of this generation.
 * The two differ after a rebuild, whose old records stand in the journal under an earlier generation.
 */
export interface JournalCursor {
  readonly recordSeq: number
  readonly journalSeq: number
}

/** Key of the cursor in `meta`. */
export const JOURNAL_CURSOR = 'journalCursor'

/** Records sent in one append. */
const BATCH = 200

interface PumpOptions {
  readonly database: StationDatabase
  readonly host: HostClient
  readonly space: Space
  readonly databaseId: string
  readonly generation: string
}

/**
 * Sends what has been recorded since the last time to the journal file, in order, until nothing is left (decision 10:
 * IndexedDB first, the journal follows and the lag is shown). The host drops what it has already, so that a crash
 * between its answer and our cursor costs nothing.
 */
export async function pumpJournal(options: PumpOptions): Promise<void> {
  const { database } = options
  for (;;) {
    const { cursor, records, lag } = await turns.later(() => readBehind(database))
    if (records.length === 0) {
      useStationStatus.setState({ journalLag: 0, journalTrouble: null })
      return
    }
    useStationStatus.setState({ journalLag: lag })
    if (!(await sendBatch(options, cursor, records))) return
  }
}

interface Behind {
  readonly cursor: JournalCursor
  readonly records: readonly LogRecord[]
  readonly lag: number
}

/** What the journal has not got: the next batch, and how much there is in all. */
function readBehind(database: StationDatabase): PromiseLike<Behind> {
  return database.transaction('r', database.meta, database.records, async () => {
    const kept = (await database.meta.get(JOURNAL_CURSOR))?.value as JournalCursor | undefined
    const cursor = kept ?? { recordSeq: 0, journalSeq: 0 }
    const behind = database.records.where('seq').above(cursor.recordSeq)
    const records = await behind.clone().limit(BATCH).toArray()
    return { cursor, records, lag: records.length < BATCH ? records.length : await behind.count() }
  })
}

const keepCursor = (database: StationDatabase, value: JournalCursor): Promise<unknown> =>
  turns.later(() => database.meta.put({ key: JOURNAL_CURSOR, value }))

async function sendBatch(
  options: PumpOptions,
  cursor: JournalCursor,
  records: readonly LogRecord[],
): Promise<boolean> {
  const { database, host, space, databaseId, generation } = options
  const entries = records.map((record, index): JournalEntry => {
    const { seq: _seq, ...data } = record
    return { seq: cursor.journalSeq + 1 + index, kind: record.kind, id: record.id, data }
  })
  try {
    const answer = await host.call('journal.append', { space, databaseId, generation, entries })
    switch (answer.tag) {
      case 'stored': {
        const recordSeq = records.at(-1)?.seq ?? cursor.recordSeq
        await keepCursor(database, { recordSeq, journalSeq: cursor.journalSeq + records.length })
        return true
      }
      case 'gap': {
        // The file has less than we believed, for instance after a torn tail: go back as far as it says.
        const back = cursor.journalSeq + 1 - answer.wantedSeq
        const recordSeq = Math.max(0, cursor.recordSeq - back)
        await keepCursor(database, { recordSeq, journalSeq: answer.wantedSeq - 1 })
        return back > 0
      }
      case 'notOwner':
        return trouble('notOwner', '')
      case 'diskFull':
        return trouble('diskFull', answer.detail)
    }
  } catch (error) {
    const fault = error instanceof HostError ? error.fault : null
    return trouble(fault?.tag === 'unreachable' ? 'unreachable' : 'refused', fault?.detail ?? String(error))
  }
}

function trouble(
  tag: NonNullable<ReturnType<typeof useStationStatus.getState>['journalTrouble']>['tag'],
  detail: string,
): false {
  useStationStatus.setState({ journalTrouble: { tag, detail } })
  return false
}
