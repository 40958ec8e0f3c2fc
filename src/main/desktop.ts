import { app, dialog, type IpcMainInvokeEvent, ipcMain, session } from 'electron'
import packageJson from '../../package.json' with { type: 'json' }
import { createHost, type Host } from './host/host.ts'
import { createLazyLabels } from './host/lazy-labels.ts'
import { describeStartFault, StartError } from './host/start-error.ts'
import { errorText } from './host/system-error.ts'
import { allowHidScales } from './electron/hid-scales.ts'
import { servePage } from './electron/page-protocol.ts'
import { PAGE_ORIGIN } from './electron/page-scheme.ts'
import { openSafeStorageSealer } from './electron/safe-storage-sealer.ts'
import { silentPrint } from './electron/silent-print.ts'
import { guardPermissions, openStationWindow } from './electron/station-window.ts'

/** Where the built parts lie, absolute. */
export interface BuiltPaths {
  readonly rendererRoot: string
  readonly preload: string
}

/** Opens the host and the window, once the application is ready; a failure is shown and ends it with exit code 1. */
export async function runDesktopStation(directory: string, built: BuiltPaths): Promise<void> {
  try {
    await start(directory, built)
  } catch (error) {
    failToStart(error)
  }
}

async function start(directory: string, { rendererRoot, preload }: BuiltPaths): Promise<void> {
  const host = await createHost({
    directory,
    host: 'electron',
    appVersion: packageJson.version,
    labels: createLazyLabels(),
    silentPrint,
    sealer: await openSafeStorageSealer(),
  })
  closeBeforeQuit(host)
  servePage(host, rendererRoot)
  guardPermissions(session.defaultSession)
  allowHidScales(session.defaultSession)
  ipcMain.handle('packbench:call', (event, method: unknown, request: unknown) => {
    if (!isOwnPage(event)) return { ok: false, fault: { tag: 'forbidden', detail: 'sender' } }
    return host.call(typeof method === 'string' ? method : '', request)
  })
  await openStationWindow(preload)
  console.log('Station ready: electron')
}

/** Only the main frame of our own page may call; a frame that is gone or foreign may not. */
function isOwnPage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === PAGE_ORIGIN
}

/** The first quit waits for the host, so that the journal and the lock are put away; the second one goes through. */
function closeBeforeQuit(host: Host): void {
  let closed = false
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    host
      .close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        closed = true
        app.quit()
      })
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit())
}

function failToStart(error: unknown): void {
  const words = error instanceof StartError ? describeStartFault(error.fault) : null
  const text = words === null ? errorText(error) : `${words.zh}\n\n${words.en}`
  console.error(words === null ? error : text)
  dialog.showErrorBox('Packbench', text)
  app.exit(1)
}
