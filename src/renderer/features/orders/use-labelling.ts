import {
  LABELS_AT_ONCE,
  type Labelling,
  labellingSetting,
  readLabelling,
} from '../../../shared/domain/shipping/label-first.ts'
import { useStation } from '../../app/station-app.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'

/** The id of the shop's station that prints waybills by itself; empty: none does. */
export function useLabelsAtOnce(): string {
  const { database } = useStation()
  const stored = useLiveQuery(async () => (await database.settings.get(LABELS_AT_ONCE))?.value, [database])
  return typeof stored === 'string' ? stored : ''
}

/** When this station prints its waybills (PAK-11); undefined until it has been read. */
export function useLabelling(): Labelling | undefined {
  const { database, env } = useStation()
  const name = labellingSetting(env.identity.stationId)
  return useLiveQuery(async () => readLabelling((await database.settings.get(name))?.value), [database, name])
}
