/** A reading of one quantity with its variance. */
export interface Reading {
  readonly value: number
  readonly variance: number
}

/** A robust estimate: the middle of the readings, and how far it may be off. */
export interface Estimate {
  readonly mean: number
  /** Variance of the mean. */
  readonly doubt: number
}

/** Readings further off than so many standard deviations count less the further they are (Huber). */
const HUBER = 2
/** A reading that is far off says that something went wrong with it, not that the others are worth little. */
const MOST_SCATTER = 9

/** The reading below and above which half of the weight lies. */
function weightedMedian(readings: readonly Reading[]): number {
  const sorted = [...readings].sort((a, b) => a.value - b.value)
  const total = sorted.reduce((sum, { variance }) => sum + 1 / variance, 0)
  let passed = 0
  for (const { value, variance } of sorted) {
    passed += 1 / variance
    if (passed >= total / 2) return value
  }
  return sorted.at(-1)?.value ?? 0
}

/** A reading of `step` times one quantity and `turn` times another. */
export interface ShiftReading extends Reading {
  readonly step: number
  readonly turn: number
}

/** Two quantities that were fitted together. */
export interface Shift {
  readonly step: number
  readonly turn: number
  /** Variance of their sum. */
  readonly doubt: number
}

const SHIFT_ROUNDS = 4

/** Readings further off than so many standard deviations hardly count in {@link fitShift}: they are about other things. */
const FAR = 5

/** Fits both quantities, readings that are off counting less the further they are; some reading must tell them apart. */
export function fitShift(readings: readonly ShiftReading[]): Shift {
  let fit: Shift = { step: 0, turn: 0, doubt: 0 }
  const squareOff = ({ value, variance, step, turn }: ShiftReading): number =>
    (value - step * fit.step - turn * fit.turn) ** 2 / variance
  for (let round = 0; round < SHIFT_ROUNDS; round++) {
    let [ss, st, tt, sv, tv] = [0, 0, 0, 0, 0]
    for (const reading of readings) {
      const { value, variance, step, turn } = reading
      const weight = nearShare(Math.sqrt(squareOff(reading))) / variance
      ss += weight * step * step
      st += weight * step * turn
      tt += weight * turn * turn
      sv += weight * step * value
      tv += weight * turn * value
    }
    const determinant = ss * tt - st * st
    fit = {
      step: (tt * sv - st * tv) / determinant,
      turn: (ss * tv - st * sv) / determinant,
      doubt: (ss + tt - 2 * st) / determinant,
    }
  }
  return { ...fit, doubt: fit.doubt * excessOf(readings.map(squareOff)) }
}

const huberShare = (deviations: number): number => (deviations <= HUBER ? 1 : HUBER / deviations)

const nearShare = (deviations: number): number =>
  huberShare(deviations) * (deviations <= FAR ? 1 : (FAR / deviations) ** 4)

/** Readings that contradict each other more than their variances allow make the mean as doubtful as they are. */
function excessOf(squaresOff: readonly number[]): number {
  const scatter = squaresOff.reduce((sum, square) => sum + Math.min(square, MOST_SCATTER), 0)
  return Math.max(1, scatter / (squaresOff.length + 2))
}

/**
 * Mean about the median, in which outliers count less (a Huber estimate of two rounds): as good as the mean on clean
 * readings, as sturdy as the median on soiled ones.
 */
export function robustMean(readings: readonly Reading[]): Estimate {
  let mean = weightedMedian(readings)
  let weight = 0
  for (let round = 0; round < 2; round++) {
    let sum = 0
    weight = 0
    for (const { value, variance } of readings) {
      const share = huberShare(Math.abs(value - mean) / Math.sqrt(variance)) / variance
      sum += share * value
      weight += share
    }
    mean = sum / weight
  }
  const excess = excessOf(readings.map(({ value, variance }) => (value - mean) ** 2 / variance))
  return { mean, doubt: excess / weight }
}
