import type { HostClient, Space } from '../../shared/protocol/host-contract.ts'
import type { StationStore } from '../../shared/station/store.ts'
import type { StationDatabase } from '../data/station-database.ts'
import { followWeights } from './follow-weights.ts'
import { pumpJournal } from './journal-pump.ts'
import { createPrintDispatcher, type PrintDispatcher } from './print-dispatch.ts'

/** Also without a nudge: workers write too, and a host that was away comes back. */
const ROUND_MS = 1500
/** How long the host may hold its answer back while nothing happens at the printers. */
const WATCH_MS = 20_000

/** What an effect leaves behind to be followed, beside its log records. */
export interface Follows {
  readonly prints: boolean
}

interface BackgroundOptions {
  readonly database: StationDatabase
  readonly store: StationStore
  readonly host: HostClient
  readonly space: Space
  readonly databaseId: string
  readonly generation: string
}

/**
 * Journal, printing and the learning of weights follow the work in one window per browser profile: the holder of a
 * lock. None waits for another. Answers a nudge, to be called after each durable effect.
 */
export function startBackgroundWork(options: BackgroundOptions): (follows: Follows) => void {
  const prints = createPrintDispatcher(options)
  const journal = createRounds(() => pumpJournal(options))
  const printing = createRounds(() => prints.submitRound())
  const weights = createRounds(() => followWeights(options.store))
  const nudge = ({ prints: printed }: Follows): void => {
    journal.nudge()
    if (printed) printing.nudge()
  }
  const work = async (): Promise<never> => {
    void followPrinters(prints, printing.nudge)
    void journal.run()
    void weights.run()
    return printing.run()
  }
  void navigator.locks.request(`packbench-background-${options.database.name}`, work)
  return nudge
}

interface Rounds {
  readonly nudge: () => void
  run(): Promise<never>
}

/** Does the same again and again: at once after a nudge, else after a pause. */
function createRounds(round: () => Promise<void>): Rounds {
  let wake: () => void = () => undefined
  let again = false
  return {
    nudge: () => {
      again = true
      wake()
    },
    run: async () => {
      for (;;) {
        again = false
        await round().catch(() => undefined)
        if (again) continue
        await new Promise<void>((resolve) => {
          wake = resolve
          setTimeout(resolve, ROUND_MS)
        })
      }
    },
  }
}

/** Waits for the host's word on what it prints, and goes on at once with what may follow it. */
async function followPrinters(prints: PrintDispatcher, nudge: () => void): Promise<never> {
  for (;;) {
    const heard = await prints.watchOnce(WATCH_MS).catch(() => false)
    nudge()
    if (!heard) await new Promise((resolve) => setTimeout(resolve, ROUND_MS))
  }
}
