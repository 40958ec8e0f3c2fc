import { asciiBytes, joinBytes } from './ascii.ts'

/** Compresses to a zlib stream (RFC 1950); the host gives its own. */
export type Deflate = (bytes: Uint8Array) => Uint8Array

/** Graphic data as `:Z64:…:crc` (ZPL II guide, ZB64): zlib, base64, and the CRC of the base64. */
export function encodeZ64(bytes: Uint8Array, deflate: Deflate): Uint8Array {
  const data = base64(deflate(bytes))
  const crc = crc16(data).toString(16).toUpperCase().padStart(4, '0')
  return joinBytes([asciiBytes(':Z64:'), data, asciiBytes(`:${crc}`)])
}

const DIGITS = asciiBytes('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const PAD = 0x3d

/** RFC 4648, as ASCII bytes. */
function base64(bytes: Uint8Array): Uint8Array {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PAD)
  let at = 0
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index
    const word = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0)
    text[at] = DIGITS[word >> 18] ?? PAD
    text[at + 1] = DIGITS[(word >> 12) & 63] ?? PAD
    if (left > 1) text[at + 2] = DIGITS[(word >> 6) & 63] ?? PAD
    if (left > 2) text[at + 3] = DIGITS[word & 63] ?? PAD
    at += 4
  }
  return text
}

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
  return crc & 0xffff
})

/** CRC-16 with polynomial 0x1021, beginning at zero. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ (CRC_TABLE[(crc >> 8) ^ byte] ?? 0)
  return crc
}
