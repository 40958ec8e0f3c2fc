import { describe, expect, it } from 'vitest'
import { contrastRatio, darkPalette, lightPalette, type Palette } from './palette.ts'

type Name = keyof Palette

const textOn: readonly (readonly [Name, readonly Name[]])[] = [
  ['ink', ['bg', 'card', 'warnBg', 'stopBg', 'okBg', 'plainBg', 'key', 'track', 'railOn', 'raised']],
  ['dim', ['bg', 'card', 'warnBg', 'stopBg']],
  ['ok', ['card', 'okBg', 'warnBg']],
  ['stop', ['card', 'stopBg']],
  ['warn', ['card', 'warnBg']],
  ['link', ['card', 'bg']],
  ['accentInk', ['accent']],
  ['headInk', ['head', 'chip']],
  ['railInk', ['rail']],
  ['footInk', ['foot']],
  ['verdictInk', ['verdictRight', 'verdictStop', 'verdictAsk']],
  ['verdictIdleInk', ['verdictIdle']],
]

describe.each([
  ['light', lightPalette],
  ['dark', darkPalette],
])('%s palette', (_, palette) => {
  it.each(textOn)('WCAG 2.2 AA: %s is readable where it stands', (text, grounds) => {
    for (const ground of grounds) {
      const ratio = contrastRatio(palette[text], palette[ground])
      expect(ratio, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('WCAG 2.2 AA: the edges of controls are seen', () => {
    expect(contrastRatio(palette.edge, palette.card)).toBeGreaterThanOrEqual(3)
  })
})

describe('contrast', () => {
  it('is 21 between black and white and 1 between equals', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrastRatio('#9a5b00', '#9a5b00')).toBe(1)
  })
})
