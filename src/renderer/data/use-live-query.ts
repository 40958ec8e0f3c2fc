import { Dexie, liveQuery } from 'dexie'
import { useLiveQuery as useDexieLiveQuery } from 'dexie-react-hooks'
import { useRef } from 'react'
import { turns } from './turns.ts'

/**
 * Follows the tables that `read` looks at, as Dexie's hook of the same name does; while scans come it reads in its turn
 * ({@link turns}). Every screen uses this one.
 */
export function useLiveQuery<T>(read: () => PromiseLike<T> | T, deps: unknown[]): T | undefined
export function useLiveQuery<T, D>(read: () => PromiseLike<T> | T, deps: unknown[], before: D): T | D
export function useLiveQuery<T, D>(
  read: () => PromiseLike<T> | T,
  deps: unknown[],
  before?: D,
): T | D | undefined {
  // Each change begins the reading anew; the waiting for it must not begin anew, too.
  const since = useRef<number | null>(null)
  // Native `async`: only then does Dexie keep its zone over what is awaited.
  return useDexieLiveQuery(async () => inTurn(read, since), deps, before) as T | D | undefined
}

/** Dexie's zone of a live query: `signal` says that a newer change has made its answer worthless. */
interface Zones {
  readonly PSD: { readonly signal?: AbortSignal }
}

/** The same outside of components; `next` is told each answer. */
export function followQuery<T>(read: () => PromiseLike<T>, next: (answer: T) => void): void {
  const since = { current: null }
  const answers = liveQuery(async () => {
    const answer = await inTurn(read, since)
    return answer === undefined ? [] : [answer]
  })
  // A query that failed is asked again with the next change.
  answers.subscribe({ next: (told) => told.forEach(next), error: () => undefined })
}

/**
 * The waiting is wrapped in a promise made here: inside of a live query it is one of Dexie's, and a read that were made
 * outside of the query's zone would be made once and never again.
 */
async function inTurn<T>(
  read: () => PromiseLike<T> | T,
  since: { current: number | null },
): Promise<T | undefined> {
  const { signal } = (Dexie.Promise as unknown as Zones).PSD
  since.current ??= turns.now()
  const done = await Promise.resolve(turns.take(since.current, signal))
  try {
    if (signal?.aborted) return undefined
    since.current = null
    return await read()
  } finally {
    done()
  }
}
