import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow } from 'electron'
import { defaultDataDirectory, readStationArguments } from './command-line.ts'
import { registerPageScheme } from './electron/page-scheme.ts'

type Desktop = typeof import('./desktop.ts')

/*
 * The first file of the desktop app: what must happen before Electron is ready, and nothing more. The scheme, the
 * profile's place and the instance lock come too late afterwards. It is built as CommonJS, because not every runtime
 * holds "ready" back until an ES module has been loaded; all the rest is the ES module `desktop.js` beside it.
 */
const wanted = readStationArguments(process.argv.slice(1))
const directory = resolve(wanted?.directory ?? defaultDataDirectory(process.env, process.platform))

registerPageScheme()
keepProfileWith(directory)
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showWindow)
  openStation().catch((error: unknown) => {
    console.error(error)
    app.exit(1)
  })
} else {
  // The station that is open already comes to the front.
  app.quit()
}

/**
 * The browser's database lives in the data directory, so that one station has one database (decision 11) and a second
 * instance is one that was given the same directory. An unwritable directory is reported by the host a moment later.
 */
function keepProfileWith(data: string): void {
  const profile = join(data, 'profile')
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 })
    app.setPath('userData', profile)
  } catch {
    app.setPath('userData', join(app.getPath('temp'), `packbench-${process.pid}`))
  }
}

async function openStation(): Promise<void> {
  const desktop = import(pathToFileURL(join(__dirname, 'desktop.js')).href)
  const [{ runDesktopStation }] = await Promise.all([desktop as Promise<Desktop>, app.whenReady()])
  await runDesktopStation(directory, {
    rendererRoot: join(__dirname, '../renderer'),
    preload: join(__dirname, '../preload/index.cjs'),
  })
}

function showWindow(): void {
  const window = BrowserWindow.getAllWindows()[0]
  if (window?.isMinimized()) window.restore()
  window?.focus()
}
