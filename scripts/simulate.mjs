// `npm run simulate -- --seeds 1-1000 --stations 10 --commands 200 [--workers 2]`: runs simulation seeds in worker
// processes, prints a line per 25 seeds and a closing summary, and keeps failing seeds in test/corpus.
import { fork } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const OUT = join(ROOT, 'out/simulation')
const EVERY = 25

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-100' },
    stations: { type: 'string', default: '10' },
    commands: { type: 'string', default: '200' },
    workers: { type: 'string', default: '2' },
  },
})
const [from = 1, to = from] = values.seeds.split('-').map(Number)
const stations = Number(values.stations)
const commands = Number(values.commands)
const workers = Number(values.workers)
if (![from, to, stations, commands, workers].every((figure) => Number.isInteger(figure) && figure > 0)) {
  process.stderr.write('usage: npm run simulate -- --seeds 1-1000 --stations 10 --commands 200 --workers 2\n')
  process.exit(2)
}

await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: join(ROOT, 'test/simulation/simulate-worker.ts'),
    outDir: OUT,
    emptyOutDir: true,
    minify: false,
    rollupOptions: { output: { entryFileNames: 'worker.mjs' } },
  },
})

const began = Date.now()
const totals = { seeds: 0, commands: 0, events: 0, failures: [], faults: {} }
let next = from
await Promise.all(Array.from({ length: Math.min(workers, to - from + 1) }, runWorker))
const seconds = Math.round((Date.now() - began) / 1000)
const faults = Object.entries(totals.faults).map(([kind, count]) => `${kind} ${count}`)
process.stdout.write(
  `${totals.seeds} seeds of ${stations} stations × ${commands}: ${totals.commands} commands, ${totals.events} events, ` +
    `${seconds} s, ${totals.failures.length} failed\nfaults: ${faults.join(', ')}\n`,
)
if (totals.failures.length > 0)
  process.stdout.write(`failed: ${totals.failures.join(' ')} (see test/corpus)\n`)
process.exit(totals.failures.length > 0 ? 1 : 0)

/** One process works through seeds until none is left; a crash of it is a failed seed and a new process. */
function runWorker() {
  return new Promise((resolve) => {
    const child = fork(join(OUT, 'worker.mjs'), { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    let seed = null
    let over = false
    const give = () => {
      if (next > to) {
        over = true
        child.disconnect()
        return
      }
      seed = next++
      child.send({ seed, stations, commands })
    }
    child.on('message', (report) => {
      if (!report.ready) note(report)
      give()
    })
    child.on('exit', () => {
      if (over) return resolve()
      if (seed !== null) note({ seed, commands: 0, events: 0, faults: {}, broken: ['the process died'] })
      resolve(runWorker())
    })
  })
}

function note(report) {
  totals.seeds++
  totals.commands += report.commands
  totals.events += report.events
  for (const [kind, count] of Object.entries(report.faults))
    totals.faults[kind] = (totals.faults[kind] ?? 0) + count
  if (report.broken.length > 0) {
    totals.failures.push(report.seed)
    process.stdout.write(`seed ${report.seed}: ${report.broken.slice(0, 3).join('\n  ')}\n`)
  }
  if (totals.seeds % EVERY !== 0) return
  const seconds = Math.round((Date.now() - began) / 1000)
  process.stdout.write(`${totals.seeds} seeds, ${totals.events} events, ${seconds} s\n`)
}
