import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../scripts/bench.mjs', import.meta.url))

/** A hang ends here; a slow machine does not. */
const TIMEOUT_MS = 900_000

/** Runs a benchmark small; answers its figures' names. What they measure here means nothing. Rejects when it fails. */
async function figures(name: string, env: Record<string, string>): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, name], {
    env: { ...process.env, PACKBENCH_BENCH_SIZES: '1k', ...env },
    timeout: TIMEOUT_MS,
  })
  return stdout.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return []
    const { figure, ours, peer } = JSON.parse(line) as { figure: string; ours: number; peer: number }
    return ours > 0 && peer > 0 ? [figure] : []
  })
}

it('PAK-2 the benchmark of a scan does real scans, beside an import and a pull, and from key to verdict', async () => {
  expect(await figures('scan', {})).toEqual(
    ['', '/while-importing', '/while-pulling', '/key-to-verdict'].flatMap((part) => [
      `1k${part}/p50`,
      `1k${part}/p99`,
    ]),
  )
})

it('PAK-2 the benchmark of a packer packs without losing or doubling a scan', async () => {
  const few = { PACKBENCH_BENCH_ORDERS: '200', PACKBENCH_BENCH_PARCELS: '10' }
  expect(await figures('packer', few)).toEqual(['scan/p50', 'scan/p99', 'parcels-per-hour', 'memory'])
})
