import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto'
import { SIGNATURE_HEADERS, signedText } from '../../../shared/protocol/sync-messages.ts'

/** Who signs: the station and its private key (Ed25519). */
export interface Signer {
  readonly stationId: string
  readonly privateKey: KeyObject
}

/**
 * The headers that prove a request (SEC-2), with a nonce of their own.
 * @param request.path as the hub sees it, `/v1/…`, without what a relay may have put in front
 * @param request.time milliseconds since 1970 by the hub's clock
 * @param request.body uncompressed; empty for GET
 */
export function signatureHeaders(
  signer: Signer,
  request: { readonly method: string; readonly path: string; readonly time: number; readonly body: string },
): Record<string, string> {
  const { method, path, body } = request
  const time = Math.round(request.time)
  const nonce = randomBytes(16).toString('base64url')
  const bodySha256 = createHash('sha256').update(body).digest('hex')
  const text = signedText({ method, path, time, nonce, bodySha256 })
  return {
    [SIGNATURE_HEADERS.station]: signer.stationId,
    [SIGNATURE_HEADERS.time]: String(time),
    [SIGNATURE_HEADERS.nonce]: nonce,
    [SIGNATURE_HEADERS.signature]: sign(null, Buffer.from(text), signer.privateKey).toString('base64'),
  }
}
