import { useEffect, useRef } from 'react'
import { isPending, isWeightOff, missingLines } from '../../../shared/domain/packing/pack-steps.ts'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import type { TracePoint } from '../../../shared/domain/packing/weighing.ts'
import type { ScaleLock } from '../../../shared/protocol/scale-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { listenToScale, markLockUsed, weighFor } from '../../devices/scale-link.ts'
import { onScaleLock } from '../../devices/scale-view.ts'
import type { Floor } from '../floor/use-floor.ts'

/** All its pieces are there, and its weight is wanted or was off. */
function wantsWeight(task: PackTask | null | undefined): task is PackTask {
  if (task?.state !== 'packing') return false
  if (task.lines.some(isPending) || missingLines(task).length > 0) return false
  return task.weightGrams === null || isWeightOff(task)
}

/**
 * A weight that the scale has taken is a scan like any other, with the pan's readings (PAK-4). What lies on the pan
 * while pieces are missing is nobody's weight: once the last is in, the pan is asked again.
 */
export function useScaleScans({ send }: Floor, task: PackTask | null | undefined): void {
  const { host } = useStation()
  const current = useRef(task)
  current.current = task
  useEffect(() => listenToScale(host), [host])
  useEffect(
    () =>
      onScaleLock((lock) => {
        const { current: parcel } = current
        if (lock.grams <= 0 || !wantsWeight(parcel)) return
        markLockUsed(lock, parcel.taskId)
        send(`G-${lock.grams}`, traceOf(lock))
      }),
    [send],
  )
  const wanted = wantsWeight(task) && task.weightGrams === null ? task.taskId : null
  useEffect(() => {
    // A scale that does not answer says so itself.
    if (wanted !== null) void weighFor(host, wanted).catch(() => undefined)
  }, [host, wanted])
}

function traceOf({ trace }: ScaleLock): TracePoint[] {
  const first = trace[0]?.atMs ?? 0
  return trace.map(({ atMs, grams }) => [Math.round(atMs - first), Math.round(grams)])
}
