import { afterFrame } from './after-frame.ts'

/** Scans come one after another for so long after the last one. */
const SCANNING_MS = 2000
/** From a scanner's first keys to its Enter. */
const COMING_MS = 120
/** No scan for so long is a gap: shorter than a person's pause, longer than that of a packer at ten scans a second. */
const GAP_MS = 150
/** Whoever has waited so long has a turn between two scans, however short the pause; after twice that, at once. */
const PATIENCE_MS = 700
/** But only one so often, or a dozen that have waited would slow down scans that are behind already. */
const URGENT_EVERY_MS = 200
/** A scan in another window is over by then, or its window is gone and cannot say so. */
const ELSEWHERE_MS = 400
/** The keys of one scan are told to other windows once. */
const TELL_EVERY_MS = 60

/** What windows and workers of one browser profile tell each other: keys of a scan come, it is under way, it is done. */
export type ScanWord = 'coming' | 'begun' | 'done'

/**
 * Who may use the database now. IndexedDB lets a scan's transaction wait for every reader that came before it, so that a
 * dozen lists that follow one scan would hold up the next (measured: 40 of 50 ms). Here a scan goes first, always;
 * while scans come, everything else goes one after another, and only in the gaps between them. What a list of the screen
 * would have read after each scan of a stream it reads once.
 */
export interface Turns {
  /** The first keys of a scan were seen: its gap is over. */
  announce(): void
  /** A scan: goes at once; its turn ends when its verdict has been drawn. */
  first<T>(work: () => Promise<T>): Promise<T>
  /** Anything else: lists of a screen, the journal, printing, what the hub sent. */
  later<T>(work: () => PromiseLike<T>): Promise<T>
  /**
   * For work whose caller must do the waiting: resolves when the turn has come, with what ends it.
   * @param since When the caller began to wait, where that was before this call; by the clock of {@link Turns.now}.
   * @param signal Aborted: nobody wants this turn any more. It takes no place in the queue then, or a stream of scans,
   *   each of which makes every list ask anew, would leave only turns that nobody wants.
   */
  take(since?: number, signal?: AbortSignal): Promise<() => void>
  now(): number
  /** Another window has a scan: its readers wait for each other's transactions as well. */
  hear(word: ScanWord): void
}

interface Waiting {
  readonly since: number
  readonly begin: () => void
}

/**
 * @param now Milliseconds of a clock that never goes back.
 * @param tell Called with each word that other windows and workers have to hear.
 */
export function createTurns(now: () => number, tell: (word: ScanWord) => void = () => undefined): Turns {
  const waiting: Waiting[] = []
  let scans = 0
  let lastScanAt = Number.NEGATIVE_INFINITY
  let comingUntil = Number.NEGATIVE_INFINITY
  let lastUrgentAt = Number.NEGATIVE_INFINITY
  let toldAt = Number.NEGATIVE_INFINITY
  let taken = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const isScanning = (): boolean => scans > 0 || now() < Math.max(comingUntil, lastScanAt + SCANNING_MS)
  /** Null: not yet. */
  const turnFor = (since: number): 'free' | 'urgent' | null => {
    if (!isScanning()) return 'free'
    if (taken > 0) return null
    const between = scans === 0 && now() >= comingUntil
    if (between && now() >= lastScanAt + GAP_MS) return 'free'
    if (now() < lastUrgentAt + URGENT_EVERY_MS) return null
    return now() - since >= (between ? PATIENCE_MS : 2 * PATIENCE_MS) ? 'urgent' : null
  }
  const nextLookAt = (since: number): number => {
    const gapAt = Math.max(comingUntil, lastScanAt + GAP_MS)
    const looks = [gapAt, since + PATIENCE_MS, since + 2 * PATIENCE_MS, lastUrgentAt + URGENT_EVERY_MS]
    return Math.min(...looks.filter((at) => at > now()), now() + PATIENCE_MS)
  }
  const goOn = (): void => {
    clearTimeout(timer)
    for (let next = waiting[0]; next; next = waiting[0]) {
      const turn = turnFor(next.since)
      if (turn === null) break
      if (turn === 'urgent') lastUrgentAt = now()
      waiting.shift()
      next.begin()
    }
    const next = waiting[0]
    // Nobody calls when a gap has lasted long enough, or when an announced scan did not come.
    if (next) timer = setTimeout(goOn, Math.max(1, nextLookAt(next.since) - now()))
  }
  const take = (since = now(), signal?: AbortSignal): Promise<() => void> =>
    new Promise((resolve) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(mine), 1)
        resolve(() => undefined)
      }
      const begin = (): void => {
        signal?.removeEventListener('abort', leave)
        taken++
        let ended = false
        resolve(() => {
          if (ended) return
          ended = true
          taken--
          goOn()
        })
      }
      const mine = { since, begin }
      if (signal?.aborted) return resolve(() => undefined)
      signal?.addEventListener('abort', leave, { once: true })
      const before = waiting.findIndex((other) => other.since > since)
      waiting.splice(before < 0 ? waiting.length : before, 0, mine)
      goOn()
    })

  const scanIsDone = (): void => {
    lastScanAt = now()
    comingUntil = Number.NEGATIVE_INFINITY
    goOn()
  }

  return {
    announce: () => {
      comingUntil = now() + COMING_MS
      if (now() < toldAt + TELL_EVERY_MS) return
      toldAt = now()
      tell('coming')
    },
    first: async (work) => {
      scans++
      tell('begun')
      try {
        return await work()
      } finally {
        afterFrame(() => {
          scans--
          tell('done')
          scanIsDone()
        })
      }
    },
    hear: (word) => {
      if (word === 'done') scanIsDone()
      else comingUntil = now() + (word === 'coming' ? COMING_MS : ELSEWHERE_MS)
    },
    later: async (work) => {
      const done = await take()
      try {
        return await work()
      } finally {
        done()
      }
    },
    take,
    now,
  }
}

/** The turns of this window or worker; a scan in any of them holds the others back. */
export const turns: Turns = sharedTurns()

function sharedTurns(): Turns {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('packbench-scans')
  const shared = createTurns(
    () => performance.now(),
    (word) => channel?.postMessage(word),
  )
  if (channel)
    channel.onmessage = ({ data }) => {
      if (data === 'coming' || data === 'begun' || data === 'done') shared.hear(data)
    }
  return shared
}
