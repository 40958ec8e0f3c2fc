import { groupBy } from '../../base/group-by.ts'

/**
 * Order of bins along the aisles (PIK-2): part by part of zone-aisle-rack-level-slot, figures as figures, so that rack 9
 * comes before rack 10 however it is written.
 */
export function compareBins(a: string, b: string): number {
  const [left, right] = [a.split('-'), b.split('-')]
  for (const [index, part] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = comparePart(part, other)
    if (order !== 0) return order
  }
  // `A-9` and `A-09` are two bins all the same.
  return left.length - right.length || compareText(a, b)
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function comparePart(a: string, b: string): number {
  const figures = /^\d+$/
  return figures.test(a) && figures.test(b) ? Number(a) - Number(b) : compareText(a, b)
}

const zoneOf = (binCode: string): string => binCode.split('-')[0] ?? ''
const aisleOf = (binCode: string): string => binCode.split('-').slice(0, 2).join('-')

/**
 * Bin codes in walking order, each once. In a serpentine zone every second aisle that is visited is walked backwards,
 * so that the picker leaves it at the end where the next one begins.
 */
export function walkOrder(
  binCodes: Iterable<string>,
  serpentineZones: readonly string[] = [],
): readonly string[] {
  const sorted = [...new Set(binCodes)].sort(compareBins)
  if (serpentineZones.length === 0) return sorted
  return [...groupBy(sorted, zoneOf)].flatMap(([zone, bins]) => {
    if (!serpentineZones.includes(zone)) return bins
    return [...groupBy(bins, aisleOf).values()].flatMap((aisle, index) =>
      index % 2 === 1 ? aisle.toReversed() : aisle,
    )
  })
}

interface Walked {
  readonly binCode: string
  readonly skuCode: string
  readonly measureMm: number | null
}

/**
 * Stops in walking order; in a bin those of one SKU and measure stand together, so that "take five" is one stop. Orders
 * keep the order in which they were given.
 */
export function sortStops<S extends Walked>(
  stops: readonly S[],
  serpentineZones: readonly string[] = [],
): S[] {
  const walk = walkOrder(
    stops.map((stop) => stop.binCode),
    serpentineZones,
  )
  const place = new Map(walk.map((binCode, index) => [binCode, index]))
  const order = (a: S, b: S): number =>
    (place.get(a.binCode) ?? 0) - (place.get(b.binCode) ?? 0) ||
    compareText(a.skuCode, b.skuCode) ||
    (a.measureMm ?? 0) - (b.measureMm ?? 0)
  return [...stops].sort(order)
}
