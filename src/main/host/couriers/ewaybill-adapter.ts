import type {
  EwaybillBalance,
  EwaybillOrder,
  EwaybillPayer,
  EwaybillProtocol,
  EwaybillRefusal,
  EwaybillRequest,
  EwaybillReturned,
  EwaybillTaken,
  GivenNumber,
} from '../../../shared/domain/shipping/ewaybill.ts'
import { refusal, unreadable } from '../../../shared/domain/shipping/ewaybill.ts'
import type { FormSender, ServiceAnswer, ServiceFailure } from './courier-http.ts'
import { courierEndpoint, courierUrl } from './courier-url.ts'

/** A payer with what signs for it. */
export interface EwaybillSigner extends EwaybillPayer {
  readonly secret: string
}

/** One service over the network. */
export interface EwaybillAdapter {
  readonly returnsByNumber: boolean
  /** `onLate` hears an answer that came after the caller had given up. */
  take(
    signer: EwaybillSigner,
    order: EwaybillOrder,
    onLate: (answer: EwaybillTaken) => void,
  ): Promise<EwaybillTaken>
  giveBack(signer: EwaybillSigner, given: GivenNumber): Promise<EwaybillReturned>
  balance(signer: EwaybillSigner): Promise<EwaybillBalance>
}

/** How long things may take, in milliseconds. */
export interface EwaybillPatience {
  readonly timeoutMs: number
  readonly lateMs: number
  /** Pauses before tries of a request that certainly never left; as many further tries as members. */
  readonly pausesMs: readonly number[]
}

export const EWAYBILL_PATIENCE: EwaybillPatience = {
  timeoutMs: 20_000,
  lateMs: 40_000,
  pausesMs: [300, 1200],
}

/** What makes a service of a protocol: its form fields and signature, and where its paths are. */
export interface EwaybillWire {
  readonly protocol: EwaybillProtocol
  sign(request: EwaybillRequest, signer: EwaybillSigner, now: number): Readonly<Record<string, string>>
  /** The host that answers this path, where it is not the account's. */
  baseFor(base: URL, path: string): URL
}

interface AdapterParts {
  readonly sender: FormSender
  readonly patience: EwaybillPatience
  now(): number
  /** In [0, 1). */
  dice(): number
}

/** Puts a service together. */
export function createAdapter(wire: EwaybillWire, parts: AdapterParts): EwaybillAdapter {
  const { protocol } = wire
  const ask = async <A>(
    signer: EwaybillSigner,
    request: EwaybillRequest,
    read: (answer: unknown) => A,
    onLate: (answer: A | EwaybillRefusal) => void = () => undefined,
  ): Promise<A | EwaybillRefusal> => {
    const base = courierUrl(signer.account.url)
    if (base === null) return refusal('badAccount', 'url')
    const url = courierEndpoint(wire.baseFor(base, request.path), request.path)
    const reply = await postPatiently(parts, () => ({
      url,
      form: wire.sign(request, signer, parts.now()),
      onLate: (answer) => onLate(readAnswer(answer, read)),
    }))
    return reply.tag === 'failed' ? refusalOfFailure(reply) : readAnswer(reply, read)
  }
  return {
    returnsByNumber: protocol.returnsByNumber,
    take: (signer, order, onLate) =>
      ask<EwaybillTaken>(
        signer,
        protocol.take(signer, order),
        (answer) => protocol.readTaken(answer, order.parcelKey),
        onLate,
      ),
    giveBack: (signer, given) => ask(signer, protocol.giveBack(signer, given), protocol.readReturned),
    balance: async (signer) => {
      const request = protocol.balance(signer)
      if (request === null) return { tag: 'balance', left: null, detail: '' }
      return ask(signer, request, (answer) => protocol.readBalance(answer, signer))
    },
  }
}

/** Tries again only what certainly never left: anything else may have been done already. */
async function postPatiently(
  { sender, patience, dice }: AdapterParts,
  make: () => { url: URL; form: Readonly<Record<string, string>>; onLate(answer: ServiceAnswer): void },
): Promise<ServiceAnswer | ServiceFailure> {
  const { timeoutMs, lateMs, pausesMs } = patience
  for (let index = 0; ; index++) {
    const reply = await sender.post({ ...make(), timeoutMs, lateMs })
    const pauseMs = pausesMs[index]
    const again = reply.tag === 'failed' && !reply.sent && reply.cause === 'refused'
    if (!again || pauseMs === undefined) return reply
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + dice())))
  }
}

function refusalOfFailure({ cause, detail, sent }: ServiceFailure): EwaybillRefusal {
  const given = sent ? 'maybe' : 'no'
  if (cause === 'timeout') return refusal('timeout', detail, { given, again: true })
  return refusal(!sent && cause === 'noNetwork' ? 'noNetwork' : 'serviceDown', detail, { given, again: true })
}

function readAnswer<A>({ status, text }: ServiceAnswer, read: (answer: unknown) => A): A | EwaybillRefusal {
  if (status === 429) return refusal('serviceDown', 'HTTP 429', { again: true })
  // Turned away at the door: whatever stands behind it was not asked.
  if (status >= 400 && status < 500 && status !== 408) return refusal('other', `HTTP ${status}`)
  if (status < 200 || status >= 300) return unreadable(`HTTP ${status}`)
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return unreadable(`no JSON: ${text.replace(/\s+/g, ' ').slice(0, 60)}`)
  }
  return read(answer)
}
