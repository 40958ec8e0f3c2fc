import { hasGs1CheckDigit } from './gtin.ts'

/**
 * The 18 digits of an SSCC, from `(00)0952…`, `000952…` (as scanned) or the bare digits; null when it is none or its
 * check digit is wrong (GS1 General Specifications, AI 00).
 */
export function parseSscc(code: string): string | null {
  const digits = /^(?:\(00\)|00)?(\d{18})$/.exec(code.replaceAll(' ', ''))?.[1]
  return digits !== undefined && hasGs1CheckDigit(digits) ? digits : null
}
