import { contextBridge, ipcRenderer } from 'electron'
import type { HostReply } from '../shared/protocol/host-contract.ts'

/** All that the page gets: one function whose answers are plain objects. The host checks sender, method and request. */
contextBridge.exposeInMainWorld('packbenchHost', {
  call: (method: string, request: unknown): Promise<HostReply> =>
    ipcRenderer.invoke('packbench:call', method, request),
})
