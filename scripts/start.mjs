// `npm start` [-- --browser] [--port N] [--data DIR]: builds when needed, then opens the station, in its own window
// where Electron is there and in the browser where it is not. Standard output carries the station's lines alone.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const INSTALL_LIMIT_MS = 60_000
const SOURCES = ['src', 'resources', 'package.json', 'electron.vite.config.ts']
const RESULTS = [
  'out/main/index.cjs',
  'out/main/desktop.js',
  'out/main/http.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]

const args = process.argv.slice(2)
const browser = args.includes('--browser')
const passed = args.filter((argument) => argument !== '--browser')

buildWhenOlder()
const electron = browser ? null : findElectron()
if (electron !== null) {
  run(electron, [...electronFlags(), ROOT, ...passed])
} else {
  if (!browser)
    say(
      'Electron 不可用，改在浏览器中打开工作站。 No Electron here: the station opens in the browser instead.',
    )
  const open = browser || passed.includes('--open') ? [] : ['--open']
  run(process.execPath, [join(ROOT, 'out/main/http.js'), ...passed, ...open])
}

/** Everything but the station's own lines goes to standard error: scripts read standard output. */
function say(text) {
  process.stderr.write(`${text}\n`)
}

function buildWhenOlder() {
  const built = RESULTS.map((path) => join(ROOT, path))
  const oldest = built.every((path) => existsSync(path))
    ? Math.min(...built.map((path) => statSync(path).mtimeMs))
    : 0
  if (oldest >= Math.max(...SOURCES.map((path) => newest(join(ROOT, path))))) return
  say('正在构建… Building …')
  const cli = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js')
  if (!existsSync(cli)) fail('请先运行 npm install。 Run npm install first.')
  const { status } = spawnSync(process.execPath, [cli, 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2] })
  if (status !== 0) fail('构建失败。 The build failed.')
}

/** The time of the latest change below a path; tests are no part of the build. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/**
 * The Electron binary, or null. The package is never required to find out: that would start a download without an end.
 * Its installer runs once, with a time limit, when nothing is there yet.
 */
function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const found = installedElectron(override)
  if (found !== null || override) return found
  const installer = join(ROOT, 'node_modules/electron/install.js')
  if (!existsSync(installer)) return null
  say('正在获取 Electron（最多一分钟）… Fetching Electron (a minute at most) …')
  spawnSync(process.execPath, [installer], {
    cwd: ROOT,
    stdio: ['ignore', 2, 'ignore'],
    timeout: INSTALL_LIMIT_MS,
  })
  return installedElectron(undefined)
}

function installedElectron(override) {
  const home = join(ROOT, 'node_modules/electron')
  const pathFile = join(home, 'path.txt')
  const usual = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform]
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : (usual ?? 'electron')
  const binary = join(override || join(home, 'dist'), name)
  return existsSync(binary) ? binary : null
}

/** Chromium refuses its sandbox to root; nobody else goes without it. */
function electronFlags() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return []
  say(
    '以 root 运行：Chromium 沙箱已关闭。 Running as root: Chromium runs without its sandbox (--no-sandbox).',
  )
  return ['--no-sandbox']
}

function run(command, parameters) {
  const child = spawn(command, parameters, { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  endWithNpm(child)
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

/**
 * npm runs a script through a shell, and some shells (dash) die of npm's SIGTERM without passing it on. Then this
 * process gets a new parent, and that is taken for the signal; a station without its terminal would hold the port.
 */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, 100)
}

function fail(text) {
  say(text)
  process.exit(1)
}
