import type { BarsItem, QrItem } from '../label-model.ts'

/** A filled rectangle in micrometres from the top left corner. */
export interface InkRectangle {
  readonly xUm: number
  readonly yUm: number
  readonly widthUm: number
  readonly heightUm: number
}

/**
 * One-bit renderers blacken every dot that a bar touches, so a bar on the dot grid grows by a dot and narrow gaps
 * close. 0.01 mm less on either side keeps it inside its dots.
 */
const INSET_UM = 10

/** The bars of a symbol as rectangles, inset for one-bit printing. */
export function inkBars(bars: BarsItem): InkRectangle[] {
  const rectangles: InkRectangle[] = []
  let xUm = bars.xUm
  for (const [index, width] of bars.modules.entries()) {
    const widthUm = width * bars.moduleUm
    if (index % 2 === 0) {
      rectangles.push({
        xUm: xUm + INSET_UM,
        yUm: bars.yUm,
        widthUm: widthUm - 2 * INSET_UM,
        heightUm: bars.heightUm,
      })
    }
    xUm += widthUm
  }
  return rectangles
}

/** Dark runs of a QR symbol, row by row, inset likewise at their ends and their lower and upper edges. */
export function darkRuns(qr: QrItem): InkRectangle[] {
  const rectangles: InkRectangle[] = []
  for (let row = 0; row < qr.size; row += 1) {
    for (let column = 0; column < qr.size; column += 1) {
      if (!qr.dark[row * qr.size + column]) continue
      const start = column
      while (column + 1 < qr.size && qr.dark[row * qr.size + column + 1]) column += 1
      rectangles.push({
        xUm: qr.xUm + start * qr.moduleUm + INSET_UM,
        yUm: qr.yUm + row * qr.moduleUm + INSET_UM,
        widthUm: (column + 1 - start) * qr.moduleUm - 2 * INSET_UM,
        heightUm: qr.moduleUm - 2 * INSET_UM,
      })
    }
  }
  return rectangles
}
