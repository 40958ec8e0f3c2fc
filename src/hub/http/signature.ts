import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { SIGNATURE_HEADERS, SIGNATURE_WINDOW_MS, signedText } from '../../shared/protocol/sync-messages.ts'
import type { HubCaller, HubService } from '../hub-service.ts'
import { createNonceMemory } from './nonce-memory.ts'
import type { Refusal } from './refusal.ts'

const ClaimSchema = z.object({
  station: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
  time: z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number),
  nonce: z.string().regex(/^[A-Za-z0-9+/=_.-]{8,100}$/),
  signature: z.string().regex(/^[A-Za-z0-9+/=]{86,90}$/),
})

/** Who a request says it is from, before its signature has been checked against its body. */
export interface Claim {
  readonly caller: HubCaller
  readonly key: KeyObject
  readonly time: number
  readonly nonce: string
  readonly signature: Buffer
}

type Outcome<T> = T | { readonly tag: 'refused'; readonly refusal: Refusal }

/** Checks signed requests (SEC-2), in two steps so that nobody unknown gets a body read. */
export interface SignatureCheck {
  /** Headers alone: known station, not revoked, clock near enough. */
  claim(headers: IncomingHttpHeaders): Promise<Outcome<{ readonly tag: 'claimed'; readonly claim: Claim }>>
  /** The signature over the whole request; each request is heard once. */
  verify(
    claim: Claim,
    request: { readonly method: string; readonly path: string; readonly body: Buffer },
  ): Promise<Outcome<{ readonly tag: 'heard' }>>
}

/** @param clock milliseconds since 1970 */
export function createSignatureCheck(
  service: Pick<HubService, 'findStation'>,
  clock: () => number,
): SignatureCheck {
  const nonces = createNonceMemory()
  const keyOf = createKeyCache()

  return {
    async claim(headers) {
      const read = ClaimSchema.safeParse({
        station: headers[SIGNATURE_HEADERS.station],
        time: headers[SIGNATURE_HEADERS.time],
        nonce: headers[SIGNATURE_HEADERS.nonce],
        signature: headers[SIGNATURE_HEADERS.signature],
      })
      if (!read.success) return refused('badSignature', 'signature headers are missing or malformed')
      const { station, time, nonce, signature } = read.data
      const found = await service.findStation(station)
      if (found === null) return refused('unknownStation', 'this station is not enrolled here')
      if (found.revoked) return refused('revoked', 'this station has been revoked')
      if (Math.abs(time - clock()) > SIGNATURE_WINDOW_MS) {
        return refused('clockOff', `signed ${time - clock()} ms from the hub's time`)
      }
      const key = keyOf(found.publicKey)
      if (key === null) return refused('badSignature', 'the enrolled key is no Ed25519 key')
      const claim = { caller: found.caller, key, time, nonce, signature: Buffer.from(signature, 'base64') }
      return { tag: 'claimed', claim }
    },

    async verify(claim, { method, path, body }) {
      const bodySha256 = createHash('sha256').update(body).digest('hex')
      const { time, nonce, caller } = claim
      const text = signedText({ method, path, time, nonce, bodySha256 })
      if (!(await isSignedBy(claim.key, text, claim.signature))) {
        return refused('badSignature', 'the signature does not fit the request')
      }
      // Only now: who cannot sign must not be able to use up a station's nonces.
      if (!nonces.take(caller.stationId, nonce, time, clock())) {
        return refused('replayed', 'this request has been heard already')
      }
      return { tag: 'heard' }
    },
  }
}

function refused(tag: Refusal['tag'], detail: string): { tag: 'refused'; refusal: Refusal } {
  return { tag: 'refused', refusal: { tag, detail } }
}

/** Off the main thread, where a curve's arithmetic would hold up every other request. */
function isSignedBy(key: KeyObject, text: string, signature: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    verify(null, Buffer.from(text), key, signature, (error, fits) => resolve(error === null && fits))
  })
}

/** Ed25519 public keys by their SPKI in base64; null for anything else. */
function createKeyCache(): (publicKey: string) => KeyObject | null {
  const known = new Map<string, KeyObject | null>()
  return (publicKey) => {
    const found = known.get(publicKey)
    if (found !== undefined) return found
    if (known.size > 10_000) known.clear()
    const key = readKey(publicKey)
    known.set(publicKey, key)
    return key
  }
}

function readKey(publicKey: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}
