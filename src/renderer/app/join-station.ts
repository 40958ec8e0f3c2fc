import { stationSetting } from '../../shared/station/station-settings.ts'
import { stationCodeOf } from '../station/station-environment.ts'
import { usePersonDialog } from './person-dialog.tsx'
import type { StationApp } from './station-app.ts'
import { goTo } from './use-route.ts'

/** How far the joining of a shop has come. */
export type JoinStage =
  /** The hub knows this PC, which has no name yet: the database is new, the enrolment older. */
  { readonly step: 'name'; readonly url: string } | { readonly step: 'pulling' }

/** The name with which the hub was asked; written before, so that nothing is asked twice after a crash. Key in `meta`. */
const JOIN_NAME = 'joinName'

/** Writes down what this PC is to be called, before the hub is asked. */
export async function beginJoin({ database }: StationApp, stationName: string): Promise<void> {
  await database.meta.put({ key: JOIN_NAME, value: stationName })
}

/**
 * After the hub has taken this PC in: its own name and code are saved, and nothing of the shop, which comes from the
 * hub. From here on the station is no longer blank.
 */
export async function finishJoin(station: StationApp, stationName: string): Promise<void> {
  const { stationId } = station.description
  await station.run({
    type: 'SaveSettings',
    settings: {
      [stationSetting(stationId, 'name')]: stationName,
      [stationSetting(stationId, 'code')]: stationCodeOf(stationName, stationId),
    },
  })
  await station.database.meta.delete(JOIN_NAME)
  station.sync.relink()
}

/**
 * Where a station that starts stands with joining; null when it has nothing to do with it: no hub, or the shop's people
 * are there. A crash at any moment of joining comes back here.
 */
export async function joinStage(station: StationApp): Promise<JoinStage | null> {
  const { database, host, description } = station
  if ((await database.people.count()) > 0) return null
  const link = await host.call('hub.describe', {}).catch(() => null)
  if (link?.tag !== 'enrolled') return null
  if (await database.settings.get(stationSetting(description.stationId, 'name'))) return { step: 'pulling' }
  const name = (await database.meta.get(JOIN_NAME))?.value
  if (typeof name !== 'string') return { step: 'name', url: link.url }
  await finishJoin(station, name)
  return { step: 'pulling' }
}

/** The shop is there: on to the first screen, which asks who works here. */
export function enterJoined(begun: () => void): void {
  goTo('home')
  begun()
  usePersonDialog.getState().open()
}
