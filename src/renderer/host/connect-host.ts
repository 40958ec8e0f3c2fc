import type { HostClient } from '../../shared/protocol/host-contract.ts'
import { createElectronClient, type ElectronBridge } from './electron-client.ts'
import { createHttpClient } from './http-client.ts'

declare global {
  interface Window {
    /** There in the desktop app alone. */
    readonly packbenchHost?: ElectronBridge
  }
}

/** The host of this page: the desktop app's bridge where there is one, else the loopback host that served the page. */
export function connectHost(): HostClient {
  return window.packbenchHost === undefined ? createHttpClient() : createElectronClient(window.packbenchHost)
}
