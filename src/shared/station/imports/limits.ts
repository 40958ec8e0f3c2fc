/** Why a good row of a file still does not fit the station's own records. */
export interface Misfit {
  readonly field: string
  readonly reason: 'cellTooLong' | 'outOfRange'
  readonly value: string
}

/** Free text cut to what a record holds, never in the middle of a surrogate pair. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most)
  const last = cut.charCodeAt(most - 1)
  return last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut
}

/**
 * Codes are never cut: two long codes that differ at their end would become one. The first field that is too long is
 * the row's misfit.
 */
export function longField(
  fields: readonly (readonly [field: string, value: string, most: number])[],
): Misfit | null {
  const long = fields.find(([, value, most]) => value.length > most)
  return long ? { field: long[0], reason: 'cellTooLong', value: long[1] } : null
}
