import { networkInterfaces } from 'node:os'
import type { HubUnreachable, UnreachableCause } from '../../../shared/protocol/host-contract.ts'
import { systemErrorCode } from '../system-error.ts'

const CAUSE_OF_CODE: Readonly<Record<string, UnreachableCause>> = {
  ENETUNREACH: 'noNetwork',
  EHOSTUNREACH: 'noNetwork',
  ENETDOWN: 'noNetwork',
  EHOSTDOWN: 'noNetwork',
  EADDRNOTAVAIL: 'noNetwork',
  // The resolver itself cannot be reached.
  EAI_AGAIN: 'noNetwork',
  ENOTFOUND: 'nameUnknown',
  EAI_NODATA: 'nameUnknown',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  EPROTO: 'tls',
}
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/

/**
 * Why a connection failed, from what Node throws for it.
 * @param online whether any network beside loopback is up; Windows says "no such name" when there is no network
 */
export function unreachableFrom(error: unknown, online: boolean = hasNetwork()): HubUnreachable {
  const code = systemErrorCode(error) ?? ''
  const known = Object.hasOwn(CAUSE_OF_CODE, code) ? CAUSE_OF_CODE[code] : undefined
  const cause = known ?? (TLS_CODE.test(code) ? 'tls' : 'other')
  const offline = cause === 'nameUnknown' && !online
  return { tag: 'unreachable', cause: offline ? 'noNetwork' : cause, detail: describe(error, code) }
}

/** No answer within the time given. */
export function timedOut(afterMs: number): HubUnreachable {
  return { tag: 'unreachable', cause: 'timeout', detail: `${afterMs} ms` }
}

/** Something answered, but not a hub. */
export function notAHub(detail: string): HubUnreachable {
  return { tag: 'unreachable', cause: 'other', detail }
}

/** An attempt at several addresses fails with an empty message and the code of the first. */
function describe(error: unknown, code: string): string {
  const message = error instanceof Error ? error.message : String(error)
  return (message === '' ? code : message).slice(0, 300)
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal))
}
