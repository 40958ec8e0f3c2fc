const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7]

/** Check digit of the eight digits of a UPU S10 number: 11 − (weighted sum mod 11), 10 → 0, 11 → 5. */
export function s10CheckDigit(serial: string): number {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * (serial.charCodeAt(i) - 48), 0)
  const digit = 11 - (sum % 11)
  return digit === 10 ? 0 : digit === 11 ? 5 : digit
}

/** `valid`, `badCheckDigit`, or `other` for what does not have the S10 shape at all (`EE471108151FR`). */
export function checkS10(code: string): 'valid' | 'badCheckDigit' | 'other' {
  const match = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/.exec(code)
  if (!match) return 'other'
  return s10CheckDigit(match[1] ?? '') === Number(match[2]) ? 'valid' : 'badCheckDigit'
}
