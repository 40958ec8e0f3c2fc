import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../test/fixtures/make-files.ts'
import { decodeFile } from './detect-encoding.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const bytes = (...values: number[]) => Uint8Array.from(values)
const read = (input: Uint8Array) => decodeFile(input, decodeText)

describe('decodeFile', () => {
  it('ORD-1 tells UTF-8 with and without mark', () => {
    expect(read(utf8('货位,类型'))).toMatchObject({
      tag: 'text',
      encoding: 'utf-8',
      bom: false,
      text: '货位,类型',
    })
    expect(read(utf8('\ufeff货位'))).toMatchObject({
      encoding: 'utf-8',
      bom: true,
      text: '货位',
      notices: [],
    })
    expect(read(bytes())).toMatchObject({ tag: 'text', text: '' })
  })

  it('ORD-1 tells GB18030, four-byte characters and its own mark included', () => {
    expect(read(bytes(0xb6, 0xa9, 0xb5, 0xa5))).toMatchObject({ encoding: 'gb18030', text: '订单' })
    expect(read(bytes(0x95, 0x34, 0xb7, 0x39, 0xb6, 0xa9))).toMatchObject({ encoding: 'gb18030' })
    expect(read(bytes(0x84, 0x31, 0x95, 0x33, 0xb6, 0xa9))).toMatchObject({
      encoding: 'gb18030',
      bom: true,
      text: '订',
    })
  })

  it('ORD-1 tells UTF-16 without mark, although 一 holds a zero byte of its own', () => {
    const text = '编号,名称\r\n1,一件\r\n2,两件\r\n'
    expect(read(new Uint8Array(Buffer.from(text, 'utf16le')))).toMatchObject({ encoding: 'utf-16le', text })
    const big = new Uint8Array(Buffer.from(text, 'utf16le').swap16())
    expect(read(big)).toMatchObject({ encoding: 'utf-16be', text })
  })

  it('ORD-1 drops a character cut off at the end, with a notice', () => {
    const cutUtf8 = utf8('货位,类').subarray(0, -1)
    expect(read(cutUtf8)).toMatchObject({ encoding: 'utf-8', text: '货位,', notices: ['truncatedTail'] })
    const cutGb = bytes(0xb6, 0xa9, 0x2c, 0xb5)
    expect(read(cutGb)).toMatchObject({ encoding: 'gb18030', text: '订,', notices: ['truncatedTail'] })
  })

  it('ORD-1 refuses what is no text and says what it looks like', () => {
    expect(read(bytes(0x50, 0x4b, 3, 4, 20, 0))).toEqual({ tag: 'notText', looksLike: 'zip' })
    expect(read(bytes(0xd0, 0xcf, 0x11, 0xe0, 1))).toEqual({ tag: 'notText', looksLike: 'oldExcel' })
    expect(read(bytes(0x61, 0x62, 0, 0, 0x63))).toEqual({ tag: 'notText', looksLike: 'binary' })
    expect(read(bytes(0xff, 0xff, 0xff, 0xff, 0x80, 0x80))).toEqual({ tag: 'notText', looksLike: 'binary' })
  })

  it('ORD-1 a few broken bytes in a long file keep the rest, with a notice', () => {
    const long = utf8('货位,类型\n'.repeat(200))
    long[300] = 0xff
    expect(read(long)).toMatchObject({ tag: 'text', encoding: 'utf-8', notices: ['damagedText'] })
  })

  it('ORD-1 names text that was saved in the wrong encoding', () => {
    expect(read(utf8('璁㈠崟缂栧彿,1'))).toMatchObject({ notices: ['mojibake'] })
    expect(read(utf8('订单编号,1'))).toMatchObject({ notices: [] })
  })

  it('ORD-1 never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (input) => {
        expect(['text', 'notText']).toContain(read(input).tag)
      }),
    )
  })

  it('ORD-1 gives back every text that was written in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\u0000') && !text.startsWith('\ufeff'))
        fc.pre(!/^(?:%PDF|PK)/.test(text))
        expect(read(utf8(text))).toMatchObject({ tag: 'text', encoding: 'utf-8', text })
      }),
    )
  })
})
