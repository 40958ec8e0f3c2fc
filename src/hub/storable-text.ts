/** Text as every store can hold it: PostgreSQL has no NUL character, its printable sign stands in (SYN-4). */
export function storableText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\u2400') : text
}
