import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits until what is read is what is wanted.
 * @throws Error with the last reading when it never is
 */
export async function eventually<T>(
  read: () => Promise<T>,
  wanted: (value: T) => boolean,
  what: string,
  limitMs = 60_000,
): Promise<T> {
  for (const until = Date.now() + limitMs; ; await sleep(100)) {
    const value = await read()
    if (wanted(value)) return value
    if (Date.now() > until) throw new Error(`${what}: ${JSON.stringify(value)} after ${limitMs} ms`)
  }
}
