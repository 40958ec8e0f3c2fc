import { openBenchPage } from './support/bench-page.mjs'
import { benchSizes, printShares } from './support/figures.mjs'
import { measureKeyToVerdict } from './support/key-to-verdict.mjs'

const SCANS = Number(process.env.PACKBENCH_BENCH_SCANS ?? 400)
const KEYED_SCANS = 200
/** One frame at 60 Hz: what a verdict that comes "at once" may take. */
const FRAME_MS = 16.7

/** The pack scan: its transaction against bare IndexedDB, the same during an import and during a pull, and from the last key to the screen. */
export async function run(print) {
  const sizes = benchSizes()
  const last = sizes.at(-1)
  const bench = await openBenchPage()
  try {
    for (const { name, skus } of sizes) {
      const { ours, peer } = await measure(bench.page, { skus, scans: SCANS, meanwhile: 'nothing' })
      printShares(print, name, ours, peer)
    }
    for (const [meanwhile, words] of [
      ['import', 'while-importing'],
      ['pull', 'while-pulling'],
    ]) {
      const { ours, peer } = await measure(bench.page, { skus: last.skus, scans: SCANS, meanwhile })
      printShares(print, `${last.name}/${words}`, ours, peer)
    }
  } finally {
    await bench.close()
  }
  const keyed = await measureKeyToVerdict({ skus: last.skus, scans: Math.min(SCANS, KEYED_SCANS) })
  const frames = keyed.map(() => FRAME_MS)
  printShares(print, `${last.name}/key-to-verdict`, keyed, frames)
}

const measure = (page, options) => page.evaluate((wanted) => window.bench.measure(wanted), options)
