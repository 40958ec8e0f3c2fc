import type { ScaleLink, ScaleNews, ScaleReadingTold } from '../../../shared/protocol/scale-contract.ts'

/** What the scale says now, and who waits for something else. */
export interface ScaleBoard {
  now(): ScaleNews
  /** Puts up what changed; tells those who wait when it is something else than before. */
  put(change: Partial<Omit<ScaleNews, 'sequence'>>): void
  wait(after: number, timeoutMs: number): Promise<ScaleNews>
  /** Lets everybody go who waits. */
  endWaiting(): void
  /** As {@link endWaiting}, and nobody waits any more. */
  close(): void
}

/** An empty board. Sequences begin anew with it: whoever brings one that it never gave is answered at once. */
export function createScaleBoard(link: ScaleLink): ScaleBoard {
  let news: ScaleNews = { sequence: 1, link, reading: null, lock: null }
  let closed = false
  const waiters = new Set<() => void>()
  const wake = (): void => {
    for (const waiter of [...waiters]) waiter()
  }
  return {
    now: () => news,
    put: (change) => {
      const next = { ...news, ...change }
      const other = !sameLink(next.link, news.link) || !sameReading(next.reading, news.reading)
      news =
        other || next.lock?.lockId !== news.lock?.lockId ? { ...next, sequence: news.sequence + 1 } : next
      if (news.sequence === next.sequence + 1) wake()
    },
    wait: async (after, timeoutMs) => {
      if (after === news.sequence && timeoutMs > 0 && !closed) {
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
      return news
    },
    endWaiting: wake,
    close: () => {
      closed = true
      wake()
    },
  }
}

const sameLink = (one: ScaleLink, other: ScaleLink): boolean =>
  one.tag === other.tag && one.detail === other.detail

const sameReading = (one: ScaleReadingTold | null, other: ScaleReadingTold | null): boolean =>
  one?.grams === other?.grams && one?.state === other?.state
