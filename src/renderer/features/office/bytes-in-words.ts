const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A size as people read it: `812 KB`, `1.4 GB`; steps of 1,024. */
export function bytesInWords(bytes: number, language: string): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = value < 10 && unit > 0 ? 1 : 0
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: digits })
  return `${format.format(value)} ${UNITS[unit]}`
}
