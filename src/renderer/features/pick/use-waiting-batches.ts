import { useLiveQuery } from '../../data/use-live-query.ts'
import { isWaiting, type PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { useStation } from '../../app/station-app.ts'

const NONE: readonly PickTask[] = []

/** Batches of waves on this station's shelf, oldest first; none until they have been read. */
export function useWaitingBatches(): readonly PickTask[] {
  const { database } = useStation()
  return useLiveQuery(
    async () => {
      const held = await database.held.where('area').equals('pick').toArray()
      return held
        .flatMap((task) => (task.area === 'pick' && isWaiting(task) ? [task] : []))
        .sort((a, b) => a.openedAt - b.openedAt)
    },
    [database],
    NONE,
  )
}
