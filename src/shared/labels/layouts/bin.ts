import { boxMm, createCanvas, mm } from '../label-canvas.ts'
import type { BinDocument } from '../label-document.ts'
import type { LabelModel, TextMeasurer } from '../label-model.ts'

/** 货位标签, 100 × 50 mm (PUT-1): the code to read from the aisle, the bars to scan. Numbers are millimetres. */
export function layoutBin(bin: BinDocument, measurer: TextMeasurer): LabelModel {
  const canvas = createCanvas(mm(100), mm(50), measurer)
  canvas.text(boxMm(5, 3.5, 90, 17), bin.code, {
    sizeMm: 16,
    minMm: 4,
    bold: true,
    align: 'center',
    vertical: 'middle',
  })
  canvas.code(boxMm(2.5, 22, 95, 17.5), bin.code, 500)
  canvas.rule(boxMm(3, 41, 94, 0.25))
  const foot = { sizeMm: 4, minMm: 2, vertical: 'middle' } as const
  canvas.text(boxMm(5, 41.4, 30, 6), bin.kindName, { ...foot, bold: true })
  canvas.text(boxMm(37, 41.4, 58, 6), bin.category, { ...foot, align: 'right' })
  canvas.frame(boxMm(2, 2, 96, 46), mm(0.5))
  return canvas.model()
}
