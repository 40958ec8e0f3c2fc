import { useCallback, useEffect, useRef } from 'react'
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

/** The tables and the verdict tell of the same scan, in either order, within this. */
const ASKED_MS = 600

/**
 * A weight that the scale has taken is a scan like any other, with the pan's readings (PAK-4). What lies on the pan
 * while pieces are missing is nobody's weight: once the last is in, the pan is asked again, and so it is whenever the
 * answer to a scan is that the weight is wanted (`CMD-WEIGH`).
 */
export function useScaleScans({ send, verdict }: Floor, task: PackTask | null | undefined): void {
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
  const askedAt = useRef(-ASKED_MS)
  const ask = useCallback(
    (taskId: string): void => {
      askedAt.current = performance.now()
      // A scale that does not answer says so itself.
      void weighFor(host, taskId).catch(() => undefined)
    },
    [host],
  )
  useEffect(() => {
    if (wanted !== null) ask(wanted)
  }, [wanted, ask])
  useEffect(
    () =>
      verdict.subscribe(() => {
        const { answer } = verdict.read()
        const { current: parcel } = current
        const justAsked = performance.now() - askedAt.current < ASKED_MS
        if (answer?.reason === 'weightWanted' && wantsWeight(parcel) && !justAsked) ask(parcel.taskId)
      }),
    [verdict, ask],
  )
}

function traceOf({ trace }: ScaleLock): TracePoint[] {
  const first = trace[0]?.atMs ?? 0
  return trace.map(({ atMs, grams }) => [Math.round(atMs - first), Math.round(grams)])
}
