import type { HostClient, Space } from '../../shared/protocol/host-contract.ts'
import type { StationDatabase } from '../data/station-database.ts'
import { pumpJournal } from './journal-pump.ts'
import { dispatchPrints } from './print-dispatch.ts'

/** Also without a nudge: workers write too, and a host that was away comes back. */
const ROUND_MS = 1500

interface BackgroundOptions {
  readonly database: StationDatabase
  readonly host: HostClient
  readonly space: Space
  readonly databaseId: string
  readonly generation: string
}

/**
 * Journal and printing follow the work in one window per browser profile: the holder of a lock. Answers a nudge, to be
 * called after each durable effect.
 */
export function startBackgroundWork(options: BackgroundOptions): () => void {
  let wake: () => void = () => undefined
  let again = false
  const nudge = (): void => {
    again = true
    wake()
  }
  const round = async (): Promise<void> => {
    await Promise.all([pumpJournal(options), dispatchPrints(options)])
  }
  const work = async (): Promise<never> => {
    for (;;) {
      again = false
      await round().catch(() => undefined)
      if (again) continue
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, ROUND_MS)
      })
    }
  }
  void navigator.locks.request(`packbench-background-${options.database.name}`, work)
  return nudge
}
