import type { LabelItem, LabelModel, TextItem } from '../label-model.ts'
import { darkRuns, inkBars } from './ink.ts'

/** Screen preview: a self-contained SVG in millimetres of exactly the model's items; no scripts, no outside files. */
export function renderLabelSvg(model: LabelModel): string {
  const [width, height] = [mm(model.widthUm), mm(model.heightUm)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...model.items.map(renderItem),
    '</svg>',
  ].join('\n')
}

const mm = (um: number): string => String(um / 1000)

function renderItem(item: LabelItem): string {
  switch (item.item) {
    case 'text':
      return renderText(item)
    case 'bars':
      return path(inkBars(item))
    case 'qr':
      return path(darkRuns(item))
    case 'rule':
      return path([item])
    case 'frame':
      return `<rect x="${mm(item.xUm)}" y="${mm(item.yUm)}" width="${mm(item.widthUm)}" height="${mm(item.heightUm)}" fill="none" stroke="#000" stroke-width="${mm(item.strokeUm)}"/>`
  }
}

/** `textLength` keeps the measured width even where the page lacks the font. */
function renderText(item: TextItem): string {
  const weight = item.weight === 'bold' ? ' font-weight="700"' : ''
  const fill = item.ink === 'faint' ? '#d4d4d4' : '#000'
  return (
    `<text x="${mm(item.xUm)}" y="${mm(item.baselineUm)}" font-family="'Noto Sans SC', sans-serif" font-size="${mm(item.sizeUm)}"${weight}` +
    ` fill="${fill}" textLength="${mm(item.widthUm)}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escapeXml(item.text)}</text>`
  )
}

interface Rectangle {
  readonly xUm: number
  readonly yUm: number
  readonly widthUm: number
  readonly heightUm: number
}

function path(rectangles: readonly Rectangle[]): string {
  const d = rectangles.map(
    (r) => `M${mm(r.xUm)} ${mm(r.yUm)}h${mm(r.widthUm)}v${mm(r.heightUm)}h-${mm(r.widthUm)}z`,
  )
  return `<path d="${d.join('')}"/>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control characters, which XML cannot hold at all, are dropped. */
function escapeXml(text: string): string {
  return text.replace(/\p{Cc}/gu, '').replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
}
