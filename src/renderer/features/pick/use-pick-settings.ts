import { useLiveQuery } from '../../data/use-live-query.ts'
import {
  type PickSettings,
  pickSetting,
  readPickSettings,
} from '../../../shared/domain/picking/pick-settings.ts'
import { useStation } from '../../app/station-app.ts'

/** How this station picks; undefined until it has been read. */
export function usePickSettings(): PickSettings | undefined {
  const { database, env } = useStation()
  const name = pickSetting(env.identity.stationId)
  return useLiveQuery(
    async () => readPickSettings((await database.settings.get(name))?.value),
    [database, name],
  )
}
