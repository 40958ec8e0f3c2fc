// `npm start` [-- --browser] [--port N] [--data DIR]: builds when needed, then opens the station, in its own window
// where Electron is there and in the browser where it is not. Standard output carries the station's lines alone.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildWhenOlder, ROOT } from './build-when-older.mjs'
import { runChild, say } from './run-child.mjs'

const INSTALL_LIMIT_MS = 60_000
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

buildWhenOlder(RESULTS)
const electron = browser ? null : findElectron()
if (electron !== null) {
  runChild(electron, [...electronFlags(), ROOT, ...passed])
} else {
  if (!browser)
    say(
      'Electron 不可用，改在浏览器中打开工作站。 No Electron here: the station opens in the browser instead.',
    )
  const open = browser || passed.includes('--open') ? [] : ['--open']
  runChild(process.execPath, [join(ROOT, 'out/main/http.js'), ...passed, ...open])
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
