/**
 * The form in which codes are compared: NFKC, upper case, no white space around (interface.md, stable handles).
 * Full-width digits typed under an input method compare equal to printed ones.
 */
export function normaliseCode(raw: string): string {
  return raw.normalize('NFKC').trim().toUpperCase()
}

/** True when every character can be printed in a one-dimensional barcode (ASCII 32–126). */
export function isPrintableCode(code: string): boolean {
  return code.length > 0 && /^[\x20-\x7e]+$/.test(code)
}
