/** The encodings that shop exports come in. */
export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** Port to the platform's decoder. Answers null when `fatal` and the bytes are malformed. */
export type DecodeText = (bytes: Uint8Array, encoding: TextEncoding, fatal: boolean) => string | null

/**
 * `truncatedTail`: the file ends in the middle of a character. `damagedText`: some bytes mean nothing, their rows
 * carry U+FFFD and are refused one by one. `mojibake`: the text was once read in the wrong encoding and saved again.
 */
export type EncodingNotice = 'truncatedTail' | 'damagedText' | 'mojibake'

export type DecodedFile =
  | {
      readonly tag: 'text'
      readonly encoding: TextEncoding
      readonly bom: boolean
      readonly text: string
      readonly notices: readonly EncodingNotice[]
    }
  | {
      readonly tag: 'notText'
      readonly looksLike: 'zip' | 'oldExcel' | 'pdf' | 'picture' | 'gzip' | 'binary'
    }

type LooksLike = Extract<DecodedFile, { tag: 'notText' }>['looksLike']

const MAGIC: readonly (readonly [LooksLike, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['oldExcel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['gzip', [0x1f, 0x8b, 0x08]],
]

const BOMS: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
]

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  bytes.length >= head.length && head.every((byte, i) => bytes[i] === byte)

/**
 * Finds the encoding of a file and decodes it: byte-order mark, then strict UTF-8, then strict GB18030; a character
 * cut off at the end is dropped with a notice. What is no text at all (workbooks, pictures, NULs) is refused.
 * formats.md, Generic CSV.
 */
export function decodeFile(bytes: Uint8Array, decode: DecodeText): DecodedFile {
  const magic = MAGIC.find(([, head]) => startsWith(bytes, head))
  if (magic) return { tag: 'notText', looksLike: magic[0] }
  const bom = BOMS.find(([, head]) => startsWith(bytes, head))
  if (bom) return decodeKnown(bytes.subarray(bom[1].length), bom[0], decode)
  if (bytes.includes(0)) return decodeWithNuls(bytes, decode)
  return (
    decodeStrictly(bytes, 'utf-8', decode, false) ??
    decodeStrictly(bytes, 'gb18030', decode, false) ??
    decodeDamaged(bytes, decode)
  )
}

function asText(
  text: string,
  encoding: TextEncoding,
  bom: boolean,
  notices: readonly EncodingNotice[],
): DecodedFile {
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text
  // A NUL inside decoded text means that the bytes were something else.
  if (clean.includes('\u0000')) return { tag: 'notText', looksLike: 'binary' }
  const all = looksMojibake(clean) ? [...notices, 'mojibake' as const] : notices
  return { tag: 'text', encoding, bom, text: clean, notices: all }
}

function decodeKnown(body: Uint8Array, encoding: TextEncoding, decode: DecodeText): DecodedFile {
  const strict = decodeStrictly(body, encoding, decode, true)
  if (strict) return strict
  const loose = decode(body, encoding, false)
  if (loose === null || damageShare(loose) > MAX_DAMAGE_SHARE) return { tag: 'notText', looksLike: 'binary' }
  return asText(loose, encoding, true, ['damagedText'])
}

/** UTF-16 without a mark shows NULs at every other place: the high halves of commas, digits and line ends. */
function decodeWithNuls(bytes: Uint8Array, decode: DecodeText): DecodedFile {
  const counts = [0, 0]
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1))
    counts[at % 2] = (counts[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = counts
  // Real tables have a delimiter or line end every few dozen characters; one stray NUL proves nothing. A few on the
  // other side are low halves, as in 一 (U+4E00).
  const clear = Math.max(even, odd) * 200 >= bytes.length && Math.max(even, odd) >= 8 * Math.min(even, odd)
  if (!clear) return { tag: 'notText', looksLike: 'binary' }
  return (
    decodeStrictly(bytes, odd > even ? 'utf-16le' : 'utf-16be', decode, false) ?? {
      tag: 'notText',
      looksLike: 'binary',
    }
  )
}

/** Strict decoding, once more without the last one to three bytes if those are a character cut short. */
function decodeStrictly(
  bytes: Uint8Array,
  encoding: TextEncoding,
  decode: DecodeText,
  bom: boolean,
): DecodedFile | null {
  const whole = decode(bytes, encoding, true)
  if (whole !== null) return asText(whole, encoding, bom, [])
  for (let cut = 1; cut <= 3 && cut < bytes.length; cut += 1) {
    if (!mayBeCutCharacter(bytes, cut, encoding)) continue
    const text = decode(bytes.subarray(0, bytes.length - cut), encoding, true)
    if (text !== null) return asText(text, encoding, bom, ['truncatedTail'])
  }
  return null
}

function mayBeCutCharacter(bytes: Uint8Array, cut: number, encoding: TextEncoding): boolean {
  const lead = bytes[bytes.length - cut] ?? 0
  if (encoding === 'utf-8') return lead >= (cut === 1 ? 0xc2 : cut === 2 ? 0xe0 : 0xf0)
  if (encoding === 'gb18030') return lead >= 0x81
  return true
}

/** Above this share of unreadable characters the bytes are not text in the encoding tried. */
const MAX_DAMAGE_SHARE = 0.01

function damageShare(text: string): number {
  let damaged = 0
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) damaged += 1
  return text.length === 0 ? 0 : damaged / text.length
}

/**
 * A few broken bytes in a long file must not hold up the good rows. UTF-8 proves itself: where it gives more characters
 * outside ASCII than it loses, it is UTF-8; GB18030 makes something of almost any bytes and comes second.
 */
function decodeDamaged(bytes: Uint8Array, decode: DecodeText): DecodedFile {
  const utf8 = decode(bytes, 'utf-8', false)
  if (utf8 !== null && damageShare(utf8) <= MAX_DAMAGE_SHARE && foreignShare(utf8) > damageShare(utf8)) {
    return asText(utf8, 'utf-8', false, ['damagedText'])
  }
  const gb = decode(bytes, 'gb18030', false)
  if (gb === null || damageShare(gb) > MAX_DAMAGE_SHARE) return { tag: 'notText', looksLike: 'binary' }
  return asText(gb, 'gb18030', false, ['damagedText'])
}

/** Share of characters outside ASCII that were read well. */
function foreignShare(text: string): number {
  let foreign = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 0x7f && code !== 0xfffd) foreign += 1
  }
  return text.length === 0 ? 0 : foreign / text.length
}

/** 锟斤拷 = U+FFFD in UTF-8 read as GBK; 璁㈠崟 = 订单 in UTF-8 read as GBK; ¶©µ¥ = 订单 in GBK read as Latin-1. */
const MOJIBAKE_MARKS = ['锟斤拷', '璁㈠崟', '¶©µ¥', 'è®¢å']

function looksMojibake(text: string): boolean {
  const head = text.slice(0, 4000)
  return MOJIBAKE_MARKS.some((mark) => head.includes(mark))
}
