import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'

const systemNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
]

const systemPlaces = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Flags under which Chromium runs headless everywhere, as root in a container too, and keeps to itself. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium that Playwright keeps for itself, when it has been downloaded. */
function playwrightChromium() {
  try {
    const require = createRequire(import.meta.url)
    const path = require('playwright-core').chromium.executablePath()
    return path && existsSync(path) ? path : null
  } catch {
    return null
  }
}

function systemChromium() {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of systemNames) {
      const path = join(directory, name + suffix)
      if (existsSync(path)) return path
    }
  }
  return systemPlaces.find((path) => existsSync(path)) ?? null
}

/**
 * A Chromium on this machine: `PACKBENCH_CHROMIUM`, then Playwright's own, then the system's.
 * @returns {string | null} path of the executable, or null when there is none
 */
export function findChromium() {
  const named = process.env.PACKBENCH_CHROMIUM
  if (named && existsSync(named)) return named
  return playwrightChromium() ?? systemChromium()
}

function tryRun(command, args) {
  try {
    execFileSync(command, args, { stdio: 'inherit', timeout: 10 * 60_000 })
    return true
  } catch {
    return false
  }
}

function installByPlaywright() {
  try {
    const require = createRequire(import.meta.url)
    const cli = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js')
    return tryRun(process.execPath, [cli, 'install', 'chromium'])
  } catch {
    return false
  }
}

function isDebianRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  return /^ID(_LIKE)?=.*debian/m.test(release)
}

/**
 * Finds a Chromium or gets one: through Playwright, else from Debian's packages when run as root there.
 * @returns {string} path of the executable
 * @throws {Error} saying what to install by hand
 */
export function ensureChromium() {
  const found = findChromium()
  if (found) return found
  installByPlaywright()
  const downloaded = findChromium()
  if (downloaded) return downloaded
  if (isDebianRoot()) {
    if (!tryRun('apt-get', ['install', '-y', 'chromium'])) {
      tryRun('apt-get', ['update']) && tryRun('apt-get', ['install', '-y', 'chromium'])
    }
  }
  const installed = findChromium()
  if (installed) return installed
  throw new Error(
    'No Chromium found. Install one (`npx playwright-core install chromium`, `apt-get install chromium`, ' +
      'or Google Chrome) or name it in PACKBENCH_CHROMIUM.',
  )
}
