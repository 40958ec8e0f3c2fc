import { createHash } from 'node:crypto'
import { KUAIDI100 } from '../../../shared/domain/shipping/ewaybill-kuaidi100.ts'
import type { EwaybillWire } from './ewaybill-adapter.ts'

/** Upper-case MD5 of `param + t + key + secret` (formats.md). The service knows no better hash. */
export function signKuaidi100(param: string, t: string, key: string, secret: string): string {
  return createHash('md5').update(`${param}${t}${key}${secret}`).digest('hex').toUpperCase()
}

/** 快递100 on the wire. */
export const KUAIDI100_WIRE: EwaybillWire = {
  protocol: KUAIDI100,
  sign: ({ text, fields }, { account, secret }, now) => {
    const t = String(now)
    return {
      ...fields,
      key: account.user,
      t,
      param: text,
      sign: signKuaidi100(text, t, account.user, secret),
    }
  },
  baseFor: (base, path) =>
    // What is left on an account is told by another of its hosts.
    path === '/eorderapi.do' && base.hostname === 'api.kuaidi100.com'
      ? new URL('https://poll.kuaidi100.com')
      : base,
}
