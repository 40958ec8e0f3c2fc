import { BrowserWindow, type Session } from 'electron'
import { PAGE_ORIGIN } from './page-scheme.ts'

/** What the station's page may ask of the browser: copying, full screen, lasting storage, the camera. */
const PERMISSIONS: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'fullscreen',
  'persistent-storage',
  'media',
  // Scales alone: the device handlers tell them from other devices.
  'hid',
  'screen-wake-lock',
])

/** Grants the few permissions above to our own page and denies everything else. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(PERMISSIONS.has(permission) && isPageAddress(details.requestingUrl) && !wantsMicrophone(details))
  })
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    return PERMISSIONS.has(permission) && isPageAddress(origin) && !wantsMicrophone(details)
  })
}

/** Evidence is pictures only (PAK-8): nobody on the floor is listened to. */
function wantsMicrophone(details: object): boolean {
  if ('mediaTypes' in details && Array.isArray(details.mediaTypes))
    return details.mediaTypes.includes('audio')
  return 'mediaType' in details && details.mediaType === 'audio'
}

/** True for addresses of our page, whatever stands behind its origin. */
export function isPageAddress(address: string): boolean {
  return address === PAGE_ORIGIN || address.startsWith(`${PAGE_ORIGIN}/`)
}

/** Opens the window: sandboxed, without Node, without other windows and without a way to another page. */
export async function openStationWindow(preload: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    title: 'Packbench',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => {
    if (!isPageAddress(event.url)) event.preventDefault()
  })
  window.webContents.on('will-attach-webview', (event) => event.preventDefault())
  await window.loadURL(`${PAGE_ORIGIN}/`)
  return window
}
