import { normaliseCode } from '../base/text.ts'
import { checkS10 } from './s10.ts'

/** What a courier's numbers usually look like. Parsers disagree (formats.md), so a shop edits these and they only warn. */
export interface WaybillPattern {
  /** Names and codes under which the courier appears. */
  readonly couriers: readonly string[]
  readonly pattern: RegExp
}

export const DEFAULT_WAYBILL_PATTERNS: readonly WaybillPattern[] = [
  { couriers: ['SF', 'SHUNFENG', '顺丰', '顺丰速运'], pattern: /^(?:SF\d{13}|\d{12})$/ },
  { couriers: ['YTO', 'YUANTONG', '圆通', '圆通速递'], pattern: /^YT\d{13}$/ },
  { couriers: ['JT', 'J&T', 'JTEXPRESS', '极兔', '极兔速递'], pattern: /^JT\d{13}$/ },
  { couriers: ['ZTO', 'ZHONGTONG', '中通', '中通快递'], pattern: /^\d{12,14}$/ },
  { couriers: ['STO', 'SHENTONG', '申通', '申通快递'], pattern: /^\d{12,15}$/ },
  { couriers: ['YD', 'YUNDA', '韵达', '韵达快递'], pattern: /^\d{10,15}$/ },
  { couriers: ['EMS', '邮政', '中国邮政'], pattern: /^[A-Z]{2}\d{9}[A-Z]{2}$/ },
]

export type WaybillHint = 'unusualWaybillNumber' | 's10CheckDigit'

/** A doubt about a waybill number, or null. A courier without a pattern raises none. */
export function hintWaybillNumber(
  courier: string,
  number: string,
  patterns: readonly WaybillPattern[] = DEFAULT_WAYBILL_PATTERNS,
): WaybillHint | null {
  const key = normaliseCode(number)
  if (checkS10(key) === 'badCheckDigit') return 's10CheckDigit'
  const courierKey = normaliseCode(courier)
  const known = patterns.find((pattern) => pattern.couriers.includes(courierKey))
  return known && !known.pattern.test(key) ? 'unusualWaybillNumber' : null
}
