import { useLiveQuery } from '../../data/use-live-query.ts'
import { mayAct } from '../../../shared/domain/people/person.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { useStationStatus } from '../../station/station-status.ts'
import { stationSetting } from '../../../shared/station/station-settings.ts'

/** Is a manager signed in? Buttons of theirs are shut otherwise; commands are checked again where they are decided. */
export function useIsManager(): boolean {
  const { database } = useStation()
  const personId = useStationStatus((status) => status.personId)
  const person = useLiveQuery(
    async () => (personId === null ? null : ((await database.people.get(personId)) ?? null)),
    [database, personId],
  )
  return mayAct(person ?? null, 'manager')
}

/** Names of stations and people, as they are shown beside what they did. */
export interface Names {
  station(stationId: string): string
  person(personId: string | null): string | null
}

/** Reads the names for these ids; an unknown station shows the beginning of its id. */
export async function readNames(
  database: StationDatabase,
  ids: { readonly stations: readonly string[]; readonly people: readonly (string | null)[] },
): Promise<Names> {
  const stations = [...new Set(ids.stations)]
  const people = [...new Set(ids.people)].flatMap((id) => (id === null ? [] : [id]))
  const [settings, persons] = await Promise.all([
    database.settings.bulkGet(stations.map((id) => stationSetting(id, 'name'))),
    database.people.bulkGet(people),
  ])
  const stationNames = new Map(stations.map((id, index) => [id, settings[index]?.value]))
  const personNames = new Map(people.map((id, index) => [id, persons[index]?.name]))
  return {
    station: (id) => {
      const name = stationNames.get(id)
      return typeof name === 'string' && name !== '' ? name : id.slice(0, 8)
    },
    person: (id) => (id === null ? null : (personNames.get(id) ?? id.slice(0, 8))),
  }
}
