import { EVENT_TYPES } from '../../../shared/station/event-types.ts'
import type { EventEnvelope } from '../../../shared/ledger/envelope.ts'
import { currentWrite } from '../../../shared/station/row-changes.ts'
import type { BalanceRow, DetailRow, DetailWrite, ParcelRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { type Names, readNames } from '../office/use-person.ts'
import type { CaseRow } from './case-rows.ts'

/** One of the parcels that claim the same thing. */
export interface ParcelOfCase {
  readonly parcelId: string
  /** Null: its event has not come here yet. */
  readonly parcel: ParcelRow | null
  readonly stationId: string | null
}

/** A pool file as one station took it in. */
export interface LoadOfCase {
  readonly eventId: string
  readonly stationId: string
  readonly personId: string | null
  readonly at: number
  readonly file: string
  readonly numbers: number
}

/** A voiding or a hand-over of one parcel. */
export interface EndOfCase {
  readonly eventId: string
  readonly what: 'voided' | 'handedOver'
  readonly stationId: string
  readonly personId: string | null
  readonly at: number
}

/** What stands behind a contradiction, by its kind. */
export type Sides =
  | { readonly of: 'parcels'; readonly parcels: readonly ParcelOfCase[]; readonly names: Names }
  | {
      readonly of: 'balance'
      readonly key: string
      readonly balance: BalanceRow | null
      readonly counting: boolean
    }
  | { readonly of: 'loads'; readonly loads: readonly LoadOfCase[]; readonly names: Names }
  | {
      readonly of: 'ends'
      readonly parcel: ParcelRow | null
      readonly ends: readonly EndOfCase[]
      readonly names: Names
    }
  | {
      readonly of: 'writes'
      readonly detail: DetailRow | null
      readonly writes: readonly DetailWrite[]
      readonly currentId: string | null
      readonly names: Names
    }

/** Reads both sides of a contradiction that still stands. */
export async function readSides(database: StationDatabase, found: CaseRow): Promise<Sides | null> {
  const eventIds = found.row?.eventIds ?? []
  switch (found.kind) {
    case 'doublePack':
    case 'mergedTwice':
    case 'waybillTwice':
      return found.row ? parcelSides(database, eventIds) : null
    case 'endedTwice':
      return endSides(database, found.subject, eventIds)
    case 'oversold':
      return balanceSides(database, found.subject)
    case 'poolTwice':
      return found.row ? loadSides(database, eventIds) : null
    case 'writtenTwice':
      return writeSides(database, found.subject, eventIds)
    default:
      return null
  }
}

async function parcelSides(database: StationDatabase, parcelIds: readonly string[]): Promise<Sides> {
  const rows = await database.parcels.bulkGet([...parcelIds])
  const stations = await Promise.all(parcelIds.map((parcelId) => stationOfParcel(database, parcelId)))
  const parcels = parcelIds.map((parcelId, index) => ({
    parcelId,
    parcel: rows[index] ?? null,
    stationId: stations[index] ?? null,
  }))
  const names = await readNames(database, { stations: stations.flatMap((id) => id ?? []), people: [] })
  return { of: 'parcels', parcels, names }
}

/** The station is in the event behind the parcel's movements. */
async function stationOfParcel(database: StationDatabase, parcelId: string): Promise<string | null> {
  const moves = await database.movements.where('entities').equals(`parcel:${parcelId}`).toArray()
  const finished = moves.find((move) => move.type === 'ParcelFinished')
  if (!finished) return null
  return (await readEnvelope(database, finished.eventId))?.stationId ?? null
}

async function readEnvelope(database: StationDatabase, eventId: string): Promise<EventEnvelope | null> {
  const record = await database.records.where('eventId').equals(eventId).first()
  return record?.kind === 'event' ? record.data : null
}

async function endSides(
  database: StationDatabase,
  waybillNumber: string,
  eventIds: readonly string[],
): Promise<Sides> {
  const envelopes = await Promise.all(eventIds.map((eventId) => readEnvelope(database, eventId)))
  const ends = envelopes.flatMap((envelope): EndOfCase[] => {
    if (!envelope) return []
    const { eventId, stationId, personId, at, type } = envelope
    return [{ eventId, stationId, personId, at, what: type === 'ParcelVoided' ? 'voided' : 'handedOver' }]
  })
  const names = await readNames(database, {
    stations: ends.map((end) => end.stationId),
    people: ends.map((end) => end.personId),
  })
  const parcel = (await database.parcels.where('waybillNumber').equals(waybillNumber).first()) ?? null
  return { of: 'ends', parcel, ends: [...ends].sort((a, b) => a.at - b.at), names }
}

async function balanceSides(database: StationDatabase, key: string): Promise<Sides> {
  const balance = (await database.balances.get(key)) ?? null
  const subjects = [balance?.skuCode, balance?.place.replace(/^bin:/, '')]
  const counting = await database.todos
    .filter((todo) => !todo.done && subjects.includes(todo.subject))
    .count()
  return { of: 'balance', key, balance, counting: counting > 0 }
}

async function loadSides(database: StationDatabase, eventIds: readonly string[]): Promise<Sides> {
  const envelopes = await Promise.all(eventIds.map((eventId) => readEnvelope(database, eventId)))
  const loads = envelopes.flatMap((envelope): LoadOfCase[] => {
    if (!envelope) return []
    const { eventId, stationId, personId, at } = envelope
    const body = EVENT_TYPES.WaybillsLoaded.body.safeParse(envelope.body)
    const file = body.success ? body.data.file : ''
    return [{ eventId, stationId, personId, at, file, numbers: body.success ? body.data.waybills.length : 0 }]
  })
  const names = await readNames(database, {
    stations: loads.map((load) => load.stationId),
    people: loads.map((load) => load.personId),
  })
  return { of: 'loads', loads: [...loads].sort((a, b) => a.at - b.at), names }
}

async function writeSides(
  database: StationDatabase,
  id: string,
  eventIds: readonly string[],
): Promise<Sides> {
  const detail = (await database.details.get(id)) ?? null
  const writes = (detail?.writes ?? []).filter((write) => eventIds.includes(write.eventId))
  const names = await readNames(database, {
    stations: writes.map((write) => write.stationId),
    people: writes.map((write) => write.personId),
  })
  const currentId = detail ? (currentWrite(detail)?.eventId ?? null) : null
  return { of: 'writes', detail, writes, currentId, names }
}
