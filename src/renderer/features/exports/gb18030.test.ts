import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeGb18030 } from './gb18030.ts'

describe('encodeGb18030', () => {
  it('ORD-9 writes what every decoder reads back, for any text', () => {
    const decoder = new TextDecoder('gb18030', { fatal: true })
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/\p{Cs}/u.test(text) && !text.startsWith('\ufeff'))
        // U+E5E5 has no code in the encoder's table of the standard.
        fc.pre(!text.includes('\ue5e5'))
        expect(decoder.decode(encodeGb18030(text))).toBe(text)
      }),
    )
  })

  it('ORD-9 knows the codes by heart', () => {
    expect([...encodeGb18030('订单A')]).toEqual([0xb6, 0xa9, 0xb5, 0xa5, 0x41])
    expect(encodeGb18030('𠮷')).toHaveLength(4)
  })
})
