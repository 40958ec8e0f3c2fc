import { printShares } from './support/figures.mjs'
import { openHostedPage } from './support/hosted-page.mjs'

const SCANS = Number(process.env.PACKBENCH_BENCH_SCANS ?? 400)

/** Both commit points (decision 10): ours is IndexedDB first, the peer is the host's journal first. */
export async function run(print) {
  const bench = await openHostedPage('commit.html')
  try {
    const times = await bench.page.evaluate((scans) => window.bench.measure(scans), SCANS)
    printShares(print, '', times.indexedDbFirst, times.journalFirst)
  } finally {
    await bench.close()
  }
}
