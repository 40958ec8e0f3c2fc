import { sha256Hex } from '../shared/ledger/canonical.ts'

/** Crockford's base 32: no letter that is taken for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12

/** How long a code may be used, milliseconds. */
export const CODE_VALID_MS = 24 * 60 * 60 * 1000

/** A one-time code of 60 bits, such as `7K3M-XQ2A-09ZD` (SEC-2). */
export function createEnrolmentCode(random: (bytes: number) => Uint8Array): string {
  const signs = [...random(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length])
  return [signs.slice(0, 4), signs.slice(4, 8), signs.slice(8)].map((group) => group.join('')).join('-')
}

/** What the hub keeps of a code. Typed in small letters, without dashes or with O for 0 it is the same code. */
export function hashEnrolmentCode(typed: string): string {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
  return sha256Hex(`packbench-code-1\n${plain}`)
}
