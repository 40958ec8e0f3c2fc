import { createHash } from 'node:crypto'
import { KDNIAO } from '../../../shared/domain/shipping/ewaybill-kdniao.ts'
import type { EwaybillWire } from './ewaybill-adapter.ts'

/** Base64 of the MD5 hex of `RequestData + AppKey` (formats.md). */
export function signKdniao(requestData: string, appKey: string): string {
  const hex = createHash('md5').update(`${requestData}${appKey}`).digest('hex')
  return Buffer.from(hex).toString('base64')
}

/** 快递鸟 on the wire; the form's own encoding is the URL encoding that its manual wants. */
export const KDNIAO_WIRE: EwaybillWire = {
  protocol: KDNIAO,
  sign: ({ text, fields }, { account, secret }) => ({
    ...fields,
    EBusinessID: account.user,
    RequestData: text,
    DataSign: signKdniao(text, secret),
  }),
  baseFor: (base) => base,
}
