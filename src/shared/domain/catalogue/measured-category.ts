/** A category whose pieces are measured one by one (RCV-4): what is measured and what a tape can sensibly say. */
export interface MeasuredCategory {
  /** Tag of the dimension's word. */
  readonly dimension: 'waist'
  /** Term printed on hang tags. */
  readonly label: string
  readonly minMm: number
  readonly maxMm: number
  /** A piece fits an order when it is within this of the wanted measure (PAK-3). */
  readonly toleranceMm: number
}

const MEASURED: Readonly<Record<string, MeasuredCategory>> = {
  牛仔裤: { dimension: 'waist', label: '腰围', minMm: 600, maxMm: 1100, toleranceMm: 10 },
  JEANS: { dimension: 'waist', label: '腰围', minMm: 600, maxMm: 1100, toleranceMm: 10 },
}

/** The rules of a measured category, or null for goods that are only counted. */
export function measuredCategory(category: string): MeasuredCategory | null {
  return MEASURED[category.trim().toUpperCase()] ?? null
}
