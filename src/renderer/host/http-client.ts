import {
  type HostClient,
  HostError,
  type HostFault,
  type HostMethod,
  type HostReply,
  type HostResponses,
} from '../../shared/protocol/host-contract.ts'

/** Calls the loopback host that served this page; the cookie says who we are. */
export function createHttpClient(): HostClient {
  return {
    call: async <M extends HostMethod>(method: M, request: unknown) => {
      const reply = await post(method, request)
      if (!reply.ok) throw new HostError(reply.fault)
      return reply.value as HostResponses[M]
    },
  }
}

async function post(method: string, request: unknown): Promise<HostReply> {
  try {
    const response = await fetch(`/api/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
      credentials: 'same-origin',
      cache: 'no-store',
    })
    return readReply(await response.json(), response.status)
  } catch (error) {
    return unreachable(String(error))
  }
}

/** Something else may answer on the port once the station is gone: only a reply of the right shape is one. */
function readReply(body: unknown, status: number): HostReply {
  if (typeof body !== 'object' || body === null || !('ok' in body)) return unreachable(`status ${status}`)
  if (body.ok === true && 'value' in body) return { ok: true, value: body.value }
  if (body.ok === false && 'fault' in body) return { ok: false, fault: body.fault as HostFault }
  return unreachable(`status ${status}`)
}

function unreachable(detail: string): HostReply {
  return { ok: false, fault: { tag: 'unreachable', detail } }
}
