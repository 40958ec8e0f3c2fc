/** GS1 mod-10: weights 3 and 1 from the right, beside the check digit (GS1 General Specifications 7.9). */
export function gs1CheckDigit(body: string): number {
  let sum = 0
  for (let i = body.length - 1, weight = 3; i >= 0; i -= 1, weight = 4 - weight)
    sum += (body.charCodeAt(i) - 48) * weight
  return (10 - (sum % 10)) % 10
}

/** True for digits whose last one is the GS1 check digit of the others. */
export function hasGs1CheckDigit(digits: string): boolean {
  return (
    /^\d{2,}$/.test(digits) &&
    gs1CheckDigit(digits.slice(0, -1)) === digits.charCodeAt(digits.length - 1) - 48
  )
}

/** True when a code has the shape of a GTIN-8, -12, -13 or -14 and so must carry a right check digit (CAT-1). */
export function looksLikeGtin(code: string): boolean {
  return /^(?:\d{8}|\d{12,14})$/.test(code)
}

/** True for a GTIN with a right check digit. */
export function isGtin(code: string): boolean {
  return looksLikeGtin(code) && hasGs1CheckDigit(code)
}
