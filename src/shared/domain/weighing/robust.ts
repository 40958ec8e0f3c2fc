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
      const off = Math.abs(value - mean) / Math.sqrt(variance)
      const share = (off <= HUBER ? 1 : HUBER / off) / variance
      sum += share * value
      weight += share
    }
    mean = sum / weight
  }
  // Readings that contradict each other more than their variances allow make the mean as doubtful as they are.
  const scatter = readings.reduce(
    (sum, { value, variance }) => sum + Math.min((value - mean) ** 2 / variance, MOST_SCATTER),
    0,
  )
  const excess = Math.max(1, scatter / (readings.length + 2))
  return { mean, doubt: excess / weight }
}
