/** Sleep that can be cut short; a ring that comes while nobody sleeps is not lost. */
export interface Alarm {
  ring(): void
  /** Answers whether somebody rang; false when the time was over. */
  sleep(ms: number): Promise<boolean>
}

/** Makes an alarm for one sleeper. */
export function createAlarm(): Alarm {
  let rung = false
  let wake = (): void => undefined
  return {
    ring: () => {
      rung = true
      wake()
    },
    sleep: async (ms) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const answer = rung
      rung = false
      wake = () => undefined
      return answer
    },
  }
}

/** Runs one at a time; asked for again meanwhile, it runs once more. Failures are the work's own business. */
export function singleFlight(work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | null = null
  let again = false
  const rounds = async (): Promise<void> => {
    do {
      again = false
      await work().catch(() => undefined)
    } while (again)
  }
  return () => {
    again = true
    running ??= rounds().finally(() => {
      running = null
    })
    return running
  }
}
