/**
 * Columns are found by name, never by place (formats.md). A table of names gives, per field, the header names that
 * mean it; the first name that the file has wins.
 */
export type ColumnNames<F extends string> = Readonly<Record<F, readonly string[]>>

/** Per field the index of its column, −1 when the file has none. */
export type ColumnIndexes<F extends string> = Readonly<Record<F, number>>

/** The form in which header names are compared: NFKC, lower case, blanks and underscores as one blank. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .replaceAll('\ufeff', '')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim()
}

/** Finds each field's column. When a header occurs twice the first one counts. */
export function resolveColumns<F extends string>(
  headers: readonly string[],
  names: ColumnNames<F>,
): ColumnIndexes<F> {
  const places = new Map<string, number>()
  for (const [index, header] of headers.entries()) {
    const key = headerKey(header)
    if (!places.has(key)) places.set(key, index)
  }
  const found = {} as Record<F, number>
  for (const field of Object.keys(names) as F[]) {
    const index = names[field].map((name) => places.get(headerKey(name))).find((place) => place !== undefined)
    found[field] = index ?? -1
  }
  return found
}

/** True when the headers name every one of the given fields. */
export function hasColumns<F extends string>(
  headers: readonly string[],
  names: ColumnNames<F>,
  wanted: readonly F[],
): boolean {
  const columns = resolveColumns(headers, names)
  return wanted.every((field) => columns[field] >= 0)
}
