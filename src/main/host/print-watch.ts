import type { PrintJobState, PrintWatchAnswer } from '../../shared/protocol/print-contract.ts'
import type { PrintJob, PrintLedger } from './print-ledger.ts'

/** Jobs in one answer, as the contract says. */
const MOST = 5_000

/** Who waits for news of the jobs. */
export interface PrintWatchers {
  watch(cursor: number, timeoutMs: number): Promise<PrintWatchAnswer>
  /** A job has changed. */
  changed(): void
  /** Lets everybody go who waits; they get nothing new. */
  endWaiting(): void
}

/** @param ledger asked only once it is open */
export function createPrintWatchers(ledger: () => PrintLedger): PrintWatchers {
  const waiters = new Set<() => void>()
  const wake = (): void => {
    for (const waiter of [...waiters]) waiter()
  }
  return {
    changed: wake,
    endWaiting: wake,
    watch: async (cursor, timeoutMs) => {
      if (cursor === ledger().cursor() && timeoutMs > 0) {
        await new Promise<void>((resolve) => {
          const finish = (): void => {
            clearTimeout(timer)
            waiters.delete(finish)
            resolve()
          }
          const timer = setTimeout(finish, timeoutMs)
          waiters.add(finish)
        })
      }
      return changesAfter(ledger(), cursor)
    },
  }
}

/**
 * What changed after the cursor, oldest first. A cursor that this ledger never gave belongs to a ledger that is gone: then
 * everything is new. From the very beginning, only the newest of the finished ones are told.
 */
function changesAfter(ledger: PrintLedger, cursor: number): PrintWatchAnswer {
  const known = cursor <= ledger.cursor()
  const all = [...ledger.jobs()].filter((job) => !known || job.cursor > cursor)
  if (all.length <= MOST) return { jobs: all.map(stateOf), cursor: ledger.cursor() }
  if (known && cursor > 0) {
    const part = all.slice(0, MOST)
    return { jobs: part.map(stateOf), cursor: part.at(-1)?.cursor ?? cursor }
  }
  const newest = all.length - MOST
  const told = all.filter(
    ({ state }, index) => index >= newest || !(state === 'printed' || state === 'failed'),
  )
  return { jobs: told.map(stateOf), cursor: ledger.cursor() }
}

/** A job as the page sees it. */
export function stateOf(job: PrintJob): PrintJobState {
  const { order: _order, document: _document, layout: _layout, via: _via, trace: _trace, ...state } = job
  return state
}
