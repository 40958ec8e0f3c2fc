import {
  type HostClient,
  HostError,
  type HostMethod,
  type HostReply,
  type HostResponses,
} from '../../shared/protocol/host-contract.ts'

/** What the preload script puts on the window of the desktop app. */
export interface ElectronBridge {
  call(method: string, request: unknown): Promise<HostReply>
}

/** Calls the host through the bridge of the desktop app. */
export function createElectronClient(bridge: ElectronBridge): HostClient {
  return {
    call: async <M extends HostMethod>(method: M, request: unknown) => {
      const reply = await callBridge(bridge, method, request)
      if (!reply.ok) throw new HostError(reply.fault)
      return reply.value as HostResponses[M]
    },
  }
}

/** The bridge itself rejects only when the main process is gone or the request cannot be cloned. */
async function callBridge(bridge: ElectronBridge, method: string, request: unknown): Promise<HostReply> {
  try {
    return await bridge.call(method, request)
  } catch (error) {
    return { ok: false, fault: { tag: 'unreachable', detail: String(error) } }
  }
}
