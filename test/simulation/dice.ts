/** A seeded source of chance: the same seed throws the same dice on every machine. */
export interface Dice {
  /** In [0, 1). */
  next(): number
  /** Whole number in [0, below). */
  below(below: number): number
  /** Whole number in [from, to], both included. */
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** One of the entries, by their weights. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T
  /** A source of its own, so that what one part draws does not shift what another draws. */
  fork(): Dice
}

/** Mulberry32: small, fast, and even enough for choosing what happens next. */
export function createDice(seed: number): Dice {
  let state = (seed * 0x9e3779b1) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    weighted: <T extends { readonly weight: number }>(list: readonly T[]): T => {
      let left = next() * list.reduce((sum, entry) => sum + entry.weight, 0)
      for (const entry of list) {
        left -= entry.weight
        if (left < 0) return entry
      }
      return list.at(-1) as T
    },
    fork: () => createDice(below(0xffffffff)),
  }
}
