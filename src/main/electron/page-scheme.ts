import { protocol } from 'electron'

/** The page's origin: standard and secure, so that it has a database, workers and modules as on the web. */
export const PAGE_ORIGIN = 'packbench://station'

/** Must run before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'packbench',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}
