import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** JSON with sorted keys and without undefined members: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

/** SHA-256 of text, lower-case hex. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** Hash of a value in its canonical form. */
export function canonicalHash(value: unknown): string {
  return sha256Hex(canonicalJson(value))
}

/** Members hashed before the screen gets its turn. */
const SLICE = 2000

/**
 * The same as {@link canonicalHash} of a list, a slice at a time.
 * @param yieldTurn Lets the screen have its turn.
 */
export async function canonicalHashOfList(
  list: readonly unknown[],
  yieldTurn: () => Promise<void>,
): Promise<string> {
  const hash = sha256.create()
  hash.update(utf8ToBytes('['))
  for (let from = 0; from < list.length; from += SLICE) {
    const slice = list
      .slice(from, from + SLICE)
      .map(canonicalJson)
      .join(',')
    hash.update(utf8ToBytes(from === 0 ? slice : `,${slice}`))
    await yieldTurn()
  }
  hash.update(utf8ToBytes(']'))
  return bytesToHex(hash.digest())
}
