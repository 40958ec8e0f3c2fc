import { isWaiting, type PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { batchSlip } from '../../../shared/station/areas/pick-papers.ts'
import { batchStops, WAVE_TABLES } from '../../../shared/station/areas/pick-wave.ts'
import type { StationApp } from '../../app/station-app.ts'

/** Prints a batch's slip: what it takes, in walking order; false when nothing of it is in bins any more. */
export async function printBatchSlip(
  station: StationApp,
  task: PickTask,
  serpentineZones: readonly string[],
): Promise<boolean> {
  const stops = isWaiting(task)
    ? await station.store.read(WAVE_TABLES, (tx) => batchStops(tx, task.orderIds, serpentineZones))
    : task.stops
  const batchNo = task.batch?.batchNo ?? ''
  if (stops.length === 0 || batchNo === '') return false
  const orders = new Set(stops.map((stop) => stop.orderId)).size
  const slip = batchSlip(
    { batchNo, orders, stops, slots: task.batch?.slots ?? [] },
    { ...station.env, at: Date.now() },
  )
  await station.run({
    type: 'PrintPaper',
    jobId: crypto.randomUUID(),
    document: slip,
    subject: batchNo,
    reason: '',
  })
  return true
}
