import type { StationStore } from '../../../shared/station/store.ts'

/** A store that tells how long its last write transaction kept others waiting. */
export interface TimedStore extends StationStore {
  readonly heldMs: () => number
}

/**
 * Times write transactions from the moment at which they hold their tables: what they wait for others before that says
 * nothing about how large a chunk may be.
 */
export function createTimedStore(store: StationStore): TimedStore {
  let heldMs = 0
  return {
    read: store.read,
    heldMs: () => heldMs,
    write: async (tables, body) => {
      let since = performance.now()
      const result = await store.write(tables, async (tx) => {
        // The first answer comes when the transaction is in its turn.
        await tx.get('meta', 'session')
        since = performance.now()
        return body(tx)
      })
      heldMs = performance.now() - since
      return result
    },
  }
}
