import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { buildForNode } from './hub-build.mjs'
import { deviationsOfShare, shareBeyond } from './support/normal.mjs'

const MAKER = fileURLToPath(new URL('../fixtures/weights.mjs', import.meta.url))
/** Faults of at least so many of the parcel's true standard deviations count in `detected`. */
const PLAIN_TO_SEE = 6
const SMALL_BANDS = [
  [0, 2],
  [2, 3],
  [3, 4],
  [4, 6],
]

/**
 * Lives through a trial of weighed parcels with planted faults, never seeing the truth: `npm run bench -- weight
 * --seed N`. Every figure against the plain five per cent rule and the rule of the trade in the same run, which are
 * given the same expected weights; `detected-small` beside what a detector would reach that knows every true mean and
 * spread, at the same share of false alarms.
 */
export async function run(print) {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { seed: { type: 'string', default: '1' } },
  })
  const built = await buildForNode('weight', ['weight-live'])
  const { live } = await import(pathToFileURL(join(built, 'weight-live.mjs')).href)
  const files = makeFiles(values.seed)
  const said = live(files.skus, files.history, files.trial)
  const cases = files.truth.map(({ fault, sdGrams }, index) => ({
    fault,
    deviations: fault === null ? 0 : Math.abs(fault.deltaGrams) / sdGrams,
    ours: said[index].verdict.tag === 'flagged',
    fivePercent: said[index].fivePercent,
    rival: said[index].rival,
    suspects: said[index].verdict.suspects,
  }))
  const right = cases.filter(({ fault }) => fault === null)
  const faulty = cases.filter(({ fault }) => fault !== null)
  const plain = faulty.filter(({ deviations }) => deviations >= PLAIN_TO_SEE)
  const compare = (figure, some) => {
    for (const rule of ['fivePercent', 'rival'])
      print(`${figure}/${RULES[rule]}`, 100 * share(some, 'ours'), 100 * share(some, rule), '%')
  }
  compare('detected', plain)
  const threshold = deviationsOfShare(share(right, 'ours'))
  for (const [from, to] of SMALL_BANDS) {
    const band = faulty.filter(({ deviations }) => deviations >= from && deviations < to)
    if (band.length === 0) continue
    const knowing = mean(band.map(({ deviations }) => shareBeyond(deviations, threshold)))
    const figure = `detected-small/${from}-${to}sd`
    print(`${figure}/all-knowing`, 100 * share(band, 'ours'), 100 * knowing, '%')
    compare(figure, band)
  }
  compare('false-alarms', right)
  const found = faulty.filter(({ ours }) => ours)
  const named = mean(found.map(({ fault, suspects }) => (suspects.some((one) => isIt(one, fault)) ? 1 : 0)))
  const first = mean(found.map(({ fault, suspects }) => (suspects[0] && isIt(suspects[0], fault) ? 1 : 0)))
  // Nobody else names a suspect: beside it stands how often the first of those named together is the one.
  print('suspect-right/first-named', 100 * named, 100 * first, '%')
  const together = mean(found.map(({ suspects }) => suspects.length))
  process.stderr.write(
    `${faulty.length} faults, ${plain.length} of them plain; ${together.toFixed(1)} suspects named together\n`,
  )
}

const RULES = { fivePercent: 'five-percent', rival: 'rival-rule' }

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
const share = (some, rule) => mean(some.map((one) => (one[rule] ? 1 : 0)))

const isIt = (suspect, fault) =>
  suspect.fault === fault.kind &&
  suspect.skuCode === fault.sku &&
  (suspect.otherSkuCode ?? null) === (fault.with ?? null)

function makeFiles(seed) {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-weights-'))
  try {
    execFileSync(process.execPath, [MAKER, '--out', directory, '--seed', seed])
    const read = (name) =>
      readFileSync(join(directory, `${name}.jsonl`), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    return { skus: read('skus'), history: read('history'), trial: read('trial'), truth: read('truth') }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
