import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildForNode } from './hub-build.mjs'
import { loadPeers } from './label-peers.mjs'
import { installPeers } from './label-peers-install.mjs'
import { percentile } from './support/figures.mjs'

const ROUNDS = Number(process.env.PACKBENCH_BENCH_LABELS ?? 200)
const BATCHES = 5
/** The first rounds compile; they do not count. */
const WARM_UP = 30
/** A station that was just opened prints its first label within this. */
const FIRST_LABEL_MS = 300

/**
 * From the resolved label to the bytes, each round another label, ours and the peers by turns in one process. The
 * peer of a figure is the best of them; each has a line of its own besides, and so has a PDF written by hand.
 */
export async function run(print) {
  const modules = installPeers()
  const built = await buildForNode('label', ['label-ours'])
  const file = pathToFileURL(join(built, 'label-ours.mjs')).href
  const { peerCutters, prepareOurs } = await import(file)
  const ours = await prepareOurs(ROUNDS, false)
  process.stderr.write(`one waybill of 100 × 180 mm: ${ours.contents}\n`)
  const peers = loadPeers(modules, await peerCutters())
  await measurePdf(print, ours, peers)
  await measureZpl(print, ours)
  measureFirst(print, file)
  await measureWhole(print, await prepareOurs(20, true), peers)
}

/** The house's own waybill says more than twelve lines: how many bytes that comes to. */
async function measureWhole(print, ours, { pdfkit }) {
  process.stderr.write(`the whole waybill: ${ours.contents}\n`)
  const [label] = ours.labels
  print(
    'pdf/bytes/whole-waybill',
    (await ours.pdf([label.model])).length,
    (await pdfkit([label])).length,
    'bytes',
  )
  const bare = (ours.bareRaster(label.model).length * 4) / 3
  print('zpl/bytes/whole-waybill', ours.zpl(label.model).length, bare, 'bytes')
}

async function measurePdf(print, ours, peers) {
  const makers = {
    ours: async (labels) => ours.pdf(labels.map(({ model }) => model)),
    floor: async ([{ model }]) => ours.floor(model),
    ...peers,
  }
  const single = await timed(
    makers,
    ours.labels.map((label) => [label]),
    WARM_UP,
  )
  const { floor, ...several } = makers
  const batch = ours.labels.slice(0, 100)
  const hundred = await timed(
    several,
    Array.from({ length: BATCHES }, () => batch),
    1,
  )
  const names = Object.keys(peers)
  const figures = {
    'pdf/p50': [(name) => percentile(single.ms[name], 0.5), 'ms'],
    'pdf/p99': [(name) => percentile(single.ms[name], 0.99), 'ms'],
    'pdf/bytes': [(name) => percentile(single.bytes[name], 0.5), 'bytes'],
    'pdf/batch100': [(name) => percentile(hundred.ms[name], 0.5), 'ms'],
    'pdf/batch100-bytes': [(name) => percentile(hundred.bytes[name], 0.5), 'bytes'],
  }
  for (const [figure, [of, unit]] of Object.entries(figures)) {
    print(figure, of('ours'), Math.min(...names.map(of)), unit)
    for (const name of names) print(`${figure}/${name}`, of('ours'), of(name), unit)
    if (!figure.includes('batch')) print(`${figure}/floor`, of('ours'), of('floor'), unit)
  }
}

/** Every maker once a round, so that a busy moment of the computer hits all alike. */
async function timed(makers, rounds, warmUp) {
  const names = Object.keys(makers)
  const ms = Object.fromEntries(names.map((name) => [name, []]))
  const bytes = Object.fromEntries(names.map((name) => [name, []]))
  for (const [round, labels] of rounds.entries()) {
    for (const name of names) {
      const start = performance.now()
      const file = await makers[name](labels)
      const took = performance.now() - start
      keepSample(name, round, file)
      if (round < warmUp) continue
      ms[name].push(took)
      bytes[name].push(file.length)
    }
  }
  return { ms, bytes }
}

/** For whoever wants to look at what was measured. */
function keepSample(name, round, file) {
  const directory = process.env.PACKBENCH_BENCH_KEEP
  if (directory !== undefined && round === 0)
    writeFileSync(join(directory, `${name}-${file.length}.pdf`), file)
}

async function measureZpl(print, ours) {
  const makers = {
    ours: async ([{ model }]) => ours.zpl(model),
    bare: async ([{ model }]) => ours.bareRaster(model),
  }
  const { ms, bytes } = await timed(
    makers,
    ours.labels.map((label) => [label]),
    WARM_UP,
  )
  print('zpl/p50', percentile(ms.ours, 0.5), percentile(ms.bare, 0.5), 'ms')
  print('zpl/p99', percentile(ms.ours, 0.99), percentile(ms.bare, 0.99), 'ms')
  // ZPL carries no bytes but printable ones: four for each three.
  print('zpl/bytes', percentile(bytes.ours, 0.5), (percentile(bytes.bare, 0.5) * 4) / 3, 'bytes')
}

function measureFirst(print, file) {
  const script = `const { measureFirstLabel } = await import(${JSON.stringify(file)}); process.stdout.write(JSON.stringify(await measureFirstLabel()))`
  const runs = Array.from({ length: 5 }, () =>
    JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })),
  )
  const middle = (key) =>
    percentile(
      runs.map((figures) => figures[key]),
      0.5,
    )
  print('first-label', middle('warmMs'), FIRST_LABEL_MS, 'ms')
  print('first-label/with-loading', middle('coldMs'), FIRST_LABEL_MS, 'ms')
}
