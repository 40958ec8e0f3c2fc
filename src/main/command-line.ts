import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** The address browsers know: IndexedDB belongs to an origin, and the origin includes the port. */
export const DEFAULT_PORT = 4310

/** What the station was asked for on its command line. */
export interface StationArguments {
  /** Null: the operating system's place for application data. */
  readonly directory: string | null
  readonly port: number
  /** Opens the default browser once the station answers. */
  readonly open: boolean
}

/**
 * Reads `--data DIR --port N --open`; other arguments (Chromium's own, the application's path) are passed over.
 * @returns null when the port is no number from 1 to 65535
 */
export function readStationArguments(args: readonly string[]): StationArguments | null {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, port: { type: 'string' }, open: { type: 'boolean' } },
    strict: false,
  })
  const port = typeof values.port === 'string' ? readPort(values.port) : DEFAULT_PORT
  if (port === null) return null
  const directory = typeof values.data === 'string' && values.data !== '' ? values.data : null
  return { directory, port, open: values.open === true }
}

function readPort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? port : null
}

/** Where the operating system wants an application's data, when no `--data` says otherwise. */
export function defaultDataDirectory(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Packbench')
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Packbench')
  return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'packbench')
}
