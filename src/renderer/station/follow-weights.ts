import type { StationStore } from '../../shared/station/store.ts'
import { learnWeights } from '../../shared/station/weights/learn-weights.ts'

/** Between two rounds while there is more to learn: a scan that waits has its turn. */
const BREATH_MS = 40

/** Learns weights from what came into the log, a little at a time, until its end is reached (PAK-4). */
export async function followWeights(store: StationStore): Promise<void> {
  while ((await learnWeights(store)).more) await new Promise((resolve) => setTimeout(resolve, BREATH_MS))
}
