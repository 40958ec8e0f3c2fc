import { Dexie } from 'dexie'
import { useLiveQuery as useDexieLiveQuery } from 'dexie-react-hooks'
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
  // Native `async`: only then does Dexie keep its zone over what is awaited.
  return useDexieLiveQuery(async () => inTurn(read), deps, before) as T | D | undefined
}

/** Dexie's zone of a live query: `signal` says that a newer change has made its answer worthless. */
interface Zones {
  readonly PSD: { readonly signal?: AbortSignal }
}

/**
 * The waiting is wrapped in a promise made here: inside of a live query it is one of Dexie's, and a read that were made
 * outside of the query's zone would be made once and never again.
 */
async function inTurn<T>(read: () => PromiseLike<T> | T): Promise<T | undefined> {
  const { signal } = (Dexie.Promise as unknown as Zones).PSD
  const done = await Promise.resolve(turns.take())
  try {
    return signal?.aborted ? undefined : await read()
  } finally {
    done()
  }
}
