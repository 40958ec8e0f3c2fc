import type { ScaleReading } from '../../formats/scale-reading.ts'

/** Below this the pan counts as emptied, and the next parcel may be taken. */
export const REARM_GRAMS = 20
/** Like readings are within so much of each other. */
export const LIKE_GRAMS = 1
/** So long must like readings go on where the scale does not say itself that it is at rest. */
export const LIKE_MS = 280
/** So many of them at least. */
export const LIKE_READINGS = 3
/** Readings further apart do not belong to one rest: the scale was away in between. */
const LONGEST_GAP_MS = 1_500
/** A frame that a fault on the line has changed comes alone. */
const STABLE_READINGS = 2
/** Points of a trace; more is not needed to see how a pan came to rest. */
export const MOST_TRACE_POINTS = 60

/** One point of a pan's movement. */
export interface WeightPoint {
  /** Milliseconds since the trace's first point. */
  readonly atMs: number
  readonly grams: number
}

/** A weight that was taken, and how the pan came to it (PAK-4). */
export interface WeightLock {
  readonly grams: number
  /** From the emptied pan to the lock, at most {@link MOST_TRACE_POINTS}, the newest where there were more. */
  readonly trace: readonly WeightPoint[]
}

/** Decides when a weight may be taken from a scale; one for each scale, kept while the scale is unplugged. */
export interface StableWeight {
  /**
   * Takes one reading in; answers a lock when this reading makes the weight certain. A parcel locks once: the pan must
   * have been empty before the next.
   * @param atMs milliseconds of a clock that does not jump
   */
  take(reading: ScaleReading, atMs: number): WeightLock | null
  /** Somebody asks for the weight again without emptying the pan. */
  weighAgain(): void
  /** False from a lock until the pan was empty, or until somebody asked again. */
  armed(): boolean
}

interface Timed {
  readonly reading: ScaleReading
  readonly atMs: number
}

/**
 * The rule of PAK-4: a weight is taken when the scale says that it is at rest, twice alike, or when readings stay alike
 * for {@link LIKE_MS}; never while they still change, never below {@link REARM_GRAMS}, and never a second time from a pan
 * that was not emptied, so that a scale that is stuck at a value gives it once.
 */
export function createStableWeight(): StableWeight {
  let armed = true
  let emptyReadings = 0
  /** Readings alike, the newest last. */
  let run: readonly Timed[] = []
  let trace: readonly Timed[] = []
  const rearm = (): void => {
    armed = true
    run = []
  }
  return {
    armed: () => armed,
    weighAgain: rearm,
    take: (reading, atMs) => {
      if (isEmpty(reading)) {
        run = []
        trace = [{ reading, atMs }]
        emptyReadings++
        // A parcel that is set down hard lifts off for one reading.
        if (reading.state === 'stable' || emptyReadings >= STABLE_READINGS) rearm()
        return null
      }
      emptyReadings = 0
      if (reading.state === 'overload') {
        run = []
        return null
      }
      run = extendRun(run, { reading, atMs })
      trace = extendTrace(trace, { reading, atMs })
      if (!armed || !isCertain(run)) return null
      armed = false
      return { grams: reading.grams, trace: tracePoints(trace) }
    },
  }
}

const isEmpty = ({ grams, state }: ScaleReading): boolean =>
  state === 'underload' || (state !== 'overload' && grams < REARM_GRAMS)

/** At 100 readings a second a run still spans {@link LIKE_MS}. */
const MOST_RUN = 64

/** The newest readings that are all alike, with `next` as the last. */
function extendRun(run: readonly Timed[], next: Timed): readonly Timed[] {
  const gap = next.atMs - (run.at(-1)?.atMs ?? next.atMs)
  if (gap < 0 || gap > LONGEST_GAP_MS) return [next]
  let least = next.reading.grams
  let most = least
  const unlike = run.findLastIndex(({ reading: { grams } }) => {
    least = Math.min(least, grams)
    most = Math.max(most, grams)
    return most - least > LIKE_GRAMS
  })
  return [...run.slice(unlike + 1), next].slice(-MOST_RUN)
}

function isCertain(run: readonly Timed[]): boolean {
  const said = run.slice(-STABLE_READINGS)
  if (said.length === STABLE_READINGS && said.every(({ reading }) => reading.state === 'stable')) return true
  const [first] = run
  const last = run.at(-1)
  if (first === undefined || last === undefined || run.length < LIKE_READINGS) return false
  return last.atMs - first.atMs >= LIKE_MS
}

/** Of readings that stay the same only the first and the last are kept. */
function extendTrace(trace: readonly Timed[], next: Timed): readonly Timed[] {
  const [before, last] = trace.slice(-2)
  const same = [before, last].every((one) => one?.reading.grams === next.reading.grams)
  return [...(same ? trace.slice(0, -1) : trace), next].slice(-MOST_TRACE_POINTS)
}

function tracePoints(trace: readonly Timed[]): readonly WeightPoint[] {
  const start = trace[0]?.atMs ?? 0
  return trace.map(({ reading, atMs }) => ({ atMs: Math.round(atMs - start), grams: reading.grams }))
}
