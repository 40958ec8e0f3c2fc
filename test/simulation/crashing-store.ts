import type { ReadTx, StationStore, WriteTx } from '../../src/shared/station/store.ts'

/** The power went: whatever awaited this never hears of anything again. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut'
}

/** One run of the station's program, from start to crash. */
export interface Power {
  readonly on: boolean
  /** The power goes at the `steps`-th await from now. */
  cutIn(steps: number): void
  cutNow(): void
  /** Called at every await. @throws PowerCut when there is no power (any more) */
  step(): void
}

export function createPower(): Power {
  let left = Number.POSITIVE_INFINITY
  let on = true
  return {
    get on() {
      return on
    },
    cutIn: (steps) => {
      left = steps
    },
    cutNow: () => {
      on = false
    },
    step: () => {
      if (on && left-- <= 0) on = false
      if (!on) throw new PowerCut('the power went')
    },
  }
}

/**
 * The disk as one run of the program sees it: the power may go at every await. A transaction whose commit was reached
 * has happened, even if nobody heard of it; one that was under way has not.
 */
export function createCrashingStore(disk: StationStore, power: Power): StationStore {
  const guardedReads = (tx: ReadTx): ReadTx => ({
    get: (...args) => stepped(() => tx.get(...args)),
    getMany: (...args) => stepped(() => tx.getMany(...args)),
    where: (...args) => stepped(() => tx.where(...args)),
    range: (...args) => stepped(() => tx.range(...args)),
    count: (...args) => stepped(() => tx.count(...args)),
  })
  const stepped = async <T>(work: () => Promise<T>): Promise<T> => {
    power.step()
    return work()
  }
  const guardedWrites = (tx: WriteTx): WriteTx => ({
    ...guardedReads(tx),
    put: (...args) => tx.put(...args),
    putMany: (...args) => tx.putMany(...args),
    delete: (...args) => tx.delete(...args),
  })
  return {
    read: async (names, body) => {
      power.step()
      const result = await disk.read(names, (tx) => body(guardedReads(tx)))
      power.step()
      return result
    },
    write: async (names, body) => {
      power.step()
      const result = await disk.write(names, async (tx) => {
        const done = await body(guardedWrites(tx))
        power.step()
        return done
      })
      power.step()
      return result
    },
  }
}
