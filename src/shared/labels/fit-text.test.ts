import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitText, toPrintable } from './fit-text.ts'
import type { TextMeasurer } from './label-model.ts'

/** Hanzi one em, everything else half an em; knows no emoji and no 𠮷. */
const measurer: TextMeasurer = {
  widthUm: (text, sizeUm) =>
    Array.from(text).reduce((sum, c) => sum + (/\p{Script=Han}|…|〓/u.test(c) ? sizeUm : sizeUm / 2), 0),
  hasGlyph: (character) => (character.codePointAt(0) ?? 0) < 0x10000 && character !== '\uFFFD',
}
const style = { sizeUm: 4000, minSizeUm: 2000, weight: 'regular' } as const
const text = fc
  .array(
    fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('浙江省', '杭州', '，', ' ', '…', '*室', '𠮷')),
    {
      maxLength: 40,
    },
  )
  .map((parts) => toPrintable(measurer, parts.join('')).text)

describe('fitText', () => {
  it('LBL-1 keeps the wanted size when it fits', () => {
    const fitted = fitText(measurer, '收件人', { widthUm: 12_000 }, style)
    expect(fitted).toMatchObject({ sizeUm: 4000, cut: false, lines: [{ text: '收件人', widthUm: 12_000 }] })
  })

  it('LBL-1 shrinks before it cuts, and cuts with an ellipsis at the smallest size', () => {
    const shrunk = fitText(measurer, '收件人地址', { widthUm: 12_000 }, style)
    expect(shrunk.cut).toBe(false)
    expect(shrunk.sizeUm).toBeLessThan(4000)
    const cut = fitText(measurer, '收件人地址很长很长', { widthUm: 12_000 }, style)
    expect(cut).toMatchObject({ sizeUm: 2000, cut: true, lines: [{ text: '收件人地址…' }] })
  })

  it('LBL-1 wraps between hanzi, keeps words, stars and closing punctuation together', () => {
    const lines = (raw: string, widthUm: number): string[] =>
      fitText(measurer, raw, { widthUm, heightUm: 40_000 }, { ...style, minSizeUm: 4000 }).lines.map(
        (l) => l.text,
      )
    expect(lines('High Street London', 24_000)).toEqual(['High Street', 'London'])
    expect(lines('文一西路，好', 16_000)).toEqual(['文一西', '路，好'])
    expect(lines('文一西路*室', 18_000)).toEqual(['文一西路', '*室'])
    expect(lines('Donaudampfschiff', 16_000)).toEqual(['Donaudam', 'pfschiff'])
  })

  it('LBL-1 a cut line keeps the blank between two words', () => {
    const { lines } = fitText(measurer, 'Maximiliana Konstantinopolitanska', { widthUm: 20_000 }, style)
    expect(lines[0]?.text).toBe('Maximiliana Konsta…')
  })

  it('LBL-1 nothing leaves its box, and uncut text is complete', () => {
    const box = fc.record({
      widthUm: fc.integer({ min: 6000, max: 90_000 }),
      heightUm: fc.integer({ min: 4000, max: 30_000 }),
    })
    fc.assert(
      fc.property(text, box, (raw, { widthUm, heightUm }) => {
        const fitted = fitText(measurer, raw, { widthUm, heightUm }, style)
        for (const line of fitted.lines) expect(line.widthUm).toBeLessThanOrEqual(widthUm)
        expect(fitted.sizeUm + (fitted.lines.length - 1) * fitted.leadingUm).toBeLessThanOrEqual(heightUm)
        const squeezed = fitted.lines
          .map((line) => line.text)
          .join('')
          .replaceAll(' ', '')
        if (fitted.cut) expect(squeezed.endsWith('…')).toBe(true)
        else expect(squeezed).toBe(raw.replaceAll(' ', ''))
      }),
    )
  })
})

describe('toPrintable', () => {
  it('LBL-1 shows a substitute for each missing character and reports it', () => {
    expect(toPrintable(measurer, '𠮷龑😀')).toEqual({ text: '〓龑〓', missing: ['𠮷', '😀'] })
    expect(toPrintable(measurer, 'a\uD842').missing).toEqual(['\uFFFD'])
  })

  it('LBL-1 turns line breaks and control characters into one blank and drops invisible ones', () => {
    expect(toPrintable(measurer, ' a\r\n\t\u0000b\u200B\uFE0Fc\u202E ').text).toBe('a bc')
  })
})
