import {
  HostError,
  type HostMethod,
  type HostReply,
  type HostRequest,
  type HostResponses,
  hostRequestSchemas,
} from '../../shared/protocol/host-contract.ts'
import { errorText, isDiskFull } from './system-error.ts'

/** What carries out each method; requests are parsed by then. */
export type Handlers = { [M in HostMethod]: (request: HostRequest<M>) => Promise<HostResponses[M]> }

/** Parses a request, has it carried out and puts what is thrown into a reply; never rejects. */
export async function answerCall(
  handlers: Handlers,
  method: string,
  request: unknown,
  report: (error: unknown) => void,
): Promise<HostReply> {
  if (!isHostMethod(method)) {
    return { ok: false, fault: { tag: 'unknownMethod', detail: String(method).slice(0, 100) } }
  }
  try {
    return { ok: true, value: await dispatch(handlers, method, request) }
  } catch (error) {
    if (error instanceof HostError) return { ok: false, fault: error.fault }
    if (isDiskFull(error)) return { ok: false, fault: { tag: 'diskFull', detail: errorText(error) } }
    report(error)
    return { ok: false, fault: { tag: 'internal', detail: errorText(error) } }
  }
}

function isHostMethod(method: string): method is HostMethod {
  return Object.hasOwn(hostRequestSchemas, method)
}

function dispatch<M extends HostMethod>(handlers: Handlers, method: M, request: unknown): Promise<unknown> {
  const parsed = hostRequestSchemas[method].safeParse(request)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const detail = `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'request'}`
    throw new HostError({ tag: 'badRequest', detail })
  }
  return handlers[method](parsed.data as HostRequest<M>)
}
