import { openBenchPage, percentile } from './support/bench-page.mjs'

const SCANS = Number(process.env.PACKBENCH_BENCH_SCANS ?? 400)
const SIZES = (process.env.PACKBENCH_BENCH_SIZES ?? '100k,1M').split(',')
const COUNT = { '1k': 1000, '100k': 100_000, '1M': 1_000_000 }

/** The pack scan through the real execution against the same reads and writes on bare IndexedDB. */
export async function run(print) {
  const bench = await openBenchPage()
  try {
    for (const size of SIZES) {
      const { ours, peer } = await bench.page.evaluate(
        ([skus, scans]) => window.bench.measure(skus, scans),
        [COUNT[size], SCANS],
      )
      const warm = Math.floor(SCANS / 10)
      for (const [name, share] of [
        ['p50', 0.5],
        ['p99', 0.99],
      ])
        print(
          `${size}/${name}`,
          percentile(ours.slice(warm), share),
          percentile(peer.slice(warm), share),
          'ms',
        )
    }
  } finally {
    await bench.close()
  }
}
