import { COLLECTED } from './collected.ts'

/** Who takes a parcel that no courier does (ORD-3). */
const COLLECTED_NAME = '买家自提'

/** Couriers by the code that files, scans and labels use, with the term that people use. */
const COURIERS: Readonly<Record<string, string>> = {
  STO: '申通快递',
  YTO: '圆通速递',
  ZTO: '中通快递',
  YUNDA: '韵达快递',
  JT: '极兔速递',
  SF: '顺丰速运',
  EMS: 'EMS',
  JD: '京东快递',
  DBL: '德邦快递',
}

/** Codes of the couriers that are known by name. */
export const COURIER_CODES: readonly string[] = Object.keys(COURIERS)

/** The courier that takes parcels unless something else is said (ORD-7). */
export const DEFAULT_COURIER = 'STO'

/** The courier's name, or its code for one that is only known from a waybill pool. */
export const courierName = (code: string): string =>
  code === COLLECTED ? COLLECTED_NAME : (COURIERS[code] ?? code)

/** The code of a courier named by code or by its Chinese name (申通, 申通快递), or null. */
export function courierCodeOf(text: string): string | null {
  if (text in COURIERS || text === COLLECTED) return text
  if (text === '自提' || text === COLLECTED_NAME) return COLLECTED
  const byName = Object.entries(COURIERS).find(
    ([, name]) => name === text || (text.length >= 2 && name.startsWith(text)),
  )
  return byName ? byName[0] : null
}
