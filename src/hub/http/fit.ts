const DEEPEST = 64

/**
 * What JSON allows and the hub's stores do not: nesting without end (whoever walks it again runs out of stack), and
 * U+0000, which PostgreSQL holds in no text.
 * @param inside how deep the value stands already
 * @returns why the value is unfit, or null
 */
export function unfitReason(value: unknown, allowNul: boolean, inside = 0): string | null {
  if (typeof value === 'string') return allowNul || !value.includes('\0') ? null : 'U+0000 in a text'
  if (typeof value !== 'object' || value === null) return null
  if (inside >= DEEPEST) return `nested deeper than ${DEEPEST}`
  if (!Array.isArray(value)) {
    if (!allowNul && Object.keys(value).some((name) => name.includes('\0'))) return 'U+0000 in a name'
    return firstReason(Object.values(value), allowNul, inside)
  }
  return firstReason(value, allowNul, inside)
}

function firstReason(values: readonly unknown[], allowNul: boolean, inside: number): string | null {
  for (const value of values) {
    const reason = unfitReason(value, allowNul, inside + 1)
    if (reason !== null) return reason
  }
  return null
}
