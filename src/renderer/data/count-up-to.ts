import type { Collection } from 'dexie'

/** Beyond this many nobody needs the exact figure. */
export const MANY = 1000

/**
 * How many rows, up to {@link MANY}: counting on through an index of hundreds of thousands would take seconds, and hold up every
 * scan meanwhile.
 */
export async function countUpToMany<T, K>(rows: Collection<T, K>): Promise<number> {
  return (await rows.limit(MANY).primaryKeys()).length
}

/** `1000+` where it was not counted further. */
export const countWords = (count: number): string => (count >= MANY ? `${MANY}+` : `${count}`)
