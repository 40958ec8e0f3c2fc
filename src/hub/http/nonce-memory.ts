import { SIGNATURE_WINDOW_MS } from '../../shared/protocol/sync-messages.ts'

const SLICE_MS = 30_000

/** Which signed requests have been heard already. */
export interface NonceMemory {
  /** Remembers a request; false when it was remembered before. */
  take(stationId: string, nonce: string, time: number, now: number): boolean
  /** How many are remembered. */
  size(): number
}

/**
 * Remembers nonces by slices of the signed time: what was signed so long ago that it would be refused by its age is
 * forgotten, a whole slice at a time. One process's memory: a request that is sent again to another process, or after
 * a restart, finds calls that do nothing a second time.
 */
export function createNonceMemory(): NonceMemory {
  const slices = new Map<number, Set<string>>()
  let forgottenAt = Number.NEGATIVE_INFINITY

  function forget(now: number): void {
    if (now >= forgottenAt && now < forgottenAt + SLICE_MS) return
    forgottenAt = now
    const oldest = Math.floor((now - SIGNATURE_WINDOW_MS) / SLICE_MS)
    for (const slice of slices.keys()) if (slice < oldest) slices.delete(slice)
  }

  return {
    take(stationId, nonce, time, now) {
      forget(now)
      const slice = Math.floor(time / SLICE_MS)
      const heard = slices.get(slice) ?? new Set()
      slices.set(slice, heard)
      // A blank is in no header value that is let through, so no two pairs make one key.
      const key = `${stationId} ${nonce}`
      if (heard.has(key)) return false
      heard.add(key)
      return true
    },
    size: () => [...slices.values()].reduce((sum, { size }) => sum + size, 0),
  }
}
