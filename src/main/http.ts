import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import openInBrowser from 'open'
import packageJson from '../../package.json' with { type: 'json' }
import { defaultDataDirectory, readStationArguments, type StationArguments } from './command-line.ts'
import { createHost, type Host } from './host/host.ts'
import { createLazyLabels } from './host/lazy-labels.ts'
import { describeStartFault, StartError } from './host/start-error.ts'
import { systemErrorCode } from './host/system-error.ts'
import { startHttpStation } from './http/http-station.ts'

const RENDERER_ROOT = join(dirname(fileURLToPath(import.meta.url)), '../renderer')

/**
 * The station in a browser: `node out/main/http.js --port 4310 --data DIR [--open]`. Standard output gets one line,
 * `Station ready: http://127.0.0.1:4310/?token=…`; everything else goes to standard error. SIGTERM and SIGINT end it
 * with exit code 0, a start that fails with 1.
 */
async function main(): Promise<void> {
  const wanted = readStationArguments(process.argv.slice(2))
  if (wanted === null) {
    fail('--port 须为 1 到 65535 的数字。', '--port must be a number from 1 to 65535.')
    return
  }
  const ending = watchSignals()
  let host: Host | null = null
  try {
    host = await patiently(() => openHost(wanted))
    const opened = host
    const station = await patiently(() =>
      startHttpStation({ host: opened, rendererRoot: RENDERER_ROOT, port: wanted.port }),
    )
    if (!ending.asked()) {
      console.log(`Station ready: ${station.url}`)
      if (wanted.open) await openInBrowser(station.url).catch(() => undefined)
    }
    await ending.wanted
    await station.close()
  } catch (error) {
    explain(error, wanted.port)
  } finally {
    await host?.close()
  }
  process.exit()
}

function openHost(wanted: StationArguments): Promise<Host> {
  return createHost({
    directory: wanted.directory ?? defaultDataDirectory(process.env, process.platform),
    host: 'http',
    appVersion: packageJson.version,
    labels: createLazyLabels(),
    sealer: null,
  })
}

/** A station that is just ending still holds its directory and its port for a moment: a restart waits that long. */
async function patiently<T>(open: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 2_000; ; await sleep(100)) {
    try {
      return await open()
    } catch (error) {
      const busy = error instanceof StartError && error.fault.tag === 'directoryInUse'
      if (!(busy || systemErrorCode(error) === 'EADDRINUSE') || Date.now() > until) throw error
    }
  }
}

/** Signals are caught from the first moment, so that one during the start does not leave a lock behind. */
function watchSignals(): { readonly wanted: Promise<void>; asked(): boolean } {
  let asked = false
  const wanted = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        asked = true
        resolve()
      })
    }
  })
  return { wanted, asked: () => asked }
}

function explain(error: unknown, port: number): void {
  if (error instanceof StartError) {
    const { zh, en } = describeStartFault(error.fault)
    fail(zh, en)
    return
  }
  if (systemErrorCode(error) === 'EADDRINUSE') {
    fail(
      `端口 ${port} 已被占用。数据库与端口绑定，所以不会自动换端口：请关闭占用它的程序，或用 --port 指定一个固定的端口。`,
      `Port ${port} is taken. The browser's database belongs to the port, so no other is tried: close the program that holds it, or name a port with --port and keep to it.`,
    )
    return
  }
  console.error(error)
  process.exitCode = 1
}

function fail(zh: string, en: string): void {
  console.error(zh)
  console.error(en)
  process.exitCode = 1
}

await main()
