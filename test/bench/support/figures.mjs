/** Catalogue sizes by the names that PACKBENCH_BENCH_SIZES speaks. */
const COUNT = { '1k': 1000, '100k': 100_000, '1M': 1_000_000 }

/** The sizes to measure, smallest first as given: name and number of SKUs. */
export function benchSizes() {
  const names = (process.env.PACKBENCH_BENCH_SIZES ?? '100k,1M').split(',')
  return names.map((name) => {
    if (!COUNT[name]) throw new Error(`PACKBENCH_BENCH_SIZES: ${name} is none of ${Object.keys(COUNT)}`)
    return { name, skus: COUNT[name] }
  })
}

/** Prints p50 and p99 of two series of milliseconds; the first tenth warms up and does not count. */
export function printShares(print, figure, ours, peer) {
  const counted = (values) => values.slice(Math.floor(values.length / 10))
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ]) {
    const label = figure === '' ? name : `${figure}/${name}`
    print(label, percentile(counted(ours), share), percentile(counted(peer), share), 'ms')
  }
}

/** The value at or below which the share `p` of the values lies. */
export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}
