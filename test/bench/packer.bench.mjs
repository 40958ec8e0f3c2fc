import { benchSizes, percentile } from './support/figures.mjs'
import { packMany } from './support/packer.mjs'

const PARCELS = Number(process.env.PACKBENCH_BENCH_PARCELS ?? 1000)
const ORDERS = Number(process.env.PACKBENCH_BENCH_ORDERS ?? 200_000)
const RUSHED = 100
const MEGABYTE = 1024 * 1024

/**
 * A scripted packer with a keyboard wedge at ten scans a second; fails when a scan was lost or doubled. The peer of a
 * scan is a bare strict write of its two rows, as often and at the same time in a browser beside it; of parcels per hour,
 * six such writes a parcel; of the memory at the end, that at the start.
 */
export async function run(print) {
  const { skus } = benchSizes().at(-1)
  const { paced, floor, startBytes, endBytes, parcelsPerHour } = await packMany({
    skus,
    orders: ORDERS,
    parcels: PARCELS,
    rushed: RUSHED,
  })
  for (const [name, share] of [
    ['scan/p50', 0.5],
    ['scan/p99', 0.99],
  ])
    print(name, percentile(paced, share), percentile(floor, share), 'ms')
  const mean = floor.reduce((sum, ms) => sum + ms, 0) / floor.length
  print('parcels-per-hour', parcelsPerHour, 3_600_000 / (6 * mean), '1/h')
  print('memory', endBytes / MEGABYTE, startBytes / MEGABYTE, 'MB')
}
