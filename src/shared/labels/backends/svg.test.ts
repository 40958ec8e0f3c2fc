import { describe, expect, it } from 'vitest'
import type { LabelItem, LabelModel } from '../label-model.ts'
import { renderLabelSvg } from './svg.ts'

const page = (...items: LabelItem[]): LabelModel => ({
  widthUm: 50_000,
  heightUm: 30_000,
  items,
  missingGlyphs: [],
  faults: [],
})

const text = (words: string): LabelItem => ({
  item: 'text',
  xUm: 2000,
  baselineUm: 5000,
  widthUm: 12_345,
  sizeUm: 3000,
  weight: 'bold',
  text: words,
  ink: 'black',
})

describe('renderLabelSvg', () => {
  it('LBL-1 escapes all text, so that a name is never markup', () => {
    const svg = renderLabelSvg(page(text('<script>alert("x")</script>&\'\u0001')))
    expect(svg).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;</text>')
    expect(svg).not.toContain('<script')
    expect(svg).not.toContain('\u0001')
  })

  it('LBL-1 sets text at its measured place and width', () => {
    const svg = renderLabelSvg(page(text('面单')))
    expect(svg).toContain('viewBox="0 0 50 30"')
    expect(svg).toContain('x="2" y="5"')
    expect(svg).toContain('font-size="3" font-weight="700"')
    expect(svg).toContain('textLength="12.345"')
  })

  it('LBL-1 draws bars inset by 0.01 mm a side and leaves the spaces white', () => {
    const bars: LabelItem = {
      item: 'bars',
      symbology: 'code128',
      xUm: 1000,
      yUm: 2000,
      heightUm: 9000,
      moduleUm: 250,
      modules: [2, 1, 1],
      value: 'X',
      room: { xUm: 0, yUm: 2000, widthUm: 3000, heightUm: 9000 },
    }
    expect(renderLabelSvg(page(bars))).toContain('<path d="M1.01 2h0.48v9h-0.48zM1.76 2h0.23v9h-0.23z"/>')
  })

  it('LBL-1 draws rules, frames and the dark runs of a QR symbol', () => {
    const svg = renderLabelSvg(
      page(
        { item: 'rule', xUm: 0, yUm: 1000, widthUm: 5000, heightUm: 250 },
        { item: 'frame', xUm: 500, yUm: 500, widthUm: 4000, heightUm: 3000, strokeUm: 300 },
        { item: 'qr', xUm: 0, yUm: 0, moduleUm: 500, size: 2, dark: [true, true, false, true], value: 'q' },
      ),
    )
    expect(svg).toContain('<path d="M0 1h5v0.25h-5z"/>')
    expect(svg).toContain(
      '<rect x="0.5" y="0.5" width="4" height="3" fill="none" stroke="#000" stroke-width="0.3"/>',
    )
    expect(svg).toContain('<path d="M0.01 0.01h0.98v0.48h-0.98zM0.51 0.51h0.48v0.48h-0.48z"/>')
  })
})
