// `npm test` [unit|sim|pg|browser|e2e|long …]: makes sure of a browser and of the tools that read labels, builds the product,
// runs the suites, and closes with one line of counts. Without arguments: everything but the long rounds.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureChromium } from './find-chromium.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const SUITES = ['unit', 'sim', 'pg', 'browser', 'e2e', 'long']
/** What turns a label into black and white dots and reads them, by the Debian package it comes in. */
const LABEL_TOOLS = { pdftoppm: 'poppler-utils', gs: 'ghostscript', zbarimg: 'zbar-tools' }

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !SUITES.includes(name))
if (unknown.length > 0) fail(`unknown suite: ${unknown.join(' ')}; there are ${SUITES.join(', ')}`)
const suites = wanted.length > 0 ? wanted : ['unit', 'sim', 'pg', 'browser', 'e2e']

process.env.PACKBENCH_CHROMIUM ??= ensureChromium()
ensureLabelTools()
if (suites.some((name) => name === 'pg' || name === 'e2e' || name === 'long')) build()

const totals = { passed: 0, failed: 0, skipped: 0 }
let broken = false
for (const name of suites) runSuite(name)
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`)
process.exit(broken || totals.failed > 0 || totals.passed === 0 ? 1 : 0)

/** Each suite in a process of its own: a browser that dies takes only its own tests along. */
function runSuite(name) {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-test-'))
  const report = join(directory, 'report.json')
  const cli = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const args = [
    cli,
    'run',
    '--project',
    name,
    '--reporter',
    'default',
    '--reporter',
    'json',
    `--outputFile.json=${report}`,
  ]
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) broken = true
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
    totals.passed += numPassedTests
    totals.failed += numFailedTests
    totals.skipped += numPendingTests
  }
  rmSync(directory, { recursive: true, force: true })
}

function build() {
  const cli = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js')
  const { status } = spawnSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  if (status !== 0) fail('the build failed')
}

function ensureLabelTools() {
  const missing = Object.keys(LABEL_TOOLS).filter((tool) => !onPath(tool))
  if (missing.length === 0) return
  const packages = missing.map((tool) => LABEL_TOOLS[tool])
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get')
  if (!mayInstall) fail(`label tests need ${missing.join(', ')}: install ${packages.join(' ')}`)
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) fail(`could not install ${packages.join(' ')}`)
}

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, program)))
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
