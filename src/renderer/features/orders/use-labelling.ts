import {
  type Labelling,
  labellingSetting,
  readLabelling,
} from '../../../shared/domain/shipping/label-first.ts'
import { useStation } from '../../app/station-app.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'

/** When this station prints its waybills (PAK-11); undefined until it has been read. */
export function useLabelling(): Labelling | undefined {
  const { database, env } = useStation()
  const name = labellingSetting(env.identity.stationId)
  return useLiveQuery(async () => readLabelling((await database.settings.get(name))?.value), [database, name])
}
