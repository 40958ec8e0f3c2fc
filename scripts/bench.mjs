// `npm run bench -- NAME`: builds what the benchmark needs, runs it, and prints one JSON
// line per figure: {"bench","figure","ours","peer","ratio","unit"}; ratio = ours ÷ peer.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const name = process.argv[2] ?? ''
const file = join(ROOT, 'test/bench', `${name}.bench.mjs`)
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  process.stderr.write('usage: npm run bench -- scan | packer | commit | hub | sync | label | weight\n')
  process.exit(2)
}
const { run } = await import(pathToFileURL(file).href)
await run((figure, ours, peer, unit) => {
  const round = (value) => Math.round(value * 1000) / 1000
  const line = { bench: name, figure, ours: round(ours), peer: round(peer), ratio: round(ours / peer), unit }
  process.stdout.write(`${JSON.stringify(line)}\n`)
})
